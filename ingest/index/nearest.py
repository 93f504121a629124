"""The vectors of a whole version, in whatever segments they lie."""

from __future__ import annotations

from typing import Any

import numpy as np

from ingest.index.store import CHROMA, Rows
from ingest.index.vectors import VectorIndex


class Nearest:
    """Chroma's collections of a version, read-only, as one."""

    def __init__(self, rows: Rows, url: str) -> None:
        """Open those beside the rows, or in the server at `url`. Raises IndexFault where one is missing."""
        self._rows = rows
        self._indexes = [VectorIndex(segment / CHROMA, segment.name, url) for segment in rows.segments]

    def vectors_of(self, rows: np.ndarray) -> np.ndarray:
        """The vectors of some rows, in their order (float32). Raises IndexFault where Chroma has not all of them."""
        made = np.zeros((0, 0), dtype=np.float32)
        for number, index in enumerate(self._indexes):
            places = np.flatnonzero(self._rows.segment[rows] == number)
            if len(places):
                found = index.read(self._rows.ids[rows[places]])
                if not made.size:
                    made = np.empty((len(rows), found.shape[1]), dtype=np.float32)
                made[places] = found
        return made

    def nearest(self, vector: np.ndarray, count: int, where: dict[str, Any] | None = None) -> list[tuple[str, float]]:
        """The nearest passages as (id, cosine similarity), best first, by the graph of each segment.

        Raises IndexFault where Chroma does not answer.
        """
        found = [near for index in self._indexes for near in index.nearest(vector, count, where)]
        return sorted(found, key=lambda near: (-near[1], near[0]))[:count]
