"""From a question's words to a Question: places, years, source and kind; follow-ups completed from the turns before.

What a question is about is left to the models that read it; nothing here decides that. Years and days are filters and
are not read by them: a model that has seen few of them holds a year for a reason to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

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
# Likelihood below which a question that names a place and no topic is asked of that place ("tell me about Leeds"); so
# few words are a place alone.
ALONE, FEW = 0.1, 2
IN = re.compile(r"\b(?:in|of|for|at|from|around)\s+$", re.IGNORECASE)
COMPARES = 0.3  # from here on a question is answered side by side: wrongly so costs little
ACROSS = "across"  # of all areas: which have something, how many
LISTS = 0.2  # from here on a formal list is given whole where the best answer stands in one


@dataclass(frozen=True, slots=True)
class _Turn:
    """A question as the models read it, with its places and years.

    `said` is what the next one may take: the question that stood by itself last, and the last topic added to it.
    `areas` are all that were asked about so far, the latest last; `apart` those that it leaves out.
    """

    text: str
    places: Places
    years: tuple[int, ...]
    depends: bool
    said: tuple[str, ...]
    areas: tuple[str, ...]
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Models:
    """What tells of a text by itself: what kind of question it is, and whether it asks of both things before it."""

    guess: Callable[[str], Guess]
    both: Callable[[str], bool]


def read(text: str, area: str | None, history: Sequence[str], library: Library, models: Models) -> Question:
    """The question as it is understood, follow-ups filled in from `history` (earlier questions, oldest first).

    `area` is the one chosen beside the text box; a place named in the question wins over it.
    """

    def in_corpus(stem: str) -> bool:
        return library.words.document_frequency(stem) > 0

    turn = _turn(text, area, history, library, models)
    topic, corrected = spelling.mend(_without(turn.text, turn.places.spans), library.words)
    relative = None if turn.years else pattern("question", "asks.relative").search(turn.text)
    standalone = _timeless(turn.text) or turn.text
    for typed, meant in corrected:
        standalone = re.sub(rf"\b{re.escape(typed)}\b", meant, standalone)
    form = _form(text, turn, models.guess(text))
    latest = _asks("latest", text)
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
        kinds=_all("kinds", text) or (() if latest else _all("kinds", topic)),
        speakers=_all("speakers", topic),
        concepts=tuple(Concept(idea.label, idea.wordings, 1.0) for idea in ideas),
        corrected=corrected,
        relative=relative.group() if relative else "",
        apart=turn.apart,
    )


def only_places(text: str, library: Library, held: tuple[str, str]) -> str:
    """The areas that a question held back for a reason (policy.py) names, and nothing else of it; mostly empty.

    What commands this tool ("leave out Westmarch") asks about no area.
    """
    if held[1] == "steering":
        return ""
    return " and ".join(places.find(text, library.areas, lambda stem: False).areas)


def _timeless(text: str) -> str:
    """The text without its years and days."""
    return " ".join(YEAR.sub(" ", DAY.sub(" ", SCHOOL_YEAR.sub(" ", text))).split())


def _form(text: str, turn: _Turn, seen: Guess) -> str:
    """The form of answer: what the classifier sees, and what several places or years make of any question."""
    several = len(turn.places.areas) > 1 or len(years_of(SCHOOL_YEAR.sub(" ", turn.text))) > 1
    changed = bool(turn.years) and _asks("change", text)
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


def _turn(text: str, area: str | None, history: Sequence[str], library: Library, models: Models) -> _Turn:
    """The question completed from those before it, as far as it needs."""

    def in_corpus(stem: str) -> bool:
        return library.words.document_frequency(stem) > 0

    @cache
    def spans(whole: str) -> tuple[tuple[int, int], ...]:
        return places.find(whole, library.areas, in_corpus).spans

    here = places.find(text, library.areas, in_corpus)
    if area and (chosen := places.resolve(area, library.areas)):
        here = places.beside(here, chosen)
    seen, years = models.guess(text), years_of(text)
    before = _turn(history[-1], area, history[:-1], library, models) if history else None
    if before is None:
        found = here if _asks("everywhere", text) else _with_area(here, area, library)
        return _Turn(text, found, years, False, (_carried(text, seen),), found.areas)
    named = bool(here.areas or here.unknown)
    if not named and seen.leans and (sides := _sides(before)) and models.both(text):
        here = replace(here, areas=sides)
    everywhere = not here.areas and not here.unknown and _asks("everywhere", text)
    found = here if here.areas or here.unknown or everywhere else _kept(before, area, library)
    areas = (*(a for a in before.areas if a not in found.areas), *found.areas)
    topic = _without(YEAR.sub(" ", text), here.spans)
    own = concepts.ideas(_sourceless(topic) if seen.leans else topic, in_corpus)
    alone = named and seen.depends < ALONE and len(text.split()) > FEW or bool(own) and not seen.leans
    if alone or any(idea.jargon for idea in own):  # it has a topic of its own and takes no other
        return _Turn(text, found, years or (before.years if seen.leans else ()), False, (_carried(text, seen),), areas)
    said = tuple(part for part in before.said if not own or _has_topic(part, spans(part), in_corpus))
    if years:
        said = tuple(YEAR.sub(" ", part) for part in said)
        of_years = {d.facts.kind for d in library.in_areas(found.areas) if d.year in years}
        if not of_years & set(_all("kinds", " ".join(said))):  # a paper asked for that there is none of from then
            said = tuple(_of_any_paper(part) for part in said)
    elif _asks("latest", text):
        before = replace(before, years=())
    part = next((n for n in reversed(range(len(said))) if spans(said[n])), None)
    if named and not own and part is not None:  # the same, asked of another place
        start, end = spans(said[part])[0]
        asked = f"{said[part][:start]}{' and '.join((*here.areas, *here.unknown))}{said[part][end:]}"
        said = (*said[:part], asked, *said[part + 1 :])
        whole = " ".join(said)
    else:
        if named or everywhere:
            said = tuple(_without(part, spans(part)) for part in said)
        whole = " ".join(f"{' '.join(said)} {text}".split())
        term = not before.depends and before.said != (before.text,)
        said = (*said[:1], text) if own or term or not said else said
    apart = before.places.areas if everywhere and not _asks("all", text) else ()
    return _Turn(whole, replace(found, spans=spans(whole)), years or before.years, True, said, areas, apart)


def _asks(name: str, text: str) -> bool:
    return bool(pattern("question", f"asks.{name}").search(text))


def _carried(text: str, seen: Guess) -> str:
    """What a follow-up takes of a question that stands by itself: of one that asks what a word means, the word."""
    match = pattern("question", "asks.meaning").search(text) if seen.kind == "definition" else None
    return (match["meant"] or match["term"]) if match else text


def _sides(before: _Turn) -> tuple[str, ...]:
    """What "the two" are: the areas compared before, else the last two asked about; empty where only one was."""
    return before.places.areas if len(before.places.areas) > 1 else before.areas[-2:] if len(before.areas) > 1 else ()


def _sourceless(text: str) -> str:
    """The text without the papers and people it asks ("what did the peer review say"): they are no topic."""
    for found in (*keyed("question", "speakers").values(), *keyed("question", "kinds").values()):
        text = found.sub(" ", text)
    return text


def _has_topic(text: str, spans: Sequence[tuple[int, int]], in_corpus: Callable[[str], bool]) -> bool:
    """Whether a question tells what it is about, or whom it asks: "when was Leeds inspected" does not."""
    topic = _without(YEAR.sub(" ", text), spans)
    return bool(concepts.ideas(topic, in_corpus)) or topic != _sourceless(topic)


def _of_any_paper(text: str) -> str:
    """The text with "the letter" and the like as "the papers"."""
    for found in keyed("question", "kinds").values():
        text = re.sub(rf"\bthe\s+(?:{found.pattern})", "the papers", text, flags=re.IGNORECASE)
    return text


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
    """The text without some places, and without the "in" before one."""
    for start, end in sorted(spans, reverse=True):
        tail = re.match(r"['’]s?\b", text[end:])
        text = f"{IN.sub('', text[:start])} {text[end + (tail.end() if tail else 0) :]}"
    return " ".join(text.split())


def _all(section: str, text: str) -> tuple[str, ...]:
    return tuple(key for key, found in keyed("question", section).items() if found.search(text))
