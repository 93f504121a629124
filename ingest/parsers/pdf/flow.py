"""The lines of PDF pages in the order in which a person reads them, tables as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.parsers.pdf.columns import Mend, in_reading_order
from ingest.parsers.pdf.lines import RawLine
from ingest.parsers.pdf.paint import Box
from ingest.parsers.pdf.tables import Grid, grids_of
from ingest.parsers.tables import Row, Table
from ingest.registry.sections import having, known

# Parts of an inspection report whose tables have two columns of their own kind: the stages after reading know them.
_FORMAL = frozenset(having("rows") + having("cells"))
_SAME_X = 4.0  # points between the borders of a table and those of its rest on the next page


class Flow:
    """Goes through a document page by page and remembers what stands above."""

    def __init__(self, mend: Mend) -> None:
        self._mend = mend
        self._formal = ""
        self._xs: list[float] = []  # of the last table

    def page(self, lines: Sequence[RawLine], rules: Sequence[Box]) -> list[RawLine | Table]:
        """The page's lines and, in the place of its tables, their rows."""
        found: list[RawLine | Table] = []
        grids = grids_of(rules)
        written: set[int] = set()

        def grid_of(line: RawLine) -> Grid | None:
            return next((grid for grid in grids if grid.holds(line)), None)

        for grid, group in groupby(lines, key=grid_of):
            own = list(group)
            if grid is None:
                found += self._running(own, rules)
            elif id(grid) not in written:
                written.add(id(grid))
                grid.lines = [line for line in lines if line.text.strip() and grid_of(line) is grid]
                found += self._table(grid, own, rules)
            elif not grid.lines:
                found += self._running(own, rules)
        return found

    def _table(self, grid: Grid, own: list[RawLine], rules: Sequence[Box]) -> Iterator[RawLine | Table]:
        """A table's rows; its lines as they are where it is a formal one or a frame."""
        named = any(known(line.text) and line.bold for line in grid.lines)
        rows = [] if named or self._formal else grid.rows(self._mend)
        if not rows:
            grid.lines = []
            yield from self._running(own, rules)
            return
        xs, self._xs = self._xs, grid.xs
        same = len(xs) == len(grid.xs) and all(abs(a - b) <= _SAME_X for a, b in zip(xs, grid.xs, strict=True))
        yield Table(rows, opens=not same)

    def _running(self, lines: Sequence[RawLine], rules: Sequence[Box]) -> Iterator[RawLine | Table]:
        """Lines outside tables with rules, cut where a formal part begins or ends."""
        for line in lines:
            shape = known(line.text) if line.text.strip() else None
            if shape is not None:
                self._formal = shape.section if shape.section in _FORMAL else ""
            line.formal = self._formal
        for formal, part in groupby(lines, key=lambda line: line.formal):
            own = list(part)
            cut = not formal or formal in having("rows")
            ordered = in_reading_order(own, rules, bool(formal), self._mend) if cut else own
            for is_row, items in groupby(ordered, key=lambda item: isinstance(item, Row)):
                if is_row:
                    yield Table([item for item in items if isinstance(item, Row)])
                else:
                    yield from self._mend([item for item in items if isinstance(item, RawLine)])
