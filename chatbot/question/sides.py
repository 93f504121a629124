"""Whether a follow-up asks of both things asked about before: "compare the two", "which is worse?".

Told by the example nearest in meaning, among those for both and all other follow-ups (prompts/follow_ups.toml).
"""

from __future__ import annotations

from chatbot.question.nearest import Nearest
from ingest.encoder.embedder import Embedder
from prompts import table

SURE = 0.05  # by which an example for both has to be nearer than any other
BOTH, OTHER = "both", "other"


class Sides:
    """Knows such follow-ups; safe to use from several threads."""

    def __init__(self, embedder: Embedder) -> None:
        data = table("follow_ups")
        others = [turn["now"] for turn in data["turn"] if turn["depends"]]
        self._nearest = Nearest(embedder, {BOTH: data["both"], OTHER: others})

    def asked(self, text: str) -> bool:
        """Whether a text that follows on others asks of both things that they were about."""
        near = self._nearest.to(text)
        return near[BOTH] - near[OTHER] >= SURE
