"""An index opened for reading: its rows, words and vectors, and what is known of the collection as a whole.

A Library stays with its version. All its files but Chroma's are open from the start, so that it goes on answering
when the version is cleared away under it; `Assistant.refresh` opens the next.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from chatbot.records import About, Searched
from ingest import store
from ingest.errors import IndexFault
from ingest.records import Page, Passage
from ingest.settings import Settings
from ingest.words import WordIndex

SILENCE = 30  # seconds that a vector store which failed is not asked again


class Library:
    """One version of an index, read-only."""

    def __init__(self, index: Path, settings: Settings) -> None:
        """Open the version in use. Raises IndexFault where there is none or it is damaged."""
        self.index, self.settings = index, settings
        self.folder, self.manifest, self.rows, self.words = store.opened(index, _files)
        self.documents = [
            About(store.facts_from(d["facts"]), n, d["first"], d["count"], d["sha256"], d["media"])
            for n, d in enumerate(self.rows.documents)
        ]
        self.by_name = {d.facts.document: d for d in self.documents}
        self.passage = lru_cache(maxsize=20_000)(self.rows.passage)
        self.pages = lru_cache(maxsize=256)(self.rows.pages)
        self._row_of: dict[str, int] | None = None
        self._silent_until = 0.0

    @property
    def fingerprint(self) -> str:
        """Twelve characters that name this collection and how it was read."""
        return self.manifest.fingerprint

    @cached_property
    def vectors(self) -> object:
        """Chroma's nearest neighbours; opened at first use, for questions that name no area."""
        from ingest.vectors import VectorIndex

        return VectorIndex(self.folder / "chroma", self.folder.name, self.settings.store.chroma_url)

    def neighbours(self, vector: np.ndarray, count: int) -> list[int] | None:
        """The rows of Chroma's nearest passages; None where it does not answer, and then for a while without asking."""
        if time.monotonic() < self._silent_until:
            return None
        try:
            found = self.vectors.nearest(vector, count)  # type: ignore[attr-defined]
        except IndexFault as fault:
            self._silent_until = time.monotonic() + SILENCE
            logging.getLogger("send-chatbot").warning("every vector is compared for %d s: %s", SILENCE, fault)
            return None
        return [row for row in (self.row_of(id_) for id_, _ in found) if row is not None]

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


def _files(folder: Path) -> tuple[Path, store.Manifest, store.Rows, WordIndex]:
    return folder, store.read_manifest(folder), store.Rows(folder), WordIndex(folder / "words")
