"""Summaries of an optional language model: how much of what it wrote passed the check, and is it in the quotes?"""

from __future__ import annotations

import re

from eval.metrics.base import Metric
from eval.records import ActualClaim, Case


def given(case: Case) -> float | None:
    """1 where a summary was shown."""
    return None if case.actual.claims_dropped is None else float(bool(case.actual.claims))


def kept(case: Case) -> float | None:
    """Share of the claims that passed the check."""
    shown, dropped = len(case.actual.claims), case.actual.claims_dropped
    return shown / (shown + dropped) if dropped is not None and shown + dropped else None


def faithful(case: Case) -> float | None:
    """Share of the shown claims that their quotes bear out, by a check that shares nothing with the product's."""
    claims = case.actual.claims
    return sum(_stands(claim) for claim in claims) / len(claims) if claims else None


def _stands(claim: ActualClaim) -> bool:
    """Whether the copied words and every figure and "not" of the claim stand in each quote it rests on."""
    told = _figures_and_negations(claim.text)
    return bool(claim.quotes) and all(
        any(_plain(words) in _plain(quote) for words in claim.words)
        and told <= _figures_and_negations(f"{quote} {' '.join(claim.words)}")
        for quote in claim.quotes
    )


def _figures_and_negations(text: str) -> set[str]:
    return set(re.findall(r"\d+|\b(?:not|no|never)\b", text.lower()))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


_GROUP, _APPLIES = "Summaries", "questions for which a language model was asked"
METRICS = (
    Metric(
        name="summary_given",
        title="Answers with a summary",
        meaning="Share of the answers above which a summary was shown.",
        values="0 or 1 for a question",
        applies=_APPLIES,
        group=_GROUP,
        measure=given,
        better="",
    ),
    Metric(
        name="claims_kept",
        title="Claims that passed the check",
        meaning="Of the sentences the language model wrote for a question, the share that was shown.",
        values="0 to 1 for a question",
        applies="questions for which the model wrote sentences that could be checked",
        group=_GROUP,
        measure=kept,
        better="",
    ),
    Metric(
        name="claims_faithful",
        title="Shown claims that their quotes bear out",
        meaning=(
            "Share of the shown sentences whose copied words stand in the quotes they name, and whose figures and "
            "negations do. It should be 100%; anything less is a fault of the product."
        ),
        values="0 to 1 for a question",
        applies="questions with a summary",
        group=_GROUP,
        measure=faithful,
    ),
)
