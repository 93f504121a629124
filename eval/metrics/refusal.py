"""Refusals: are the right questions refused, and only those? Near misses and other people's business apart."""

from __future__ import annotations

from eval.metrics.base import Metric
from eval.records import PREMISE, Case
from eval.scoring.matching import IN_QUOTE
from eval.text import coverage


def recall(case: Case) -> float | None:
    """1 where a question that should be refused was; an error is none."""
    if case.expected.answerable or case.actual.status == "missing":
        return None
    return float(case.actual.refused)


def precision(case: Case) -> float | None:
    """1 where a refused question should have been; an answered question does not apply."""
    return float(not case.expected.answerable) if case.actual.refused else None


def near_miss(case: Case) -> float | None:
    """The recall over near misses."""
    return recall(case) if case.near_miss else None


def elsewhere(case: Case) -> float | None:
    """The recall over unanswerable questions that are not near misses."""
    return None if case.near_miss or case.expected.kind == "offtopic" else recall(case)


def offtopic(case: Case) -> float | None:
    """The recall over questions that are not our business."""
    return recall(case) if case.expected.kind == "offtopic" else None


def corrected(case: Case) -> float | None:
    """1 where a question made by `eval perturb` was refused, or its turned premise answered with what it came from."""
    expected = case.expected
    if not expected.perturbation or recall(case) != 0 or expected.perturbation != PREMISE:
        return recall(case) if expected.perturbation else None
    return float(any(coverage(expected.near_miss, c.quote) >= IN_QUOTE for c in case.actual.citations))


_GROUP = "Answered or refused"
METRICS = (
    Metric(
        name="refused_or_corrected",
        title="Made unanswerable: refused or corrected",
        meaning=(
            "Of the questions made by `eval perturb`, the share that was refused, or where a premise was turned round, "
            "answered with the words that say otherwise."
        ),
        values="0 or 1 for a question",
        applies="questions made by `eval perturb`",
        group=_GROUP,
        measure=corrected,
    ),
    Metric(
        name="refused_when_not",
        title="Refused when the documents do not answer",
        meaning="Share of the questions that should be refused which were (refusal recall).",
        values="0 or 1 for a question",
        applies="questions that should be refused",
        group=_GROUP,
        measure=recall,
    ),
    Metric(
        name="refused_near_miss",
        title="Near misses refused",
        meaning=(
            "The same, only for questions about an area whose papers are loaded: right place, but the detail "
            "is not there."
        ),
        values="0 or 1 for a question",
        applies="unanswerable questions about an area with papers",
        group=_GROUP,
        measure=near_miss,
    ),
    Metric(
        name="refused_elsewhere",
        title="Other unanswerable questions refused",
        meaning="The same, only for questions that name no area, or one that has no papers here.",
        values="0 or 1 for a question",
        applies="unanswerable questions about no area with papers",
        group=_GROUP,
        measure=elsewhere,
    ),
    Metric(
        name="refused_offtopic",
        title="Off-topic questions refused",
        meaning="The same, only for questions that are not our business.",
        values="0 or 1 for a question",
        applies="off-topic questions",
        group=_GROUP,
        measure=offtopic,
    ),
    Metric(
        name="refusal_precision",
        title="Refusals that were right",
        meaning="Share of the refused questions that should have been refused.",
        values="0 or 1 for a question",
        applies="questions that were refused",
        group=_GROUP,
        measure=precision,
    ),
)
