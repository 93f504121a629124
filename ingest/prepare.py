"""One file to finished passages: the stages of journey 1 that need no model, in order.

Runs in a child process (pool.py), because documents are untrusted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest import passages
from ingest.encoder import model
from ingest.errors import DocumentError
from ingest.facts import describe, doubt
from ingest.intake import sandbox, sources
from ingest.intake.discover import TYPES
from ingest.parsers import disguise, message, services
from ingest.parsers.html import html
from ingest.parsers.office import docx, odt, rtf, sheets, slides
from ingest.parsers.pdf import pdf
from ingest.parsers.text import markdown, text
from ingest.records import DocumentFacts, Page, Passage, ReadDocument
from ingest.structure import clean, lists, packs, structure

PARSERS: dict[str, Callable[[bytes, str], ReadDocument]] = {
    "html": html.read,
    "docx": docx.read,
    "pptx": slides.read,
    "xlsx": sheets.read,
    "csv": sheets.read_csv,
    "odt": odt.read,
    "rtf": rtf.read,
    "eml": message.read,
    "markdown": markdown.read,
    "text": text.read,
}


@dataclass(frozen=True, slots=True)
class Task:
    """What a child needs to know of a file."""

    path: Path
    name: str
    sha256: str
    supplied: dict[str, dict[str, Any]]
    model_folder: Path
    max_tokens: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be embedded and stored; `place` is where its file lay (see SourceFile)."""

    facts: DocumentFacts
    sha256: str
    media: str
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...]
    place: str = ""

    @property
    def ids(self) -> list[str]:
        """The ids of its passages in order."""
        return [passage.id for passage in self.passages]


def prepare(task: Task) -> list[Prepared]:
    """Read, clean, structure, describe and cut one file; a file of services or an agenda pack gives several documents.

    Raises DocumentError where the file cannot be read or has nothing to say.
    """
    documents: list[Prepared] = []
    for name, document in _read(task):
        front = documents[0].facts if documents and document.media == "pdf" else None
        documents.append(_prepare_one(task, name, document, front))
    if not any(document.passages for document in documents):
        raise DocumentError(f"{task.name} holds no text that could be quoted: check that it is the right file.")
    return documents


def _read(task: Task) -> list[tuple[str, ReadDocument]]:
    """The file through the reader of its type."""
    try:
        data = task.path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{task.name} cannot be read ({error.strerror}): check its permissions.") from error
    media = TYPES[Path(task.name).suffix.lower()]
    if media == "services":
        return services.read(data, task.name)
    seen = disguise.seen_through(data, media, task.name)
    document = _read_as(seen.media, seen.data, task.name)
    first, *others = packs.parts_of(replace(document, warnings=(*seen.warnings, *document.warnings)))
    return [(task.name, first), *((f"{task.name}#page-{part.pages[0].number}", part) for part in others)]


def _read_as(media: str, data: bytes, name: str) -> ReadDocument:
    if media == "pdf":
        return pdf.read(data, name, model.english_words().__contains__, sandbox.pulse)
    return PARSERS[media](data, name)


def _with_front(facts: DocumentFacts, front: DocumentFacts) -> DocumentFacts:
    """What a paper of a pack does not say itself, from its front sheet; the day of the meeting is then inferred."""
    facts = replace(facts, areas=facts.areas or front.areas, publisher=facts.publisher or front.publisher)
    return facts if facts.date or not front.date else replace(facts, date=front.date, date_basis="inferred")


def _prepare_one(task: Task, name: str, document: ReadDocument, front: DocumentFacts | None) -> Prepared:
    """The stages after reading, one after another; `front` are the facts of the front sheet of a paper's pack."""
    lines = clean.body_lines(document)
    blocks = structure.blocks(document, lines)
    told = describe.describe(name, document, blocks)
    facts = replace(told, scanned_pages=document.scanned_pages, unread_pages=document.unread_pages)
    facts = _with_front(facts, front) if front is not None else facts
    facts = sources.apply(facts, task.supplied.get(name, task.supplied.get(task.name, {})))
    readable = lists.with_fields(blocks, document.media)
    pieces = passages.cut(facts, document.pages, readable, model.token_counter(task.model_folder), task.max_tokens)
    warnings = list(document.warnings)
    if pieces.cut_for_model:
        warnings.append(
            f"{pieces.cut_for_model} sentences are longer than the model reads; their ends are found by words only."
        )
    if any(doubt.commands(p.text) for p in pieces.passages):
        warnings.append("It holds words that command an assistant; they are shown as the document's own, not followed.")
    return Prepared(facts, task.sha256, document.media, document.pages, pieces.passages, tuple(warnings), task.place)
