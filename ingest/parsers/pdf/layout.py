"""Lines of a PDF page to what is handed on: words rejoined over line ends, columns told apart, gaps measured."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from ingest.parsers.build import PageBuilder
from ingest.parsers.pdf.lines import Fragment, RawLine
from ingest.parsers.tables import Table, write_rows

COLUMN_GAP = 12.0  # points; a blank between words is a third of that
COLUMN_REACH = 80.0  # points above and below the lines that prove a column
PARAGRAPH_GAP = 1.35  # times the usual leading: from here on a new paragraph begins
ENOUGH_LINES = 4  # that prove a page's leading
USUAL_LEADING = 1.25
WIDEST_LEADING = 1.8  # what is wider parts paragraphs
ADDRESS_END = re.compile(  # on the web
    r"(?<![\w./])(?:https?://|www\.)\S*+(?<=[./_=&?-])$|(?<![\w.-])[\w-]{4,}+(?:\.[\w-]{2,}+){1,4}+\.$"
)
LINE_END_HYPHEN = re.compile(r"[A-Za-z]{2}-$")
LAST_LETTERS = re.compile(r"(?<![A-Za-z])[A-Za-z]++(?=-$)")
SUSPENDED = {"and", "or", "to", "nor"}  # "short- and long-term": the hyphen hangs, nothing is joined


def mend_hyphens(lines: list[RawLine], is_word: Callable[[str], bool]) -> list[RawLine]:
    """Rejoin words a line end has split.

    The second half moves up to the first line. The hyphen goes only where the joined form is a word and
    the halves are not: most line-end hyphens of these papers are real ("multi-", "co-").
    """
    for line, following in zip(lines, lines[1:], strict=False):
        text, rest = line.text.rstrip(), following.text.lstrip()
        address = ADDRESS_END.search(text)
        if not (address or LINE_END_HYPHEN.search(text)) or not rest[:1].islower() or not line.fragments:
            continue
        tail, _, remainder = rest.partition(" ")
        if address:
            _replace(line, text + tail)
            _replace(following, remainder)
            continue
        if tail in SUSPENDED:
            continue
        first = LAST_LETTERS.findall(text)[-1]
        core = re.match(r"[a-z]+", tail)
        joined = (first + core.group()).lower() if core else ""
        soft = is_word(joined) and not (core and is_word(first.lower()) and is_word(core.group()))
        _replace(line, (text[:-1] if soft else text) + tail)
        _replace(following, remainder)
    return lines


def _replace(line: RawLine, text: str) -> None:
    """Give the line one text, at the place where it began."""
    x, end = line.x or 0.0, line.end
    line.fragments = [Fragment(text, x, end)] if text.strip() else []


def _columns(lines: list[RawLine]) -> list[tuple[float, float, float]]:
    """Second columns of the page as (x, lowest y, highest y).

    A column is proved by two lines or cells that begin at the same x well right of the margin: a line
    that begins higher up than the one before it, or text after a gap inside a line.
    """
    starts: list[tuple[float, float]] = []
    margin = min((line.x for line in lines if line.x is not None), default=0.0)
    above: float | None = None
    for line in lines:
        if line.y is None or line.x is None:
            continue
        if above is not None and line.y >= above - 1 and line.x > margin + 100:
            starts.append((line.x, line.y))
        ink = [f for f in line.fragments if f.text.strip()]
        starts += [
            (b.x, line.y) for a, b in zip(ink, ink[1:], strict=False) if b.x - a.end > COLUMN_GAP and b.x > margin + 100
        ]
        above = line.y
    columns = []
    for x in sorted({round(x) for x, _ in starts}):
        ys = [y for other, y in starts if abs(other - x) <= 1.5]
        if len(ys) >= 2:
            columns.append((float(x), min(ys) - COLUMN_REACH, max(ys) + COLUMN_REACH))
    return columns


def _cells(line: RawLine, columns: list[tuple[float, float, float]]) -> list[tuple[str, float]]:
    """The line as (text, x) cells: one, unless it crosses into a proved column."""
    cells: list[tuple[str, float]] = []
    for fragment in line.fragments:
        before = cells[-1][0].strip() if cells else ""
        opens = (
            fragment.text.strip()
            and len(before) > 3  # a bullet's glyph or number is no cell, nor is a label before its value
            and not before.endswith(":")
            and cells[-1][0][-1:].isspace()
            and any(abs(fragment.x - x) <= 1.5 and low <= (line.y or 0) <= high for x, low, high in columns)
        )
        if opens or not cells:
            cells.append((fragment.text, fragment.x))
        else:
            cells[-1] = (cells[-1][0] + fragment.text, cells[-1][1])
    return [cell for cell in cells if cell[0].strip()]


def _leading(lines: list[RawLine]) -> float:
    """The usual distance between two lines of a page, in sizes of their type."""
    placed = [(line.y, line.size or 10.0) for line in lines if line.y is not None and line.text.strip()]
    gaps = Counter(
        round((above - y) / size * 20) / 20 for (above, _), (y, size) in zip(placed, placed[1:], strict=False)
    )
    likely = [(count, -gap) for gap, count in gaps.items() if 0.8 < gap < WIDEST_LEADING]
    count, gap = max(likely, default=(0, 0.0))
    return -gap if count >= ENOUGH_LINES else USUAL_LEADING


def add_lines(builder: PageBuilder, items: Sequence[RawLine | Table]) -> None:
    """Hand the lines and tables over, each cell of a line that crosses a column as a line of its own."""
    lines = [item for item in items if isinstance(item, RawLine)]
    columns, above, leading = _columns(lines), None, _leading(lines)
    for item in items:
        if not isinstance(item, RawLine):
            write_rows(builder, item.rows, item.opens)
            builder.blank()
            continue
        line = item
        if not line.text.strip():
            builder.blank()
            continue
        gap = above - line.y if above is not None and line.y is not None else None
        above = line.y if line.y is not None else above
        for number, (text, x) in enumerate(_cells(line, columns)):
            builder.add(
                text,
                role="bullet" if line.point and number == 0 else None,
                level=line.point if number == 0 else 0,
                starts=number > 0 or (gap or 0.0) > PARAGRAPH_GAP * leading * (line.size or 10.0),
                x=line.x if number == 0 else x,
                gap=0.0 if number else gap,
                bold=line.bold,
                size=line.size,
            )
