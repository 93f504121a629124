"""Tables of a PDF page that rules draw: which cells they make, and which lines stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from ingest.parsers.pdf.columns import Mend
from ingest.parsers.pdf.lines import RawLine
from ingest.parsers.pdf.paint import Box
from ingest.parsers.tables import Row

NEAR = 3.0  # points: rules as near as this are one, or touch
_GAP = 6.0  # points between the words of two cells
_STRIP = 8.0  # points: between a cell's border and that of a table inside it, where no text has room
_EDGE = 2.0  # points, about a rule's thickness
_MOST_RULES = 3_000
_LAYOUT_WORDS = 220  # a cell with more holds a part of the page, and its table is none


@dataclass(slots=True)
class Grid:
    """The borders of a table: `xs` from left to right, `ys` from top to bottom, and the rules that draw them."""

    xs: list[float]
    ys: list[float]
    across: list[Box] = field(default_factory=list)
    lines: list[RawLine] = field(default_factory=list)

    def holds(self, line: RawLine) -> bool:
        """Whether a line stands inside."""
        x, y = line.x, line.y
        return x is not None and y is not None and self.xs[0] - 1 < x < self.xs[-1] and self.ys[-1] < y < self.ys[0]

    def rows(self, mend: Mend) -> list[Row]:
        """The rows; a cell that reaches down over several stands in each of them. Empty for a frame of the page."""
        cells: list[list[list[RawLine]]] = [[[] for _ in self.xs[1:]] for _ in self.ys[1:]]
        for line in chain.from_iterable(map(self._cut, self.lines)):
            cells[_place(self.ys, line.y or 0.0, down=True)][_place(self.xs, line.x or 0.0)].append(line)
        merged = self._merged(cells)
        texts = [tuple(" ".join(line.text.strip() for line in mend(cell)) for cell in row) for row in merged]
        if any(len(text.split()) > _LAYOUT_WORDS for row in texts for text in row):
            return []
        bold = [all(line.bold for cell in row for line in cell) for row in cells]
        return [Row(_spanning(text), strong) for text, strong in zip(texts, bold, strict=True) if any(text)]

    def _cut(self, line: RawLine) -> list[RawLine]:
        """The line cut where a border that other rows draw stands in a wide gap: shaded rows often go without."""
        starts = []
        for a, b in pairwise(f for f in line.fragments if f.text.strip()):
            if b.x - a.end >= _GAP and any(a.end - 1 <= x <= b.x + 1 for x in self.xs[1:-1]):
                starts.append(b.x)
        parts = [RawLine([], line.y, line.bold, line.size) for _ in range(len(starts) + 1)]
        for fragment in line.fragments:
            parts[sum(fragment.x >= x for x in starts)].fragments.append(fragment)
        return parts

    def _merged(self, cells: list[list[list[RawLine]]]) -> list[list[list[RawLine]]]:
        """The cells, those between which no rule stands put together; rows that no rule parts at all are one."""
        columns = range(len(self.xs) - 1)
        ruled = [[self._is_ruled(y, column) for column in columns] for y in self.ys[1:-1]]
        found = [list(cells[0])]
        for own, above in zip(cells[1:], ruled, strict=True):
            if not any(above):
                found[-1] = [a + b for a, b in zip(found[-1], own, strict=True)]
                continue
            found.append(list(own))
            for column in columns:
                if not above[column] and (own[column] or found[-2][column]):
                    whole = found[-2][column] + own[column]
                    for row in reversed(found[:-1]):
                        if row[column] is not found[-2][column] and row[column] != found[-2][column]:
                            break
                        row[column] = whole
                    found[-1][column] = whole
        return found

    def _is_ruled(self, y: float, column: int) -> bool:
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return any(abs(rule[1] - y) <= NEAR and rule[0] - 1 <= middle <= rule[2] + 1 for rule in self.across)


def grids_of(rules: Sequence[Box]) -> list[Grid]:
    """The tables that rules draw, the smallest first: at least two rows of two cells.

    So a table inside a cell comes before the one it stands in.
    """
    rules = list({tuple(map(round, rule)): rule for rule in rules}.values())  # neighbours draw the same border twice
    if len(rules) > _MOST_RULES:
        return []
    found: list[Grid] = []
    for group in (table for touching in _touching(rules) for table in _nested(touching)):
        upright = [rule for rule in group if rule[3] - rule[1] > rule[2] - rule[0]]
        across = [rule for rule in group if rule[3] - rule[1] <= rule[2] - rule[0]]
        xs = distinct([(rule[0] + rule[2]) / 2 for rule in upright])
        ys = distinct([(rule[1] + rule[3]) / 2 for rule in across])
        if len(xs) > 2 and len(ys) > 2:
            found.append(Grid(xs, ys[::-1], across))
    return sorted(found, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[0] - grid.ys[-1]))


def _touching(rules: Sequence[Box]) -> list[list[Box]]:
    """The rules in groups of such as touch one another."""
    groups: list[tuple[list[Box], Box]] = []
    for rule in rules:
        wide = (rule[0] - NEAR, rule[1] - NEAR, rule[2] + NEAR, rule[3] + NEAR)
        met = [group for group in groups if _meet(group[1], wide) and any(_meet(other, wide) for other in group[0])]
        groups = [group for group in groups if group not in met]
        members = [rule, *(other for group in met for other in group[0])]
        bounds = [rule, *(group[1] for group in met)]
        box = min(b[0] for b in bounds), min(b[1] for b in bounds), max(b[2] for b in bounds), max(b[3] for b in bounds)
        groups.append((members, box))
    return [group[0] for group in groups]


def _nested(rules: Sequence[Box]) -> list[list[Box]]:
    """The rules of a table and those of each table inside one of its cells.

    Such a one shows by a side of its own that runs close along a longer border.
    """
    upright = _joined([rule for rule in rules if rule[3] - rule[1] > rule[2] - rule[0]])
    across = [_turned(line) for line in _joined([_turned(r) for r in rules if r[3] - r[1] <= r[2] - r[0]])]
    for side, border in ((a, b) for a in upright for b in upright):
        apart = (side[0] + side[2] - border[0] - border[2]) / 2
        within = border[1] - _EDGE <= side[1] and side[3] <= border[3] + _EDGE
        if not (_EDGE < abs(apart) <= _STRIP and within and border[3] - border[1] > side[3] - side[1] + NEAR):
            continue
        ends = [line[2] if apart > 0 else line[0] for line in across if _begins(line, side, apart > 0)]
        if not ends:
            continue
        left, right = (side[0], max(ends)) if apart > 0 else (min(ends), side[2])
        box = (left - _EDGE, side[1] - _EDGE, right + _EDGE, side[3] + _EDGE)
        inner = [r for r in rules if box[0] <= r[0] and r[2] <= box[2] and box[1] <= r[1] and r[3] <= box[3]]
        if 0 < len(inner) < len(rules):
            return [*_nested(inner), *_nested([rule for rule in rules if rule not in inner])]
    return [list(rules)]


def _begins(line: Box, side: Box, left: bool) -> bool:
    """Whether a line across begins (or, on the right, ends) at a side."""
    end, x = (line[0], side[0]) if left else (line[2], side[2])
    return abs(end - x) <= _EDGE and side[1] - _EDGE <= line[1] and line[3] <= side[3] + _EDGE


def _turned(rule: Box) -> Box:
    return rule[1], rule[0], rule[3], rule[2]


def _joined(upright: Sequence[Box]) -> list[Box]:
    """Upright rules, those that go on below one another as one."""
    found: list[Box] = []
    for rule in sorted(upright, key=lambda r: (round((r[0] + r[2]) / 2), r[1])):
        last = found[-1] if found else None
        if last is not None and abs(last[0] - rule[0]) <= 1 and rule[1] <= last[3] + NEAR:
            found[-1] = min(last[0], rule[0]), last[1], max(last[2], rule[2]), max(last[3], rule[3])
        else:
            found.append(rule)
    return found


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def distinct(places: Iterable[float]) -> list[float]:
    """The places in order, those as near as one rule or mark is to itself once."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _place(borders: Sequence[float], at: float, down: bool = False) -> int:
    """Between which two borders a place lies."""
    passed = sum(border > at if down else border <= at + 1 for border in borders)
    return min(max(passed - 1, 0), len(borders) - 2)


def _spanning(texts: tuple[str, ...]) -> tuple[str, ...]:
    """A row whose first cell alone is filled reads as one cell across, as the name of a theme does."""
    return texts[:1] if len(texts) > 2 and texts[0] and not any(texts[1:]) else texts
