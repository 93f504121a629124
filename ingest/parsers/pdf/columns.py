"""Columns that a PDF draws line by line across the page: read one after the other, and rows of tables cell by cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.parsers.pdf.cells import drawn_by_cells, goes_back_up
from ingest.parsers.pdf.figures import set_to_the_right
from ingest.parsers.pdf.lines import Fragment, RawLine
from ingest.parsers.pdf.paint import Box
from ingest.parsers.tables import Row

_GAP = 12.0  # points; a blank between words is a third of that
_SAME_X = 2.5
_FEWEST = 3  # lines with text in both columns
_NARROWEST = 100.0  # points: a column of running text
_WORDS = 4  # of a line in such a column
_LEADING = 2.6  # times the size: a wider gap ends the columns
_WORD = re.compile(r"[A-Za-z]{3}")  # a bullet or a number is no label
_NEARLY_ALL = 0.8
_VALUE_WORDS = 5
_RUNS_ON = 0.3  # share of the lines that go on in the next one of their column
_ROW_GAP = 1.25  # times the leading inside a cell: from here on another row begins
_UNFINISHED = re.compile(r"[^.!?:;)]$")
_LOWER = re.compile(r"\s*[a-z(,]")


@dataclass(slots=True)
class _Band:
    """Lines that stand under one another and are all cut by the same columns."""

    xs: list[float]
    cells: list[list[RawLine | None]]  # for each line its part in each column

    def column(self, number: int) -> list[RawLine]:
        return [cell for row in self.cells if (cell := row[number]) is not None]


Mend = Callable[[list[RawLine]], list[RawLine]]


def in_reading_order(lines: Sequence[RawLine], rules: Sequence[Box], formal: bool, mend: Mend) -> list[RawLine | Row]:
    """The lines with columns of running text one after the other, and tables that no rules draw as rows.

    `formal` says that the lines stand under a heading whose table is read by its two columns: there only the cells of
    a row are put one after the other. `mend` rejoins words that a line's end has split.
    """
    ordered: list[RawLine | Row] = []
    index = 0
    by_cells = not formal and goes_back_up(lines)
    while index < len(lines):
        cells, length = drawn_by_cells(lines, index) if by_cells else ([], 0)
        if cells:
            ordered += _with_heads(ordered, cells, mend)
            index += length
            continue
        band, length = _band(lines, index)
        if band is not None and (_is_table(band, rules) or (not formal and _has_short_values(band))):
            rows = _rows(band)
            if formal:
                ordered += [line for row in rows for cell in row for line in cell]
            else:
                ordered += _with_heads(ordered, rows, mend)
            index += length
        elif band is not None and _is_running_text(band):
            ordered += [cell for number in range(len(band.xs)) for cell in band.column(number)]
            index += length
        elif not formal and (figured := set_to_the_right(lines, index))[1]:
            ordered += [_row(row, mend) for row in figured[0]]
            index += figured[1]
        else:
            ordered.append(lines[index])
            index += 1
    return ordered


def _with_heads(ordered: list[RawLine | Row], rows: list[list[list[RawLine]]], mend: Mend) -> list[Row]:
    """The rows, and before them the bold line at the end of `ordered`, where it heads their columns."""
    found = [_row(row, mend) for row in rows]
    head, columns = ordered[-1] if ordered else None, range(len(rows[0]))
    xs = [min((line.x or 0.0 for row in rows for line in row[n]), default=0.0) for n in columns]
    top = max((line.y or 0.0 for cell in rows[0] for line in cell), default=0.0)
    if not isinstance(head, RawLine) or not head.bold or found[0].header:
        return found
    parts = _parts(head, xs)
    near = 0 < (head.y or 0.0) - top <= _LEADING * (head.size or 0.0)
    if parts is None or not near or sum(part is not None for part in parts) < max(2, len(xs) - 1):
        return found
    ordered.pop()
    return [_row([[part] if part else [] for part in parts], mend), *found]


def _row(cells: list[list[RawLine]], mend: Mend) -> Row:
    texts = tuple(" ".join(line.text.strip() for line in mend(cell)) for cell in cells)
    return Row(texts, all(line.bold for cell in cells for line in cell))


def _band(lines: Sequence[RawLine], index: int) -> tuple[_Band | None, int]:
    """The band that begins with a line, and how many lines it has; None where that one is not cut."""
    first = lines[index]
    starts = _cuts(first)
    if not starts or first.x is None or first.y is None or first.size is None:
        return None, 0
    xs, y, size = [first.x, *starts], first.y, first.size
    cells: list[list[RawLine | None]] = []
    length = 0
    for line in lines[index:]:
        if line.y is None or (line.text.strip() and not 0 <= y - line.y <= _LEADING * size):
            break
        if line.text.strip():
            parts = _parts(line, xs)
            if parts is None:
                break
            cells.append(parts)
            y = line.y
        length += 1
    band = _Band(xs, cells)
    loose = _loose_end(band)
    if loose:
        band.cells, length = cells[:-loose], _length_without(lines[index : index + length], loose)
    full = sum(all(row) for row in band.cells)
    return (band, length) if full >= _FEWEST or (full == 2 and len(xs) > 2) else (None, 0)


def _loose_end(band: _Band) -> int:
    """How many lines at the end have text at the margin alone, after a gap: they stand under the columns."""
    ys = _heights(band)
    leading = min((a - b for a, b in pairwise(ys) if a - b > 1), default=0.0)
    count = 0
    for number in range(len(ys) - 1, 0, -1):
        if any(band.cells[number][1:]):
            break
        if ys[number - 1] - ys[number] > _ROW_GAP * leading:
            count = len(ys) - number
    return count


def _length_without(lines: Sequence[RawLine], loose: int) -> int:
    """How many lines are left when so many of the last ones with text are not counted."""
    inked = [place for place, line in enumerate(lines) if line.text.strip()]
    return inked[-loose]


def _heights(band: _Band) -> list[float]:
    return [next(cell.y for cell in row if cell is not None) or 0.0 for row in band.cells]


def _cuts(line: RawLine) -> list[float]:
    """Where a line begins anew after a wide gap."""
    return [b.x for a, b in pairwise(f for f in line.fragments if f.text.strip()) if b.x - a.end > _GAP]


def _parts(line: RawLine, xs: Sequence[float]) -> list[RawLine | None] | None:
    """The line's part in each column; None where it runs across one."""
    parts: list[list[Fragment]] = [[] for _ in xs]
    previous: Fragment | None = None
    for fragment in line.fragments:
        number = max((n for n, x in enumerate(xs) if fragment.x >= x - _SAME_X), default=-1)
        if number < 0 or (number + 1 < len(xs) and fragment.end > xs[number + 1]):
            return None
        begins = not parts[number]
        if begins and number and abs(fragment.x - xs[number]) > _SAME_X and fragment.text.strip():
            return None
        if begins and previous is not None and fragment.x - previous.end < _GAP / 3:
            return None
        parts[number].append(fragment)
        previous = fragment
    return [RawLine(part, line.y, line.bold, line.size) if part else None for part in parts]


def _is_table(band: _Band, rules: Sequence[Box]) -> bool:
    """Whether the columns are those of a table: bold heads over them, or a rule across them between two lines."""
    first = [cell for cell in band.cells[0] if cell is not None]
    later = [cell for row in band.cells[1:] for cell in row if cell is not None]
    if all(cell.bold for cell in first) and not all(cell.bold for cell in later):
        return True
    ys = [cell.y for row in band.cells for cell in row if cell is not None and cell.y is not None]
    return any(min(ys) < rule[1] < max(ys) and rule[0] < band.xs[1] < rule[2] for rule in rules)


def _has_short_values(band: _Band) -> bool:
    """Whether nearly each line is a label with a value or some figures, as in a table without rules or heads."""
    first = band.column(0)
    labelled = all(_WORD.search(line.text) for line in first)
    full = sum(all(row) for row in band.cells) >= _NEARLY_ALL * len(band.cells)
    others = [line for number in range(1, len(band.xs)) for line in band.column(number)]
    return labelled and full and median(len(line.text.split()) for line in others) <= _VALUE_WORDS


def _is_running_text(band: _Band) -> bool:
    """Whether each column is text that goes on from line to line, as in a newsletter."""
    columns = [band.column(number) for number in range(len(band.xs))]
    if any(len(column) < _FEWEST for column in columns):
        return False
    wide = all(max(line.end for line in column) - x >= _NARROWEST for x, column in zip(band.xs, columns, strict=True))
    wordy = all(median(len(line.text.split()) for line in column) >= _WORDS for column in columns)
    return wide and wordy and all(_share_running_on(column) >= _RUNS_ON for column in columns)


def _share_running_on(column: Sequence[RawLine]) -> float:
    pairs = list(pairwise(column))
    on = sum(bool(_UNFINISHED.search(a.text) and (_LOWER.match(b.text) or len(a.text) > 30)) for a, b in pairs)
    return on / max(1, len(pairs))


def _is_bold(row: list[RawLine | None]) -> bool:
    return all(cell.bold for cell in row if cell is not None)


def _rows(band: _Band) -> list[list[list[RawLine]]]:
    """The cells of each row, and the lines of each cell."""
    ys = _heights(band)
    gaps = [above - below for above, below in pairwise(ys)]
    leading = min((gap for gap in gaps if gap > 1), default=0.0)
    even = max(gaps, default=0.0) < _ROW_GAP * leading
    rows = [[band.cells[0]]]
    for gap, row in zip(gaps, band.cells[1:], strict=True):
        lower = any(cell is not None and _LOWER.match(cell.text) for cell in row)
        headed = _is_bold(rows[-1][-1]) and not _is_bold(row)
        if headed or (row[0] is not None and (not lower if even else gap >= _ROW_GAP * leading)):
            rows.append([row])
        else:
            rows[-1].append(row)
    columns = range(len(band.xs))
    return [[[cell for row in own if (cell := row[number]) is not None] for number in columns] for own in rows]
