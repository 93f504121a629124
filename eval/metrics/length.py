"""Length: how much a person has to read."""

from __future__ import annotations

from eval.metrics.base import Metric, answerable
from eval.records import Case


def quoted_words(case: Case) -> float | None:
    """Words of all quotes together."""
    return float(sum(len(c.quote.split()) for c in case.actual.citations)) if answerable(case) else None


def answer_words(case: Case) -> float | None:
    """Words of the answer text as a person reads it."""
    return float(len(case.actual.text.split())) if answerable(case) else None


def citations(case: Case) -> float | None:
    """Number of quotes."""
    return float(len(case.actual.citations)) if answerable(case) else None


_APPLIES = "questions that the documents answer"
METRICS = (
    Metric(
        name="quoted_words",
        title="Words quoted",
        meaning="Words of all quotes of an answer together.",
        values="0 and up",
        applies=_APPLIES,
        group="Length and time",
        measure=quoted_words,
        better="lower",
        unit="words",
    ),
    Metric(
        name="answer_words",
        title="Words in the whole answer",
        meaning="Words of the answer as a person reads it, quotes included.",
        values="0 and up",
        applies=_APPLIES,
        group="Length and time",
        measure=answer_words,
        better="lower",
        unit="words",
    ),
    Metric(
        name="citations",
        title="Quotes in an answer",
        meaning="Number of quotes of an answer; more is neither better nor worse.",
        values="0 and up",
        applies=_APPLIES,
        group="Length and time",
        measure=citations,
        better="",
        unit="count",
    ),
)
