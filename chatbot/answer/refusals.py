"""Answers without quotes: what was searched, what is missing, the nearest thing there is, where else to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chatbot import wording
from chatbot.answer import whereabouts
from chatbot.library import Library
from chatbot.question import language
from chatbot.records import About, Answer, Finding, Hit, Question
from chatbot.signposts import Reply
from ingest.records import DocumentFacts, pages_in_words
from prompts import words

NEAREST_WORDS = 30
ASKED_WORDS = 30  # of the question that are said again
MOST_AREAS = 8  # named one by one to a person who asked about another
MOST_UNREAD = 3  # papers with pages that were not read that are named
FEWEST_WORDS = 6  # of a question that names nothing we know, and of a passage that is shown as the nearest


def _answer(
    question: Question,
    status: str,
    lead: str,
    notes: Sequence[str],
    hits: Sequence[Hit],
    documents: list[About],
    library: Library,
    reason: str,
    verdict: dict[str, Any] | None = None,
) -> Answer:
    return Answer(
        question=question,
        status=status,
        lead=lead,
        citations=(),
        groups=(),
        notes=tuple(n for n in notes if n),
        hits=tuple(hits),
        searched=library.searched(documents),
        index=library.fingerprint,
        reason=reason,
        gate=verdict or {},
    )


def screened(question: Question, verdict: tuple[str, str], reply: Reply | None, library: Library) -> Answer:
    """The answer to a question that is not searched; `verdict` comes from policy.py, `reply` speaks where it can."""
    status, key = verdict
    lead = reply.say if reply else words("refusals", f"{status}.{key}")
    return replace(_answer(question, status, lead, (), (), [], library, "screened"), reply=reply)


def before_search(question: Question, library: Library) -> Answer | None:
    """A refusal that needs no search: another language, no papers, no topic. None where it may be searched."""
    if language.is_foreign(question.text, library):
        return _answer(question, "clarify", words("refusals", "clarify.language"), (), (), [], library, "language")
    if question.unknown_areas and not question.areas:
        return unknown_place(question, library)
    named = question.concepts or question.kinds or question.speakers or question.areas or question.years
    if not named and question.standalone == question.text and len(question.text.split()) < FEWEST_WORDS:
        return _answer(question, "clarify", words("refusals", "clarify.no_topic"), (), (), [], library, "no_topic")
    return None


def unknown_place(question: Question, library: Library) -> Answer:
    """That there are no papers about the places named."""
    lead = words(
        "refusals", "not_found.area", places=wording.listed(question.unknown_areas), areas=_loaded(library.areas)
    )
    return _answer(question, "not_found", lead, whereabouts.told(question, library), (), [], library, "area")


def _loaded(areas: Sequence[str]) -> str:
    """The areas there are papers about; how many, where they are too many to read."""
    if len(areas) <= MOST_AREAS:
        return wording.listed(list(areas))
    return words("refusals", "not_found.many_areas", count=len(areas), first=areas[0], last=areas[-1])


def after_search(
    question: Question,
    findings: Sequence[Finding],
    hits: Sequence[Hit],
    documents: list[About],
    library: Library,
    nearest: str = "nearest",
) -> Answer:
    """The documents do not say: what was searched and how near they came. Where more was asked for, there is none.

    `nearest` is the key of what is said of the nearest passage.
    """
    if question.more:
        lead = words("refusals", "clarify.no_more")
        return _answer(question, "clarify", lead, (), hits, documents, library, "no_more", recorded(findings))
    searched = library.searched(documents)
    span = _span(searched.first, searched.last)
    notes = []
    if question.years and not hits:
        notes.append(
            words("refusals", "not_found.no_year", years=wording.listed([str(y) for y in question.years]), span=span)
        )
    asked = wording.shortened(question.resolved, ASKED_WORDS)
    notes.append(words("refusals", "not_found.searched", asked=asked, **wording.counts(searched), span=span))
    notes += whereabouts.told(question, library)
    notes.append(unread(documents))
    near = next((h for h in hits if len(h.passage.text.split()) >= FEWEST_WORDS), None)  # "That:" tells nothing
    if near:
        notes.append(_nearest(near, library, nearest))
    notes.append(words("refusals", "not_found.elsewhere"))
    return _answer(
        question,
        "not_found",
        words("refusals", "not_found.lead"),
        notes,
        hits,
        documents,
        library,
        "gate",
        recorded(findings),
    )


def recorded(findings: Sequence[Finding]) -> dict[str, Any]:
    """The best reading of several, for calibration and `--explain`: one minus "none" against the threshold."""
    best = min((f.reading for f in findings), key=lambda reading: reading.none)
    return {"score": round(1 - best.none, 4), "threshold": best.threshold, "features": {"none": best.none}}


def unread(documents: Sequence[About]) -> str:
    """That pages of papers searched are pictures, not read or read with mistakes; empty where there are none."""
    found = [
        _pictures("unread", [(d.facts, d.facts.unread_pages) for d in documents if d.facts.unread_pages]),
        _pictures("scanned", [(d.facts, d.facts.scanned_pages) for d in documents if d.facts.scanned_pages]),
    ]
    return " ".join(filter(None, found))


def _pictures(say: str, papers: Sequence[tuple[DocumentFacts, tuple[int, ...]]]) -> str:
    if not papers:
        return ""
    listed = [f"{pages_in_words(pages).lower()} of {facts.title}" for facts, pages in papers[:MOST_UNREAD]]
    more = [words("refusals", "not_found.more_unread", count=len(papers) - MOST_UNREAD)] if papers[MOST_UNREAD:] else []
    return words("refusals", f"not_found.{say}", pages=wording.listed([*listed, *more]))


def _span(first: str | None, last: str | None) -> str:
    if not first:
        return "of unknown date"
    return f"from {first}" if first == last else f"from {first} to {last}"


def _nearest(hit: Hit, library: Library, say: str) -> str:
    facts = library.by_name[hit.passage.document].facts
    start = wording.shortened(hit.passage.text, NEAREST_WORDS)
    where = wording.document(facts.kind, ", ".join(facts.areas), facts.date, facts.date_basis)
    page = f", page {hit.passage.page}" if hit.passage.page else ""
    return words("refusals", f"not_found.{say}", where=where + page, start=start)
