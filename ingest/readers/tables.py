"""Rows of a table as lines: merged cells filled in, the row of heads known, sub-heads kept over their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.build import PageBuilder
from ingest.readers.labels import joined
from ingest.records import collapse

_HEAD = re.compile(
    r"actions?|agreed|agenda|areas?|barriers?|by|comments?|completed?|contacts?|cost|dates?|deadline|decisions?|"
    r"description|details|due|evidence|frequency|goal|impact|indicators?|issues?|items?|leads?|measures?|milestones?|"
    r"minutes?|mitigation|name|no|notes?|number|objectives?|outcomes?|owner|person|priority|progress|projects?|"
    r"provider|rag|rating|recommendations?|ref|reference|response|responsible|risks?|role|schools?|scores?|service|"
    r"source|status|strand|success|target|teams?|theme|timescales?|timings?|title|topic|type|updates?|value|when|who|"
    r"what|how|why|year",
    re.IGNORECASE,
)
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
    first = next((place for place, row in enumerate(rows) if _filled(row) > 1), -1)
    for place, row in enumerate(rows):
        looks = place == first and not told and len(rows) > place + 1 and looks_like_heads(row.cells, rows[place + 1 :])
        section = len(row.cells) == 1 and wide > 1 and place + 1 < len(rows) and _is_subhead(row.cells[0])
        if line := _line(row.cells):
            bold = {"bold": True} if row.header or looks or section else {}
            builder.add(line, role="row", level=int(opens), starts=True, **bold)
            opens = False


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
    short = all(len(cell.split()) <= _HEAD_WORDS and not re.search(r"[.;!]$|\d{3}|@", cell) for cell in filled)
    named = [cell for cell in filled if any(_HEAD.fullmatch(word) for word in re.findall(r"[A-Za-z]+", cell))]
    over = len(cells) > 2 and any(_over_figures(cell, n, below) for n, cell in enumerate(cells))
    return short and (len(named) >= 2 or over) and len(filled) >= len(cells) - 1


def _over_figures(head: str, column: int, below: Sequence[Row]) -> bool:
    """Whether a cell without figures stands over cells that nearly all have some."""
    values = [row.cells[column] for row in below if len(row.cells) > column and row.cells[column].strip()]
    figures = sum(bool(re.search(r"\d", value)) for value in values)
    return bool(head.strip()) and not re.search(r"\d", head) and bool(values) and figures >= _MOSTLY * len(values)


def _is_subhead(text: str) -> bool:
    """Whether the one cell of a row heads the rows below it, as the name of a theme or an area does."""
    return len(text.split()) <= _SUBHEAD_WORDS and not re.search(r"[.;,:]$|^\d[\d.,%]*$", collapse(text))
