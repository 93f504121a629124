"""An index opened for reading: its rows, words and vectors, and what is known of the collection as a whole.

A Library stays with its version. All it needs is open or read from the start, so that it goes on answering when the
version is cleared away under it; `Assistant.refresh` opens the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from chatbot.records import About, Searched
from ingest.errors import IndexFault
from ingest.facts import doubt
from ingest.index import languages, store
from ingest.index.nearest import Nearest
from ingest.index.words import FILE, WordIndex
from ingest.records import Page, Passage
from ingest.settings import Settings

# Chroma searches the graph of each segment and finds other neighbours from index to index. Up to so many passages its
# vectors are read once and all compared instead, which gives the same answer each time and in less time.
EXACT = 250_000
FEW = 5_000  # of a larger index, rows whose vectors are read and compared for one question
MOST_AREAS = 12  # that Chroma is asked to tell apart


class Library:
    """One version of an index, read-only."""

    def __init__(self, index: Path, settings: Settings) -> None:
        """Open the version in use. Raises IndexFault where there is none or it is damaged."""
        self.index, self.settings = index, settings
        self.rows, self.words, chroma, self.vectors, self.languages = store.opened(index, partial(_files, settings))
        self.folder, self.manifest = self.rows.folder, self.rows.manifest
        self._chroma = chroma if self.vectors is None else None
        self.documents = [
            About(store.facts_from(d["facts"]), n, d["first"], d["count"], d["sha256"], d["media"])
            for n, d in enumerate(self.rows.documents)
        ]
        self.by_name = {d.facts.document: d for d in self.documents}
        self.passage = lru_cache(maxsize=20_000)(self.rows.passage)
        self.pages = lru_cache(maxsize=256)(self.rows.pages)
        self._row_of: dict[str, int] | None = None

    @property
    def fingerprint(self) -> str:
        """Twelve characters that name this collection and how it was read."""
        return self.manifest.fingerprint

    def compares(self, rows: np.ndarray) -> bool:
        """Whether the vectors of so many rows are compared one by one; else `neighbours` finds the nearest."""
        return self.vectors is not None or len(rows) <= FEW

    def vectors_of(self, rows: np.ndarray) -> np.ndarray:
        """The vectors of some rows, in their order. Raises IndexFault where Chroma is asked and does not answer."""
        if self._chroma:
            return self._chroma.vectors_of(rows)
        assert self.vectors is not None
        return self.vectors if np.array_equal(rows, np.arange(len(self.vectors))) else self.vectors[rows]

    def neighbours(self, documents: Sequence[About], vector: np.ndarray, count: int) -> list[int]:
        """The rows that Chroma finds nearest, best first, those of other documents among them where it cannot tell.

        Raises IndexFault where it does not answer.
        """
        assert self._chroma
        where = None if len(documents) == len(self.documents) else _where(documents)
        found = (self.row_of(id_) for id_, _ in self._chroma.nearest(vector, count, where))
        return [row for row in found if row is not None]

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas that have papers, by name."""
        return tuple(sorted({area for d in self.documents for area in d.facts.areas}))

    @cached_property
    def newest(self) -> dict[str, int]:
        """The year of the newest dated document of each area, and of all under ""."""
        years: dict[str, int] = {}
        for about in self.documents:
            for area in ("", *about.facts.areas):
                years[area] = max(years.get(area, 0), about.year or 0)
        return years

    @cached_property
    def rivals(self) -> dict[str, tuple[str, ...]]:
        """Reports that cannot stand beside one another: see `ingest.facts.doubt`."""
        return doubt.rivals([d.facts for d in self.documents])

    def publisher_basis(self, document: str) -> str:
        """How it is known who published a document: see `ingest.facts.doubt`."""
        about = self.by_name[document]
        return doubt.publisher_basis(about.facts.url, self.rows.documents[about.number].get("supplied") or {})

    def row_of(self, passage_id: str) -> int | None:
        """The row of a passage, None where this version has it not."""
        if self._row_of is None:
            self._row_of = {str(id_): row for row, id_ in enumerate(self.rows.ids)}
        return self._row_of.get(passage_id)

    def rows_of(self, documents: Iterable[About]) -> np.ndarray:
        """The passage rows of some documents, in order."""
        ranges = [np.arange(d.first, d.first + d.count) for d in documents]
        return np.concatenate(ranges) if ranges else np.zeros(0, dtype=np.int64)

    def in_areas(self, areas: Iterable[str]) -> list[About]:
        """The documents of some areas; all of them where no area is named."""
        wanted = set(areas)
        return [d for d in self.documents if not wanted or wanted & set(d.facts.areas)]

    def pages_of(self, document: str) -> tuple[Page, ...]:
        """The stored pages of a document by name. Raises KeyError where it is not in the index."""
        return self.pages(self.by_name[document].number)

    def passages_of(self, document: str) -> list[Passage]:
        """The passages of a document in order."""
        about = self.by_name[document]
        return [self.passage(row) for row in range(about.first, about.first + about.count)]

    def searched(self, documents: list[About]) -> Searched:
        """What was searched, for the reader of an answer."""
        years = sorted(d.facts.date for d in documents if d.facts.date)
        return Searched(
            len(documents),
            sum(d.count for d in documents),
            tuple(sorted({a for d in documents for a in d.facts.areas})),
            years[0][:4] if years else None,
            years[-1][:4] if years else None,
        )

    def is_current(self) -> bool:
        """Whether there is no newer version that can be switched to; one small read of the disk."""
        try:
            return store.current(self.index) == self.folder
        except IndexFault:
            return True


def _files(
    settings: Settings, folder: Path
) -> tuple[store.Rows, WordIndex, Nearest, np.ndarray | None, np.ndarray | None]:
    """All that is read of a version when it is opened; the vectors are None where Chroma is asked instead.

    The last are those for questions in other languages, None where they are not wanted or it holds none.
    """
    rows = store.Rows(folder)
    wanted = settings.model.other_languages
    store.prove_files(folder, FILE, store.CHROMA, *([languages.FILE] if wanted else []))
    chroma = Nearest(rows, settings.store.chroma_url)
    vectors = chroma.vectors_of(np.arange(len(rows))) if len(rows) <= EXACT else None
    return rows, WordIndex(rows.segments, rows.order), chroma, vectors, languages.read(rows) if wanted else None


def _where(documents: Sequence[About]) -> dict[str, Any]:
    """What Chroma has to be asked so that it leaves out none of the documents and many others."""
    areas = {area for d in documents for area in d.facts.areas}
    asked: list[dict[str, Any]] = []
    if len(areas) <= MOST_AREAS and all(d.facts.areas for d in documents):
        alike = [{"area": {"$contains": area}} for area in sorted(areas)]
        asked.append(alike[0] if len(alike) == 1 else {"$or": alike})
    asked.append({"kind": {"$in": sorted({d.facts.kind for d in documents})}})
    asked.append({"year": {"$in": sorted({d.year or 0 for d in documents})}})
    return {"$and": asked}
