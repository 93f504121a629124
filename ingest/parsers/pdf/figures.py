"""Tables without rules whose figures end, not begin, under one another: a label, and figures set to the right of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.pdf.lines import Fragment, RawLine

_GAP = 0.85  # of the size: as wide a gap is no blank between two words
_SAME_END = 2.5  # points
_FEWEST = 3  # rows with figures
_LEADING = 2.6  # times the size: a wider gap ends the table
_FIGURE = re.compile(r"[(~<>]?[£$€+-]?\d[\d.,]*(?:%|m|k|bn)?\)?(?: [a-z]{1,8})?|[-–—]|n/a|[A-Z]{1,3}", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]{3}")
_LOWER = re.compile(r"\s*[a-z(,]")

Cells = list[list[RawLine]]


def set_to_the_right(lines: Sequence[RawLine], index: int) -> tuple[list[Cells], int]:
    """The rows of such a table that begins with a line, each with the lines of its cells, and how many lines it takes.

    Nothing and 0 where none begins there.
    """
    head, rows = _parts(lines[index]), list[Cells]()
    if len(head) < 2:
        return [], 0
    columns: list[RawLine] = []
    taken, above = 0, lines[index]
    for length, line in enumerate(lines[index:], 1):
        if not line.text.strip():
            continue
        if line is not above and not 0 < (above.y or 0.0) - (line.y or 0.0) <= _LEADING * (line.size or 0.0):
            break
        parts = _parts(line)
        if len(parts) > 1 and _are_figures(parts[1:]) and _WORD.search(parts[0].text):
            columns = columns or parts[1:]
            row = _placed(parts, columns)
            if row is None:
                break
            rows.append(row)
        elif len(parts) == 1 and rows and _LOWER.match(line.text) and _is_under(line, rows[-1][0][0]):
            rows[-1][0].append(line)  # a label that goes on in the next line
        elif line is not lines[index]:
            break
        taken, above = length, line
    if len(rows) < _FEWEST:
        return [], 0
    if rows[0][0][0].y == lines[index].y:
        return rows, taken
    heads = _heads(head, columns)
    return ([heads, *rows], taken) if heads else ([], 0)


def _parts(line: RawLine) -> list[RawLine]:
    """The line cut where a gap is wider than a blank."""
    parts: list[list[Fragment]] = []
    for fragment in line.fragments:
        if fragment.text.strip() and parts and fragment.x - parts[-1][-1].end <= _GAP * (line.size or 0.0):
            parts[-1].append(fragment)
        elif fragment.text.strip():
            parts.append([fragment])
    return [RawLine(part, line.y, line.bold, line.size) for part in parts]


def _are_figures(parts: Sequence[RawLine]) -> bool:
    return all(_FIGURE.fullmatch(part.text.strip()) for part in parts)


def _is_under(line: RawLine, label: RawLine) -> bool:
    return abs((line.x or 0.0) - (label.x or 0.0)) <= _SAME_END


def _placed(parts: Sequence[RawLine], columns: Sequence[RawLine]) -> Cells | None:
    """The cells of a row, those under no figure of the first row empty; None where one ends under none of them."""
    cells: Cells = [[parts[0]], *([] for _ in columns)]
    for part in parts[1:]:
        under = [n for n, column in enumerate(columns, 1) if abs(part.end - column.end) <= _SAME_END]
        if not under:
            return None
        cells[under[0]].append(part)
    return cells


def _heads(parts: Sequence[RawLine], columns: Sequence[RawLine]) -> Cells:
    """The line over the figures by their columns; nothing where it does not head them."""
    cells: Cells = [[] for _ in range(len(columns) + 1)]
    for part in parts:
        over = (n for n, c in enumerate(columns, 1) if (part.x or 0.0) < c.end and (c.x or 0.0) < part.end)
        cells[next(over, 0)].append(part)
    return cells if all(len(cell) == 1 for cell in cells[1:]) and len(cells[0]) < 2 else []
