"""Required facts: does the answer state the figures and names it must?"""

from __future__ import annotations

from eval.metrics.base import Metric, answerable
from eval.records import Case
from eval.scoring.matching import facts_missing


def measure(case: Case) -> float | None:
    """Share of required facts stated in the answer or its quotes."""
    needed = len(case.expected.must_include)
    if not needed or not answerable(case):
        return None
    return (needed - len(facts_missing(case))) / needed


METRICS = (
    Metric(
        name="facts",
        title="Required facts stated",
        meaning=(
            "Share of the facts that must be said (a figure, a name, a date) which stand in the answer or its quotes."
        ),
        values="0 to 1",
        applies="questions that the documents answer and that list required facts",
        group="Quoted",
        measure=measure,
    ),
)
