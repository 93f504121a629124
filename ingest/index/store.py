"""Writes the segments of an index version and reads them back as one: JSON lines and columns.

<index>/CURRENT                 name of the version in use, replaced in one step
<index>/originals/<sha256>      the files as they were given, for showing a page
<index>/versions/<name>/
    manifest.json               what this version claims about itself, with a hash of every file
    <segment>/                  some of the papers; never changed once written, so that versions share its files
        documents.jsonl         facts of each document
        pages.jsonl             canonical text, one line a document
        passages.jsonl          the passages in order
        columns.npz             where each line starts, and what is needed to filter without reading them
        words.npz               the word index (words.py)
        chroma/                 one unit vector a passage (vectors.py); not there where a Chroma server has them
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import IndexFault
from ingest.index import jsonl
from ingest.index.current import CURRENT as CURRENT
from ingest.index.current import current as current
from ingest.index.current import finished as finished
from ingest.index.current import opened as opened
from ingest.index.manifest import FORMAT, prove_files, segment_names
from ingest.index.manifest import Manifest as Manifest
from ingest.index.manifest import read_manifest as read_manifest
from ingest.index.rows import facts_from as facts_from
from ingest.index.rows import passage_from as passage_from
from ingest.index.rows import passage_row as passage_row
from ingest.records import DocumentFacts, Page, Passage

PAPERS = ("documents.jsonl", "pages.jsonl", "passages.jsonl")  # all else can be made of these
ROWS = (*PAPERS, "columns.npz")
CHROMA = "chroma"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the index: its facts, its file's hash and size, its pages and passages.

    `first` and `count` say which rows of the passages are its own: of its segment when it is written, of the version
    when it is read. `place` is where its file lay (see SourceFile).
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


def write(folder: Path, documents: Sequence[StoredDocument], passages: Sequence[Passage]) -> None:
    """Write a segment but for its word index and Chroma. The folder must be new and empty."""
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
    np.savez(
        folder / "columns.npz",
        starts=np.asarray(starts, dtype=np.int64),
        page_starts=np.asarray(page_starts, dtype=np.int64),
        parts=np.asarray([p.part for p in passages], dtype="U16"),
        commits=np.asarray([bool(p.commitments) for p in passages], dtype=bool),
        ids=np.asarray([p.id for p in passages], dtype="U24"),
    )


def fingerprint(
    documents: Iterable[tuple[DocumentFacts, str]], ids: Iterable[str], model_sha256: str, cutter: str
) -> str:
    """Twelve characters that are the same wherever the same papers are read by the same version and model.

    `documents` are their facts and their files' hashes, `ids` those of all passages, both in order.
    """
    digest = hashlib.sha256(f"{FORMAT}\x00{cutter}\x00{model_sha256}".encode())
    for facts, sha256 in documents:
        digest.update(json.dumps([asdict(facts), sha256], sort_keys=True, ensure_ascii=False).encode())
    for id_ in ids:
        digest.update(id_.encode())
    return digest.hexdigest()[:12]


class _Segment:
    """The rows of one segment: pages and passages by their number in it."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / "columns.npz", allow_pickle=False) as columns:
            self.ids, self.parts, self.commits = (columns[name] for name in ("ids", "parts", "commits"))
            starts, page_starts = columns["starts"], columns["page_starts"]
        self.passages = jsonl.Lines(folder / "passages.jsonl", starts)
        self.pages = jsonl.Lines(folder / "pages.jsonl", page_starts)
        # Only "\n" ends a line here: titles and names may hold what `splitlines` takes for a line's end too.
        lines = (folder / "documents.jsonl").read_bytes().split(b"\n")
        self.documents = [json.loads(line) for line in lines if line]


class Rows:
    """Read-only rows of a version: documents at once and by name, pages and passages by number when asked for.

    Rows follow the documents' names, whatever segment a document is in: the same papers have the same rows.
    """

    def __init__(self, folder: Path) -> None:
        """Open the rows. Raises IndexFault where a file is missing or damaged."""
        self.folder = folder
        self.manifest = read_manifest(folder)
        prove_files(folder, *ROWS)
        self.segments = [folder / name for name in segment_names(self.manifest)]
        try:
            self._segments = [_Segment(segment) for segment in self.segments]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise IndexFault(
                f"The index folder {folder.parent.parent} is damaged ({type(error).__name__} in {folder.name}): "
                "run `python -m ingest check --repair`."
            ) from error
        self._firsts = np.cumsum([0, *(len(segment.ids) for segment in self._segments)])
        found = [(row, n, place) for n, s in enumerate(self._segments) for place, row in enumerate(s.documents)]
        found.sort(key=lambda one: one[0]["facts"]["document"])
        self._at = [(number, place) for _, number, place in found]
        own = [self._firsts[number] + np.arange(row["first"], row["first"] + row["count"]) for row, number, _ in found]
        self.order = np.concatenate(own) if own else np.zeros(0, np.int64)
        self.segment = np.searchsorted(self._firsts, self.order, "right") - 1  # the number of each row's segment
        firsts = np.cumsum([0, *(row["count"] for row, _, _ in found)]).tolist()
        self.documents = [row | {"first": first} for (row, _, _), first in zip(found, firsts, strict=False)]
        empty = [np.zeros(0, "U1")]
        self.ids = np.concatenate([s.ids for s in self._segments] or empty)[self.order]
        self.parts = np.concatenate([s.parts for s in self._segments] or empty)[self.order]
        self.commits = np.concatenate([s.commits for s in self._segments] or empty)[self.order].astype(bool)

    def __len__(self) -> int:
        return len(self.order)

    def passage(self, row: int) -> Passage:
        """The passage of a row. Raises IndexFault where its line is damaged."""
        place = int(self.order[row])
        number = int(self.segment[row])
        try:
            return passage_from(self._json(self._segments[number].passages, place - int(self._firsts[number])))
        except (KeyError, TypeError, ValueError) as error:
            raise self._damaged() from error

    def pages(self, document: int) -> tuple[Page, ...]:
        """The pages of a document by its number."""
        segment, place = self._at[document]
        return tuple(
            Page(number, text, label)
            for number, text, label in self._json(self._segments[segment].pages, place)["pages"]
        )

    def segment_of(self, document: int) -> str:
        """The name of the segment that a document is in, by its number."""
        return self.segments[self._at[document][0]].name

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
