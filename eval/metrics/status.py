"""Right status: answered what can be answered, refused what cannot, and refused it in the fitting way."""

from __future__ import annotations

from eval.metrics.base import Metric, answerable
from eval.records import Case, GoldenQuestion

ANSWERED = ("answered",)
NOT_THERE = ("not_found", "clarify")
NOT_FOR_US = ("out_of_scope", "private", "safeguarding")


def right_statuses(expected: GoldenQuestion) -> tuple[str, ...]:
    """The statuses that are right: those the question names, else the usual ones for its kind."""
    if expected.statuses:
        return expected.statuses
    if expected.answerable:
        return ANSWERED
    return NOT_FOR_US if expected.kind == "offtopic" else NOT_THERE


def answered_when_answerable(case: Case) -> float | None:
    """1 where an answerable question was answered."""
    return float(case.actual.answered) if answerable(case) else None


def right_status(case: Case) -> float | None:
    """1 where the status is one of the right ones."""
    return None if case.actual.status == "missing" else float(case.actual.status in right_statuses(case.expected))


METRICS = (
    Metric(
        name="answered_when_answerable",
        title="Answered when the documents answer",
        meaning="Share of answerable questions that got an answer rather than a refusal.",
        values="0 or 1 for a question",
        applies="questions that the documents answer",
        group="Answered or refused",
        measure=answered_when_answerable,
    ),
    Metric(
        name="right_status",
        title="Right kind of reply",
        meaning=(
            "Share of questions whose reply is of the right kind: an answer; a plain 'the documents do not "
            "say' (or a question back); or, for what is not our business, a redirection."
        ),
        values="0 or 1 for a question",
        applies="all questions",
        group="Answered or refused",
        measure=right_status,
    ),
)
