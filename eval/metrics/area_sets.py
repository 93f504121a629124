"""Sets of areas: does an answer about many areas quote each one that it should, and no other?"""

from __future__ import annotations

from eval.metrics.base import Metric, answerable
from eval.records import Case


def _named(case: Case) -> frozenset[str]:
    """The areas that an answer quotes; a paper of several areas counts for each."""
    return frozenset(area for cited in case.actual.citations for area in cited.area.split(", ") if area)


def recall(case: Case) -> float | None:
    """Share of the areas expected that are quoted."""
    wanted = frozenset(case.expected.areas)
    return len(wanted & _named(case)) / len(wanted) if wanted and answerable(case) else None


def precision(case: Case) -> float | None:
    """Share of the areas quoted that are expected; 0 where none is quoted."""
    wanted, named = frozenset(case.expected.areas), _named(case)
    return len(wanted & named) / max(1, len(named)) if wanted and answerable(case) else None


_GROUP, _APPLIES = "Counted", "questions of which areas"
METRICS = (
    Metric(
        name="area_recall",
        title="Areas expected that are quoted",
        meaning="Share of the areas that belong to the answer of which at least one quote is given.",
        values="0 to 1",
        applies=_APPLIES,
        group=_GROUP,
        measure=recall,
    ),
    Metric(
        name="area_precision",
        title="Areas quoted that are expected",
        meaning="Share of the areas with a quote that belong to the answer.",
        values="0 to 1",
        applies=_APPLIES,
        group=_GROUP,
        measure=precision,
    ),
)
