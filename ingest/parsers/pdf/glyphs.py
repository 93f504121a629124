"""What a page of a PDF shows, sign by sign: where it stands, how large, how bold, and whether anybody can see it.

The only module of the readers that knows pypdfium2.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.parsers.pdf.paint import Box, Paint, address, colour_of, holds, paint_of

_TINY = 2.0  # points: smaller signs are there for machines
_PAPER = 235  # of 255: from here on ink is as white as paper
_INVISIBLE = (3, 7)  # modes that draw no ink
_STROKED = 2  # and filled, to look bold
_SCAN = 0.5  # share of the page that a picture covers where words without ink are what was read in it
_WIDEST_TURN = 0.02  # radians
_QUARTER = math.pi / 2
_SLANTED = 0.15  # of a quarter turn
_APART = 10_000.0
_LAST = 1 << 30
_BOLD_WEIGHT = 600
_FINEST = 300  # dots an inch: what such pictures are read best at
_MOST_DOTS = 24_000_000  # of a picture of a page: twice an A4 page at its finest
_LIFTED = 0.25  # of the size: a figure whose ink begins as high as this above its line...
_LOW = 0.5  # ...and is not half as tall as the type was drawn as the mark of a note by the font itself
_SLASH = 0x2044  # of a fraction, whose upper figure is drawn so too


EMPTY = "\n"  # the sign of a line that holds only blanks


@dataclass(slots=True)
class Glyph:
    """One sign: `x` and `y` where it begins on its line, `end` where the next may begin, in points.

    `run` numbers the piece of text that the file draws at once; `blank_before` says that a blank is likely.
    """

    text: str
    x: float
    y: float
    end: float
    size: float
    bold: bool
    run: int
    blank_before: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey, a byte a dot, row by row from the top; `fine` is the number of dots a point."""

    width: int
    height: int
    fine: float
    dots: bytes


@dataclass(slots=True)
class PageContent:
    """The seen signs of a page in the order in which the file draws them, and what else stands there.

    `pictured` is the share of the page under pictures, `unknown` how many signs have no known letter. `draw` gives the
    page as a picture; it works only until the next page is asked for.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    paint: Paint = field(default_factory=Paint)
    pictured: float = 0.0
    unknown: int = 0
    draw: Callable[[], Picture] | None = None


@dataclass(slots=True)
class _Object:
    """A piece of text of the page, as far as all its signs share it."""

    number: int
    scale: float
    turn: float
    mode: int
    ink: tuple[int, int, int, int]
    order: int
    bold: bool
    over: list[Box]
    on_page: bool | None = None


def contents(data: bytes) -> Iterator[PageContent | Exception]:
    """The pages one after another; an exception in the place of a page that cannot be read."""
    document = pdfium.PdfDocument(data)
    try:
        for index in range(len(document)):
            try:
                page = document[index]
                try:
                    yield _content(page)
                finally:
                    page.close()
            except (pdfium.PdfiumError, ValueError, ctypes.ArgumentError) as error:
                yield error
    finally:
        document.close()


def _content(page: pdfium.PdfPage) -> PageContent:
    paint = paint_of(page)
    found = PageContent(paint=paint, pictured=paint.pictured(), draw=lambda: _drawn(page))
    text = page.get_textpage()
    try:
        shown, inkless = _signs(text, paint, found)
        shown = _with_blanks(shown, paint)
    finally:
        text.close()
    scanned = found.pictured >= _SCAN
    found.glyphs = shown if len(shown) >= len(inkless) or not scanned else [*shown, *inkless]
    return found


def _drawn(page: pdfium.PdfPage) -> Picture:
    """The page in grey at the fineness in which it is read best, large ones less fine."""
    wide, high = page.get_size()
    fine = min(_FINEST / 72, (_MOST_DOTS / max(wide * high, 1)) ** 0.5)
    bitmap = page.render(scale=fine, grayscale=True, may_draw_forms=False)
    try:
        dots = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).tobytes()
        return Picture(bitmap.width, bitmap.height, fine, dots)
    finally:
        bitmap.close()


def _with_blanks(glyphs: list[Glyph], paint: Paint) -> list[Glyph]:
    """The signs, and between them the pieces of text that hold only blanks: word processors end paragraphs so."""
    drawn, written = {glyph.run for glyph in glyphs}, {round(glyph.y + step) for glyph in glyphs for step in (-1, 0, 1)}
    alone = ((paint.order[key], x, y) for key, (x, y) in paint.places.items() if round(y) not in written)
    blanks = [blank for blank in alone if blank[0] not in drawn]
    blanks.reverse()
    merged: list[Glyph] = []
    for glyph in glyphs:
        while blanks and blanks[-1][0] < glyph.run:
            order, x, y = blanks.pop()
            merged.append(Glyph(EMPTY, x, y, x, glyph.size, False, order))
        merged.append(glyph)
    return merged


def _signs(page: pdfium.PdfTextPage, paint: Paint, found: PageContent) -> tuple[list[Glyph], list[Glyph]]:
    """The signs with ink that can be seen, and those drawn without any."""
    shown: list[Glyph] = []
    inkless: list[Glyph] = []
    reader = _SignReader(page, paint)
    blank, previous, begun = False, None, (0.0, 0.0)
    for index in range(raw.FPDFText_CountChars(page)):
        code = raw.FPDFText_GetUnicode(page, index)
        if raw.FPDFText_IsGenerated(page, index) == 1:
            blank = blank or code == 32
            continue
        read = reader.sign(index, code)
        if read is None:
            continue
        glyph, piece = read
        if previous is not None and glyph.run == previous.run and (glyph.x, glyph.y) == begun:
            glyph.x = previous.end  # a letter of the ligature that the sign before it began
            glyph.end = max(glyph.end, glyph.x)
        else:
            begun = glyph.x, glyph.y
        if not glyph.text and previous is not None and glyph.run == previous.run and glyph.y == previous.y:
            previous.end = max(previous.end, glyph.end)  # a soft hyphen takes up room and parts no word
            continue
        previous = glyph
        if glyph.text == "\N{REPLACEMENT CHARACTER}":
            found.unknown += 1
        glyph.blank_before, blank = blank, False
        if piece.mode in _INVISIBLE:
            inkless.append(glyph)
        elif reader.is_seen(glyph, piece):
            shown.append(glyph)
    return shown, inkless


class _SignReader:
    """Asks the library about signs, and once about each piece of text."""

    def __init__(self, page: pdfium.PdfTextPage, paint: Paint) -> None:
        self._page, self._paint = page, paint
        self._objects: dict[int, _Object] = {}
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._box = raw.FS_RECTF()
        self._name = ctypes.create_string_buffer(256)

    def sign(self, index: int, code: int) -> tuple[Glyph, _Object] | None:
        """The sign at `index`; None for what stands nowhere or off the page."""
        handle = raw.FPDFText_GetTextObject(self._page, index)
        if not handle:
            return None
        piece = self._piece(handle, index)
        raw.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        raw.FPDFText_GetLooseCharBox(self._page, index, self._box)
        x, y, box = self._x.value, self._y.value, self._box
        if piece.turn and abs(piece.turn / _QUARTER - round(piece.turn / _QUARTER)) > _SLANTED:
            return None  # a stamp across the page
        if piece.on_page is None:  # text that runs off the page is read to its end
            piece.on_page = self._paint.on_page((box.left + box.right) / 2, (box.bottom + box.top) / 2)
        if piece.scale < _TINY or not piece.on_page:
            return None
        corners = (box.left, box.bottom), (box.right, box.top)
        if piece.turn:  # far below what stands upright, so that the two never share a line
            (x, y), corners = _turned(x, y, piece.turn), tuple(_turned(*c, piece.turn) for c in corners)  # type: ignore[assignment]
            y -= _APART * (2 + round(piece.turn / _QUARTER))
        end = max(corners[0][0], corners[1][0])
        size = piece.scale
        if 0x30 <= code <= 0x39 and not piece.turn and (lift := self._lift(index, y, size)) >= _LIFTED * size:
            y, size = y + lift, _LOW * size
        return Glyph(_letter(code), x, y, max(end, x), size, piece.bold, piece.number), piece

    def _lift(self, index: int, y: float, size: float) -> float:
        """How high above its line the ink of a figure begins, where the font draws it small; 0 for any other."""
        left, right, low, high = self._sides
        raw.FPDFText_GetCharBox(self._page, index, left, right, low, high)
        small = high.value - low.value < _LOW * size
        return low.value - y if small and raw.FPDFText_GetUnicode(self._page, index + 1) != _SLASH else 0.0

    def is_seen(self, glyph: Glyph, piece: _Object) -> bool:
        """Whether ink of this colour shows on what is painted behind and over it."""
        red, green, blue, alpha = piece.ink
        if alpha == 0:
            return False
        if glyph.text.isspace() or piece.turn:
            return True
        x, y = (glyph.x + glyph.end) / 2, glyph.y + 0.25 * glyph.size
        if piece.over and any(holds(box, x, y) for box in piece.over):
            return False
        return min(red, green, blue) < _PAPER or self._paint.dark_behind(x, y, piece.order)

    def _piece(self, handle: ctypes.c_void_p, index: int) -> _Object:
        key = address(handle)
        known = self._objects.get(key)
        if known is None:
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(self._page, index, matrix)
            size = raw.FPDFText_GetFontSize(self._page, index)
            turn = math.atan2(matrix.b, matrix.a)
            mode, order = raw.FPDFTextObj_GetTextRenderMode(handle), self._paint.order.get(key, _LAST)
            known = self._objects[key] = _Object(
                number=order if order < _LAST else _LAST + len(self._objects),
                scale=abs(size) * math.hypot(matrix.c, matrix.d),
                turn=turn if abs(turn) > _WIDEST_TURN else 0.0,
                mode=mode,
                ink=colour_of(handle),
                order=order,
                bold=mode == _STROKED or self._is_bold(index),
                over=self._paint.over(order),
            )
        return known

    def _is_bold(self, index: int) -> bool:
        flags = ctypes.c_int()
        length = raw.FPDFText_GetFontInfo(self._page, index, self._name, len(self._name), flags)
        name = self._name.raw[: max(0, length - 1)].decode("utf-8", "replace").lower() if length else ""
        heavy = raw.FPDFText_GetFontWeight(self._page, index) >= _BOLD_WEIGHT
        return heavy or "bold" in name or "black" in name


def _turned(x: float, y: float, turn: float) -> tuple[float, float]:
    """A place as it stands when the page is turned so that its text runs from left to right."""
    cosine, sine = math.cos(turn), math.sin(turn)
    return x * cosine + y * sine, y * cosine - x * sine


def _letter(code: int) -> str:
    """The letter of a code; the library marks a hyphen at a line's end, and codes without a letter, by others."""
    if code in (0x02, 0xFFFE):
        return "-"
    if code == 0x7F:  # codes that the standard encodings leave free are shown as bullets
        return "\N{BULLET}"
    if code == 0 or 0xD800 <= code <= 0xDFFF:
        return "\N{REPLACEMENT CHARACTER}"
    return "" if code in (0xAD, 0x200B, 0xFEFF) else chr(code)
