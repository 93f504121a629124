"""One judged question as the report and the terminal show it."""

from __future__ import annotations

from typing import Any

from eval.metrics import METRICS
from eval.records import ActualAnswer, Evidence, GoldenQuestion
from eval.scoring.scoring import QuestionResult
from eval.wording import number

_LONG = 60


def question_view(result: QuestionResult) -> dict[str, Any]:
    """What was expected, what was answered, what was retrieved, and what was made of it."""
    expected, actual = result.case.expected, result.case.actual
    return {
        "id": expected.id, "question": expected.question, "right": result.finding.right, "stage": result.finding.title,
        "sentence": result.finding.sentence, "asked": _asked(expected),
        "resolved": actual.resolved if actual.resolved != expected.question else "",
        "expected": expected_lines(expected), "answer": answer_view(actual),
        "passages": [
            {"place": place(p.document, p.page), "words": shorten(p.text),
             "note": ", ".join(filter(None, ["" if p.score is None else f"score {p.score:.3f}", p.dropped]))}
            for p in actual.passages
        ],
        "figures": ", ".join(
            f"{m.name} {number(value, m.unit)}"
            for m in METRICS
            if m.statistic != "p95" and (value := result.values[m.name]) is not None
        ),
    }  # fmt: skip


def _asked(expected: GoldenQuestion) -> str:
    parts = [f"Area: {expected.area or 'none chosen'}. Kind: {expected.kind}."]
    if expected.history:
        parts.append("Asked before: " + " / ".join(expected.history))
    return " ".join(parts)


def expected_lines(expected: GoldenQuestion) -> list[str]:
    """The expectation in sentences."""
    if not expected.answerable:
        return [
            "A refusal: the documents do not hold an answer."
            if expected.kind != "offtopic"
            else "A refusal or redirection: this is not what the documents are for."
        ]
    lines = []
    for number_, entries in expected.groups.items():
        lines.append(f"Evidence {number_}: " + " or ".join(_entry(e) for e in entries))
    if expected.must_include:
        lines.append("Required facts: " + "; ".join(" or ".join(w) for w in expected.must_include))
    return lines


def _entry(evidence: Evidence) -> str:
    return f"“{evidence.words}” ({place(evidence.document, evidence.page)})"


def answer_view(actual: ActualAnswer) -> dict[str, Any]:
    """Status, text and quotes of an answer."""
    return {
        "status": actual.status,
        "note": actual.error or ("" if actual.answered else actual.reason),
        "text": shorten(actual.text, 4 * _LONG),
        "quotes": [
            {"words": shorten(c.quote, 4 * _LONG), "place": place(c.document, c.page)} for c in actual.citations
        ],
    }


def place(document: str, page: int | None) -> str:
    """Document and page."""
    return document if page is None else f"{document}, page {page}"


def shorten(text: str, most: int = _LONG) -> str:
    """The first words of a long text, lines kept."""
    if len(text.split()) <= most:
        return text
    return " ".join(text.split()[:most]) + " ..."
