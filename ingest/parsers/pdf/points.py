"""Points of a list whose marks are drawn as shapes, as browsers print them: no sign of the text tells them."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parsers.pdf.lines import RawLine
from ingest.parsers.pdf.paint import Box
from ingest.parsers.pdf.tables import NEAR, distinct

_AWAY = (0.25, 1.6)  # times the size: how far before its words a mark ends
_HIGH = (0.0, 0.8)  # times the size: how high its middle stands above the line


def with_points(lines: list[RawLine], marks: Sequence[Box]) -> list[RawLine]:
    """The lines, those that a mark stands before told with the depth of their list."""
    marked = [(line, mark) for line in lines if (mark := _mark(line, marks)) is not None]
    depths = distinct(mark[0] for _, mark in marked)
    for line, mark in marked:
        line.point = sum(left <= mark[0] + NEAR for left in depths)
    return lines


def _mark(line: RawLine, marks: Sequence[Box]) -> Box | None:
    if line.x is None or line.y is None or line.size is None:
        return None
    for mark in marks:
        away, high = line.x - mark[2], (mark[1] + mark[3]) / 2 - line.y
        if _AWAY[0] <= away / line.size <= _AWAY[1] and _HIGH[0] <= high / line.size <= _HIGH[1]:
            return mark
    return None
