"""Promises as an action tracker: rows for JSON, CSV and spreadsheets, a Paper for Word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from chatbot import wording
from chatbot.export import sheet
from chatbot.export.paper import Paper, Table, Text
from chatbot.national.promises import Promise
from chatbot.records import About
from prompts import words

COLUMNS = ("area", "number", "what", "who", "due", "status", "sort", "theme", "document", "date", "page", "later")

WIDTHS = {
    "number": 2.2,
    "what": 6.0,
    "who": 3.0,
    "due": 2.2,
    "status": 2.2,
    "document": 2.9,
    "later": 6.6,
}  # cm, in Word


def rows(promises: Sequence[Promise]) -> list[dict[str, Any]]:
    """One object a promise, as the contract has it: what, who, due, where it stands, later passages."""
    return [
        {
            "area": promise.area,
            "what": promise.quote,
            "who": promise.own.who,
            "due": promise.own.by or promise.own.due,
            "due_as_written": promise.own.due,
            "status": promise.own.status,
            "number": promise.own.number,
            "theme": promise.own.theme,
            "sort": promise.own.sort,
            "document": promise.about.facts.document,
            "date": promise.about.facts.date,
            "page": promise.passage.page,
            "quote": promise.quote,
            "later": [
                {"document": later.about.facts.document, "page": later.passage.page, "quote": later.passage.text}
                for later in promise.later
            ],
        }
        for promise in promises
    ]


def _cells(promise: Promise) -> list[str]:
    row = rows([promise])[0]
    later = "\n".join(f"{one['document']}: {one['quote']}" for one in row["later"])
    row |= {"sort": _say(f"sort.{promise.own.sort}"), "later": later}
    return ["" if row[name] is None else str(row[name]) for name in COLUMNS]


def _say(key: str, **values: object) -> str:
    return words("promises", key, **values)


def as_sheet(promises: Sequence[Promise], form: str) -> bytes:
    """The tracker for spreadsheet programs ("csv", "xlsx"); the columns' names are those of the JSON."""
    return sheet.written(form, COLUMNS, [_cells(promise) for promise in promises], _say("sheet"))


def paper(area: str, promises: Sequence[Promise], today: date | None = None) -> Paper:
    """The tracker for Word, across the page, with the rule by which later passages are laid beside."""
    table = Table(
        _say("caption", area=area),
        tuple(_say(f"column.{name}") for name in WIDTHS),
        tuple(tuple((Text(told),) for told in _told(promise)) for promise in promises),
        tuple(WIDTHS.values()),
    )
    day = today or date.today()
    made = Text(_say("made", date=wording.date(day.isoformat())))
    return Paper(_say("title", area=area), (made, Text(_say("rule")), table), made=day, wide=True)


def _told(promise: Promise) -> tuple[str, ...]:
    """The cells of a row for people, in the order of WIDTHS: dates in words, papers by name."""
    own, page = promise.own, promise.passage.page
    due = wording.date(own.by) or own.due
    later = "\n".join(f"{_named(one.about)}: {one.passage.text}" for one in promise.later)
    where = f"{_named(promise.about)}, {_say('on_page', page=str(page))}" if page else _named(promise.about)
    return own.number, promise.quote, own.who, due, own.status, where, later


def _named(about: About) -> str:
    facts = about.facts
    return wording.document(facts.kind, "", facts.date, facts.date_basis)
