"""Counts: is the number that an answer begins with the right one?"""

from __future__ import annotations

import re

from eval.metrics.base import Metric, answerable
from eval.records import Case

NUMBER = re.compile(r"\d(?:[\d,.]*\d)?")


def measure(case: Case) -> float | None:
    """1 where the first number of the answer's text is the one expected."""
    if case.expected.number is None or not answerable(case):
        return None
    first = NUMBER.search(case.actual.text) if case.actual.answered else None
    return float(first is not None and first.group().replace(",", "") == str(case.expected.number))


METRICS = (
    Metric(
        name="count_exact",
        title="Counts that are exact",
        meaning="Share of the questions of how many whose answer begins with the right number.",
        values="0 or 1",
        applies="questions of how many",
        group="Counted",
        measure=measure,
    ),
)
