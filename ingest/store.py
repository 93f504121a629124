"""Writes an index version and reads it back: JSON lines and columns.

<index>/CURRENT                 name of the version in use, replaced in one step
<index>/originals/<sha256>      the files as they were given, for showing a page
<index>/versions/<name>/
    manifest.json               what this version claims about itself, with a hash of every file
    documents.jsonl             facts of each document
    pages.jsonl                 canonical text, one line a document
    passages.jsonl              the passages in order
    columns.npz                 where each line starts, and what is needed to filter without reading them
    words/                      the word index (words.py)
    chroma/                     one unit vector a passage (vectors.py); not there where a Chroma server has them
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ingest import jsonl
from ingest.errors import IndexFault, OlderIndex
from ingest.pointer import CURRENT as CURRENT
from ingest.pointer import current as current
from ingest.pointer import finished as finished
from ingest.pointer import opened as opened
from ingest.records import DocumentFacts, Inspection, Page, Passage
from ingest.rows import passage_from as passage_from
from ingest.rows import passage_row as passage_row

FORMAT = 2
OLDER = (1,)  # formats whose papers are read
PAPERS = ("documents.jsonl", "pages.jsonl", "passages.jsonl")  # all else can be made of these
ROWS = (*PAPERS, "columns.npz")
CHROMA = "chroma"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the index: its facts, its file's hash and size, its pages and passages.

    `first` and `count` say which rows of the passages are its own; `place` is where its file lay (see SourceFile).
    """

    facts: DocumentFacts
    sha256: str
    media: str
    pages: tuple[Page, ...]
    first: int
    count: int
    warnings: tuple[str, ...] = ()
    supplied: dict[str, Any] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index version says about itself. `fingerprint` changes with any passage, document or model.

    `seal` is the hash of all the rest; an index made before there were seals has none.
    """

    format: int
    fingerprint: str
    model: str
    model_sha256: str
    dimension: int
    prefixes: tuple[str, str]
    cutter: str
    documents: int
    pages: int
    passages: int
    made: str
    files: dict[str, str]
    half_precision: bool = False
    seal: str = ""


def facts_from(row: dict[str, Any]) -> DocumentFacts:
    """The facts behind a JSON row."""
    row = dict(row)
    row |= {name: tuple(row.get(name, ())) for name in ("areas", "scanned_pages", "unread_pages")}
    row["inspection"] = Inspection(**row["inspection"]) if row["inspection"] else None
    return DocumentFacts(**row)


def write(folder: Path, documents: Sequence[StoredDocument], passages: Sequence[Passage]) -> None:
    """Write everything but the word index, Chroma and the manifest. The folder must be new and empty."""
    jsonl.write(
        folder / "documents.jsonl",
        (
            {
                "facts": asdict(d.facts),
                "sha256": d.sha256,
                "media": d.media,
                "first": d.first,
                "count": d.count,
                "warnings": d.warnings,
                "supplied": d.supplied,
                "place": d.place,
            }
            for d in documents
        ),
    )
    page_starts = jsonl.write(
        folder / "pages.jsonl",
        ({"document": d.facts.document, "pages": [[p.number, p.text, p.label] for p in d.pages]} for d in documents),
    )
    starts = jsonl.write(folder / "passages.jsonl", map(passage_row, passages))
    of: Any = np.repeat(np.arange(len(documents), dtype=np.int32), [d.count for d in documents]) if documents else []
    np.savez(
        folder / "columns.npz",
        starts=np.asarray(starts, dtype=np.int64),
        page_starts=np.asarray(page_starts, dtype=np.int64),
        document=np.asarray(of, dtype=np.int32),
        parts=np.asarray([p.part for p in passages], dtype="U16"),
        commits=np.asarray([bool(p.commitments) for p in passages], dtype=bool),
        ids=np.asarray([p.id for p in passages], dtype="U24"),
        words=np.asarray([len(p.text.split()) for p in passages], dtype=np.int32),
    )


def finish(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, last: a folder without one is unfinished."""
    row = asdict(manifest)
    (folder / "manifest.json").write_text(json.dumps(row | {"seal": _seal(row)}, indent=1), encoding="utf-8")


def _seal(row: dict[str, Any]) -> str:
    unsealed = {key: value for key, value in row.items() if key != "seal"}
    return hashlib.sha256(json.dumps(unsealed, sort_keys=True).encode()).hexdigest()


def file_names(folder: Path) -> list[str]:
    """The files of a version but its manifest."""
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    return [name for name in names if name != "manifest.json"]


def file_hashes(folder: Path) -> dict[str, str]:
    """sha256 of every file of `file_names`."""
    return {name: _sha256(folder / name) for name in file_names(folder)}


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def prove_files(folder: Path, *beginnings: str) -> None:
    """Compare the files whose names begin so with the hashes in the manifest.

    Raises IndexFault naming the first that is not as it was written. A version that is still being written has no
    manifest and nothing to compare.
    """
    if not (folder / "manifest.json").exists():
        return
    repair = "run `python -m ingest check --repair`."
    for name, expected in read_manifest(folder).files.items():
        if not name.startswith(beginnings):
            continue
        try:
            found = _sha256(folder / name)
        except OSError as error:
            raise IndexFault(f"The index is damaged (the index file {name} is missing): {repair}") from error
        if found != expected:
            raise IndexFault(f"The index is damaged (the index file {name} is not as it was written): {repair}")


def fingerprint(
    documents: Sequence[StoredDocument], passages: Sequence[Passage], model_sha256: str, cutter: str
) -> str:
    """Twelve characters that are the same wherever the same papers are read by the same version and model."""
    digest = hashlib.sha256(f"{FORMAT}\x00{cutter}\x00{model_sha256}".encode())
    for document in documents:
        digest.update(
            json.dumps([asdict(document.facts), document.sha256], sort_keys=True, ensure_ascii=False).encode()
        )
    for passage in passages:
        digest.update(passage.id.encode())
    return digest.hexdigest()[:12]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a version folder. Raises IndexFault where it is missing, damaged or of another format."""
    try:
        data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if data.get("seal", "") not in ("", _seal(data)):
            raise ValueError("not as it was written")
        data["prefixes"] = tuple(data["prefixes"])
        if data.get("format") in OLDER:
            raise OlderIndex(
                f"The index was made by an earlier version of send-chatbot (format {data['format']}, not {FORMAT}): "
                "run `python -m ingest check --repair`, which makes it anew from its own papers."
            )
        if data.get("format") != FORMAT:
            raise IndexFault(
                f"The index was made by another version of send-chatbot (format {data.get('format')}, not {FORMAT}): "
                "run `python -m ingest add` on your documents with a new --index folder."
            )
        return Manifest(**data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexFault(
            f"The index folder {folder.parent.parent} is damaged (its manifest cannot be read): "
            "run `python -m ingest check --repair`."
        ) from error


class Rows:
    """Read-only rows of a version: documents at once, pages and passages by number when asked for."""

    def __init__(self, folder: Path) -> None:
        """Open the rows. Raises IndexFault where a file is missing or damaged."""
        self.folder = folder
        prove_files(folder, *ROWS)
        try:
            with np.load(folder / "columns.npz", allow_pickle=False) as columns:
                self.starts, self.page_starts = columns["starts"], columns["page_starts"]
                self.document, self.parts, self.words = columns["document"], columns["parts"], columns["words"]
                self.ids = columns["ids"]
                self.commits = columns["commits"]
            self._passages = jsonl.Lines(folder / "passages.jsonl", self.starts)
            self._pages = jsonl.Lines(folder / "pages.jsonl", self.page_starts)
            # Only "\n" ends a line here: titles and names may hold what `splitlines` takes for a line's end too.
            lines = (folder / "documents.jsonl").read_bytes().split(b"\n")
            self.documents = [json.loads(line) for line in lines if line]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise IndexFault(
                f"The index folder {folder.parent.parent} is damaged ({type(error).__name__} in {folder.name}): "
                "run `python -m ingest check --repair`."
            ) from error

    def __len__(self) -> int:
        return len(self.starts) - 1

    def passage(self, row: int) -> Passage:
        """The passage of a row. Raises IndexFault where its line is damaged."""
        try:
            return passage_from(self._json(self._passages, row))
        except (KeyError, TypeError, ValueError) as error:
            raise self._damaged() from error

    def pages(self, document: int) -> tuple[Page, ...]:
        """The pages of a document by its number."""
        return tuple(Page(number, text, label) for number, text, label in self._json(self._pages, document)["pages"])

    def stored(self, number: int) -> StoredDocument:
        """A document with its pages."""
        row = self.documents[number]
        return StoredDocument(
            facts_from(row["facts"]),
            row["sha256"],
            row["media"],
            self.pages(number),
            row["first"],
            row["count"],
            tuple(row["warnings"]),
            row["supplied"],
            row.get("place", ""),
        )

    def _json(self, lines: jsonl.Lines, row: int) -> Any:
        try:
            return lines[row]
        except (OSError, ValueError, IndexError) as error:
            raise self._damaged() from error

    def _damaged(self) -> IndexFault:
        where = self.folder.parent.parent
        return IndexFault(f"The index folder {where} is damaged: run `python -m ingest check --repair`.")
