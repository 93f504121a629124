"""Rows of a table as lines: merged cells filled in, the row of heads known, sub-heads kept over their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parsers.build import PageBuilder
from ingest.parsers.labels import joined
from ingest.records import collapse

_HEAD = re.compile(
    r"actions?|agreed|agenda|areas?|barriers?|by|comments?|completed?|contacts?|cost|dates?|deadline|decisions?|"
    r"description|details?|due|evidence|frequency|goal|impact|indicators?|issues?|items?|leads?|measures?|milestones?|"
    r"minutes?|mitigation|name|no|notes?|number|objectives?|outcomes?|owner|person|priority|progress|projects?|"
    r"provider|rag|rating|recommendations?|ref|reference|response|responsible|risks?|role|schools?|scores?|service|"
    r"source|status|strand|success|target|teams?|theme|timescales?|timings?|title|topic|type|updates?|value|when|who|"
    r"what|how|why|year",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[^\d.;!%@]*(?:20\d\d[^\d.;!%@]{0,3}(?:\d\d){0,2})?[^\d.;!%@]*")  # a head, with a year if any
_PERIOD = re.compile(r"(?:[A-Z][a-z]{2,8}\.? |Q[1-4] )?(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?")
_PERSON = re.compile(r"(?i:(?:full )?name) (?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+")  # a label and its value
_NO_FIGURE = re.compile(r"[-–—]|n/?a", re.IGNORECASE)  # stands where a column of figures has none
_VALUE = re.compile(r"[.;!]$|(?<!\d)(?!(?:19|20)\d\d)\d{3}|\d{5}|@|^\d{1,3}%? [a-z]")  # what no head has
_SUBHEAD_WORDS = 14
_HEAD_WORDS = 8
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and whether the format says that they head their columns or the rows below."""

    cells: tuple[str, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together; `opens` is False where they go on with the table of the page before."""

    rows: Sequence[Row]
    opens: bool = True


def write_rows(builder: PageBuilder, rows: Sequence[Row], opens: bool = True) -> None:
    """Add the rows as lines of role "row"; heads are told by `bold`.

    Level 1 tells the first line of a table, unless `opens` is False because the rows go on with those before.
    """
    wide = max((_filled(row) for row in rows), default=0)
    told = not opens or any(row.header and _filled(row) > 1 for row in rows)
    first, headed = next((place for place, row in enumerate(rows) if _filled(row) > 1), -1), False
    for place, row in enumerate(rows):
        looks = place == first and not told and len(rows) > place + 1 and looks_like_heads(row.cells, rows[place + 1 :])
        looks = looks or (place > 0 and place + 1 < len(rows) and headed and _parts_of_heads(rows[place - 1], row))
        section = len(row.cells) == 1 and wide > 1 and place + 1 < len(rows) and _is_subhead(row.cells[0])
        if line := _line(row.cells):
            headed = row.header or looks
            bold = {"bold": True} if headed or section else {}
            builder.add(line, role="row", level=int(opens), starts=True, **bold)
            opens = False


def _parts_of_heads(above: Row, row: Row) -> bool:
    """Whether cells part the heads above them, as years do: the first head reaches down, one of the others across."""
    over, own = ([collapse(cell) for cell in cells if cell.strip()] for cells in (above.cells, row.cells))
    short = all(len(cell.split()) <= _HEAD_WORDS and _YEAR.fullmatch(cell) for cell in own)
    corner = len(row.cells) > 1 and (not row.cells[0].strip() or row.cells[0] == above.cells[0])
    return corner and short and len(over) < len(own) + (not row.cells[0].strip()) and len(set(own)) > 1


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _line(cells: Sequence[str]) -> str:
    """The cells as they stand side by side; a label with its colon needs no border before its value."""
    if len(cells) == 2 and cells[0].endswith(":"):
        return " ".join(cells)
    return joined(cells)


def looks_like_heads(cells: Sequence[str], below: Sequence[Row]) -> bool:
    """Whether cells that no markup calls heads are such.

    They are short, and two are words that head columns, or words stand over a column of figures.
    """
    filled = [collapse(cell) for cell in cells if cell.strip()]
    short = all(len(cell.split()) <= _HEAD_WORDS and not _VALUE.search(cell) for cell in filled)
    named = [cell for cell in filled if any(_HEAD.fullmatch(word) for word in re.findall(r"[A-Za-z]+", cell))]
    over = (len(cells) > 2 or bool(named)) and any(_over_figures(cell, n, below) for n, cell in enumerate(cells))
    person = len(cells) == 2 and _PERSON.fullmatch(" ".join(filled))
    return short and not person and (len(named) >= 2 or over) and len(filled) >= len(cells) - 1


def _over_figures(head: str, column: int, below: Sequence[Row]) -> bool:
    """Whether a cell without figures stands over cells that nearly all have some."""
    values = [row.cells[column] for row in below if len(row.cells) > column and row.cells[column].strip()]
    figures = sum(bool(re.search(r"\d", value) or _NO_FIGURE.fullmatch(value.strip())) for value in values)
    year = bool(_PERIOD.fullmatch(head)) and not any(map(_PERIOD.fullmatch, values))
    name = year or not re.search(r"\d", head)
    return bool(head.strip()) and name and bool(values) and figures >= _MOSTLY * len(values)


def _is_subhead(text: str) -> bool:
    """Whether the one cell of a row heads the rows below it, as the name of a theme or an area does."""
    return len(text.split()) <= _SUBHEAD_WORDS and not re.search(r"[.;,:]$|^\d[\d.,%]*$", collapse(text))
