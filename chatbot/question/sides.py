"""Whether a follow-up asks of both things asked about before: "compare the two", "which is worse?".

Told by the example nearest in meaning, among those for both and all other follow-ups (prompts/follow_ups.toml).
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ingest.encoder.embedder import Embedder
from prompts import table

SURE = 0.05  # by which an example for both has to be nearer than any other


class Sides:
    """Knows such follow-ups. The examples are embedded when first needed; safe to use from several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @cached_property
    def _examples(self) -> tuple[np.ndarray, np.ndarray]:
        """Examples for both, and the others, as unit vectors, one a row."""
        data = table("follow_ups")
        others = [turn["now"] for turn in data["turn"] if turn["depends"]]
        both, rest = (np.stack([self._embedder.embed_query(t) for t in texts]) for texts in (data["both"], others))
        return both, rest

    def asked(self, text: str) -> bool:
        """Whether a text that follows on others asks of both things that they were about."""
        vector = self._embedder.embed_query(text)
        both, rest = (float((rows @ vector).max()) for rows in self._examples)
        return both - rest >= SURE
