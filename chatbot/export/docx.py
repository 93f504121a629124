"""A Paper as a Word file with real headings, lists, quotes and table headers, and its language set."""

from __future__ import annotations

import io
import re
from typing import Any

from chatbot.export.paper import Heading, Lines, Paper, Part, Points, Quote, Table, Text

# What XML 1.0 cannot hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(paper: Paper) -> bytes:
    """The file's bytes."""
    import docx

    document = docx.Document()
    _prepare(document, paper)
    document.add_paragraph(_clean(paper.title), style="Title")
    for part in paper.parts:
        _part(document, part)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text)


def _prepare(document: Any, paper: Paper) -> None:
    """Title, language, fonts and the quote's look."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    document.core_properties.title, document.core_properties.language = _clean(paper.title), paper.language
    document.core_properties.author = ""
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = defaults.makeelement(qn("w:lang"), {})
        defaults.append(language)
    language.set(qn("w:val"), paper.language)
    styles["Normal"].font.name, styles["Normal"].font.size = "Arial", Pt(12)
    for name in ("Title", "Heading 1", "Heading 2", "Quote"):
        style = styles[name]
        style.font.name = "Arial"
        style.font.color.rgb = RGBColor(0x14, 0x21, 0x2B)
        fonts = style.element.rPr.rFonts
        for key in [k for k in fonts.attrib if "Theme" in k or "theme" in k]:
            del fonts.attrib[key]
    styles["Quote"].font.italic = False
    styles["Quote"].paragraph_format.left_indent = Pt(18)


def _part(document: Any, part: Part) -> None:
    match part:
        case Heading(text, level):
            document.add_heading(_clean(text), level)
        case Text(text, strong):
            document.add_paragraph().add_run(_clean(text)).bold = strong or None
        case Points(items):
            for item in items:
                document.add_paragraph(_clean(item), style="List Bullet")
        case Quote():
            _quote(document, part)
        case Table():
            _table(document, part)
        case Lines(label, count):
            document.add_paragraph(_clean(label))
            for _ in range(count):
                document.add_paragraph("", style="List Bullet")


def _quote(place: Any, quote: Quote) -> None:
    """The words, their number, and under them the source."""
    from docx.shared import Pt

    if quote.lead_in:
        place.add_paragraph(_clean(quote.lead_in)).paragraph_format.keep_with_next = True
    words = place.add_paragraph(style="Quote")
    words.add_run(f"“{_clean(quote.text)}”")
    words.add_run(f" [{quote.number}]").bold = True
    words.paragraph_format.keep_with_next = True
    source = place.add_paragraph(_clean(quote.source))
    source.paragraph_format.left_indent = Pt(18)


def _table(document: Any, table: Table) -> None:
    """A grid whose first row repeats as a header on each page and is marked as one."""
    from docx.oxml.ns import qn

    made = document.add_table(rows=1, cols=len(table.header), style="Table Grid")
    for cell, text in zip(made.rows[0].cells, table.header, strict=True):
        cell.paragraphs[0].add_run(_clean(text)).bold = True
    properties = made.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    about = made._tbl.tblPr
    about.append(about.makeelement(qn("w:tblCaption"), {qn("w:val"): _clean(table.caption)}))
    for row in table.rows:
        for cell, parts in zip(made.add_row().cells, row, strict=True):
            for part in parts:
                if isinstance(part, Text):
                    cell.add_paragraph(_clean(part.text))
                else:
                    _quote(cell, part)
            first = cell.paragraphs[0]
            if len(cell.paragraphs) > 1 and not first.text:
                first._p.getparent().remove(first._p)
