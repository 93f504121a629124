"""Reciprocal rank: how far down the first useful thing stands."""

from __future__ import annotations

from eval.metrics import ranking
from eval.metrics.base import Measure, Metric, needs_evidence
from eval.records import Case
from eval.scoring.matching import DEPTH, GAINS


def of(level: str) -> Measure:
    """Reciprocal rank at one level."""

    def measure(case: Case) -> float | None:
        return ranking.reciprocal_rank(GAINS[level](case), DEPTH) if needs_evidence(case) else None

    return measure


METRICS = tuple(
    Metric(
        name=f"reciprocal_rank_{level}",
        title=f"How high the first right {level} stands",
        meaning=(
            f"1 divided by the rank of the first {level} with needed evidence: 1 for the first place, 0.5 for "
            "the second, 0 for none in ten."
        ),
        values="0 to 1",
        applies="questions that the documents answer",
        group="Found",
        measure=of(level),
    )
    for level in GAINS
)
