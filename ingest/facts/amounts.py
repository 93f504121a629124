"""Numbers that measure or count something, as papers write them: shares, money, lengths of time, counts.

What is no figure (an age, a date, the number of a paragraph) is told in prompts/figures.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.facts.dates import MONTHS
from prompts import table

PERCENT, POUNDS, COUNT, PARTS, ASIDE = "%", "£", "", "of", "a time in which something happens"
WORDS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        1,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_DIGITS = r"(?<![\w.,/£-])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,/£-])\d+(?:\.\d+)?"
_NUMBER = rf"(?P<n>{_DIGITS}|\b(?:{_WORD})(?![\w-]))"
_FRACTIONS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_OF = r"(?:out of|of|in)(?: (?:the|our|these|those|its|a further|every))?"
_LONG = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "bn": 1e9, "billion": 1e9}
PERCENTS = re.compile(rf"{_NUMBER} ?(?:%|per ?cent\b)(?! points?)", re.IGNORECASE)
FRACTION = re.compile(
    r"\b(?:(?P<n>one|two|three|four|a|nine) )?(?P<f>half|thirds?|quarters?|fifths?|tenths?)(?= of\b)|"
    r"\bhalf(?= (?:the|had|were|are)\b)",
    re.IGNORECASE,
)
SHARE = re.compile(rf"{_NUMBER} {_OF} (?P<of>\d[\d,]*|{_WORD})(?![\w%£-])(?! ?(?:%|per ?cent))", re.IGNORECASE)
MONEY = re.compile(
    r"£ ?(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)(?: ?(?P<long>million|billion|thousand|bn|m|k)\b)?", re.IGNORECASE
)
DURATION = re.compile(
    rf"(?P<n>(?<![\w.,/£-])\d{{1,3}}(?:\.\d+)?|\b(?:{_WORD})(?![\w-]))(?: (?:to|or) (?:\d{{1,3}}|{_WORD}))?"
    r"(?: (?:and a half|full|working|school|calendar|whole))? (?P<unit>day|week|month|year|hour|minute|term)s?\b",
    re.IGNORECASE,
)
A_YEAR = re.compile(
    r"\b(?:up to|than|over|within|at least|nearly|almost|about) (?P<n>an?) (?P<unit>year|month|week)\b", re.IGNORECASE
)
DIGITS = re.compile(rf"(?P<n>{_DIGITS})(?: (?P<long>million|thousand))?(?![\w%/-]|[.,]\d)")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATES = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:(?: ?[-–] ?| (?:and|to|or) )\d{{1,2}}(?:st|nd|rd|th)?)?(?: of)? (?:{_MONTH})\b|"
    rf"(?:{_MONTH})[,.]? (?:19|20)\d\d|"
    r"\b(?:19|20)\d\d(?: ?[-/–] ?(?:20)?\d\d){0,2}\b(?![,.]\d|%)",
    re.IGNORECASE,
)
SURELY = 10  # from here on a bare number in digits is mostly a figure, below it often the number of an item
BARE_AFTER = re.compile(
    r"\b(?:from|to|was|were|is|are|at|of|only|than|about|around|some|and|with|by) $|: $|^$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit at `start` to `end` of a text.

    `unit` is "%", "£", "days", "weeks", "months", "years", "hours", "terms", "of" (so many `of` a number) or empty for
    a count.
    """

    start: int
    end: int
    value: float
    unit: str
    of: float | None = None


def find(text: str, about: str = "") -> list[Amount]:
    """The amounts of a sentence in their order, none within another. `about` says what a cell of a row is about."""
    taken = [match.span() for form in (*_forms("never"), DATES) for match in form.finditer(text)]
    found: list[Amount] = []
    for amount in _candidates(text, about):
        if not any(amount.start < end and start < amount.end for start, end in taken):
            taken.append((amount.start, amount.end))
            found.append(amount)
    return sorted((a for a in found if a.unit != ASIDE), key=lambda a: a.start)


def _candidates(text: str, about: str) -> Iterator[Amount]:
    """What may be amounts, the surest first."""
    for match in MONEY.finditer(text):
        yield Amount(*match.span(), number(match["n"]) * _LONG.get((match["long"] or "").lower(), 1), POUNDS)
    for match in PERCENTS.finditer(text):
        yield Amount(*match.span(), number(match["n"]), PERCENT)
    for match in SHARE.finditer(text):
        if number(match["n"]) <= number(match["of"]):
            yield Amount(*match.span(), number(match["n"]), PARTS, number(match["of"]))
    for match in FRACTION.finditer(text):
        parts = WORDS.get((match["n"] or "").lower(), 1)
        share = _FRACTIONS[(match["f"] or "half").lower().removesuffix("s")]
        yield Amount(*match.span(), round(parts * share, 1), PERCENT)
    lasts = bool(_form("lasting").search(f"{about} {text}") or _form("points_back").search(text))
    lasts &= not _form("inspected").search(text)
    for match in DURATION.finditer(text):
        of_time = _form("spans").search(text[: match.start()]) or _form("span_after").search(text[match.end() :])
        unit = f"{match['unit'].lower()}s" if lasts and not of_time else ASIDE
        yield Amount(*match.span(), number(match["n"]), unit)
    for match in A_YEAR.finditer(text) if lasts else ():
        yield Amount(match.start("n"), match.end(), 1.0, f"{match['unit'].lower()}s")
    for match in re.finditer(rf"{_NUMBER} (?={table('figures')['counted']})", text, re.IGNORECASE):
        if match["n"].lower() != "one":
            yield Amount(match.start("n"), match.end("n"), number(match["n"]), COUNT)
    for match in DIGITS.finditer(text):
        value = number(match["n"]) * _LONG.get(match["long"] or "", 1)
        if value >= SURELY or BARE_AFTER.search(text[: match.start()]):
            yield Amount(*match.span(), value, COUNT)


def number(text: str) -> float:
    """A number in digits or as a word."""
    return float(WORDS.get(text.lower(), 0) or text.replace(",", ""))


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile(table("figures")[name], re.IGNORECASE)


@cache
def _forms(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in table("figures")[name])
