"""Determinism: the same question, the same answer."""

from __future__ import annotations

from eval.metrics.base import Metric
from eval.records import Case


def measure(case: Case) -> float | None:
    """1 where the second asking gave the same, times apart."""
    return None if case.actual.same_again is None else float(case.actual.same_again)


METRICS = (
    Metric(
        name="same_again",
        title="Same answer when asked again",
        meaning=(
            "Share of the questions asked twice that got the same reply both times, letter for letter, times apart."
        ),
        values="0 or 1 for a question",
        applies="the questions that were asked twice (every fifth)",
        group="Length and time",
        measure=measure,
    ),
)
