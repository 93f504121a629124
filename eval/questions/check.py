"""Checks a question file against an index and tells every fault in one pass."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from eval.questions.golden import Fault, read
from eval.records import Evidence, GoldenQuestion
from eval.runs.snapshot import IndexView
from eval.text import coverage, plain

STANDS = 0.8  # less of the words than this and scoring would never find the evidence


def check(path: Path, view: IndexView | None) -> tuple[tuple[GoldenQuestion, ...], tuple[Fault, ...]]:
    """The questions and all faults in order of row; without an index only the form is checked."""
    questions, faults = read(path)
    found = list(faults)
    if view is None:
        return questions, tuple(found)
    for question in questions:
        for evidence in question.gold:
            found += _evidence(question, evidence, view)
        found += _facts(question, view)
        if question.area and question.answerable and question.area not in view.areas:
            found.append(Fault(question.row, "area", f"no document of the index is about {question.area!r}."))
    return questions, tuple(sorted(found, key=lambda fault: (fault.row, not fault.grave)))


def _evidence(question: GoldenQuestion, evidence: Evidence, view: IndexView) -> list[Fault]:
    """Faults of one piece of evidence: its document, its page, its words."""
    pages = view.pages(evidence.document)
    if not pages:
        near = get_close_matches(evidence.stem, view.numbers, 1)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        return [Fault(question.row, "document", f"the index has no document {evidence.document!r}{hint}")]
    if evidence.page is not None and evidence.page not in pages:
        last = max((n for n in pages if n is not None), default=None)
        why = f"it has {last} pages" if last else "it has no pages, so leave the page empty"
        return [Fault(question.row, "page", f"{evidence.document} has no page {evidence.page}: {why}.")]
    there = pages if evidence.page is None else {n: pages[n] for n in (evidence.page, evidence.page + 1) if n in pages}
    best = max(coverage(evidence.words, text) for text in [*there.values(), " ".join(there.values())])
    if best < STANDS:
        elsewhere = [n for n, text in pages.items() if coverage(evidence.words, text) >= STANDS]
        where = f"page {evidence.page} of {evidence.document}" if evidence.page else evidence.document
        hint = f" They stand on page {elsewhere[0]}." if elsewhere and elsewhere[0] else ""
        return [Fault(question.row, "evidence", f"these words do not stand on {where}: {evidence.words[:80]!r}.{hint}")]
    if best < 1:
        sentence = f"only {best:.0%} of the words stand there in this order: {evidence.words[:80]!r}."
        return [Fault(question.row, "evidence", sentence, grave=False)]
    return []


def _facts(question: GoldenQuestion, view: IndexView) -> list[Fault]:
    """Required facts that stand nowhere in the documents of the evidence: no quote could ever state them."""
    documents = {e.document for e in question.gold}
    text = plain(" ".join(t for d in sorted(documents) for t in view.pages(d).values())) if documents else ""
    return [
        Fault(
            question.row,
            "must_include",
            f"{' | '.join(wordings)!r} stands in none of the documents of the evidence, "
            "so only an answer in other words can state it.",
            grave=False,
        )
        for wordings in question.must_include
        if text and not any(plain(w) in text for w in wordings)
    ]
