"""PDF bytes to pages and lines. The only module that imports pypdf.

Besides the text, each line keeps where it stood (x, distance to the line above, bold, size): headings,
table rows and the two columns of a details table can be told apart by nothing else.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ingest.errors import DocumentError, NeedsOcrError
from ingest.parsers.build import PageBuilder
from ingest.parsers.pdf import ocr
from ingest.parsers.pdf.flow import Flow
from ingest.parsers.pdf.forms import fields_of, with_fields
from ingest.parsers.pdf.glyphs import PageContent, contents
from ingest.parsers.pdf.layout import add_lines, mend_hyphens
from ingest.parsers.pdf.lines import RawLine, lines_of
from ingest.parsers.pdf.points import with_points
from ingest.parsers.pdf.struck import struck_out, without_struck
from ingest.parsers.pdf.twice import once
from ingest.records import Bookmark, ReadDocument, collapse, pages_in_words

MAX_PAGES = 1500
MOST_BOOKMARKS = 500  # of one level
DEEPEST = 3
MIN_CHARACTERS_A_PAGE = 50
PICTURE = 0.5  # share of a page under pictures...
FEW_CHARACTERS = 80  # ...with fewer characters than this: a scan, with at most a running header
SHAPES = 30  # painted shapes without any text: letters drawn as shapes
UNKNOWN = 0.1  # share of the signs that no letter is known for


def read(
    data: bytes,
    name: str,
    is_word: Callable[[str], bool] = lambda word: False,
    reading: Callable[[int, int], None] = lambda page, count: None,
) -> ReadDocument:
    """Read a PDF; pages that are pictures too where there is a program to read them with.

    `is_word` tells whether a lower-case string is an English word; it decides which line-end hyphens are
    mended. `reading` is called before each page that takes long. Raises DocumentError (damaged, locked, too long) or
    NeedsOcrError (no text on its pages).
    """
    from pypdf import PdfReader, errors

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what cannot be read is told by us
    if not data.startswith(b"%PDF") and b"%PDF" not in data[:1024]:
        raise DocumentError(f"{name} is not a PDF file although its name says so: save it again as PDF.")
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(f"{name} is locked with a password: ask its owner for an open copy.")
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise DocumentError(f"{name} has {count} pages, more than {MAX_PAGES}: split it and add the parts.")
        labels = _labels(reader)
        builder, told, flow = PageBuilder(), _Told(name), Flow(lambda lines: mend_hyphens(lines, is_word))
        for index, content in enumerate(contents(data)):
            if isinstance(content, PageContent):
                page = reader.pages[index] if index < count else {}
                fields = fields_of(page)
                rules = content.paint.rules
                glyphs = without_struck(once(content.glyphs), [*rules, *struck_out(page)])
                lines = with_fields(lines_of(glyphs, content.paint.borders()), fields)
                lines = with_points(lines, content.paint.marks)
                scan = None
                if told.page(index + 1, content, sum(len(field.value) for field in fields)) and ocr.installed():
                    reading(index + 1, count)
                    scan = _scanned(content, index + 1, told)
                add_lines(builder, flow.page(lines, rules) if scan is None else mend_hyphens(scan, is_word))
            else:
                told.unread(index + 1, content)
            builder.end_page(index + 1, labels.get(index))
        title, bookmarks = _title(reader), _bookmarks(reader)
    except DocumentError:
        raise
    except (errors.PyPdfError, RecursionError) as error:
        raise DocumentError(f"{name} is damaged or cut short and cannot be read as PDF: fetch it again.") from error
    except Exception as error:  # pypdf warns that broken files can raise anything
        raise DocumentError(f"{name} cannot be read as PDF ({type(error).__name__}): fetch it again.") from error
    if count == 0:
        raise DocumentError(f"{name} has no pages: fetch it again.")
    if told.characters < MIN_CHARACTERS_A_PAGE * max(1, count // 2):
        raise NeedsOcrError(f"{name} holds pictures of pages and no text: run it through OCR, then add it.")
    read_as = builder.document("pdf", {"title": title} if title else {}, told.warnings())
    return replace(read_as, scanned_pages=tuple(told.scans), unread_pages=tuple(told.pictures), bookmarks=bookmarks)


def _scanned(content: PageContent, number: int, told: _Told) -> list[RawLine] | None:
    """The lines of a page that is a picture; None where it cannot be drawn or read."""
    try:
        lines = ocr.lines_of(content.draw()) if content.draw is not None else None
    except (RuntimeError, ValueError):
        lines = None
    goes_on = told.scans[-1:] == [number - 1]  # what was typed does not go on in a picture
    told.scan(number, lines)
    return lines if lines is None or goes_on else [RawLine(), *lines]


def _labels(reader: object) -> dict[int, str]:
    """Printed page labels that differ from the physical number; empty where the PDF has none."""
    try:
        labels = reader.page_labels  # type: ignore[attr-defined]
    except Exception:
        return {}
    return {i: label for i, label in enumerate(labels) if label != str(i + 1)}


def _title(reader: object) -> str:
    """The title in the file's properties; often a word processor's file name, so only a last resort."""
    try:
        return collapse(str((reader.metadata or {}).get("/Title", "")))  # type: ignore[attr-defined]
    except Exception:
        return ""


def _bookmarks(reader: object) -> tuple[Bookmark, ...]:
    """The places listed beside the pages; none where the list is damaged."""
    found: list[Bookmark] = []

    def collect(items: list[Any], level: int) -> None:
        for item in items[:MOST_BOOKMARKS]:
            if isinstance(item, list):
                if level < DEEPEST:
                    collect(item, level + 1)
            elif (page := reader.get_destination_page_number(item)) is not None:  # type: ignore[attr-defined]
                found.append(Bookmark(page, collapse(str(item.title)), level))

    try:
        collect(reader.outline, 1)  # type: ignore[attr-defined]
    except Exception:
        return ()
    return tuple(found)


class _Told:
    """Counts what was read of each page, and says at the end what could not be."""

    def __init__(self, name: str) -> None:
        self.characters = 0
        self.pictures, self.scans = list[int](), list[int]()
        self._name, self._unknown = name, list[int]()
        self._faults: list[str] = []

    def page(self, number: int, content: PageContent, filled: int) -> bool:
        """Take in a page that was read, with the number of characters in its form fields; whether it is a picture."""
        seen = sum(not glyph.text.isspace() for glyph in content.glyphs)
        self.characters += len(content.glyphs) + filled
        drawn = not seen and len(content.paint.areas) >= SHAPES
        if content.pictured >= PICTURE and seen < FEW_CHARACTERS or drawn:
            self.pictures.append(number)
            return True
        if content.unknown > UNKNOWN * max(seen, 10):
            self._unknown.append(number)
        return False

    def scan(self, number: int, lines: Sequence[RawLine] | None) -> None:
        """Take in the lines of a picture; one without words, as a photograph, lacks nothing."""
        if lines is not None:
            self.pictures.remove(number)
            letters = sum(len(line.text) for line in lines)
            self.characters += letters
            self.scans += [number] if letters else []

    def unread(self, number: int, error: Exception) -> None:
        """Take in a page that could not be read."""
        self._faults.append(f"Page {number} of {self._name} could not be read ({type(error).__name__}).")

    def warnings(self) -> tuple[str, ...]:
        """One sentence for each thing that people should know."""
        found = list(self._faults)
        if self.pictures:
            are = "is a picture" if len(self.pictures) == 1 else "are pictures"
            what = "run OCR over the file" if ocr.installed() else "install tesseract-ocr and add it again"
            found.append(f"{pages_in_words(self.pictures)} of {self._name} {are} and could not be read: {what}.")
        if self.scans:
            are = "is a picture, read" if len(self.scans) == 1 else "are pictures, read"
            found.append(
                f"{pages_in_words(self.scans)} of {self._name} {are} by OCR: check quotes against the picture."
            )
        if self._unknown:
            found.append(
                f"{pages_in_words(self._unknown)} of {self._name} came with garbled letters: fetch another copy."
            )
        return tuple(found)
