"""Recall of pages and documents: a coarser view, for when a passage is cut differently from the evidence."""

from __future__ import annotations

from eval.metrics import ranking
from eval.metrics.base import Measure, Metric, needs_evidence
from eval.records import Case
from eval.scoring.matching import DEPTH, GAINS


def at(level: str, depth: int) -> Measure:
    """Share of needs whose page or document stands among the first `depth` different ones."""

    def measure(case: Case) -> float | None:
        if not needs_evidence(case):
            return None
        return ranking.recall(GAINS[level](case), len(case.expected.groups), depth)

    return measure


METRICS = tuple(
    Metric(
        name=f"{level}_recall@{depth}",
        title=f"Right {level} among the first {depth} {level}s",
        meaning=(
            f"Share of the needed evidence whose {level} is among the first {depth} different {level}s retrieved."
        ),
        values="0 to 1",
        applies="questions that the documents answer",
        group="Found",
        measure=at(level, depth),
    )
    for level in ("page", "document")
    for depth in (5, DEPTH)
)
