"""From a question's words to a Question: places, years, kind of answer, ideas.

Follow-ups are completed first (followup.py); what must not be searched never comes here (screen.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot import concepts, followup, spelling
from chatbot.library import Library
from chatbot.meta import meta_topics
from chatbot.patterns import keyed, listed, pattern
from chatbot.records import Concept, Question
from ingest.words import tokens

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
KNOWN, UNKNOWN = 1.0, 1.25  # an idea nobody knows weighs more: it is the detail that may not be there


def understand(text: str, area: str | None, history: Sequence[str], library: Library) -> Question:
    """The question as it is understood, follow-ups filled in from `history` (earlier questions, oldest first).

    `area` is the one chosen beside the text box; a place named in the question wins over it.
    """

    def in_corpus(stem: str) -> bool:
        return library.words.document_frequency(stem) > 0

    turn = followup.complete(text, area, history, library)
    found = turn.places
    bare = _without(turn.text, found.spans)
    mended, corrected = spelling.mend(" ".join(bare.split()), library.words)
    years = tuple(dict.fromkeys(int(y) for y in YEAR.findall(mended))) or turn.years
    topic = YEAR.sub(" ", mended)
    wants = _first("wants", mended)
    intent = _intent(mended, found.areas, years, wants)
    kinds = _all("kinds", mended)
    meta = meta_topics(turn.text) or meta_topics(mended)
    made = [
        Concept(idea.label, idea.wordings, KNOWN if idea.known else UNKNOWN)
        for idea in concepts.ideas(topic, in_corpus)
    ]
    made += [c for c in turn.carried if not any(_same(c, own) for own in made)]
    if len(made) > 1 and "peer_review" in kinds:
        made = [c for c in made if c.label not in ("peer review", "peer team", "peer challenge", "lga peer review")]
    if intent == "compare" and wants == "person":
        wants = ""  # "who does it better?" asks for no name
    if "lead" in meta and "peer_review" in kinds:
        meta = ()
    if "director" in meta and wants not in ("person", "human") or turn.carried or not _is_meta(meta, made):
        meta = ()
    if meta and intent != "compare":
        intent = "meta"
    if intent == "definition" and (len(made) > 1 or not made or len(made[0].phrases) < 2):
        intent = "fact" if wants else "finding"
    formal = bool(pattern("question", "asks.formal").search(mended))
    if formal:
        formal_words = listed("question", "formal_words")
        made = [c for c in made if c.label.split()[0] not in formal_words]
        intent = "list" if not made and intent in ("finding", "fact") else intent
    return Question(
        text=text,
        resolved=turn.resolved,
        intent=intent,
        areas=found.areas,
        unknown_areas=found.unknown,
        years=years,
        latest=bool(pattern("question", "asks.latest").search(mended)),
        kinds=kinds,
        speakers=_all("speakers", mended),
        concepts=tuple(made),
        wants=wants,
        parts=tuple(meta) or (("formal",) if formal else ()),
        terms=tuple(dict.fromkeys(tokens(topic))),
        corrected=corrected,
    )


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with some stretches blanked out."""
    for start, end in sorted(spans, reverse=True):
        tail = re.match(r"['’]s?\b", text[end:])
        text = f"{text[:start]} {text[end + (tail.end() if tail else 0) :]}"
    return text


def _first(section: str, text: str) -> str:
    """The first key of a section one of whose expressions matches; empty where none does."""
    return next((key for key, found in keyed("question", section).items() if found.search(text)), "")


def _all(section: str, text: str) -> tuple[str, ...]:
    return tuple(key for key, found in keyed("question", section).items() if found.search(text))


def _asks(intent: str, text: str) -> bool:
    return bool(pattern("question", f"intent_{intent}").search(text))


def _intent(text: str, areas: Sequence[str], years: Sequence[int], wants: str) -> str:
    """The form of question: several areas or years make a comparison."""
    for name in ("ask", "definition"):
        if _asks(name, text):
            return name
    if len(areas) > 1 or len(years) > 1 or _asks("compare", text):
        return "compare"
    if _asks("list", text):
        return "list"
    return "fact" if wants else "finding"


def _is_meta(meta: Sequence[str], ideas: Sequence[Concept]) -> bool:
    """Whether the question is about the report itself and not about a topic that is merely in it."""
    if not meta:
        return False
    own = [c for c in ideas if not c.label.startswith(listed("question", "report_words"))]
    return len(own) <= (1 if {"dates", "previous", "next", "lead", "outcome"} & set(meta) else 2)


def _same(one: Concept, other: Concept) -> bool:
    return bool({w for w, s in one.phrases if s >= 0.9} & {w for w, s in other.phrases if s >= 0.9})
