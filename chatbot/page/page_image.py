"""The page a quote comes from: its picture with the quoted words marked, drawn by this machine.

The words are looked up in the PDF's own text, letter by letter. Where they are not found there exactly, nothing is
marked: a mark in the wrong place would be worse than none. This is the only module of the chat that opens PDFs.
"""

from __future__ import annotations

import io
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import DocumentError
from ingest.records import Page, Span

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH, MOST_PIXELS = 1000, 4_000_000
PAD = 1.5  # points around the letters
SHORT_LINE = 6  # letters; shorter lines are not looked up by themselves
FILL, EDGE = (255, 228, 120), (122, 72, 0)
_PDFIUM = threading.Lock()  # pdfium may be used by one thread at a time


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in PDF points, from the bottom left of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def around(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def same_line(self, other: Box) -> bool:
        """Whether two boxes stand on one line of text."""
        overlap = min(self.top, other.top) - max(self.bottom, other.bottom)
        return overlap > 0.4 * min(self.top - self.bottom, other.top - other.bottom)


@contextmanager
def _opened(path: Path, number: int) -> Iterator[Any]:
    """A page of a PDF by its physical number from 1. Raises DocumentError where there is no such page."""
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise DocumentError("The original of this document cannot be opened.") from error
        try:
            if not 1 <= number <= len(document):
                raise DocumentError(f"The document has no page {number}.")
            yield document[number - 1]
        finally:
            document.close()


def letters(text: str) -> Iterator[tuple[str, int]]:
    """The letters and digits of a text, each with its place: what different PDF readers agree on."""
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKC", character).casefold():
            if part.isalnum():
                yield part, place


def boxes(path: Path, page: Page, spans: Sequence[Span]) -> tuple[Box, ...]:
    """Where slices of a page's stored text stand on the page, one box a line; empty where that is not certain.

    `page.number` must be set. All spans have to be found, or none is marked.
    """
    if page.number is None or not spans:
        return ()
    with _opened(path, page.number) as opened:
        printed = opened.get_textpage()
        try:
            words = _Printed(printed)
            found = [_places(words, page.text, start, end) for start, end in _runs(page.text, spans)]
            if not all(found):
                return ()
            return _lines([_box(printed, place) for places in found for place in places])
        finally:
            printed.close()


def _runs(stored: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Slices with nothing but white space and signs between them made one."""
    runs: list[tuple[int, int]] = []
    for span in spans:
        if runs and runs[-1][1] <= span.start and not any(letters(stored[runs[-1][1] : span.start])):
            runs[-1] = (runs[-1][0], span.end)
        else:
            runs.append((span.start, span.end))
    return runs


class _Printed:
    """The characters of a PDF page: `letters` in a row, and for each the number of its character."""

    def __init__(self, printed: Any) -> None:
        import pypdfium2.raw as raw

        codes = [raw.FPDFText_GetUnicode(printed, number) for number in range(printed.count_chars())]
        self.signs = [chr(code) if 0 < code < 0x110000 else " " for code in codes]
        pairs = [(letter, number) for number, sign in enumerate(self.signs) for letter, _ in letters(sign)]
        self.letters = "".join(letter for letter, _ in pairs)
        self.numbers = [number for _, number in pairs]

    def characters(self, place: tuple[int, int], slice_: str) -> list[int]:
        """The numbers of all characters of a place, with the full stops and quotation marks at the slice's ends."""
        first, last = self.numbers[place[0]], self.numbers[place[1] - 1]
        inside = [n for n, _ in enumerate(slice_) if any(letters(slice_[n]))]
        before, after = len(slice_[: inside[0]].strip()), len(slice_[inside[-1] + 1 :].strip())
        while before and first > 0 and self._is_sign(first - 1):
            first, before = first - 1, before - 1
        while after and last + 1 < len(self.signs) and self._is_sign(last + 1):
            last, after = last + 1, after - 1
        return list(range(first, last + 1))

    def _is_sign(self, number: int) -> bool:
        return (
            self.signs[number].isprintable()
            and not self.signs[number].isspace()
            and not any(letters(self.signs[number]))
        )


def _places(printed: _Printed, stored: str, start: int, end: int) -> list[int]:
    """The PDF's character numbers of one slice; the whole in a row, else line by line; empty where not certain."""
    whole = _find(printed.letters, stored, start, end)
    if whole is not None:
        return printed.characters(whole, stored[start:end])
    found: list[int] = []
    for line in stored[start:end].split("\n"):
        size = sum(1 for _ in letters(line))
        place = _find(printed.letters, stored, start, start + len(line)) if size >= SHORT_LINE else None
        if place is None and size >= SHORT_LINE:
            return []
        found += printed.characters(place, line) if place else []
        start += len(line) + 1
    return found


def _find(printed: str, stored: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the letters of a slice stand among the printed ones; of several places the one with the same rank."""
    wanted = "".join(letter for letter, _ in letters(stored[start:end]))
    if not wanted:
        return None
    before = "".join(letter for letter, _ in letters(stored[:start]))
    whole = "".join(letter for letter, _ in letters(stored))
    there, here = _all(printed, wanted), _all(whole, wanted)
    if not there:
        return None
    rank = sum(place < len(before) for place in here)
    if len(there) != len(here):
        rank = min(range(len(there)), key=lambda n: abs(there[n] - len(before)))
    return there[rank], there[rank] + len(wanted)


def _all(text: str, wanted: str) -> list[int]:
    found, place = [], text.find(wanted)
    while place >= 0:
        found.append(place)
        place = text.find(wanted, place + 1)
    return found


def _box(printed: Any, number: int) -> Box:
    return Box(*printed.get_charbox(number, loose=True))


def _lines(characters: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes of characters joined line by line, in the order given."""
    lines: list[Box] = []
    for box in characters:
        if box.right <= box.left or box.top <= box.bottom:
            continue
        if lines and lines[-1].same_line(box) and box.left < lines[-1].right + 3 * (box.top - box.bottom):
            lines[-1] = lines[-1].around(box)
        else:
            lines.append(box)
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's picture: its size in pixels and where marks stand on it, each as left, top, width, height."""

    width: int
    height: int
    marks: tuple[tuple[int, int, int, int], ...]


def sheet(path: Path, number: int, marks: tuple[Box, ...] = (), width: int = WIDTH) -> Sheet:
    """How large the picture of a page is and where its marks are, without drawing it.

    Raises DocumentError where the page cannot be opened.
    """
    from pypdfium2 import PdfPosConv

    with _opened(path, number) as page:
        scale = _scale(page, width)
        across, down = (ceil(length * scale) for length in page.get_size())
        areas = _areas(PdfPosConv(page, (0, 0, across, down, 0)), marks)
    return Sheet(across, down, tuple((left, top, right - left, bottom - top) for left, top, right, bottom in areas))


def _scale(page: Any, width: int) -> float:
    """Pixels a point, so that a page is `width` wide and not too large to be drawn."""
    across, down = page.get_size()
    return float(min(width / across, (MOST_PIXELS / (across * down)) ** 0.5))


def _areas(position: Any, marks: Sequence[Box]) -> list[tuple[int, int, int, int]]:
    """Marks as left, top, right, bottom in pixels from the top left of the picture."""
    corners = [
        (*position.to_bitmap(m.left - PAD, m.top + PAD), *position.to_bitmap(m.right + PAD, m.bottom - PAD))
        for m in marks
    ]
    return [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in corners]


@lru_cache(maxsize=96)
def picture(path: Path, number: int, marks: tuple[Box, ...] = (), width: int = WIDTH) -> bytes:
    """A page as PNG, `width` pixels wide, with marks as a yellow ground and a dark line below.

    Raises DocumentError where the page cannot be drawn.
    """
    with _opened(path, number) as page:
        bitmap = page.render(scale=_scale(page, width), may_draw_forms=False)
        areas = _areas(bitmap.get_posconv(page), marks)
        image = bitmap.to_pil().convert("RGB")
    for area in areas:
        _mark(image, area)
    file = io.BytesIO()
    image.quantize(128).save(file, "PNG", optimize=False)
    return file.getvalue()


def _mark(image: Image, area: tuple[int, int, int, int]) -> None:
    """Colour the ground of an area, leaving the letters dark, and underline it."""
    from PIL import Image as images
    from PIL import ImageChops, ImageDraw

    left, top = max(0, area[0]), max(0, area[1])
    right, bottom = min(image.width, area[2]), min(image.height, area[3])
    if right <= left or bottom <= top:
        return
    part = image.crop((left, top, right, bottom))
    image.paste(ImageChops.multiply(part, images.new("RGB", part.size, FILL)), (left, top))
    ImageDraw.Draw(image).rectangle((left, bottom - 2, right, bottom), fill=EDGE)
