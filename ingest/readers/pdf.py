"""PDF bytes to pages and lines. The only module that imports pypdf.

Besides the text, each line keeps where it stood (x, distance to the line above, bold, size): headings,
table rows and the two columns of a details table can be told apart by nothing else.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Sequence

from ingest.errors import DocumentError, NeedsOcrError
from ingest.readers.build import PageBuilder
from ingest.readers.pdf_flow import Flow
from ingest.readers.pdf_forms import fields_of, with_fields
from ingest.readers.pdf_glyphs import PageContent, contents
from ingest.readers.pdf_layout import add_lines, mend_hyphens
from ingest.readers.pdf_lines import lines_of
from ingest.readers.pdf_struck import struck_out, without_struck
from ingest.records import ReadDocument, collapse

MAX_PAGES = 1500
MIN_CHARACTERS_A_PAGE = 50
PICTURE = 0.5  # share of a page under pictures...
FEW_CHARACTERS = 80  # ...with fewer characters than this: a scan, with at most a running header
UNKNOWN = 0.1  # share of the signs that no letter is known for


def read(data: bytes, name: str, is_word: Callable[[str], bool] = lambda word: False) -> ReadDocument:
    """Read a PDF.

    `is_word` tells whether a lower-case string is an English word; it decides which line-end hyphens are
    mended. Raises DocumentError (damaged, locked, too long) or NeedsOcrError (no text on its pages).
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
                glyphs = without_struck(content.glyphs, [*rules, *struck_out(page)])
                lines = with_fields(lines_of(glyphs, content.paint.borders()), fields)
                add_lines(builder, flow.page(lines, rules))
                told.page(index + 1, content, sum(len(field.value) for field in fields))
            else:
                told.unread(index + 1, content)
            builder.end_page(index + 1, labels.get(index))
        title = _title(reader)
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
    return builder.document("pdf", {"title": title} if title else {}, told.warnings())


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


class _Told:
    """Counts what was read of each page, and says at the end what could not be."""

    def __init__(self, name: str) -> None:
        self.characters = 0
        self._name, self._pictures, self._unknown = name, list[int](), list[int]()
        self._faults: list[str] = []

    def page(self, number: int, content: PageContent, filled: int) -> None:
        """Take in a page that was read, with the number of characters in its form fields."""
        seen = sum(not glyph.text.isspace() for glyph in content.glyphs)
        self.characters += len(content.glyphs) + filled
        if content.pictured >= PICTURE and seen < FEW_CHARACTERS:
            self._pictures.append(number)
        if content.unknown > UNKNOWN * max(seen, 10):
            self._unknown.append(number)

    def unread(self, number: int, error: Exception) -> None:
        """Take in a page that could not be read."""
        self._faults.append(f"Page {number} of {self._name} could not be read ({type(error).__name__}).")

    def warnings(self) -> tuple[str, ...]:
        """One sentence for each thing that people should know."""
        found = list(self._faults)
        if self._pictures:
            are = "is a picture" if len(self._pictures) == 1 else "are pictures"
            found.append(
                f"{_pages(self._pictures)} of {self._name} {are} and could not be read: run OCR over the file."
            )
        if self._unknown:
            found.append(f"{_pages(self._unknown)} of {self._name} came with garbled letters: fetch another copy.")
        return tuple(found)


def _pages(numbers: Sequence[int]) -> str:
    """Page numbers in words, neighbours as a range: "Pages 2-6 and 9"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    told = ["-".join(map(str, part)) for part in ranges]
    listed = " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))
    return f"{'Page' if len(numbers) == 1 else 'Pages'} {listed}"
