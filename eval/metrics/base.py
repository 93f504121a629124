"""What a metric is: a name, its meaning in words, and a function from one case to a value or to "not applicable"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eval.records import Case

Measure = Callable[[Case], float | None]


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of an evaluation.

    `measure` gives None where the metric does not apply to a case: such a case is left out of the mean and of
    its n, and never counts as 0. `better` is "higher", "lower" or "" where neither is. `unit` is share, words,
    seconds or count. `statistic` is how values become one: mean, median or p95. `group` is the heading it
    stands under in the report.
    """

    name: str
    title: str
    meaning: str
    values: str
    applies: str
    group: str
    measure: Measure
    better: str = "higher"
    unit: str = "share"
    statistic: str = "mean"


def needs_evidence(case: Case) -> bool:
    """The rule of metrics about evidence: questions of which areas and how many list none."""
    return answerable(case) and bool(case.expected.gold)


def answerable(case: Case) -> bool:
    """The rule most metrics share: the documents hold the answer, and the question did come back."""
    return case.expected.answerable and case.actual.status != "missing"
