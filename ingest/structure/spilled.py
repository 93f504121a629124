"""Rows of a report's two-column table whose first cell runs over the end of a page: its rest goes back to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.records import Line

_HEAD = re.compile(r"responsible (?:body|bodies|partners?)", re.IGNORECASE)
_SAME_X = 20.0  # points
_ROW_GAP = 1.25  # times the distance between two lines of a cell: from here on another row begins
_ENDED = re.compile(r"[.!?][\"'”’)]*$")


def put_back(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those of a first cell that stand on the next page moved up behind the cell's other lines."""
    found: list[Line] = []
    columns: tuple[float, float] | None = None
    last: Line | None = None  # of the text of the table
    cell_end, index = 0, 0  # behind the last line of a first cell
    while index < len(lines):
        line = lines[index]
        heads = _heads(line, lines[index + 1 :])
        if heads:
            columns, cell_end = heads, cell_end if columns else 0
        elif line.bold and line.gap != 0.0:
            columns, cell_end, last = None, 0, None
        if columns and not line.bold:
            if last is not None and cell_end and line.span.page != last.span.page:
                rest = _rest(lines[index:], columns, bool(_ENDED.search(last.text)))
                found[cell_end:cell_end] = rest
                cell_end, index, last = cell_end + len(rest), index + len(rest), line
                if rest:
                    continue
            last = line
            if _at(line, columns[0]):
                cell_end = len(found) + 1
        found.append(line)
        index += 1
    return tuple(found)


def _heads(line: Line, following: Sequence[Line]) -> tuple[float, float] | None:
    """Where the two columns of a table begin, where a line is the first of its heads."""
    beside = following[0] if following else None
    if not line.bold or line.x is None or not _HEAD.fullmatch(line.text) or beside is None:
        return None
    return (line.x, beside.x) if beside.bold and beside.gap == 0.0 and beside.x is not None else None


def _at(line: Line, x: float) -> bool:
    return line.x is not None and abs(line.x - x) <= _SAME_X


def _rest(lines: Sequence[Line], columns: tuple[float, float], ended: bool) -> list[Line]:
    """The lines at the top of a page that go on with the cell of the page before.

    They do where its row had not `ended`, or where another row begins below them before anything stands beside them.
    """
    rest: list[Line] = []
    usual = min((line.gap for line in lines[1:8] if line.gap and line.gap > 1), default=0.0)
    for line in lines:
        if line.bold or not _at(line, columns[0]) or line.span.page != lines[0].span.page:
            return [] if ended else rest
        if rest and (line.gap or 0.0) >= _ROW_GAP * usual:
            return rest
        rest.append(line)
    return [] if ended else rest
