"""Signs of a page to its visual lines, in the order in which the file draws them.

A file may draw line by line, word by word or letter by letter, and raised marks and bold words after all others:
pieces that stand side by side on one line are one line, wherever in the file they are drawn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.parsers.marks import raised
from ingest.parsers.pdf.glyphs import EMPTY, Glyph
from ingest.parsers.pdf.paint import Box

_SAME_LINE = 0.25  # of the size: baselines nearer than this are one
_RAISED = 0.85  # times the size of its line is the most a raised mark has
_LIFT = (0.15, 0.9)  # of the size of its line: how far a raised mark stands above it
_BACK = 0.5  # of the size: how far the next sign may begin before the end of the last one
_BLANK = 0.2  # of the size: a gap that is a blank, whatever the library thinks
_SPACED = 0.1  # of the size between two letters: the title is set wide
_SPACED_AT_MOST = 0.35
_ENOUGH_PAIRS = 4
_ENOUGH_ALONE = 8
_LIKELY_BLANK = 0.12
_FARTHEST = 3.0  # of the size: a sign farther off that stands higher or lower is on another line
_BESIDE = 0.45  # of the size: pieces as near as this, on one line, belong together
_CELL = 0.9  # of the size: no blank between two words is that wide
_JITTER = 0.2  # of the size: columns drawn line by line need not stand equally high
_NARROW = 1.0  # points
_FEW_ENTANGLED = 3
_SHARE_ENTANGLED = 0.1  # of the pieces: letters or words were drawn one by one, in no order
_FEW = 20
_MOST_PIECES = 5_000  # of a page; a map has more, and no lines of text
_SCATTERED = 0.15  # share of the pieces that had to be put together: then the order of drawing says nothing


@dataclass(slots=True)
class Fragment:
    """Words drawn at once or after a wide gap; `end` is where their ink ends."""

    text: str
    x: float
    end: float


@dataclass(slots=True)
class RawLine:
    """One visual line. `bold` where most of its letters are; `y` is its baseline; x counts from its first ink.

    `formal` is the part of a report it stands in, where the later stages read that part's tables by their columns;
    `point` the depth of the list that a drawn mark before it begins a point of, 0 for none.
    """

    fragments: list[Fragment] = field(default_factory=list)
    y: float | None = None
    bold: bool | None = None
    size: float | None = None
    formal: str = ""
    point: int = 0

    @property
    def text(self) -> str:
        return "".join(fragment.text for fragment in self.fragments)

    @property
    def x(self) -> float | None:
        return next((f.x for f in self.fragments if f.text.strip()), None)

    @property
    def end(self) -> float:
        return max((f.end for f in self.fragments), default=0.0)


@dataclass(slots=True)
class _Piece:
    """Signs that follow one another on a line, as drawn."""

    glyphs: list[Glyph]
    y: float
    size: float

    @property
    def x(self) -> float:
        return self.glyphs[0].x

    @property
    def end(self) -> float:
        """Where its ink ends: a blank drawn after it may reach into the next cell."""
        return next((glyph.end for glyph in reversed(self.glyphs) if not glyph.text.isspace()), self.glyphs[-1].end)

    @property
    def has_ink(self) -> bool:
        return any(not glyph.text.isspace() for glyph in self.glyphs)


def lines_of(glyphs: list[Glyph], borders: Sequence[Box] = ()) -> list[RawLine]:
    """The lines of a page; an empty one where the file draws nothing but blanks, as word processors end paragraphs.

    `borders` are the upright rules of tables: no line runs across one.
    """
    pieces = _pieces(glyphs, borders)
    if _entangled(pieces) > max(_FEW_ENTANGLED, _SHARE_ENTANGLED * len(pieces)):
        pieces = _pieces(_by_place(glyphs), borders)
    joined, before = _joined(pieces, borders) if len(pieces) <= _MOST_PIECES else pieces, len(pieces)
    while len(joined) < before:
        joined, before = _joined(joined, borders), len(joined)
    if len(pieces) - len(joined) > _SCATTERED * len(pieces) and len(pieces) > _FEW:
        joined.sort(key=lambda piece: (-round(piece.y), piece.x))
    return [_line(piece) for piece in joined]


def _entangled(pieces: list[_Piece]) -> int:
    """How many pieces begin inside another piece of their line, as only those do that are drawn in no order."""
    count, reach, row = 0, 0.0, None
    for piece in sorted((piece for piece in pieces if piece.has_ink), key=lambda piece: (round(piece.y), piece.x)):
        if row != round(piece.y):
            row, reach = round(piece.y), piece.end
            continue
        count += piece.x < reach - 1
        reach = max(reach, piece.end)
    return count


def _by_place(glyphs: list[Glyph]) -> list[Glyph]:
    """The signs line by line from the top, each line from its left."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y):
        if rows and rows[-1][0].y - glyph.y <= _SAME_LINE * glyph.size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [glyph for row in rows for glyph in sorted(row, key=lambda glyph: glyph.x)]


def _parted(left: float, right: float, y: float, borders: Sequence[Box]) -> bool:
    """Whether a border stands between two places of a line."""
    return right - left > _NARROW and any(
        left - _NARROW < border[0] and border[2] < right + _NARROW and border[1] <= y <= border[3] for border in borders
    )


def _pieces(glyphs: list[Glyph], borders: Sequence[Box]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for glyph in glyphs:
        last = pieces[-1] if pieces else None
        if last and _goes_on(last, glyph) and not _parted(last.end, glyph.x, glyph.y, borders):
            piece = pieces[-1]
            piece.glyphs.append(glyph)
            if glyph.size > piece.size + 0.1 and not glyph.text.isspace():
                piece.y, piece.size = glyph.y, glyph.size  # what came before was raised
        else:
            pieces.append(_Piece([glyph], glyph.y, glyph.size))
    return pieces


def _goes_on(piece: _Piece, glyph: Glyph) -> bool:
    last = piece.glyphs[-1]
    if EMPTY in (last.text, glyph.text):
        return False
    reach = max(piece.size, glyph.size)
    if glyph.x < last.end - _BACK * reach or not _on_line(piece, glyph):
        return False
    return glyph.x - last.end < _FARTHEST * reach or abs(glyph.y - last.y) < _JITTER * reach


def _on_line(piece: _Piece, glyph: Glyph) -> bool:
    """Whether a sign stands on the line of a piece, or raised or lowered beside it."""
    step = glyph.y - piece.y
    if abs(step) <= _SAME_LINE * min(piece.size, glyph.size) or glyph.text.isspace():
        return abs(step) <= max(piece.size, glyph.size)
    smaller, larger = sorted((piece.size, glyph.size))
    up = step if glyph.size <= piece.size else -step
    return smaller <= _RAISED * larger and -0.4 * larger < up < _LIFT[1] * larger


def _joined(pieces: list[_Piece], borders: Sequence[Box]) -> list[_Piece]:
    """The pieces with those put together that stand side by side on one line."""
    rows: dict[int, list[_Piece]] = {}
    kept: list[_Piece] = []
    for piece in pieces:
        row = round(piece.y / 4)
        others = [other for near in range(row - 3, row + 4) for other in rows.get(near, ())]
        beside = next((other for other in others if _beside(other, piece)), None) if piece.has_ink else None
        if beside is not None and _parted(min(beside.end, piece.end), max(beside.x, piece.x), piece.y, borders):
            beside = None
        if beside is None:
            kept.append(piece)
            rows.setdefault(row, []).extend([piece] if piece.has_ink else [])
            continue
        beside.glyphs = sorted([*beside.glyphs, *piece.glyphs], key=lambda glyph: glyph.x)
        if piece.size > beside.size + 0.1:
            beside.y, beside.size = piece.y, piece.size
    return kept


def _beside(one: _Piece, other: _Piece) -> bool:
    """Whether two pieces are parts of one line of text: neighbours, or a raised mark between or after words."""
    size = max(one.size, other.size)
    if not (_on_line(one, other.glyphs[0]) and _on_line(other, one.glyphs[0])):
        return False
    if -_LIKELY_BLANK * size <= other.x - one.end <= _BESIDE * size:
        return True
    if -_LIKELY_BLANK * size <= one.x - other.end <= _BESIDE * size:
        return True
    small, large = (one, other) if one.size < other.size else (other, one)
    if small.size > _RAISED * large.size or not large.x < small.x < large.end:
        return _fits_between(one, other) or _fits_between(other, one)
    return _fits_between(large, small)


def _fits_between(line: _Piece, word: _Piece) -> bool:
    """Whether a piece stands in a gap that a line left for it."""
    if not line.x < word.x < line.end:
        return False
    reach = 0.3 * word.size
    return all(g.end <= word.x + reach or g.x >= word.end - reach for g in line.glyphs if not g.text.isspace())


def _line(piece: _Piece) -> RawLine:
    """The text of a line with its blanks, the marks of notes left out, in the fragments that it was drawn in."""
    line = RawLine(y=piece.y)
    letters: Counter[tuple[bool, float]] = Counter()
    previous: Glyph | None = None
    tracking = _tracking(piece)
    for group in _by_height(piece):
        text, above = "".join(g.text for g in group), _is_raised(group[0], piece)
        if above and text.strip():
            text = raised(line.text, text)
            _append(line, group[0], text, previous, group[-1].end, tracking)
            previous = group[-1]
            continue
        for glyph in group:
            _append(line, glyph, glyph.text, previous, glyph.end, tracking)
            if re.match(r"\w", glyph.text):
                letters[glyph.bold, round(glyph.size, 2)] += 1
            previous = glyph
    if letters:
        bold = sum(count for (is_bold, _), count in letters.items() if is_bold)
        line.bold = 2 * bold > sum(letters.values())
        line.size = letters.most_common(1)[0][0][1]
    return line


def _by_height(piece: _Piece) -> list[list[Glyph]]:
    """The signs in groups that stand equally high."""
    groups: list[list[Glyph]] = []
    for glyph in piece.glyphs:
        if groups and _is_raised(groups[-1][-1], piece) == _is_raised(glyph, piece):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return groups


def _is_raised(glyph: Glyph, piece: _Piece) -> bool:
    low, high = (share * piece.size for share in _LIFT)
    return glyph.size <= _RAISED * piece.size and low < glyph.y - piece.y < high


def _tracking(piece: _Piece) -> float:
    """How far apart the letters of a spaced title are set; nothing for usual type."""
    pairs = [(a, b) for a, b in pairwise(piece.glyphs) if a.run == b.run and a.text.isalnum() and b.text.isalnum()]
    if len(pairs) < _ENOUGH_PAIRS:  # browsers draw such letters one by one
        near = (b.x - a.end <= _SPACED_AT_MOST * piece.size for a, b in pairwise(piece.glyphs))
        alone = [pair for pair, close in zip(pairwise(piece.glyphs), near, strict=True) if close]
        pairs = [(a, b) for a, b in alone if a.text.isalpha() and b.text.isalpha()]
        pairs = pairs if len(pairs) >= _ENOUGH_ALONE else []
    usual = median(b.x - a.end for a, b in pairs) if pairs else 0.0
    return usual if usual > _SPACED * piece.size else 0.0


def _append(line: RawLine, glyph: Glyph, text: str, previous: Glyph | None, end: float, tracking: float) -> None:
    """Add a sign's text, a blank before it where its place says so."""
    gap = glyph.x - previous.end - tracking if previous is not None else 0.0
    blank = previous is not None and not previous.text.isspace() and not text[:1].isspace()
    wide = gap > _BLANK * glyph.size or (glyph.blank_before and gap > _LIKELY_BLANK * glyph.size)
    if blank and wide:
        line.fragments[-1].text += " "
    new = previous is None or (glyph.run != previous.run and line.text[-1:].isspace()) or gap > _CELL * glyph.size
    if new and text.strip():
        line.fragments.append(Fragment(text, glyph.x, end))
    elif line.fragments:
        line.fragments[-1].text += text
        if text.strip():
            line.fragments[-1].end = end
    elif text.strip():
        line.fragments.append(Fragment(text, glyph.x, end))
