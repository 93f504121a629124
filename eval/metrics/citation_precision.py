"""Citation precision: are the quotes about what was asked?"""

from __future__ import annotations

from eval.metrics.base import Metric, needs_evidence
from eval.records import Case
from eval.scoring.matching import supports


def measure(case: Case) -> float | None:
    """Share of quotes that hold expected evidence; by decision 0, not undefined, where there is no quote."""
    if not needs_evidence(case):
        return None
    quotes = case.actual.citations
    return sum(supports(case, quote) for quote in quotes) / len(quotes) if quotes else 0.0


METRICS = (
    Metric(
        name="citation_precision",
        title="Quotes that are expected evidence",
        meaning=(
            "Share of the quotes that hold expected evidence. Low values need reading before judging: a quote "
            "can be right and useful although nobody listed it. No quote at all counts as 0."
        ),
        values="0 to 1",
        applies="questions that the documents answer",
        group="Quoted",
        measure=measure,
    ),
)
