"""The times that figures are of, as papers write them: a day, month, quarter, year or some months."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.facts.dates import MONTHS

DAY, MONTH, TERM, QUARTER, YEAR, PART = "day", "month", "term", "quarter", "year", "part of a year"
_M = "|".join(sorted(MONTHS, key=len, reverse=True))
_Y = r"(?:19|20)\d\d"
_SPLIT = rf"{_Y} ?[/–-] ?(?:20)?\d\d(?![\d-])"  # a school or financial year
_NUMBER = r"(?:\d{1,2}|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"


@dataclass(frozen=True, slots=True)
class Time:
    """A time as written at `start` to `end` of a text.

    `at` is its end, as precise as it is written: "2024-09-30", "2024-09", "2024", or "2023/24" for a year written over
    two, which sorts between 2023 and 2024. `span` names how long it is.
    """

    start: int
    end: int
    at: str
    span: str


def _month(match: re.Match[str]) -> str:
    return f"{match['y']}-{MONTHS[match['m'].lower()]:02d}"


def _day(match: re.Match[str]) -> str:
    return f"{_month(match)}-{int(match['d']):02d}"


def _split(match: re.Match[str]) -> str:
    found = re.findall(r"\d+", match["y"])
    return f"{found[0]}/{found[1][-2:]}"


def _ends(match: re.Match[str]) -> str:
    return _day(match) if match["d"] else _month(match)


_DAY_MONTH = rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<m>{_M})\.?,? (?P<y>{_Y})"
_TO = "(?:to|ending|ended|up to)(?: the end of)? "
_QUARTER = r"(?:Q[1-4]|quarter (?:one|two|three|four|[1-4]))(?: of|,)? "
_BEFORE_YEAR = r"\b(?:in|of|for|by|during|since|to|until|was|target)(?: the| calendar| the calendar)?(?: year)? "
_FORMS: tuple[tuple[str, str, Callable[[re.Match[str]], str]], ...] = (
    (rf"(?:the )?(?:(?:calendar|financial|school) )?(?:year|12 months|twelve months) {_TO}{_DAY_MONTH}", YEAR, _ends),
    (rf"(?:the )?(?:quarter|three months|3 months) {_TO}{_DAY_MONTH}", QUARTER, _ends),
    (rf"(?:the )?(?:first |last )?{_NUMBER} months {_TO}{_DAY_MONTH}", PART, _ends),
    (rf"(?:the )?(?:first|last) {_NUMBER} months of (?P<y>{_Y})", PART, lambda m: m["y"]),
    (rf"\b(?:{_M})(?: {_Y})? ?(?:to|–|-|and) ?(?P<m>{_M})\.? (?P<y>{_Y})", PART, _month),
    (rf"\b{_QUARTER}(?P<y>{_SPLIT}|{_Y})", QUARTER, lambda m: m["y"].replace(" ", "")),
    (rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{_M})\.?,? (?P<y>{_Y})", DAY, _day),
    (rf"\b(?P<m>{_M})\.?,? (?P<y>{_Y})", MONTH, _month),
    (rf"\b(?:spring|summer|autumn|winter)(?: term)?,?(?: of| in)? (?P<y>{_Y})(?!/)", TERM, lambda m: m["y"]),
    (rf"(?:(?:academic|school|financial) year )?\b(?P<y>{_SPLIT})", YEAR, _split),
    (rf"(?:{_BEFORE_YEAR}|^|\(|, )(?P<bare>(?P<y>{_Y}))\b(?=[ ,.;:)]|$)", YEAR, lambda m: m["y"]),
)  # fmt: skip
FORMS = tuple((re.compile(form, re.IGNORECASE), span, told) for form, span, told in _FORMS)
BARE_MONTH = re.compile(
    r"(?:\b(?:in|to|at|on|by|of|since|until|end of|during) |\()(?:\d{1,2} )?"
    rf"(?P<m>(?!may\b|march\b|sec\b){_M})\b\.?(?! ?(?:{_Y}|\d))",
    re.IGNORECASE,
)
QUARTER_MONTHS = 3


def find(text: str, written: str | None) -> list[Time]:
    """The times of a text in their order, none within another.

    `written` is the paper's date: a month without its year is the last one before it.
    """
    found: list[Time] = []
    for time in sorted(_all(text, written), key=lambda t: (t.start, -t.end)):
        if not found or time.start >= found[-1].end:
            found.append(time)
    return found


def _all(text: str, written: str | None) -> Iterator[Time]:
    taken: list[tuple[int, int]] = []
    for form, span, told in FORMS:
        for match in form.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                yield Time(
                    match.start("bare" if "bare" in match.groupdict() else 0),
                    match.end(),
                    told(match),
                    _span(match, span),
                )
    if not written or len(written) < len("2024-01"):
        return
    for match in BARE_MONTH.finditer(text):
        if not any(match.start() < end and start < match.end() for start, end in taken):
            month = MONTHS[match["m"].lower()]
            year = int(written[:4]) - (month > int(written[5:7]))
            yield Time(match.start("m"), match.end(), f"{year}-{month:02d}", MONTH)


def _span(match: re.Match[str], span: str) -> str:
    """Of a run of months a quarter, a year or a part of one."""
    names = [MONTHS[name.lower()] for name in re.findall(rf"\b({_M})\b", match.group(), re.IGNORECASE)]
    if span != PART or len(names) != 2:
        return span
    months = (names[1] - names[0]) % 12 + 1
    return {QUARTER_MONTHS: QUARTER, 12: YEAR}.get(months, PART)
