"""A Paper as a tagged PDF. reportlab lays it out; tagged.py makes its structure readable for screen readers."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid
from reportlab.platypus.doctemplate import LayoutError

from chatbot.export.paper import Heading, Lines, Paper, Part, Points, Quote, Table, Text
from chatbot.export.tagged import Element, Marker, tag_tree
from prompts import words

# Where a font with many signs is looked for; reportlab's own Vera is there always, and knows fewer.
FONTS = (
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
    ("/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf"),
    ("/Library/Fonts/Arial Unicode.ttf", "/System/Library/Fonts/Supplemental/Arial Bold.ttf"),
    (
        f"{os.environ.get('WINDIR', 'C:/Windows')}/Fonts/arial.ttf",
        f"{os.environ.get('WINDIR', 'C:/Windows')}/Fonts/arialbd.ttf",
    ),
    ("Vera.ttf", "VeraBd.ttf"),
)
MARGIN = 56
WIDTH = A4[0] - 2 * MARGIN


@cache
def fonts() -> tuple[str, str]:
    """The names of the plain and the bold font, registered once."""
    for plain, bold in FONTS:
        if plain == "Vera.ttf" or (Path(plain).exists() and Path(bold).exists()):
            pdfmetrics.registerFont(TTFont("Body", plain))
            pdfmetrics.registerFont(TTFont("BodyBold", bold))
            break
    return "Body", "BodyBold"


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The looks of the parts."""
    plain, bold = fonts()
    body = ParagraphStyle("body", fontName=plain, bulletFontName=plain, fontSize=11, leading=16, spaceAfter=8)
    heading = {"fontName": bold, "keepWithNext": True}
    return {
        "body": body,
        "strong": ParagraphStyle("strong", body, fontName=bold),
        "title": ParagraphStyle("title", body, fontSize=20, leading=26, spaceAfter=14, **heading),
        "h1": ParagraphStyle("h1", body, fontSize=15, leading=20, spaceBefore=14, **heading),
        "h2": ParagraphStyle("h2", body, fontSize=12, leading=17, spaceBefore=8, **heading),
        "quote": ParagraphStyle("quote", body, leftIndent=16, spaceAfter=3),
        "source": ParagraphStyle(
            "source", body, fontSize=9.5, leading=13, leftIndent=16, spaceAfter=10, textColor="#333333"
        ),
        "point": ParagraphStyle("point", body, leftIndent=14, bulletIndent=2, spaceAfter=4),
    }


class Tagged(Paragraph):
    """A paragraph drawn as part of a structure element, also where it is split over pages."""

    element: Element
    marker: Marker

    def draw(self) -> None:
        """Draw between the marks of its element."""
        with self.marker.marked(self.canv, self.element):
            super().draw()

    def split(self, width: float, height: float) -> list[Any]:
        """Both halves belong to the same element."""
        halves = super().split(width, height)
        for half in halves:
            half.element, half.marker = self.element, self.marker
        return halves


class Rule(Flowable):  # type: ignore[misc]
    """An empty line to write on; not read out."""

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        self.marker, self.width, self.height = marker, WIDTH, 26

    def draw(self) -> None:
        """The line itself."""
        with self.marker.artifact(self.canv):
            self.canv.setStrokeColor("#777777")
            self.canv.line(0, 4, self.width, 4)


class _Writer:
    """Turns parts into flowables and structure elements side by side."""

    def __init__(self, split_rows: bool) -> None:
        self.marker, self.root, self.missing = Marker(), Element("Document"), False
        self.split_rows = split_rows

    def paragraph(self, text: str, style: str, element: Element, bullet: str | None = None) -> Tagged:
        """A paragraph of plain text; nothing in it is taken for markup."""
        font = pdfmetrics.getFont(styles()[style].fontName)
        known = font.face.charToGlyph
        self.missing |= any(ord(c) not in known for c in text if not c.isspace())
        made = Tagged(escape(text), styles()[style], bulletText=bullet)
        made.element, made.marker = element, self.marker
        return made

    def part(self, part: Part) -> list[Any]:
        match part:
            case Heading(text, level):
                return [self.paragraph(text, f"h{level}", self.root.add(f"H{level + 1}"))]
            case Text(text, strong):
                return [self.paragraph(text, "strong" if strong else "body", self.root.add("P"))]
            case Points(items):
                listed = self.root.add("L")
                return [self.paragraph(item, "point", listed.add("LI").add("LBody"), "•") for item in items]
            case Quote():
                return self.quote(part, self.root)
            case Table():
                return [self.table(part), Spacer(1, 10)]
            case Lines(label, count):
                return [
                    self.paragraph(label, "body", self.root.add("P")),
                    *[Rule(self.marker) for _ in range(count)],
                    Spacer(1, 16),
                ]

    def quote(self, quote: Quote, parent: Element) -> list[Any]:
        """Lead-in, words with their number, source."""
        parts = [self.paragraph(quote.lead_in, "source", parent.add("P"))] if quote.lead_in else []
        words_ = self.paragraph(f"“{quote.text}” [{quote.number}]", "quote", parent.add("BlockQuote").add("P"))
        return [*parts, words_, self.paragraph(quote.source, "source", parent.add("P"))]

    def table(self, table: Table) -> Any:
        """A table with header cells that name their column or row."""
        element = self.root.add("Table")
        head = element.add("TR")
        rows: list[list[Any]] = [
            [self.paragraph(text, "strong", head.add("TH", Scope="Column").add("P")) for text in table.header]
        ]
        for row in table.rows:
            line = element.add("TR")
            rows.append(
                [
                    self.cell(parts, line.add("TH", Scope="Row") if n == 0 else line.add("TD"))
                    for n, parts in enumerate(row)
                ]
            )
        first = WIDTH * 0.3
        return Grid(
            rows,
            colWidths=[first, *[(WIDTH - first) / (len(table.header) - 1)] * (len(table.header) - 1)],
            repeatRows=1,
            splitInRow=int(self.split_rows),
            style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
        )

    def cell(self, parts: Sequence[Text | Quote], element: Element) -> list[Any]:
        found: list[Any] = []
        for part in parts:
            found += (
                self.quote(part, element)
                if isinstance(part, Quote)
                else [self.paragraph(part.text, "body", element.add("P"))]
            )
        return found


def write(paper: Paper) -> bytes:
    """The file's bytes. A row of a table stays on one page where it fits on one."""
    try:
        return _written(paper, _Writer(split_rows=False))
    except LayoutError:
        return _written(paper, _Writer(split_rows=True))


def _written(paper: Paper, writer: _Writer) -> bytes:
    flow = [writer.paragraph(paper.title, "title", writer.root.add("H1"))]
    for part in paper.parts:
        flow += writer.part(part)
    if writer.missing:
        flow.append(writer.paragraph(words("page", "paper.missing_signs"), "body", writer.root.add("P")))

    def number(canvas: Any, _: Any) -> None:
        with writer.marker.artifact(canvas):
            canvas.setFont(fonts()[0], 9)
            canvas.drawRightString(A4[0] - MARGIN, 30, str(canvas.getPageNumber()))

    file = io.BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=paper.title,
        invariant=1,
    )
    document.build(flow, onFirstPage=number, onLaterPages=number)
    return tag_tree(file.getvalue(), writer.root, paper.language, paper.title)
