"""Tables of a PDF page that rules draw: which cells they make, and which lines stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.parsers.pdf.columns import Mend
from ingest.parsers.pdf.lines import RawLine
from ingest.parsers.pdf.paint import Box
from ingest.parsers.tables import Row

_NEAR = 3.0  # points: rules as near as this are one, or touch
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
        for line in self.lines:
            cells[_place(self.ys, line.y or 0.0, down=True)][_place(self.xs, line.x or 0.0)].append(line)
        merged = self._merged(cells)
        texts = [tuple(" ".join(line.text.strip() for line in mend(cell)) for cell in row) for row in merged]
        if any(len(text.split()) > _LAYOUT_WORDS for row in texts for text in row):
            return []
        bold = [all(line.bold for cell in row for line in cell) for row in cells]
        return [Row(_spanning(text), strong) for text, strong in zip(texts, bold, strict=True) if any(text)]

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
        return any(abs(rule[1] - y) <= _NEAR and rule[0] - 1 <= middle <= rule[2] + 1 for rule in self.across)


def grids_of(rules: Sequence[Box]) -> list[Grid]:
    """The tables that rules draw: at least two rows of two cells."""
    rules = list({tuple(map(round, rule)): rule for rule in rules}.values())  # neighbours draw the same border twice
    if len(rules) > _MOST_RULES:
        return []
    found: list[Grid] = []
    for group in _touching(rules):
        upright = [rule for rule in group if rule[3] - rule[1] > rule[2] - rule[0]]
        across = [rule for rule in group if rule[3] - rule[1] <= rule[2] - rule[0]]
        xs = _distinct([(rule[0] + rule[2]) / 2 for rule in upright])
        ys = _distinct([(rule[1] + rule[3]) / 2 for rule in across])
        if len(xs) > 2 and len(ys) > 2:
            found.append(Grid(xs, ys[::-1], across))
    return found


def _touching(rules: Sequence[Box]) -> list[list[Box]]:
    """The rules in groups of such as touch one another."""
    groups: list[tuple[list[Box], Box]] = []
    for rule in rules:
        wide = (rule[0] - _NEAR, rule[1] - _NEAR, rule[2] + _NEAR, rule[3] + _NEAR)
        met = [group for group in groups if _meet(group[1], wide) and any(_meet(other, wide) for other in group[0])]
        groups = [group for group in groups if group not in met]
        members = [rule, *(other for group in met for other in group[0])]
        bounds = [rule, *(group[1] for group in met)]
        box = min(b[0] for b in bounds), min(b[1] for b in bounds), max(b[2] for b in bounds), max(b[3] for b in bounds)
        groups.append((members, box))
    return [group[0] for group in groups]


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _distinct(places: Sequence[float]) -> list[float]:
    """The places in order, those as near as one rule is to itself once."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _place(borders: Sequence[float], at: float, down: bool = False) -> int:
    """Between which two borders a place lies."""
    passed = sum(border > at if down else border <= at + 1 for border in borders)
    return min(max(passed - 1, 0), len(borders) - 2)


def _spanning(texts: tuple[str, ...]) -> tuple[str, ...]:
    """A row whose first cell alone is filled reads as one cell across, as the name of a theme does."""
    return texts[:1] if len(texts) > 2 and texts[0] and not any(texts[1:]) else texts
