"""Tables without rules that a PDF draws cell by cell: the text goes back up to begin each cell beside the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.parsers.pdf.lines import RawLine

_GAP = 0.85  # of the size: as wide a gap between words of one line parts two cells
_BESIDE = 4.0  # points between two cells at the least
_SAME_X = 3.0
_LEADING = 2.6  # times the size: lines of a cell stand no farther apart
_CLOSE = 1.7
_MOST_LINES = 40  # of a cell; more are a column of running text
_MOST_WORDS = 120
_FEWEST_ROWS = 2
_HIGHER = 1.0  # points


@dataclass(slots=True)
class _Cell:
    lines: list[RawLine] = field(default_factory=list)

    @property
    def x(self) -> float:
        return min(line.x or 0.0 for line in self.lines)

    @property
    def end(self) -> float:
        return max(line.end for line in self.lines)


CellRows = list[list[list[RawLine]]]


def goes_back_up(lines: Sequence[RawLine]) -> bool:
    """Whether any line stands higher than the one drawn before it: without that nothing is drawn cell by cell."""
    ys = [line.y for line in lines if line.y is not None and line.text.strip()]
    return any(following > y + _HIGHER for y, following in pairwise(ys))


def drawn_by_cells(lines: Sequence[RawLine], index: int) -> tuple[CellRows, int]:
    """The rows of a table that begins with a line, each with the lines of its cells, and how many lines it takes up.

    Nothing and 0 where none begins there.
    """
    rows: list[list[_Cell]] = []
    at, jumps = index, 0
    while at < len(lines):
        row, length, jumped = _row(lines, at)
        if len(row) < 2 or rows and not _goes_on(rows, row):
            break
        rows.append(row)
        at, jumps = at + length, jumps + jumped
    columns = _columns(rows)
    if len(rows) < _FEWEST_ROWS or not jumps or columns is None:
        return [], 0
    return [[[line for cell in column for line in cell.lines] for column in _placed(row, columns)] for row in rows], (
        at - index
    )


def _row(lines: Sequence[RawLine], index: int) -> tuple[list[_Cell], int, int]:
    """The cells of the row that begins with a line, how many lines it takes up, and how often it goes back up."""
    cells: list[_Cell] = []
    length, jumps, low = 0, 0, float("inf")
    for line in lines[index:]:
        if not line.text.strip():
            length += 1
            continue
        for number, part in enumerate(_parts(line)):
            place = _place(cells, part, low)
            if place is None:
                return (cells, length, jumps) if number == 0 else ([], 0, 0)
            if place == len(cells):
                jumps += bool(cells) and (part.y or 0.0) > (cells[-1].lines[-1].y or 0.0) + _HIGHER
                cells.append(_Cell())
            cells[place].lines.append(part)
            low = min(low, part.y or 0.0)
        length += 1
    return cells, length, jumps


def _place(cells: list[_Cell], line: RawLine, low: float) -> int | None:
    """In which cell of a row a line stands, the last one or the next; None where it begins something else."""
    if line.x is None or line.y is None or line.size is None:
        return None
    if not cells:
        return 0
    last = cells[-1]
    step = (last.lines[-1].y or 0.0) - line.y
    if line.x > last.end + (_HIGHER if step < -_HIGHER else _BESIDE) and line.y >= low - _HIGHER:
        return len(cells)
    inside = last.x - _SAME_X <= line.x < last.end and 0 < step <= _LEADING * line.size
    if len(cells) == 1:  # what stands over a table is none of its first cell
        inside = inside and line.bold == last.lines[-1].bold and step <= _CLOSE * line.size
    return len(cells) - 1 if inside and len(last.lines) < _MOST_LINES else None


def _parts(line: RawLine) -> list[RawLine]:
    """The line cut where a gap is wider than any between words."""
    inked = [fragment for fragment in line.fragments if fragment.text.strip()]
    starts = [b.x for a, b in pairwise(inked) if b.x - a.end > _GAP * (line.size or 0.0)]
    parts = [RawLine([], line.y, line.bold, line.size) for _ in range(len(starts) + 1)]
    for fragment in line.fragments:
        parts[sum(fragment.x >= x for x in starts)].fragments.append(fragment)
    return parts


def _goes_on(rows: list[list[_Cell]], row: list[_Cell]) -> bool:
    """Whether a row stands under the rows before it, in their columns."""
    low = min(line.y or 0.0 for cell in rows[-1] for line in cell.lines)
    high = max(line.y or 0.0 for cell in row for line in cell.lines)
    return high < low and _columns([*rows, row]) is not None


def _columns(rows: list[list[_Cell]]) -> list[tuple[float, float]] | None:
    """From where to where each column reaches; None where a cell stands in two of them or is too long for one."""
    if not rows or any(sum(len(line.text.split()) for line in c.lines) > _MOST_WORDS for row in rows for c in row):
        return None
    columns = [(cell.x, cell.end) for cell in max(rows, key=len)]
    for row in rows:
        for cell in row:
            met = [n for n, (left, right) in enumerate(columns) if cell.x < right and left < cell.end]
            if len(met) != 1:
                return None
            left, right = columns[met[0]]
            columns[met[0]] = min(left, cell.x), max(right, cell.end)
    return columns if all(a[1] < b[0] for a, b in pairwise(columns)) else None


def _placed(row: list[_Cell], columns: list[tuple[float, float]]) -> list[list[_Cell]]:
    """The cells of a row by column; a column without any has none."""
    return [[cell for cell in row if cell.x < right and left < cell.end] for left, right in columns]
