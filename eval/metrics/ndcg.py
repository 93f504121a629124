"""nDCG: the whole order of what was found, with better ranks counting more."""

from __future__ import annotations

from eval.metrics import ranking
from eval.metrics.base import Measure, Metric, needs_evidence
from eval.records import Case
from eval.scoring.matching import DEPTH, GAINS


def of(level: str) -> Measure:
    """nDCG at ten, at one level."""

    def measure(case: Case) -> float | None:
        if not needs_evidence(case):
            return None
        return ranking.ndcg(GAINS[level](case), len(case.expected.groups), DEPTH)

    return measure


METRICS = tuple(
    Metric(
        name=f"ndcg@10_{level}",
        title=f"Quality of the order of {level}s (nDCG at 10)",
        meaning=(
            f"How close the order comes to the best one, which has every {level} with needed evidence on top. "
            "One that only repeats evidence already seen adds nothing."
        ),
        values="0 to 1",
        applies="questions that the documents answer",
        group="Found",
        measure=of(level),
    )
    for level in GAINS
)
