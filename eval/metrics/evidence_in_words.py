"""Evidence within a budget of words, so that long passages buy nothing."""

from __future__ import annotations

from dataclasses import replace

from eval.metrics.base import Measure, Metric, needs_evidence
from eval.records import ActualPassage, Case
from eval.scoring.matching import needs_met, share_of_needs
from eval.text import first_words


def within(passages: tuple[ActualPassage, ...], budget: int) -> list[ActualPassage]:
    """The passages in rank order, cut where the budget of words is spent."""
    kept: list[ActualPassage] = []
    for passage in passages:
        if budget <= 0:
            break
        kept.append(replace(passage, text=first_words(passage.text, budget)))
        budget -= len(passage.text.split())
    return kept


def at(budget: int) -> Measure:
    """Recall within the first `budget` words of the passages."""

    def measure(case: Case) -> float | None:
        return (
            share_of_needs(case, needs_met(case, within(case.actual.passages, budget)))
            if needs_evidence(case)
            else None
        )

    return measure


METRICS = tuple(
    Metric(
        name=f"recall@{budget}w",
        title=f"Evidence in the first {budget:,} words",
        meaning=(
            f"Share of the needed pieces of evidence that stand within the first {budget:,} words of the "
            "passages, read in rank order. Long passages gain nothing."
        ),
        values="0 to 1",
        applies="questions that the documents answer",
        group="Found",
        measure=at(budget),
    )
    for budget in (300, 1000)
)
