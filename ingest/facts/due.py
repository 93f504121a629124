"""By when something is to be done: the words as written and their date in ISO, as precise as they tell it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ingest.facts import dates

_MONTH = "|".join(sorted(dates.MONTHS, key=len, reverse=True))
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?: of)?"
_YEARLESS = rf"(?:(?:{_DAY} )?(?:{_MONTH})\b(?!\.?,? (?:19|20)\d\d)|\d{{1,2}}/\d{{1,2}}\b(?!/))"
_TERM = (
    r"(?:Easter|Christmas|(?:half|spring|summer|autumn) term|"
    r"(?:the )?end of (?:term|the (?:academic|school|financial|calendar) year))"
)
_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
} | {"fifteen": 15, "eighteen": 18, "twenty": 20}
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_WHEN = rf"(?:{dates.WRITTEN}|{_YEARLESS}|{_TERM})"
SAID = re.compile(
    rf"(?<!not )\b(?:by|before|no later than|on|in|for|to|at|review|due)(?: its| their| the)?(?: next)?(?: meeting)?"
    rf"(?: (?:in|on|of))?(?: (?:the )?(?:end|start|beginning|middle) of)? (?:mid-|early |late )?(?P<when>{_WHEN})|"
    rf"\b(?:with)?in (?:the next )?(?P<count>{_COUNT})(?: \w+)?[- ](?P<unit>days?|weeks?|months?|years?)\b|"
    r"\b(?:following|after) the meeting\b|\bat (?:the|its|their) next meeting\b|\bwhen (?:available|complete|ready)\b",
    re.IGNORECASE,
)
YEARLESS = re.compile(_YEARLESS, re.IGNORECASE)
PRINTED = re.compile(dates.WRITTEN, re.IGNORECASE)
STATUTORY = frozenset({"6 weeks", "six weeks", "15 weeks", "16 weeks", "20 weeks", "twenty weeks"})  # a plan's own time
YEAR = re.compile(r"\b20\d\d\b")
UNIT_DAYS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}


def said(sentence: str, written: str | None) -> tuple[str, str]:
    """The words of a sentence that say by when, and their date; both empty where it does not say.

    `written` is the date of the paper (ISO): "in February" is the next one after it, "in six months" counts from it.
    A date of the past is no due date.
    """
    for match in SAID.finditer(sentence):
        if match["count"] and f"{match['count']} {match['unit']}".lower() in STATUTORY:
            continue
        by = _relative(match["count"], match["unit"], written) if match["count"] else _dated(match["when"], written)
        if not (by and written and by < written[: len(by)]):
            return match.group(), by
    return "", ""


def printed(text: str) -> str:
    """The last date of a text as written, empty where it has none."""
    return next((match.group() for match in reversed(list(PRINTED.finditer(text)))), "")


def cell(text: str, written: str | None) -> str:
    """The last date of a cell that says by when, empty where it has none."""
    found = [day for match in PRINTED.finditer(text) if (day := dates.printed(match.group()))]
    year = YEAR.search(text)
    return max(found) if found else _dated(text, written) or (year.group() if year else "")


def _dated(text: str | None, written: str | None) -> str:
    if not text:
        return ""
    if day := dates.printed(text):
        return day
    match = YEARLESS.search(text)
    return _next(match.group(), written) if match and written else ""


def _next(text: str, written: str) -> str:
    """The next day or month of a year that is not written, after the date of the paper."""
    year = int(written[:4])
    if slash := re.fullmatch(r"(\d{1,2})/(\d{1,2})", text):
        tries = [dates.iso(slash[1], slash[2], str(y)) for y in (year, year + 1)]
    else:
        name = next(m for m in re.findall(r"[a-z]+", text.lower()) if m in dates.MONTHS)
        day = re.search(r"\d+", text)
        month = f"{dates.MONTHS[name]:02d}"
        tries = [dates.iso(day[0], name, str(y)) if day else f"{y}-{month}" for y in (year, year + 1)]
    return next((found for found in tries if found and found >= written[: len(found)]), "")


def _relative(count: str, unit: str, written: str | None) -> str:
    """The month that lies so much later than the paper."""
    if not written or len(written) < 7:
        return ""
    number = int(count) if count.isdigit() else _NUMBERS[count.lower()]
    start = date.fromisoformat(f"{written}-15" if len(written) == 7 else written)
    try:
        later = start + timedelta(days=round(number * UNIT_DAYS[unit.lower().rstrip("s")]))
    except OverflowError:
        return ""
    return later.isoformat()[:7]
