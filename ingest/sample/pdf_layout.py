"""Blocks laid out as a PDF that looks, and extracts, like the published letters and reports.

The running header is drawn before the text of its page. A reader of the text layer therefore meets it in the middle
of any sentence that runs over the page break, as happens with the published files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import matplotlib
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from ingest.sample.markup import Block

FONT, BOLD = "Sample", "Sample-Bold"
MARGIN = 24 * mm
WIDTH = A4[0] - 2 * MARGIN
BODY_SHARES = (0.32, 0.68)
SQUARE, SMALL_SQUARE, ROUND = "\u25fc", "\u25aa", "\u2022"
Drawer = Callable[[Canvas, int], None]


@dataclass(frozen=True)
class Look:
    """What differs from one PDF to the next; `draw_page` draws the running lines of page n, from 1."""

    title: str
    draw_page: Drawer
    size: float = 10.0


def write_pdf(blocks: list[Block], look: Look, target: Path) -> None:
    """Writes the PDF; the same blocks always give the same bytes."""
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    pdfmetrics.registerFont(TTFont(FONT, fonts / "DejaVuSans.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, fonts / "DejaVuSans-Bold.ttf"))
    document = BaseDocTemplate(str(target), pagesize=A4, title=look.title, author="send-chatbot sample", invariant=1)
    frame = Frame(MARGIN, 26 * mm, WIDTH, A4[1] - 58 * mm, 0, 0, 0, 0)
    document.addPageTemplates(
        PageTemplate(frames=[frame], onPage=lambda canvas, page: look.draw_page(canvas, page.page))
    )
    document.build(_flowables(blocks, _styles(look.size)))


def report_pages(header: tuple[str, str], letterhead: str) -> Drawer:
    """Running lines of a report: two lines with the page number at the end, none on the first page."""

    def draw(canvas: Canvas, number: int) -> None:
        canvas.setFont(FONT, 8)
        if number == 1:
            canvas.drawString(MARGIN, A4[1] - 16 * mm, letterhead)
            return
        canvas.line(MARGIN, 19 * mm, A4[0] - MARGIN, 19 * mm)
        canvas.drawString(MARGIN, 15 * mm, header[0])
        canvas.drawString(MARGIN, 11 * mm, f"{header[1]} {number}".strip())

    return draw


def letter_pages(header: str, letterhead: str) -> Drawer:
    """Running lines of a letter: sender on the first page, subject above and page number below on the others."""

    def draw(canvas: Canvas, number: int) -> None:
        canvas.setFont(FONT, 8)
        if number == 1:
            canvas.drawRightString(A4[0] - MARGIN, A4[1] - 16 * mm, letterhead)
            return
        canvas.drawString(MARGIN, A4[1] - 16 * mm, header)
        canvas.drawCentredString(A4[0] / 2, 13 * mm, str(number))

    return draw


def _styles(size: float) -> dict[str, ParagraphStyle]:
    body = ParagraphStyle("body", fontName=FONT, fontSize=size, leading=size * 1.42, spaceAfter=size * 0.8)

    def style(name: str, **changes: object) -> ParagraphStyle:
        return ParagraphStyle(name, parent=body, **changes)

    bullet = {"leftIndent": 18, "bulletIndent": 2, "bulletFontName": FONT, "allowWidows": 1, "allowOrphans": 1}
    heading = {"fontName": BOLD, "keepWithNext": 1, "spaceBefore": size * 0.7}
    return {
        "paragraph": body,
        "heading1": style("heading1", **(heading | {"fontSize": size * 1.35, "leading": size * 1.8})),
        "heading2": style("heading2", **(heading | {"fontSize": size * 1.1, "leading": size * 1.5})),
        "heading3": style("heading3", **heading),
        "address": style("address", spaceAfter=0),
        "square_bullet": style("square_bullet", **bullet),
        "bullet": style("bullet", **bullet),
        "sub_bullet": style("sub_bullet", **(bullet | {"leftIndent": 36, "bulletIndent": 20})),
        "cell": style("cell", spaceAfter=0),
        "cell_head": style("cell_head", fontName=BOLD, spaceAfter=0),
        "cell_bullet": style("cell_bullet", leftIndent=16, bulletIndent=3, bulletFontName=FONT, spaceAfter=0),
        "small": style("small", fontSize=size * 0.8, leading=size * 1.1),
        "note": style("note", fontSize=size * 0.85, leading=size * 1.15, spaceBefore=size),
    }


def _flowables(blocks: list[Block], styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    done: list[Flowable] = []
    boxed: list[Flowable] | None = None
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before and before.kind == "address" != block.kind:
            done.append(Spacer(1, 14))
        if block.kind == "table_P":
            done.append(ColumnTable(block.rows[:1], styles["cell"], ruled=True, shares=BODY_SHARES))
        if block.kind == "box_start":
            boxed = []
        elif block.kind == "box_end":
            done += [_box(boxed or []), Spacer(1, 10)]
            boxed = None
        else:
            (done if boxed is None else boxed).append(_flowable(block, styles))
    return done


def _flowable(block: Block, styles: dict[str, ParagraphStyle]) -> Flowable:
    if block.kind == "new_page":
        return PageBreak()
    if block.kind.startswith("table_"):
        return _table(block, styles)
    marks = {"square_bullet": SQUARE, "sub_bullet": SMALL_SQUARE, "bullet": ROUND}
    mark = marks.get(block.kind)
    return Paragraph(block.text, styles[block.kind], bulletText=f"{mark} " if mark else None)


def _box(content: list[Flowable]) -> Table:
    outline = [("BOX", (0, 0), (-1, -1), 0.7, colors.black), ("BACKGROUND", (0, 0), (0, 0), colors.lightgrey)]
    return Table([[flowable] for flowable in content], colWidths=[WIDTH], style=TableStyle(outline))


def _table(block: Block, styles: dict[str, ParagraphStyle]) -> Flowable:
    """The table; a table of responsible bodies is given without its head, which `_flowables` sets above it."""
    if block.kind in ("table_0", "table_2"):
        return ColumnTable(block.rows, styles["cell"], ruled=block.kind == "table_2")
    shares = BODY_SHARES if block.kind == "table_P" else (1.0,)
    rows = block.rows[1:] if block.kind == "table_P" else block.rows
    plain = 0 if block.kind == "table_P" else 1
    cells = [
        [_cell(text, styles, "cell_head" if number < plain else "cell") for text in row]
        for number, row in enumerate(rows)
    ]
    lines = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    table = Table(cells, colWidths=[WIDTH * share for share in shares], style=TableStyle(lines), splitInRow=1)
    table.spaceAfter = 14
    return table


def _cell(text: str, styles: dict[str, ParagraphStyle], style: str) -> list[Flowable]:
    lead, *points = text.split(" ** ")
    parts: list[Flowable] = [Paragraph(lead, styles[style])]
    for point in points:
        item, stop, after = point.partition(". ")
        parts.append(Paragraph(item + stop.strip(), styles["cell_bullet"], bulletText=f"{SMALL_SQUARE} "))
        if after:
            parts.append(Paragraph(after, styles[style]))
    return parts


class ColumnTable(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A table of two columns whose cells end without a line feed.

    Cells of one line therefore share a line of the text layer, as they do in the published files.
    """

    def __init__(
        self, rows: list[list[str]], style: ParagraphStyle, *, ruled: bool, shares: tuple[float, float] = (0.5, 0.5)
    ) -> None:
        super().__init__()
        self.style, self.ruled = style, ruled
        self.widths = [WIDTH * share for share in shares]
        self.spaceAfter = 14 if len(rows) > 1 else 0
        self.rows = [
            [self._lines(cell, width, FONT if number else BOLD) for cell, width in zip(row, self.widths, strict=True)]
            for number, row in enumerate(rows)
        ]
        self.heights = [max(map(len, row)) * style.leading + 6 for row in self.rows]

    def _lines(self, cell: str, width: float, font: str) -> list[str]:
        parts = cell.split(" <br/> ")
        return [line for part in parts for line in simpleSplit(part, font, self.style.fontSize, width - 10)]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The space the table takes, as reportlab asks for it."""
        return WIDTH, sum(self.heights)

    def draw(self) -> None:
        """Draws row by row and, within a row, cell by cell."""
        top = sum(self.heights)
        for number, (row, height) in enumerate(zip(self.rows, self.heights, strict=True)):
            for column, lines in enumerate(row):
                left = sum(self.widths[:column])
                if self.ruled:
                    self.canv.rect(left, top - height, self.widths[column], height)
                self._write(lines, left + 5, top - self.style.leading, FONT if number else BOLD)
            top -= height

    def _write(self, lines: list[str], left: float, top: float, font: str) -> None:
        for number, line in enumerate(lines):
            text = self.canv.beginText(left, top - number * self.style.leading)
            text.setFont(font, self.style.fontSize)
            text.textOut(line)
            self.canv.drawText(text)
