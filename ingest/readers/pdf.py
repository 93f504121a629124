"""PDF bytes to pages and lines. The only module that imports pypdf.

Besides the text, each line keeps where it stood (x, distance to the line above, bold, size): headings,
table rows and the two columns of a details table can be told apart by nothing else.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.errors import DocumentError, NeedsOcrError
from ingest.readers.build import PageBuilder
from ingest.records import ReadDocument, collapse

MAX_PAGES = 1500
MIN_CHARACTERS_A_PAGE = 50
COLUMN_GAP = 12.0  # points; a blank between words is a third of that
COLUMN_REACH = 80.0  # points above and below the lines that prove a column
CHARACTER_WIDTH = 0.55  # of the font size: a mean, used only to see gaps between columns
PARAGRAPH_GAP = 1.35  # times the usual leading: from here on a new paragraph begins
ENOUGH_LINES = 4  # that prove a page's leading
USUAL_LEADING = 1.25
WIDEST_LEADING = 1.8  # what is wider parts paragraphs
LINE_END_HYPHEN = re.compile(r"[A-Za-z]{2}-$")
LAST_LETTERS = re.compile(r"(?<![A-Za-z])[A-Za-z]++(?=-$)")
SUSPENDED = {"and", "or", "to", "nor"}  # "short- and long-term": the hyphen hangs, nothing is joined


@dataclass
class _Fragment:
    """A run of text as the PDF draws it; `end` is where its ink ends, `estimate` by a mean width."""

    text: str
    x: float
    end: float
    estimate: float


@dataclass
class _RawLine:
    """One visual line while it is collected."""

    fragments: list[_Fragment] = field(default_factory=list)
    y: float | None = None
    bold: bool | None = None
    size: float | None = None

    @property
    def text(self) -> str:
        return "".join(fragment.text for fragment in self.fragments)

    @property
    def x(self) -> float | None:
        return next((f.x for f in self.fragments if f.text.strip()), None)


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
        warnings: list[str] = []
        builder, characters = PageBuilder(), 0
        for index in range(count):
            raw = _page_lines(reader, index, name, warnings)
            lines = _mend_hyphens(raw, is_word)
            characters += sum(len(line.text) for line in lines)
            _add_lines(builder, lines)
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
    if characters < MIN_CHARACTERS_A_PAGE * max(1, count // 2):
        raise NeedsOcrError(f"{name} holds pictures of pages and no text: run it through OCR, then add it.")
    return builder.document("pdf", {"title": title} if title else {}, tuple(warnings))


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


def _page_lines(reader: object, index: int, name: str, warnings: list[str]) -> list[_RawLine]:
    """The visual lines of one page; a page that cannot be read is told and left empty."""
    lines: list[_RawLine] = [_RawLine()]

    def visit(text: str, cm: list[float], tm: list[float], font: dict | None, size: float) -> None:
        # The PDF standard shows codes that its encodings leave free as bullets; pypdf gives them as they are.
        for part in re.split(r"(\n)", text.replace("\x7f", "\u2022")):
            if part == "\n":
                lines.append(_RawLine())
            elif part:
                _place(lines, part, cm, tm, font, size)

    try:
        reader.pages[index].extract_text(visitor_text=visit)  # type: ignore[attr-defined]
    except Exception as error:
        warnings.append(f"Page {index + 1} of {name} could not be read ({type(error).__name__}).")
        return []
    return lines


def _place(lines: list[_RawLine], text: str, cm: list[float], tm: list[float], font: dict | None, size: float) -> None:
    """Add one fragment to the last line; the first with ink gives the line its place and face."""
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale = abs(size * (tm[0] or 1.0) * (cm[0] or 1.0)) or 10.0
    if _returns(lines[-1], text, x, y, scale):
        lines.append(_RawLine())
    line = lines[-1]
    if text.strip() and line.y is None:
        line.y = y
    if line.size is None and re.search(r"\w", text):  # a bullet's glyph has a face and size of its own
        line.size = scale
        line.bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
    before = line.fragments[-2:]
    if not text.strip() and before and x > before[-1].x:
        before[-1].end = x  # a blank drawn by itself says exactly where the ink ended...
    elif len(before) == 2 and not before[1].text.strip() and abs(before[1].x - x) < 0.6:
        before[0].end = min(before[0].estimate, x)  # ...but not one that pypdf put in before the next cell
    estimate = x + len(text.rstrip()) * scale * CHARACTER_WIDTH
    line.fragments.append(_Fragment(text, x, estimate, estimate))


def _returns(line: _RawLine, text: str, x: float, y: float, scale: float) -> bool:
    """Whether text stands back at the margin below a line that pypdf, misled by large type, has not ended."""
    return bool(text.strip()) and line.y is not None and line.y - y > 0.6 * scale and x <= (line.x or 0.0) + 1


def _mend_hyphens(lines: list[_RawLine], is_word: Callable[[str], bool]) -> list[_RawLine]:
    """Rejoin words a line end has split.

    The second half moves up to the first line. The hyphen goes only where the joined form is a word and
    the halves are not: most line-end hyphens of these papers are real ("multi-", "co-").
    """
    for line, following in zip(lines, lines[1:], strict=False):
        text, rest = line.text.rstrip(), following.text.lstrip()
        if not LINE_END_HYPHEN.search(text) or not rest[:1].islower() or not line.fragments:
            continue
        tail, _, remainder = rest.partition(" ")
        if tail in SUSPENDED:
            continue
        first = LAST_LETTERS.findall(text)[-1]
        core = re.match(r"[a-z]+", tail)
        joined = (first + core.group()).lower() if core else ""
        soft = is_word(joined) and not (core and is_word(first.lower()) and is_word(core.group()))
        _replace(line, (text[:-1] if soft else text) + tail)
        _replace(following, remainder)
    return lines


def _replace(line: _RawLine, text: str) -> None:
    """Give the line one text, at the place where it began."""
    x = line.x or 0.0
    line.fragments = [_Fragment(text, x, x, x)] if text.strip() else []


def _columns(lines: list[_RawLine]) -> list[tuple[float, float, float]]:
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


def _cells(line: _RawLine, columns: list[tuple[float, float, float]]) -> list[tuple[str, float]]:
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


def _leading(lines: list[_RawLine]) -> float:
    """The usual distance between two lines of a page, in sizes of their type."""
    placed = [(line.y, line.size or 10.0) for line in lines if line.y is not None and line.text.strip()]
    gaps = Counter(round((above - y) / size, 1) for (above, _), (y, size) in zip(placed, placed[1:], strict=False))
    likely = [(count, -gap) for gap, count in gaps.items() if 0.8 < gap < WIDEST_LEADING]
    count, gap = max(likely, default=(0, 0.0))
    return -gap if count >= ENOUGH_LINES else USUAL_LEADING


def _add_lines(builder: PageBuilder, lines: list[_RawLine]) -> None:
    """Hand the lines over, each cell of a table line as a line of its own."""
    columns, above, leading = _columns(lines), None, _leading(lines)
    for line in lines:
        if not line.text.strip():
            builder.blank()
            continue
        gap = above - line.y if above is not None and line.y is not None else None
        above = line.y if line.y is not None else above
        for number, (text, x) in enumerate(_cells(line, columns)):
            builder.add(
                text,
                starts=number > 0 or (gap or 0.0) > PARAGRAPH_GAP * leading * (line.size or 10.0),
                x=line.x if number == 0 else x,
                gap=0.0 if number else gap,
                bold=line.bold,
                size=line.size,
            )
