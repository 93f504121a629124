"""Completeness: the whole list, and every side of a comparison."""

from __future__ import annotations

from eval.metrics.base import Measure, Metric, answerable
from eval.records import Case
from eval.scoring.matching import needs_cited


def all_of(kind: str) -> Measure:
    """1 where every needed piece is quoted, 0 where one is missing, for questions of one kind."""

    def measure(case: Case) -> float | None:
        if not answerable(case) or case.expected.kind != kind or not case.expected.groups:
            return None
        return float(len(needs_cited(case, case.actual.citations)) == len(case.expected.groups))

    return measure


METRICS = (
    Metric(
        name="whole_list",
        title="Lists given in full",
        meaning="Share of list questions in which no needed item is left out of the quotes.",
        values="0 or 1 for a question",
        applies="list questions that the documents answer",
        group="Quoted",
        measure=all_of("list"),
    ),
    Metric(
        name="every_side",
        title="Comparisons with every side",
        meaning="Share of comparisons in which each side's evidence is quoted.",
        values="0 or 1 for a question",
        applies="comparisons that the documents answer",
        group="Quoted",
        measure=all_of("compare"),
    ),
)
