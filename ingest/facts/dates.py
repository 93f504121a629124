"""Dates as British papers print them, to ISO."""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sept sep,"
        "october oct,november nov,december dec".split(","),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = (
    r"(?:(?:Mon|Tues?|Wed(?:s|nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?(?:the\s+)?"
    r"(\d{1,2})\s?(?:st|nd|rd|th)?(?:\s+(?:day\s+)?of)?,?"
)
FULL = re.compile(rf"\b{_DAY}\s+({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
RANGE = re.compile(
    rf"\b{_DAY}(?:\s+({_MONTH}))?(?:\s+((?:19|20)\d\d))?\s*(?:to|and|until|[-–—])\s*"
    rf"{_DAY}\s+({_MONTH})\.?,?\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(rf"\b({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)?\d\d)\b(?![/.-]\d)")
ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")


def iso(day: str, month: str, year: str) -> str | None:
    """ISO date of printed parts, None where no such day exists."""
    number = MONTHS.get(month.lower().rstrip("."), 0) if not month.isdigit() else int(month)
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day)).isoformat()
    except ValueError:
        return None


def period(text: str) -> tuple[str, str] | None:
    """The first printed period (or single day, twice) as ISO start and end; None where there is none."""
    found = find_period(text)
    return found[:2] if found else None


def find_period(text: str) -> tuple[str, str, tuple[int, int]] | None:
    """The first printed period (or single day, twice): ISO start and end, and where in the text it stands."""
    match = RANGE.search(text)
    single = FULL.search(text)
    if match and (single is None or match.start() <= single.start()):
        day1, month1, year1, day2, month2, year2 = match.groups()
        start = iso(day1, month1 or month2, year1 or year2)
        end = iso(day2, month2, year2)
        return (start, end, match.span()) if start and end else None
    if single:
        day = iso(*single.groups())
        return (day, day, single.span()) if day else None
    return None


def first_date(text: str) -> str | None:
    """The first printed full date, numeric (day first) and ISO forms included; None where there is none."""
    found: list[tuple[int, str | None]] = [(m.start(), iso(*m.groups())) for m in FULL.finditer(text)]
    found += [(m.start(), iso(*m.groups())) for m in NUMERIC.finditer(text)]
    found += [(m.start(), m.group()) for m in ISO.finditer(text)]
    return next((day for _, day in sorted(found, key=lambda item: item[0]) if day), None)


# A date as it stands after a label: a day, else a month, else a season of a year.
WRITTEN = (
    rf"(?:{_DAY}\s*(?:{_MONTH})\.?,?\s+(?:19|20)\d\d|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:(?:19|20)?\d\d)\b|"
    rf"(?:19|20)\d\d-\d\d-\d\d|(?:{_MONTH})\.?,? +(?:19|20)\d\d|"
    r"(?:spring|summer|autumn|winter)(?: term)?,? (?:19|20)\d\d)"
)
SEASON = re.compile(r"\b(?:spring|summer|autumn|winter)(?: term)?,? ((?:19|20)\d\d)\b", re.IGNORECASE)


def printed(text: str) -> str | None:
    """The first date of a text as precise as it is printed: a day, else a month, else the year of a season."""
    if day := first_date(text):
        return day
    if month := MONTH_YEAR.search(text):
        return f"{month.group(2)}-{MONTHS[month.group(1).lower().rstrip('.')]:02d}"
    season = SEASON.search(text)
    return season.group(1) if season else None


YEARLESS = re.compile(rf"\bon \d{{1,2}}(?:st|nd|rd|th)? ({_MONTH})\b(?!,? (?:19|20)\d\d)", re.IGNORECASE)
SOON = 4  # months
FUTURE = re.compile(
    r"\b(by|until|till|before|due|expected|scheduled|planned|will|would|target|from|deadline|end of|meant to|to|apply|"
    r"review|next|for (?:a )?places?|starts?|starting|begins?|opens?|closes?|every|each|after|goes|comes)\b[^.]{0,40}$",
    re.IGNORECASE,
)
# What tells of the past: without such a word in its sentence a month can be of any time.
PAST = re.compile(
    r"\b(since|following|was|were|had|has been|have been|did|met|took|told|said|gave|made|came|went|found|began|held|"
    r"saw|heard|fell|rose|\w{2,}ed)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]+)*")


def latest_past(text: str) -> str | None:
    """The latest month the text speaks of as past ("2024-10"), None where it names none.

    Months after words of planning ("by December 2026") do not count, nor do those of a sentence that tells nothing of
    the past: a paper is not written after them. A day without its year ("on 26 March") is the next such day after the
    latest month, if that is soon.
    """
    past = [match.group() for match in SENTENCE.finditer(text) if PAST.search(match.group())]
    months = [
        f"{match.group(2)}-{MONTHS[match.group(1).lower().rstrip('.')]:02d}"
        for sentence in past
        for match in MONTH_YEAR.finditer(sentence)
        if not _planned(sentence, match)
    ]
    latest = max(months, default=None)
    for sentence in past:
        for match in YEARLESS.finditer(sentence):
            if latest and not _planned(sentence, match):
                latest = max(latest, _soon_after(latest, MONTHS[match.group(1).lower()]))
    return latest


def _planned(text: str, match: re.Match[str]) -> bool:
    return bool(FUTURE.search(text[max(0, match.start() - 60) : match.start()]))


def _soon_after(latest: str, month: int) -> str:
    year, last = map(int, latest.split("-"))
    year += month < last
    return f"{year}-{month:02d}" if (month - last) % 12 <= SOON else latest
