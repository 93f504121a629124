"""Wrong sources: quotes from another area than asked about, or from a document nobody expected."""

from __future__ import annotations

from eval.metrics.base import Metric, answerable
from eval.records import Case, stem


def asked_areas(case: Case) -> frozenset[str]:
    """The area of the question and the areas of its evidence."""
    own = {case.expected.area} if case.expected.area else set()
    return frozenset(own.union(*(case.corpus.areas_of(e.document) for e in case.expected.gold)))


def wrong_area(case: Case) -> float | None:
    """Share of quotes whose document is of none of the asked areas; a document of no area is never wrong."""
    asked = asked_areas(case)
    if not asked or not case.actual.citations:
        return None
    wrong = 0
    for citation in case.actual.citations:
        areas = set(case.corpus.areas_of(citation.document) or filter(None, [citation.area]))
        wrong += bool(areas) and not areas & asked
    return wrong / len(case.actual.citations)


def wrong_document(case: Case) -> float | None:
    """Share of quotes from documents without expected evidence."""
    if not answerable(case) or not case.actual.citations:
        return None
    gold = {e.stem for e in case.expected.gold}
    return sum(stem(c.document) not in gold for c in case.actual.citations) / len(case.actual.citations)


METRICS = (
    Metric(
        name="wrong_area",
        title="Quotes from another area",
        meaning="Share of the quotes that come from a document of another area than the question is about.",
        values="0 to 1",
        applies="answers with quotes to questions about a known area",
        group="Quoted",
        measure=wrong_area,
        better="lower",
    ),
    Metric(
        name="wrong_document",
        title="Quotes from documents not expected",
        meaning=(
            "Share of the quotes from documents that hold none of the expected evidence. Some can be right "
            "all the same."
        ),
        values="0 to 1",
        applies="answers with quotes to questions that the documents answer",
        group="Quoted",
        measure=wrong_document,
        better="lower",
    ),
)
