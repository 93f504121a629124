"""Where expected evidence and actual passages or quotes meet. The thresholds are those of the contract's scorer."""

from __future__ import annotations

from collections.abc import Sequence

from eval.records import ActualCitation, ActualPassage, Case, Evidence, stem
from eval.text import coverage, plain

IN_PASSAGE = 0.8
IN_QUOTE = 0.6
QUOTE_OF_EVIDENCE = 0.5
DEPTH = 10


def holds(evidence: Evidence, document: str, text: str, share: float) -> bool:
    """Whether this text of this document holds at least `share` of the evidence's words."""
    return stem(document) == evidence.stem and coverage(evidence.words, text) >= share


def needs_met(case: Case, passages: Sequence[ActualPassage]) -> frozenset[int]:
    """The groups of which one entry stands in one of the passages."""
    return frozenset(
        number
        for number, entries in case.expected.groups.items()
        if any(holds(e, p.document, p.text, IN_PASSAGE) for e in entries for p in passages)
    )


def needs_cited(case: Case, citations: Sequence[ActualCitation]) -> frozenset[int]:
    """The groups of which one entry stands in one of the quotes."""
    return frozenset(
        number
        for number, entries in case.expected.groups.items()
        if any(holds(e, c.document, c.quote, IN_QUOTE) for e in entries for c in citations)
    )


def supports(case: Case, citation: ActualCitation) -> bool:
    """Whether a quote holds half of some evidence, or is itself four fifths made of it."""
    return any(
        stem(citation.document) == e.stem
        and (coverage(e.words, citation.quote) >= QUOTE_OF_EVIDENCE or coverage(citation.quote, e.words) >= IN_PASSAGE)
        for e in case.expected.gold
    )


def share_of_needs(case: Case, met: frozenset[int]) -> float:
    """Met groups as a share of all; 0 where a question that can be answered lists none."""
    return len(met) / max(1, len(case.expected.groups))


def passage_gains(case: Case) -> list[frozenset[int]]:
    """For each of the first ten passages the needs that it meets."""
    return [needs_met(case, [passage]) for passage in case.actual.passages[:DEPTH]]


def page_gains(case: Case) -> list[frozenset[int]]:
    """The same for pages, each once at its best rank: a page meets a need when the evidence stands on it."""
    keys = dict.fromkeys((stem(p.document), p.page) for p in case.actual.passages)
    return [
        frozenset(
            n
            for n, entries in case.expected.groups.items()
            if any(e.stem == document and e.page in (None, page) for e in entries)
        )
        for document, page in list(keys)[:DEPTH]
    ]


def document_gains(case: Case) -> list[frozenset[int]]:
    """The same for documents, each once at its best rank."""
    keys = dict.fromkeys(stem(p.document) for p in case.actual.passages)
    return [
        frozenset(n for n, entries in case.expected.groups.items() if any(e.stem == document for e in entries))
        for document in list(keys)[:DEPTH]
    ]


GAINS = {"passage": passage_gains, "page": page_gains, "document": document_gains}


def said(case: Case) -> str:
    """The answer's text and its quotes, together and plain: where required facts are looked for."""
    return " ".join([plain(case.actual.text), *(plain(c.quote) for c in case.actual.citations)])


def facts_missing(case: Case) -> tuple[tuple[str, ...], ...]:
    """The required facts that neither the answer nor a quote states."""
    text = said(case)
    return tuple(
        alternatives
        for alternatives in case.expected.must_include
        if not any(plain(words) in text for words in alternatives)
    )
