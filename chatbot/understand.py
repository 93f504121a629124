"""From a question's words to a Question: places, years, kind of answer, ideas.

Follow-ups are completed first (followup.py); what must not be searched never comes here (screen.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import prompts
from chatbot import concepts, followup, spelling
from chatbot.library import Library
from chatbot.meta import meta_topics
from chatbot.records import Concept, Question
from ingest.words import tokens

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LATEST = re.compile(
    r"\b(latest|newest|most recent|last (inspection|report)|current(ly)?|right now|now|today|at the moment)\b",
    re.IGNORECASE,
)
FORMAL = re.compile(
    r"\b(priority actions?|areas? (for|of) (priority action|improvement)|recommend(ed|ations?)?|must (do|improve|address|put right)|have to (do|improve|put right|get better)|"
    r"has to (do|improve|put right|get better)|told (\w+ ){0,3}to (do|improve|fix|put right|make|work on|get better|sort)|told (\w+ ){0,3}(it|they) (needed|had) to|(has|have) to (\w+ ){0,2}improve|required to|asked to (do|improve)|resolve[ds]?|(as a|top) priorit(y|ies)|must be (tackled|addressed|done|improved)|get better at|needs? to (do|improve|put right|get better))\b",
    re.IGNORECASE,
)
KNOWN, UNKNOWN = 1.0, 1.25  # an idea nobody knows weighs more: it is the detail that may not be there


@cache
def patterns(section: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """Compiled expressions of question.toml: of a table by key, or of a list under its own name."""
    data = prompts.table("question")[section]
    lists = data if isinstance(data, dict) else {section: data}
    return {key: tuple(re.compile(p, re.IGNORECASE) for p in found) for key, found in lists.items()}


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
    if "director" in meta and wants != "person" or turn.carried or not _is_meta(meta, made):
        meta = ()
    if meta and intent != "compare":
        intent = "meta"
    if intent == "definition" and (len(made) > 1 or not made or len(made[0].phrases) < 2):
        intent = "fact" if wants else "finding"
    formal = bool(FORMAL.search(mended))
    if formal:
        made = [c for c in made if c.label.split()[0] not in FORMAL_WORDS] if len(made) > 0 else made
        intent = "list" if not made and intent in ("finding", "fact") else intent
    return Question(
        text=text,
        resolved=turn.resolved,
        intent=intent,
        areas=found.areas,
        unknown_areas=found.unknown,
        years=years,
        latest=bool(LATEST.search(mended)),
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
    return next((key for key, found in patterns(section).items() if any(p.search(text) for p in found)), "")


def _all(section: str, text: str) -> tuple[str, ...]:
    return tuple(key for key, found in patterns(section).items() if any(p.search(text) for p in found))


def _intent(text: str, areas: Sequence[str], years: Sequence[int], wants: str) -> str:
    """The form of question: several areas or years make a comparison."""
    for name in ("ask", "definition"):
        if _first(f"intent_{name}", text):
            return name
    if len(areas) > 1 or len(years) > 1 or _first("intent_compare", text):
        return "compare"
    if _first("intent_list", text):
        return "list"
    return "fact" if wants else "finding"


def _is_meta(meta: Sequence[str], ideas: Sequence[Concept]) -> bool:
    """Whether the question is about the report itself and not about a topic that is merely in it."""
    if not meta:
        return False
    own = [c for c in ideas if not c.label.startswith(META_WORDS)]
    return len(own) <= (1 if {"dates", "previous", "next", "lead", "outcome"} & set(meta) else 2)


FORMAL_WORDS = frozenset(
    "improved everything else counting stuff sum visiting team partnership the fix make work make improving recommend areas area priority actions action improve improvement improvements recommendations recommendation get better recommended scrutiny identified told told must required".split()
)
META_WORDS = (
    "outcome",
    "judgement",
    "judgment",
    "rating",
    "rated",
    "grade",
    "graded",
    "result",
    "verdict",
    "lead",
    "due",
    "reinspect",
    "re-inspect",
    "full",
    "monitoring",
    "monitor",
    "previous",
    "responsible",
    "commission",
    "jointly",
    "joint commission",
    "bod",
    "sen",
    "send",
    "special",
    "improve",
    "improvement",
    "priority",
    "action",
    "recommend",
    "areas for improvement",
    "improving",
    "integrated care",
    "icb",
    "nhs",
    "inspected",
    "team",
    "arrangement",
    "service",
    "revisit",
    "visit",
)


def _same(one: Concept, other: Concept) -> bool:
    return bool({w for w, s in one.phrases if s >= 0.9} & {w for w, s in other.phrases if s >= 0.9})
