"""Completes a follow-up from the turns before it, without a model and only as far as it needs.

A question that stands alone keeps its own topic and takes at most the area. "And in Rotherham?" takes the whole
earlier question; "do they get help meanwhile?" takes its topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatbot import concepts, meta, places
from chatbot.library import Library
from chatbot.patterns import pattern
from chatbot.places import Places
from chatbot.records import Concept

ALONE_WORDS = 9  # a question of so many words and an idea of its own stands alone unless it points back
CARRIED = 0.6  # weight of an idea that was asked a turn ago
PREVIOUS_YEARS = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with what it takes from before: `text` to be understood, `resolved` to be shown."""

    text: str
    resolved: str
    places: Places
    carried: tuple[Concept, ...] = ()
    years: tuple[int, ...] = ()


def complete(text: str, area: str | None, history: Sequence[str], library: Library) -> Turn:
    """The question completed from `history` (earlier questions, oldest first) and the chosen `area`."""

    def in_corpus(stem: str) -> bool:
        return library.words.document_frequency(stem) > 0

    here = places.find(text, library.areas, in_corpus)
    if area and (loaded := places.resolve(area, library.areas)):
        here = places.beside(here, loaded)
    before = complete(history[-1], area, history[:-1], library) if history else None
    if before is None or not history:
        return Turn(text, _resolved(text, here, area, library), _with_area(here, area, library))
    own = concepts.ideas(_topic_of(text, here), in_corpus)
    found = (
        here
        if here.areas or here.unknown
        else replace(_with_area(Places((), (), ()), area, library) if area else before.places, spans=here.spans)
    )
    if (here.areas or here.unknown) and not own and not meta.meta_topics(text):
        return _elsewhere(before, here)
    if _about_the_report(text, own, before) or _stands_alone(text, own):
        return Turn(text, _resolved(text, found, area, library), found)
    carried = _carried(before, own, library, in_corpus)
    years = (
        tuple(int(y) for y in PREVIOUS_YEARS.findall(text))
        or before.years
        or tuple(int(y) for y in PREVIOUS_YEARS.findall(before.text))
    )
    about = ", ".join(c.label for c in carried)
    place = " and ".join((*found.areas, *found.unknown))
    hint = "; ".join(filter(None, [about, place, " ".join(map(str, years)) if not PREVIOUS_YEARS.search(text) else ""]))
    return Turn(text, f"{text} ({hint})" if hint else text, found, carried, years)


def _topic_of(text: str, found: Places) -> str:
    for start, end in sorted(found.spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return PREVIOUS_YEARS.sub(" ", text)


def _with_area(found: Places, area: str | None, library: Library) -> Places:
    """The places of the question; the chosen area where it names none; the only area there is."""
    if found.areas or found.unknown:
        return found
    if area:
        loaded = places.resolve(area, library.areas)
        return replace(found, areas=(loaded,)) if loaded else replace(found, unknown=(area,))
    return replace(found, areas=library.areas) if len(library.areas) == 1 else found


def _resolved(text: str, found: Places, area: str | None, library: Library) -> str:
    """The question with its area, where it does not name it itself."""
    named = _with_area(found, area, library)
    names = [n for n in (*named.areas, *named.unknown) if n.lower() not in text.lower().replace("&", "and")]
    return f"{text} ({' and '.join(names)})" if names and not found.spans else text


def _stands_alone(text: str, own: Sequence[concepts.Idea]) -> bool:
    """Whether a question needs nothing of its topic from before."""
    jargon = any(idea.jargon for idea in own)
    points_back = pattern("question", "follow_up.points_back")
    if pattern("question", "follow_up.opens").search(text):
        return jargon and len(text.split()) >= ALONE_WORDS and not points_back.search(text)
    if points_back.search(text):
        return jargon and len(text.split()) > ALONE_WORDS and len(own) >= 3
    return len(own) >= 2 and (jargon or len(text.split()) >= ALONE_WORDS)


def _about_the_report(text: str, own: Sequence[concepts.Idea], before: Turn) -> bool:
    """A question about the inspection itself; but "how was it rated?" after a topic means the topic."""
    topics = meta.meta_topics(text)
    if not topics or own[2:]:
        return False
    return (
        topics != ("outcome",)
        or bool(pattern("question", "follow_up.of_the_report").search(text))
        or bool(meta.meta_topics(before.text))
    )


def _elsewhere(before: Turn, here: Places) -> Turn:
    """The earlier question asked of another place."""
    topic = before.text
    for start, end in sorted(before.places.spans, reverse=True):
        if end <= len(topic):
            topic = f"{topic[:start]}{{}}{topic[end:]}" if "{}" not in topic else f"{topic[:start]}{topic[end:]}"
    names = " and ".join((*here.areas, *here.unknown))
    topic = topic.replace("{}", names) if "{}" in topic else f"{topic.rstrip(' ?.')} in {names}?"
    start = topic.find(names)
    return Turn(
        topic, topic, Places(here.areas, here.unknown, ((start, start + len(names)),)), before.carried, before.years
    )


def _carried(before: Turn, own: Sequence[concepts.Idea], library: Library, in_corpus: object) -> tuple[Concept, ...]:
    """Ideas of the turn before, but not jargon where the new question brings jargon of its own ("and physio?")."""
    earlier = concepts.ideas(_topic_of(before.text, before.places), in_corpus)  # type: ignore[arg-type]
    swaps = any(idea.jargon for idea in own)
    kept = [Concept(i.label, i.wordings, CARRIED, asked=False) for i in earlier if not (swaps and i.jargon)]
    deeper = [replace(c, weight=c.weight * CARRIED) for c in before.carried if not swaps]
    seen = {c.label for c in kept}
    own_words = {w for idea in own for w, s in idea.wordings if s >= 0.9}
    return tuple(
        c
        for c in (*kept, *[d for d in deeper if d.label not in seen])
        if not own_words & {w for w, s in c.phrases if s >= 0.9}
    )
