"""Dates as British papers print them, to ISO."""

from __future__ import annotations

import re

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
_DAY = r"(?:(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day)?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?"
FULL = re.compile(rf"\b{_DAY}\s+({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
RANGE = re.compile(
    rf"\b{_DAY}(?:\s+({_MONTH}))?(?:\s+((?:19|20)\d\d))?\s*(?:to|and|until|[-–—])\s*"
    rf"{_DAY}\s+({_MONTH})\.?,?\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(rf"\b({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b")
ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")


def iso(day: str, month: str, year: str) -> str | None:
    """ISO date of printed parts, None where no such day exists."""
    number = MONTHS.get(month.lower().rstrip("."), 0) if not month.isdigit() else int(month)
    if not (1 <= number <= 12 and 1 <= int(day) <= 31):
        return None
    return f"{year}-{number:02d}-{int(day):02d}"


def period(text: str) -> tuple[str, str] | None:
    """The first printed period (or single day, twice) as ISO start and end; None where there is none."""
    match = RANGE.search(text)
    single = FULL.search(text)
    if match and (single is None or match.start() <= single.start()):
        day1, month1, year1, day2, month2, year2 = match.groups()
        start = iso(day1, month1 or month2, year1 or year2)
        end = iso(day2, month2, year2)
        return (start, end) if start and end else None
    if single:
        day = iso(*single.groups())
        return (day, day) if day else None
    return None


def first_date(text: str) -> str | None:
    """The first printed full date, numeric (day first) and ISO forms included; None where there is none."""
    found: list[tuple[int, str | None]] = [(m.start(), iso(*m.groups())) for m in FULL.finditer(text)]
    found += [(m.start(), iso(*m.groups())) for m in NUMERIC.finditer(text)]
    found += [(m.start(), m.group()) for m in ISO.finditer(text)]
    return next((date for _, date in sorted(found, key=lambda item: item[0]) if date), None)


FUTURE = re.compile(
    r"\b(by|until|before|due|expected|scheduled|planned|will|would|target|from|deadline|end of|meant to|to)\b[^.]{0,40}$",
    re.IGNORECASE,
)


def latest_past(text: str) -> str | None:
    """The latest month the text speaks of as past ("2024-10"), None where it names none.

    Months after words of planning ("by December 2026") do not count: a paper is not written after them.
    """
    months = []
    for match in MONTH_YEAR.finditer(text):
        if not FUTURE.search(text[max(0, match.start() - 60) : match.start()]):
            months.append(f"{match.group(2)}-{MONTHS[match.group(1).lower().rstrip('.')]:02d}")
    return max(months, default=None)
