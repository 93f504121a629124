"""Citation recall: is the needed evidence in the quotes of the answer?"""

from __future__ import annotations

from eval.metrics.base import Metric, needs_evidence
from eval.records import Case
from eval.scoring.matching import needs_cited, share_of_needs


def measure(case: Case) -> float | None:
    """Share of needs quoted; 0 where the answer was refused."""
    return share_of_needs(case, needs_cited(case, case.actual.citations)) if needs_evidence(case) else None


METRICS = (
    Metric(
        name="citation_recall",
        title="Evidence quoted in the answer",
        meaning=(
            "Share of the needed pieces of evidence of which at least three fifths of the words are quoted. A "
            "refusal quotes nothing and counts as 0."
        ),
        values="0 to 1",
        applies="questions that the documents answer",
        group="Quoted",
        measure=measure,
    ),
)
