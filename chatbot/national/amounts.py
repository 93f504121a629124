"""The numbers of a passage that measure something: their unit, the time they are of, and whether they are a target.

A number is taken where a time stands with it: in its sentence, its cell, the head of its column or its row; a length of
time also where its sentence is about waiting. What it measures is told by the words around it, which are always quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatbot.national import times
from chatbot.national.areas import NUMBERS
from chatbot.national.times import Time
from ingest.records import BORDER, Passage
from ingest.structure import sentences

ASIDE = frozenset({"team", "details", "method", "template", "front"})  # sections whose numbers measure nothing
PERCENT, POUNDS, PARTS, COUNT = "%", "£", "of", ""
BESIDE = 48  # characters between a number and the time after it that it is of
SURELY = 10  # from here on a bare number in a sentence is mostly a count, below it mostly a part of something
_WORD = "|".join(NUMBERS)
AMOUNT = re.compile(
    r"(?<![\w.,/£-])(?P<n>£ ?\d+(?:,\d{3})*(?:\.\d+)?|\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|"
    rf"(?i:{_WORD})(?= (?:day|week|month|year))|a(?= year))"
    r"(?: ?(?P<unit>%|per ?cent\b|(?:(?:working|school) )?(?:day|week|month|year)s?\b|million\b|thousand\b|bn\b|[mk]\b)"
    r"| (?:out of|of)(?: the)? (?P<of>\d[\d,]*))?(?![\w%/-]|[.:,]\d)"
)
LARGE = {"million": 1e6, "thousand": 1e3, "bn": 1e9, "m": 1e6, "k": 1e3}
# What stands beside a number that names or places a thing ("Year 9", "aged 5 to 11"), or tells when something happens.
NAMED = re.compile(
    r"(?:\b(?!In |By |At |Of |The |From |For |About |And |Over |But |Under |Only )[A-Z][\w’']*|"
    r"(?i:\b(?:ages?|aged|of age|(?:item|minute|paragraph|page|section)s?|0 to|last|past|next|first|every|each|"
    r"previous|further|at|per)))"
    r"(?: \d{1,2} (?:to|and|or))? \(?$"
)
PLACED = re.compile(
    r" olds?\b| ?(?:to|-|–|and|or) ?\d+[ -]|[ -](?:years?[ -]olds?|[ap]m\b|(?:and|or) (?:over|under))|[ap]m\b"
)
LIMIT = re.compile(r"\b(?:(?:with)?in(?: the)?(?: statutory)?|more than|over) $")
WAITS = re.compile(r"\b(?:wait|average|mean|median|longest)", re.IGNORECASE)
AIMS = re.compile(r"\b(?:targets?|aim|goal|ambition|standard|trajectory|expect\w*|will)\b", re.IGNORECASE)
LASTS = re.compile(r"\b(?<!\d )(day|week|month|year)s\b")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at `start` to `end` of a passage's text: `value` in `unit` ("%", "£", "days" to "years", "of", a count).

    `at` ends the time it is of and `span` measures that (times.py), `time` says it: all empty where none is stated.
    """

    start: int
    end: int
    value: float
    unit: str
    target: bool
    time: str = ""
    at: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a table says of the numbers in a cell: head, label of the row, the time of either; empty without a table."""

    head: str = ""
    label: str = ""
    time: tuple[str, Time] | None = None


def of(passage: Passage, written: str | None) -> list[Amount]:
    """The amounts of a passage in their order. `written` is the date of its paper."""
    text = passage.text
    if passage.part in ASIDE or not re.search(r"\d| (?:day|week|month|year)s?\b", text):
        return []
    if passage.kind != "row" or BORDER not in text:
        return [one for a, b in passage.sentences for one in _within(text, a, b, written, _Beside())]
    cells = text.split(BORDER)
    heads = passage.lead_in.rsplit(" / ", 1)[-1].split(BORDER)
    heads = [*[""] * (len(cells) - len(heads)), *heads][: len(cells)]
    whole = [
        (cell, told[0])
        for cell in cells
        if (told := times.find(cell, None)) and len(cell) - 2 <= told[0].end - told[0].start
    ]
    label = label_of(text)
    found: list[Amount] = []
    start = 0
    for place, (cell, head) in enumerate(zip(cells, heads, strict=True)):
        over = times.find(head, None)
        time = (head, over[0]) if over else whole[0] if len(whole) == 1 else None
        if place or re.search("[A-Za-z]", cell):  # else the number of the row
            for a, b in sentences.split(cell):
                found += _within(text, start + a, start + b, written, _Beside(head, label, time))
        start += len(cell) + len(BORDER)
    return found


def label_of(row: str) -> str:
    """What a row is about: its first cell with words; empty where none has any."""
    return next((cell for cell in row.split(BORDER) if re.search("[A-Za-z]{3}", cell)), "")


def _within(text: str, start: int, end: int, written: str | None, beside: _Beside) -> Iterator[Amount]:
    """The amounts of one sentence, or of a sentence of a cell."""
    words = text[start:end]
    named = times.find(words, written)
    matches = [m for m in AMOUNT.finditer(words) if _measures(m, words, named)]
    if any(
        _unit(m) in (PERCENT, PARTS, COUNT) for m in matches
    ):  # lengths of time are then limits: "91% within six weeks"
        matches = [m for m in matches if not (_is_long(m) and LIMIT.search(words[: m.start()]))]
    for place, match in enumerate(matches):
        first = matches[place - 1].end() if place else 0
        last = matches[place + 1].start() if place + 1 < len(matches) else len(words)
        own = _time(match, first, last, named, words)
        unit, in_cell = _unit(match), bool(beside.label) and not re.search("[A-Za-z]{3}", words[: match.start()])
        if unit == COUNT and in_cell:
            told = f"{beside.label} {beside.head}"
            lasts = LASTS.search(told)
            unit = (
                POUNDS
                if "£" in told
                else PERCENT
                if re.search("%|per ?cent", told)
                else f"{lasts[1]}s"
                if lasts
                else ""
            )
        in_time = (words, own) if own else beside.time if in_cell else (words, named[0]) if len(named) == 1 else None
        at = in_time[1].at if in_time else ""
        aimed = in_cell and bool(AIMS.search(beside.head)) or bool(AIMS.search(words[first : match.start()]))
        later = bool(at and written and at[: len(written)] > written[: len(at)])
        waits = bool(WAITS.search(words))
        if not (at or in_cell and aimed or _is_long(match) and waits) or match["n"] == "a" and not waits:
            continue
        if unit == COUNT and not in_cell and not _counts(match, words):
            continue
        place_of = (start + match.start(), start + match.end(), _value(match), unit, aimed or later)
        yield Amount(
            *place_of, *((in_time[0][in_time[1].start : in_time[1].end], at, in_time[1].span) if in_time else ())
        )


def _measures(match: re.Match[str], words: str, named: Sequence[Time]) -> bool:
    """Whether a number is no part of a time or a name, nor what the law gives for a plan."""
    if match.group() == "20 weeks" or any(t.start < match.end() and match.start() < t.end for t in named):
        return False
    if _unit(match) in (PERCENT, POUNDS, PARTS):
        return True
    return not (NAMED.search(words[: match.start()]) or PLACED.match(words[match.end() :]))


def _counts(match: re.Match[str], words: str) -> bool:
    """Whether a bare number in a sentence counts something."""
    if re.fullmatch(r"(?:19|20)\d\d", match["n"]):
        return False
    return _value(match) >= SURELY and bool(re.match(r" [a-z(]|[.;,)]|$", words[match.end() :]))


def _unit(match: re.Match[str]) -> str:
    unit = match["unit"] or ""
    if match["n"][0] == POUNDS:
        return POUNDS
    if match["of"] or not unit or unit in LARGE:
        return PARTS if match["of"] else COUNT
    return PERCENT if unit[0] in "%p" else f"{unit.split()[-1].removesuffix('s')}s"


def _is_long(match: re.Match[str]) -> bool:
    return len(_unit(match)) > len(PARTS)


def _value(match: re.Match[str]) -> float:
    number = match["n"].lower().lstrip("£ ")
    return (NUMBERS.get(number) or float(number.replace("a", "1").replace(",", ""))) * LARGE.get(match["unit"] or "", 1)


def _time(match: re.Match[str], first: int, last: int, named: Sequence[Time], words: str) -> Time | None:
    """The time that a number is of: the first after it, else the last before it, with no other number between.

    A time just before the next number is of that ("83% (2024/25: 71%)").
    """
    after = [
        t for t in named if match.end() <= t.start < last and (last == len(words) or words[t.end : last].strip(" :"))
    ]
    if after and after[0].start - match.end() <= BESIDE and ";" not in words[match.end() : after[0].start]:
        return after[0]
    before = [t for t in named if first <= t.start < match.start()]
    return before[-1] if before else None
