"""The version in use, as far as a new one can be made of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import IndexFault, OlderIndex
from ingest.index import store
from ingest.index.manifest import Run
from ingest.index.vectors import VectorIndex
from ingest.passages import CUTTER
from ingest.prepare import Prepared
from ingest.records import Page, Passage, collapse
from ingest.settings import Settings


@dataclass(frozen=True)
class Previous:
    """Documents by name, the facts supplied for each, and what of the version in `folder` can be used again.

    `stale` says that the passages were cut by an earlier version of the program or embedded by another model; then
    there are no `segments` (names of documents by segment). `vectors`, by `vector_key`, are known beside the version's.
    `runs` are what is known of how the documents came.
    """

    documents: dict[str, Prepared] = field(default_factory=dict)
    supplied: dict[str, dict[str, Any]] = field(default_factory=dict)
    vectors: dict[str, np.ndarray] = field(default_factory=dict)
    stale: bool = False
    folder: Path = Path()
    segments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    embedded: store.Rows | None = None  # of the version, where its vectors are those of today's model
    url: str = ""  # of the server that has them
    runs: tuple[Run, ...] = ()

    def unchanged(self, name: str, sha256: str, supplied: dict[str, dict[str, Any]]) -> bool:
        """Whether a file needs no reading: same bytes, same supplied facts, cut as we cut today."""
        same = [n for n, d in self.documents.items() if d.sha256 == sha256 and file_of(n) == name]
        known = all(self.supplied[n] == supplied_for(n, supplied) for n in same)
        return bool(same) and known and not self.stale

    def vectors_of(self, passages: Sequence[Passage]) -> dict[str, np.ndarray]:
        """The vectors of those passages that have one, by `vector_key`. Raises IndexFault where Chroma fails."""
        found = {key: self.vectors[key] for key in map(vector_key, passages) if key in self.vectors}
        by_segment: dict[str, list[Passage]] = {}
        wanted = {passage.id: passage for passage in passages}
        if (held := self.embedded) is not None and wanted:
            for number in np.flatnonzero(np.isin(held.ids, list(wanted))).tolist():
                passage = wanted[str(held.ids[number])]
                if held.passage(number).context == passage.context:
                    by_segment.setdefault(held.segments[held.segment[number]].name, []).append(passage)
        for name, own in by_segment.items():
            rows = VectorIndex(self.folder / name / store.CHROMA, name, self.url).read([p.id for p in own])
            found |= {vector_key(p): row for p, row in zip(own, rows, strict=True)}
        return found


class Kept(Prepared):
    """A document of the version in use. Its pages and passages are read when they are first asked for.

    One more paper among thousands asks only for those of the segment that it goes into.
    """

    __slots__ = ("_number", "_pages", "_passages", "_rows")
    _rows: store.Rows
    _number: int
    _pages: tuple[Page, ...] | None
    _passages: tuple[Passage, ...] | None

    def __init__(self, rows: store.Rows, number: int) -> None:
        row = rows.documents[number]
        known = {"facts": store.facts_from(row["facts"]), "sha256": row["sha256"], "media": row["media"]}
        known |= {"warnings": tuple(row["warnings"]), "place": row.get("place", "")}
        for name, value in (known | {"_rows": rows, "_number": number, "_pages": None, "_passages": None}).items():
            object.__setattr__(self, name, value)

    @property
    def ids(self) -> list[str]:
        """See Prepared."""
        row = self._rows.documents[self._number]
        return self._rows.ids[row["first"] : row["first"] + row["count"]].tolist()

    @property
    def pages(self) -> tuple[Page, ...]:
        """The stored pages. Raises IndexFault where they are damaged."""
        if self._pages is None:
            object.__setattr__(self, "_pages", self._rows.pages(self._number))
        return self._pages or ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The stored passages. Raises IndexFault where they are damaged."""
        if self._passages is None:
            row = self._rows.documents[self._number]
            numbers = range(row["first"], row["first"] + row["count"])
            object.__setattr__(self, "_passages", tuple(map(self._rows.passage, numbers)))
        return self._passages or ()


def embedded_text(passage: Passage) -> str:
    """The words that a passage's vectors are made of."""
    return f"{passage.context}\n{passage.text}"


def vector_key(passage: Passage) -> str:
    """What a vector was made of, as a digest: the passage in its place, and the context embedded with it."""
    return hashlib.sha256(f"{passage.id}\x00{passage.context}".encode()).hexdigest()


@lru_cache(maxsize=100_000)
def file_of(document: str) -> str:
    """The file a document came from: a file of services and an agenda pack hold several."""
    return re.sub(r"(?<=\.json)#.*|#page-\d+$", "", document, flags=re.IGNORECASE)


def supplied_for(document: str, supplied: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The facts supplied for a document, or for the file that holds it; empty where none."""
    return supplied.get(document, supplied.get(file_of(document), {}))


def load(index: Path, model_sha256: str, settings: Settings) -> Previous:
    """What can be reused of the version in use; empty where there is none.

    Of a version made with another model nothing but its papers: they are cut and embedded anew, because mixing two
    models would make every distance wrong. Raises IndexFault where it was made with another precision.
    """
    if not (index / store.CURRENT).exists():
        if not (finished := store.finished(index)):
            return Previous()
        folder = finished[0]  # a first run was killed before it could say so, or the file was lost
    else:
        folder = store.current(index)
    manifest = store.read_manifest(folder)
    prefixes = (settings.model.query_prefix, settings.model.text_prefix)
    same_model = manifest.model_sha256 == model_sha256 and manifest.prefixes == prefixes
    if manifest.half_precision != settings.model.half_precision:
        raise IndexFault(
            f"The index in {index} was made with half_precision = {str(manifest.half_precision).lower()}: set that in "
            "[model] of the settings, or make a new index with `python -m ingest add FOLDER --index NEW_FOLDER`."
        )
    rows = store.Rows(folder)
    store.prove_files(folder, store.CHROMA)
    stale = manifest.cutter != CUTTER or not same_model
    documents: dict[str, Prepared] = {}
    supplied = {}
    segments: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(rows.documents):
        name = row["facts"]["document"]
        documents[name], supplied[name] = Kept(rows, number), row["supplied"]
        if not stale:
            segments[rows.segment_of(number)] = (*segments.get(rows.segment_of(number), ()), name)
    embedded = rows if same_model else None
    url = settings.store.chroma_url
    return Previous(documents, supplied, {}, stale, folder, segments, embedded, url, manifest.runs)


def salvage(index: Path) -> Previous:
    """The documents of a damaged index, read from nothing but their facts, pages and passages.

    All else is made of these, the manifest and the name of the version in use too. Raises IndexFault where they
    are damaged themselves: the documents have to be added again.
    """
    try:
        folder = store.current(index)
    except IndexFault:
        folders = store.finished(index)
        if not folders:
            raise
        folder = folders[0]
    sealed, stale = _readable(folder)
    try:
        found = _papers(folder, sealed)
    except (OSError, ValueError, KeyError, TypeError, IndexError, IndexFault) as error:
        raise IndexFault(
            f"The papers in {index} are damaged themselves ({_which(error)}): add your documents to a new index with "
            "`python -m ingest add FOLDER --index NEW_FOLDER`."
        ) from error
    return replace(found, stale=stale, runs=store.read_manifest(folder).runs if sealed else ())


def _which(error: Exception) -> str:
    """The file that is damaged, as the proof of hashes tells it, else what went wrong."""
    named = re.search(r"index file (\S+)", str(error)) if isinstance(error, IndexFault) else None
    return named[1] if named else type(error).__name__


def _papers(folder: Path, sealed: bool) -> Previous:
    """Documents, pages and passages line by line, proved by their hashes, or without a manifest by each other."""
    if sealed:
        store.prove_files(folder, *store.PAPERS)
    found = Previous()
    older = (folder / store.PAPERS[0]).exists()  # it has no segments
    for segment in [folder] if older else [path for path in folder.iterdir() if path.is_dir()]:
        for document, supplied in papers_in(segment):
            found.documents[document.facts.document], found.supplied[document.facts.document] = document, supplied
    return found


def papers_in(segment: Path) -> Iterator[tuple[Prepared, dict[str, Any]]]:
    """The documents that a segment's rows hold, each with the facts supplied for it.

    Raises OSError, ValueError, KeyError, TypeError or IndexError where they do not fit each other.
    """
    rows, pages, passages = (
        [json.loads(line) for line in (segment / name).read_text(encoding="utf-8").split("\n")[:-1]]
        for name in store.PAPERS
    )
    if sum(row["count"] for row in rows) != len(passages) or len(rows) != len(pages):
        raise ValueError("lines are missing")
    for row, paged in zip(rows, pages, strict=True):
        facts = store.facts_from(row["facts"])
        own = tuple(store.passage_from(p) for p in passages[row["first"] : row["first"] + row["count"]])
        texts = tuple(Page(number, text, label) for number, text, label in paged["pages"])
        if any(p.document != facts.document or not _stands(p, texts) for p in own):
            raise ValueError("a passage is not on its page")
        media, warnings = row["media"], tuple(row["warnings"])
        yield Prepared(facts, row["sha256"], media, texts, own, warnings, row.get("place", "")), row["supplied"]


def as_stored(documents: Sequence[Prepared], supplied: dict[str, dict[str, Any]]) -> list[store.StoredDocument]:
    """Documents as a segment's rows are written of them, with the facts supplied for each."""
    stored: list[store.StoredDocument] = []
    first = 0
    for d in documents:
        given = supplied_for(d.facts.document, supplied)
        own = len(d.passages)
        stored.append(store.StoredDocument(d.facts, d.sha256, d.media, d.pages, first, own, d.warnings, given, d.place))
        first += own
    return stored


def _readable(folder: Path) -> tuple[bool, bool]:
    """Whether there is a manifest to trust, and whether it is known that an earlier version cut the passages.

    Raises IndexFault where it is one of a later format.
    """
    try:
        return True, store.read_manifest(folder).cutter != CUTTER
    except OlderIndex:
        return False, True
    except IndexFault as fault:
        if fault.__cause__ is None:
            raise
        return False, False


def _stands(passage: Passage, pages: tuple[Page, ...]) -> bool:
    return passage.text == collapse(" ".join(pages[s.page].text[s.start : s.end] for s in passage.spans))
