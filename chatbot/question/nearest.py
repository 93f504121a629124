"""How near a text comes in meaning to examples of several things, so that an example mends what was misunderstood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from ingest.encoder.embedder import Embedder


class Nearest:
    """Examples by name. They are embedded when first needed; safe to use from several threads."""

    def __init__(self, embedder: Embedder, examples: Mapping[str, Sequence[str]]) -> None:
        self._embedder, self._examples = embedder, examples

    @cached_property
    def _vectors(self) -> dict[str, np.ndarray]:
        """The examples of each name that has any as unit vectors, one a row."""
        return {
            name: np.stack([self._embedder.embed_query(text) for text in texts])
            for name, texts in self._examples.items()
            if texts
        }

    def to(self, text: str) -> dict[str, float]:
        """How near the nearest example of each name is to a text, from -1 to 1; -1 where it has none."""
        vector = self._embedder.embed_query(text)
        return dict.fromkeys(self._examples, -1.0) | {
            name: float((rows @ vector).max()) for name, rows in self._vectors.items()
        }
