"""Evidence recall: was the needed evidence among the first k passages?"""

from __future__ import annotations

from eval.metrics.base import Measure, Metric, needs_evidence
from eval.records import Case
from eval.scoring.matching import needs_met, share_of_needs


def at(depth: int) -> Measure:
    """Recall within the first `depth` passages."""

    def measure(case: Case) -> float | None:
        return share_of_needs(case, needs_met(case, case.actual.passages[:depth])) if needs_evidence(case) else None

    return measure


METRICS = tuple(
    Metric(
        name=f"recall@{depth}",
        title=f"Evidence in the first {depth} passage{'s' if depth > 1 else ''}",
        meaning=(
            "Share of the needed pieces of evidence of which at least four fifths of the words stand in one "
            f"of the first {depth} retrieved passages."
        ),
        values="0 to 1",
        applies="questions that the documents answer",
        group="Found",
        measure=at(depth),
    )
    for depth in (1, 3, 5, 10)
)
