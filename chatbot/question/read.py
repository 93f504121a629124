"""From a question's words to a Question: places, years, source and kind; follow-ups completed from the turns before.

What a question is about is left to the models that read it; nothing here decides that. Years and days are filters and
are not read by them: a model that has seen few of them holds a year for a reason to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chatbot.library import Library
from chatbot.question import places
from chatbot.question.kinds import Guess
from chatbot.question.places import Places
from chatbot.records import Concept, Question
from chatbot.vocabulary import concepts, spelling
from chatbot.vocabulary.patterns import keyed, pattern

YEAR = re.compile(r"(?<![\d£.,/])(?:19|20)\d\d(?!\d|[,.]\d)")
SCHOOL_YEAR = re.compile(r"\b(20\d\d)[/-](\d\d)\b")
DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
COMPARES = 0.3  # from here on a question is answered side by side: wrongly so costs little
ACROSS = "across"  # of all areas: which have something, how many
LISTS = 0.2  # from here on a formal list is given whole where the best answer stands in one


@dataclass(frozen=True, slots=True)
class _Turn:
    """A question as the models read it, with its places and years."""

    text: str
    places: Places
    years: tuple[int, ...]
    depends: bool


def read(
    text: str, area: str | None, history: Sequence[str], library: Library, guess: Callable[[str], Guess]
) -> Question:
    """The question as it is understood, follow-ups filled in from `history` (earlier questions, oldest first).

    `area` is the one chosen beside the text box; a place named in the question wins over it.
    """

    def in_corpus(stem: str) -> bool:
        return library.words.document_frequency(stem) > 0

    turn = _turn(text, area, history, library, guess)
    topic, corrected = spelling.mend(_without(turn.text, turn.places.spans), library.words)
    relative = None if turn.years else pattern("question", "asks.relative").search(turn.text)
    standalone = _timeless(turn.text, relative.group() if relative else "") or turn.text
    for typed, meant in corrected:
        standalone = re.sub(rf"\b{re.escape(typed)}\b", meant, standalone)
    form = _form(text, turn, guess(text))
    ideas = concepts.ideas(YEAR.sub(" ", topic), in_corpus)
    return Question(
        text=text,
        resolved=_resolved(text, turn),
        standalone=standalone,
        intent=form,
        areas=turn.places.areas,
        unknown_areas=turn.places.unknown,
        lie_in=turn.places.lie_in,
        years=turn.years,
        days=days_of(turn.text),
        latest=bool(pattern("question", "asks.latest").search(text)),
        kinds=_all("kinds", topic),
        speakers=_all("speakers", topic),
        concepts=tuple(Concept(idea.label, idea.wordings, 1.0) for idea in ideas),
        corrected=corrected,
        relative=relative.group() if relative else "",
    )


def only_places(text: str, library: Library, held: tuple[str, str]) -> str:
    """The areas that a question held back for a reason (policy.py) names, and nothing else of it; mostly empty.

    What commands this tool ("leave out Westmarch") asks about no area.
    """
    if held[1] == "steering":
        return ""
    return " and ".join(places.find(text, library.areas, lambda stem: False).areas)


def _timeless(text: str, relative: str) -> str:
    """The text without its years and days, and without a time counted from now."""
    bare = YEAR.sub(" ", DAY.sub(" ", SCHOOL_YEAR.sub(" ", text)))
    return " ".join((bare.replace(relative, " ") if relative else bare).split())


def _form(text: str, turn: _Turn, seen: Guess) -> str:
    """The form of answer: what the classifier sees, and what several places or years make of any question."""
    several = len(turn.places.areas) > 1 or len(years_of(SCHOOL_YEAR.sub(" ", turn.text))) > 1
    changed = bool(turn.years) and bool(pattern("question", "asks.change").search(text))
    if several or changed or seen.kinds["compare"] >= COMPARES:
        return "compare"
    if seen.kind == ACROSS and not turn.places.areas and not turn.places.unknown:
        return ACROSS
    if seen.kinds["list"] >= LISTS:
        return "list"
    return "definition" if seen.kind == "definition" else "finding"


def years_of(text: str) -> tuple[int, ...]:
    """The years that a text names, each once: 2023, 2023/24 (both), 10/07/2023."""
    found = [(m.start(), int(m.group(1))) for m in SCHOOL_YEAR.finditer(text)]
    found += [(m.start(), int(m.group(1)) + 1) for m in SCHOOL_YEAR.finditer(text)]
    found += [(text.find(day), int(day_iso[:4])) for day, day_iso in _days(text)]
    rest = DAY.sub(" ", SCHOOL_YEAR.sub(" ", text))
    found += [(text.find(m.group()), int(m.group())) for m in YEAR.finditer(rest)]
    return tuple(dict.fromkeys(year for _, year in sorted(found)))


def days_of(text: str) -> tuple[str, ...]:
    """The days that a text names in figures (10/07/2023, 18.11.24), as ISO dates."""
    return tuple(dict.fromkeys(iso for _, iso in _days(text)))


def _days(text: str) -> list[tuple[str, str]]:
    found = []
    for match in DAY.finditer(text):
        day, month, year = (int(part) for part in match.groups())
        if 1 <= day <= 31 and 1 <= month <= 12:
            found.append((match.group(), f"{year + 2000 if year < 100 else year}-{month:02}-{day:02}"))
    return found


def _turn(
    text: str, area: str | None, history: Sequence[str], library: Library, guess: Callable[[str], Guess]
) -> _Turn:
    """The question completed from those before it, as far as it needs."""

    def in_corpus(stem: str) -> bool:
        return library.words.document_frequency(stem) > 0

    here = places.find(text, library.areas, in_corpus)
    if area and (chosen := places.resolve(area, library.areas)):
        here = places.beside(here, chosen)
    years = years_of(text)
    before = _turn(history[-1], area, history[:-1], library, guess) if history else None
    everywhere = bool(pattern("question", "asks.everywhere").search(text))
    if before is None:
        return _Turn(text, here if everywhere else _with_area(here, area, library), years, False)
    own = concepts.ideas(_without(YEAR.sub(" ", text), here.spans), in_corpus)
    leans = guess(text).leans
    alone = any(idea.jargon for idea in own) or bool(own) and not leans
    if alone:  # a question with a topic of its own takes no other
        found = here if here.areas or here.unknown or everywhere else _kept(before, area, library)
        return _Turn(text, found, years or (before.years if leans else ()), False)
    if not own and (here.areas or here.unknown) and before.places.spans:
        return _elsewhere(before, here, years)
    named = bool(here.areas or here.unknown) or everywhere
    earlier = _without(before.text, before.places.spans) if named else before.text
    earlier = YEAR.sub(" ", earlier) if years else earlier
    whole = " ".join(f"{earlier} {text}".split())
    spans = places.find(whole, library.areas, in_corpus).spans
    kept = here if named else _kept(before, area, library)
    found = replace(kept, spans=spans)
    return _Turn(whole, found, years or before.years, True)


def _elsewhere(before: _Turn, here: Places, years: tuple[int, ...]) -> _Turn:
    """The question before, asked of another place."""
    names = " and ".join((*here.areas, *here.unknown))
    start, end = before.places.spans[0]
    text = f"{before.text[:start]}{names}{before.text[end:]}"
    spans = ((start, start + len(names)),)
    return _Turn(text, replace(here, spans=spans), years or before.years, True)


def _kept(before: _Turn, area: str | None, library: Library) -> Places:
    """The places a follow-up takes: the area chosen beside the box now, else those of the question before.

    The sides of a comparison stay where the chosen area is one of them.
    """
    chosen = _with_area(Places((), (), ()), area, library)
    compared = len(before.places.areas) > 1 and set(chosen.areas) <= set(before.places.areas)
    return chosen if area and not compared else replace(before.places, spans=())


def _with_area(found: Places, area: str | None, library: Library) -> Places:
    """The places of the question; the chosen area where it names none."""
    if found.areas or found.unknown:
        return found
    chosen = " ".join((area or "").split())
    if not chosen:
        return found
    one = places.resolve(chosen, library.areas)
    loaded = (one,) if one else places.find(chosen, library.areas, lambda stem: False).areas
    return replace(found, areas=loaded) if loaded else replace(found, unknown=(chosen,))


def _resolved(text: str, turn: _Turn) -> str:
    """The question as it was understood, for people: what was taken from before, and the area it does not name."""
    whole = turn.text if turn.depends else text
    low = whole.lower().replace("&", "and")
    names = [n for n in (*turn.places.areas, *turn.places.unknown) if n.lower() not in low]
    return f"{whole} ({' and '.join(names)})" if names and not turn.places.spans else whole


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with some stretches blanked out."""
    for start, end in sorted(spans, reverse=True):
        tail = re.match(r"['’]s?\b", text[end:])
        text = f"{text[:start]} {text[end + (tail.end() if tail else 0) :]}"
    return " ".join(text.split())


def _all(section: str, text: str) -> tuple[str, ...]:
    return tuple(key for key, found in keyed("question", section).items() if found.search(text))
