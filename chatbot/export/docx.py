"""A Paper as a Word file with real styles, header and footer, contents, quotes and table headers, and its language."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from chatbot.export.parts import Heading, Lines, Linked, Paper, Part, Points, Quote, Table, Text
from prompts import words

# What XML 1.0 cannot hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FONT = "Arial"
WIDE, HIGH, MARGIN = (29.7, 21), (21, 29.7), 2.3  # centimetres of a page, and of its margins
TOGETHER = 600  # letters of a row that is kept on one page
INK, FAINT, LINK = RGBColor(0x14, 0x21, 0x2B), RGBColor(0x3F, 0x4A, 0x52), RGBColor(0x0B, 0x4F, 0x9E)
# Name of a style: the one it is based on, size, space after, indent (all in points).
STYLES = {"Quote Source": ("Normal", 10, 12, 18), "TOC 1": ("Normal", 11, 3, 0), "Writing Line": ("Normal", 12, 14, 0)}


def write(paper: Paper) -> bytes:
    """The file's bytes."""
    made = _Writer(paper)
    file = io.BytesIO()
    made.document.save(file)
    return file.getvalue()


class _Writer:
    """One Word document while it is written."""

    def __init__(self, paper: Paper) -> None:
        self.document = Document()
        self.marks = 0  # bookmarks of headings so far
        self.list: Any = None  # numbering of the numbered list in hand
        self._about(paper)
        _styles(self.document)
        _frame(self.document, paper)
        self.document.add_paragraph(clean(paper.title), style="Title")
        opening = next((n for n, part in enumerate(paper.parts) if isinstance(part, Heading)), 0)
        for number, part in enumerate(paper.parts):
            if number == opening and paper.long:
                self._contents(paper)
            self._part(part)

    def _about(self, paper: Paper) -> None:
        facts = self.document.core_properties
        facts.title, facts.language, facts.author, facts.comments = clean(paper.title), paper.language, "", ""
        facts.created = facts.modified = datetime(paper.made.year, paper.made.month, paper.made.day)

    def _part(self, part: Part) -> None:
        match part:
            case Heading(text, level):
                heading = self.document.add_heading(clean(text), level)
                self.marks += 1
                _bookmark(heading, self.marks)
            case Text(text, strong):
                paragraph = self.document.add_paragraph()
                paragraph.add_run(clean(text)).bold = strong or None
                paragraph.paragraph_format.keep_with_next = strong or None
            case Points(items, numbered):
                for item in items:
                    self._item(item, "List Number" if numbered else "List Bullet")
            case Quote():
                _quote(self.document, part)
            case Table():
                _table(self.document, part)
            case Lines(label, count):
                self.document.add_paragraph(clean(label))
                for _ in range(count):
                    self.document.add_paragraph("", style="Writing Line")

    def _item(self, item: Linked, style: str) -> None:
        paragraph = self.document.add_paragraph(clean(item.text), style=style)
        _link(paragraph, item.url)

    def _contents(self, paper: Paper) -> None:
        """A list of contents whose lines lead to their headings; what opens the file works out the page numbers.

        Fields of their own: LibreOffice shows those inside one that makes the whole list as they were stored.
        """
        edge = Cm((WIDE if paper.wide else HIGH)[0] - 2 * MARGIN)
        stops = self.document.styles["TOC 1"].paragraph_format.tab_stops
        stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        self.document.add_paragraph(words("page", "paper.contents"), style="TOC Heading")
        listed = [(n, h) for n, h in enumerate(paper.headings, 1) if h.level == 1]
        for number, heading in listed:
            paragraph = self.document.add_paragraph(style="TOC 1")
            leading = OxmlElement("w:hyperlink")
            leading.set(qn("w:anchor"), f"part{number}")
            leading.append(_run(clean(heading.text)))
            paragraph._p.append(leading)
            paragraph.add_run("\t")
            _field(paragraph, f"PAGEREF part{number} \\h", "begin", "separate", "end", dirty=True)


def clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return FORBIDDEN.sub("", text)


def _styles(document: Any) -> None:
    """Fonts, language and the looks of our own styles; all text of a kind hangs on one style."""
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = defaults.makeelement(qn("w:lang"), {})
        defaults.append(language)
    language.set(qn("w:val"), words("page", "paper.language"))
    normal = styles["Normal"]
    normal.font.name, normal.font.size, normal.paragraph_format.space_after = FONT, Pt(12), Pt(8)
    for name, (base, size, after, indent) in STYLES.items():
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style, made.font.size = styles[base], Pt(size)
        made.paragraph_format.space_after, made.paragraph_format.left_indent = Pt(after), Pt(indent)
    styles["Quote Source"].font.color.rgb = FAINT
    for name in ("Title", "Heading 1", "Heading 2", "TOC Heading", "Quote", "Header", "Footer"):
        style = styles[name]
        style.font.name, style.font.color.rgb = FONT, INK
        fonts = style.element.rPr.rFonts
        for key in [k for k in fonts.attrib if "theme" in k.lower()]:
            del fonts.attrib[key]
    styles["Quote"].font.italic = False
    styles["Quote"].paragraph_format.left_indent = Pt(18)
    styles["Quote"].paragraph_format.space_after = Pt(3)
    styles["Title"].font.size, styles["Heading 1"].font.size, styles["Heading 2"].font.size = Pt(22), Pt(16), Pt(13)
    _border(styles["Quote"].element, "18", "1D5C8A", "left")
    _border(styles["Writing Line"].element, "4", "777777", "bottom", "between")


def _border(style: Any, size: str, colour: str, *sides: str) -> None:
    """Lines at some sides of every paragraph of a style."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", size), ("space", "6"), ("color", colour)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties = style.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _frame(document: Any, paper: Paper) -> None:
    """The title at the head of every page but the first, the page's number at the foot of all."""
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(side) for side in (WIDE if paper.wide else HIGH))
    section.orientation = WD_ORIENT.LANDSCAPE if paper.wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = clean(paper.title)
    before, after = words("page", "paper.page_of", page="\0", pages="\0").split("\0")[:2]
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.add_run(before)
        _field(line, "PAGE", "begin", "separate", "1", "end")
        line.add_run(after)
        _field(line, "NUMPAGES", "begin", "separate", "1", "end")


def _field(paragraph: Any, code: str, *steps: str, dirty: bool = False) -> None:
    """Steps of a field that Word works out: "begin" brings its code; any other word is what is shown till then.

    A `dirty` one is worked out when the file is opened.
    """
    for step in steps:
        run = paragraph.add_run()
        if step not in ("begin", "separate", "end"):
            run.text = step
            continue
        sign = OxmlElement("w:fldChar")
        sign.set(qn("w:fldCharType"), step)
        if dirty and step == "begin":
            sign.set(qn("w:dirty"), "true")
        run._r.append(sign)
        if step == "begin":
            asked = OxmlElement("w:instrText")
            asked.set(qn("xml:space"), "preserve")
            asked.text = f" {code} "
            paragraph.add_run()._r.append(asked)


def _bookmark(paragraph: Any, number: int) -> None:
    """Marks a heading so that the list of contents can lead to it."""
    for name in ("start", "end"):
        mark = OxmlElement(f"w:bookmark{name.capitalize()}")
        mark.set(qn("w:id"), str(number))
        if name == "start":
            mark.set(qn("w:name"), f"part{number}")
            paragraph._p.insert(1, mark)
        else:
            paragraph._p.append(mark)


def _run(text: str, link: bool = False) -> Any:
    """A run of text of its own, coloured and underlined where it is a link."""
    run = OxmlElement("w:r")
    if link:
        looks = OxmlElement("w:rPr")
        for name, value in (("w:color", str(LINK)), ("w:u", "single")):
            look = OxmlElement(name)
            look.set(qn("w:val"), value)
            looks.append(look)
        run.append(looks)
    inside = OxmlElement("w:t")
    inside.text = text
    run.append(inside)
    return run


def _link(paragraph: Any, url: str) -> None:
    """A link at the end of a paragraph, its address as its words; nothing where there is no address."""
    if not url:
        return
    paragraph.add_run(" ")
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(clean(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(_run(clean(url), link=True))
    paragraph._p.append(link)


def _quote(place: Any, quote: Quote) -> None:
    """The words, their number, and under them the source."""
    if quote.citation.lead_in:
        before = place.add_paragraph(clean(quote.citation.lead_in), style="Quote Source")
        before.paragraph_format.keep_with_next = True
    said = place.add_paragraph(style="Quote")
    said.add_run(f"“{clean(quote.text)}”")
    said.add_run(f" [{quote.number}]").bold = True
    said.paragraph_format.keep_with_next = True
    _link(place.add_paragraph(clean(quote.source), style="Quote Source"), quote.url)


def _table(document: Any, table: Table) -> None:
    """A grid whose first row repeats as a header on each page; first row and column are marked as headers."""
    made = document.add_table(rows=1, cols=len(table.header), style="Table Grid")
    made.autofit = False
    for cell, text in zip(made.rows[0].cells, table.header, strict=True):
        cell.paragraphs[0].add_run(clean(text)).bold = True
    properties = made.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    about = made._tbl.tblPr
    looks = about.find(qn("w:tblLook"))
    if looks is not None:
        looks.attrib.clear()
        looks.set(qn("w:val"), "00A0")  # first row and first column
    about.append(about.makeelement(qn("w:tblCaption"), {qn("w:val"): clean(table.caption)}))
    for row in table.rows:
        added = made.add_row()
        if sum(len(part.text) for cell in row for part in cell) < TOGETHER:
            whole = added._tr.get_or_add_trPr()
            whole.append(whole.makeelement(qn("w:cantSplit"), {}))
        for cell, parts in zip(added.cells, row, strict=True):
            for part in parts:
                if isinstance(part, Text):
                    cell.add_paragraph(clean(part.text))
                else:
                    _quote(cell, part)
            first = cell.paragraphs[0]
            if len(cell.paragraphs) > 1 and not first.text:
                first._p.getparent().remove(first._p)
    widths = table.widths or (4.6, *[11.8 / (len(table.header) - 1)] * (len(table.header) - 1))
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = column.width
    document.add_paragraph("")
