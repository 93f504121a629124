"""Answers that stand in known places: facts of a report (meta.py) and its formal lists, whole and in order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chatbot import meta, thesaurus
from chatbot.library import About, Library
from chatbot.patterns import listed, pattern
from chatbot.quotes import Pick
from chatbot.records import Concept, Hit, Question
from chatbot.retrieve import bag, strength
from ingest.records import Passage

MOST_ROWS = 12
SAID = 0.7  # how strongly a row must speak of a topic
REPORTS = ("inspection_report", "monitoring_report", "inspection_letter", "revisit_letter")


def facts(question: Question, documents: Sequence[About], library: Library) -> list[Pick]:
    """The sentences that answer a question about a report itself; empty where the papers do not state it.

    The newest report is meant unless the question names a year.
    """
    ordered = _reports(question, documents)
    for about in ordered:
        passages = library.passages_of(about.facts.document)
        picks = [p for topic in question.parts for p in _fact(topic, passages, question)]
        if picks:
            return _unique(picks)
    return []


def _reports(question: Question, documents: Sequence[About]) -> list[About]:
    """Inspection documents, best fitting first: of a year named, then the newest; other papers after them."""
    ranked = sorted(documents, key=lambda d: d.facts.date or "", reverse=True)
    inspections = [d for d in ranked if d.facts.kind in REPORTS]
    if question.years and "previous" not in question.parts:
        inspections = [d for d in inspections if d.year in question.years] or inspections[
            : 0 if set(question.parts) & {"outcome", "dates", "lead"} else 1
        ]
    if question.kinds and (named := [d for d in inspections if d.facts.kind in question.kinds]):
        inspections = named
    return inspections


def _fact(topic: str, passages: Sequence[Passage], question: Question) -> list[Pick]:
    """Picks of one topic in one document, only the sentences that say it."""
    found = []
    for passage in passages:
        if not meta.answers(passage, topic):
            continue
        hit = Hit(passage, 1.0, {}, (topic,))
        numbers = [i for i, (a, b) in enumerate(passage.sentences) if meta.sentence_answers(passage.text[a:b], topic)]
        for number in numbers or [0]:
            found.append(Pick(hit, number, number))
    if topic == "lead":
        cqc = _asks("cqc", question.text)
        named = [p for p in found if ("CQC" in p.text or "Care Quality" in p.hit.passage.lead_in) == cqc]
        return (named or found)[:2]
    if topic == "director":
        return found[:4]
    return found[:2]


def rows(question: Question, documents: Sequence[About], library: Library) -> list[Pick]:
    """Every row of the formal list a question asks for, in the document's order; empty where there is none.

    Only the rows about a topic where the question names one: a whole list would seem to be about it.
    """
    text = question.resolved
    after_about = pattern("question", "asks.about").search(question.text)
    named = after_about["topic"].lower() if after_about else ""
    topics = [c for c in question.concepts if _topical(c) or (_is_plain(c) and c.label.lower() in named)]
    if topics:
        return _rows_about(topics, _wanted_parts(text)[0], documents, library)
    parts = _wanted_parts(text)
    if "recommendations" in parts[0] or "decision" in parts[0]:
        ordered = sorted(
            documents,
            key=lambda d: (d.year in question.years, _is_of_named_body(d, text), d.facts.date or ""),
            reverse=True,
        )
    else:
        ordered = _reports(question, documents)
    for wanted in parts:
        for about in ordered:
            found = [
                p
                for p in library.passages_of(about.facts.document, wanted)
                if p.kind != "cell" and not (p.kind == "paragraph" and p.text.endswith(":"))
            ]
            if found:
                return [Pick(Hit(p, 1.0, {}, ("formal",)), 0, len(p.sentences) - 1) for p in found]
    return []


def _rows_about(
    topics: Sequence[Concept], wanted: frozenset[str], documents: Sequence[About], library: Library
) -> list[Pick]:
    """The formal rows, of all documents, that speak of every topic; empty where none does or there are too many."""
    places = library.rows_in(library.rows_of(documents), wanted)
    for topic in topics:  # only passages that have a word of each topic are read
        said = [library.words.rows_with(wording[0]) for wording, value in topic.phrases if value >= SAID]
        places = places[np.isin(places, np.concatenate(said))] if said else places[:0]
    found: list[Passage] = []
    for row in places:
        passage = library.passage(int(row))
        if passage.kind != "cell" and all(strength(t, bag(passage).text) >= SAID for t in topics):
            found.append(passage)
        if len(found) > MOST_ROWS:
            return []
    return [Pick(Hit(p, 1.0, {}, ("formal",)), 0, len(p.sentences) - 1) for p in found]


def _topical(concept: Concept) -> bool:
    """Whether an idea is a topic of its own ("EHC plans"), so that not the whole list is asked for."""
    own = [w for w, s in concept.phrases if s >= 1.0]
    terms = thesaurus.phrases().get(own[0], ()) if own else ()
    return (
        concept.asked
        and bool(terms)
        and bool(terms[0][0].means)
        and terms[0][1] >= thesaurus.EQUAL
        and terms[0][0].name not in listed("question", "too_general")
    )


def _is_plain(concept: Concept) -> bool:
    """Whether an idea of the question is a word of its own that the thesaurus does not know."""
    return concept.asked and not any(w in thesaurus.phrases() for w, s in concept.phrases if s >= 1.0)


def _wanted_parts(text: str) -> list[frozenset[str]]:
    """Sets of parts to try in turn."""
    if _asks("peer", text):
        return [frozenset({"recommendations"})]
    if _asks("decided", text) and not _asks("improve", text):
        return [frozenset({"decision"})]
    improvement, priority = frozenset({"improvement"}), frozenset({"priority"})
    if _asks("not_priority", text):
        return [improvement]
    if _asks("priority", text) and not _asks("areas_for_improvement", text):
        return [priority]
    if _asks("areas_for_improvement", text):
        return [improvement, frozenset({"recommendations"})]
    return [improvement | priority, frozenset({"recommendations"}), frozenset({"decision"})]


def _is_of_named_body(about: About, text: str) -> bool:
    """Whether a paper is one of the meeting a question names: what cabinet decided is no answer about scrutiny."""
    name = f"{about.facts.committee or ''} {about.facts.title}".lower()
    return any(body in text.lower() and body in name for body in listed("question", "bodies"))


def _asks(what: str, text: str) -> bool:
    """Whether a text asks for something by the words of question.toml."""
    return bool(pattern("question", f"asks.{what}").search(text))


def _unique(picks: Sequence[Pick]) -> list[Pick]:
    seen: set[tuple[str, int]] = set()
    return [p for p in picks if (key := (p.hit.passage.id, p.first)) not in seen and not seen.add(key)]  # type: ignore[func-returns-value]
