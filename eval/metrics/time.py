"""Time: how long a person waits."""

from __future__ import annotations

from eval.metrics.base import Metric
from eval.records import Case


def measure(case: Case) -> float | None:
    """Seconds told by the system, else as measured around the call."""
    actual = case.actual
    return actual.seconds if actual.seconds is not None else actual.waited


METRICS = tuple(
    Metric(
        name=f"seconds_{statistic}",
        title=title,
        meaning=meaning,
        values="0 and up",
        applies="all questions that came back",
        group="Length and time",
        measure=measure,
        better="lower",
        unit="seconds",
        statistic=statistic,
    )
    for statistic, title, meaning in (
        ("median", "Seconds, middle question", "Half the questions were answered within this time."),
        ("p95", "Seconds, slow questions", "Nineteen of twenty questions were answered within this time."),
    )
)
