"""Turns the elements of a web page into lines with roles: headings, list items, table rows, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from ingest.parsers.build import PageBuilder
from ingest.parsers.html.furniture import is_crumb, without_attachment
from ingest.parsers.html.tables import INLINE, cell_text, integer, is_layout, table_rows, tables_inside
from ingest.parsers.labels import joined, letters, roman
from ingest.parsers.tables import Row, write_rows
from ingest.parsers.text.text import visible
from ingest.records import collapse

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WIDE = r"(?:[ \t\n]*+\xa0\s*+|\s{2,}+)"
# Word's bullets as pasted: a glyph of any kind, or a letter-like one before a run of wide blanks.
_GLYPH = re.compile(rf"^\s*+(?:([·•▪◦‣⁃■□●○➢►\uf0b7\uf0a7\uf076\uf0d8])\s*+|([o§–-]){_WIDE})(?=\S)")
_LABEL = re.compile(rf"\s*+(\(?(?:\d{{1,3}}(?:\.\d{{1,2}})*|[a-z]|[ivx]{{1,4}})[.)]){_WIDE}(?=\S)")
_OUTER = "·•●■➢►\uf0b7\uf076\uf0d8"
_WORD_LIST = re.compile(r"MsoList|ListParagraph", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"mso-list\s*:[^;]{0,100}\blevel(\d)", re.IGNORECASE)
_MARGIN = re.compile(r"margin-left\s*:\s*([\d.]+)(pt|cm|px|in)", re.IGNORECASE)
_POINTS = {"pt": 1.0, "cm": 28.35, "px": 0.75, "in": 72.0}
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:\s*(none|lower-alpha|lower-latin|lower-roman|upper-alpha|upper-roman)", re.IGNORECASE
)
_MG_TITLE = re.compile(r"\bmg(?:Ai|SubItem)TitleTxt\b")


@dataclass
class LineWriter:
    """Walks elements in reading order; every block becomes one line of `builder`."""

    builder: PageBuilder = field(default_factory=PageBuilder)
    text: list[str] = field(default_factory=list)
    bullet: int = 0
    label: str = ""
    style: str = ""
    heading: int = 1

    def walk(self, element: HtmlElement, depth: int = 0) -> None:
        """Write `element`; `depth` is the number of lists it stands in."""
        tag = element.tag
        names = element.get("class", "")
        if tag == "br":
            self.text.append("\n")
        elif "mgItemNumberCell" in names:
            self.flush()
            self.label = collapse(element.text_content())
        elif tag == "hr":
            self.flush()
            self.builder.blank()
        elif tag in _HEADINGS or tag == "summary" or _MG_TITLE.search(names) or _opens(element):
            self._heading(element)
        elif tag in ("ul", "ol", "menu"):
            self._list(element, depth + 1)
        elif tag == "dl":
            self._pairs(element, depth)
        elif tag == "table" and not is_layout(element):
            self._table(element)
        elif tag in INLINE and not (tag == "button" or (tag == "label" and element.get("for"))):
            self._children(element, depth)
        elif tag not in ("button", "label"):
            self._block(element, depth)

    def flush(self) -> None:
        """Write the text collected so far as one line, or several where the author broke it."""
        raw, self.text = "".join(self.text), []
        style, self.style = self.style, ""
        for part in _broken(raw):
            if collapse(part):
                self._write(part, style)
            else:
                self.builder.blank()

    def _write(self, raw: str, style: str) -> None:
        raw, role, level = _pasted(raw, style)
        if self.bullet:
            role, level, self.bullet = "bullet", self.bullet, 0
        text = without_attachment(collapse(raw))
        if not is_crumb(text):
            self.builder.add(f"{self.label} {text}", role=role, level=level, starts=True)
            self.label = ""

    def _children(self, element: HtmlElement, depth: int) -> None:
        self.text.append(element.text or "")
        for child in element:
            self.walk(child, depth)
            self.text.append(child.tail or "")

    def _block(self, element: HtmlElement, depth: int) -> None:
        self.flush()
        if not collapse(element.text_content()):
            self.builder.blank()
            return
        self.style = f"{element.get('class', '')};{element.get('style', '')}"
        self._children(element, depth)
        self.flush()

    def _heading(self, element: HtmlElement) -> None:
        """A heading; a ModernGov item title ranks below the page's, its "Minutes:" below that."""
        self.flush()
        names = element.get("class", "")
        text = without_attachment(cell_text(element))
        if "mgAiTitle" in names and re.fullmatch(r"\d{1,3}[a-z]?\.?", text):
            self.label = text
            return
        if element.tag in _HEADINGS:
            level = self.heading = _HEADINGS[str(element.tag)]
        else:
            level = 3 if "mgAiTitle" in names else 4 if "mgSubItem" in names else min(self.heading + 1, 6)
        if text and not is_crumb(text):
            text = text if text.startswith(self.label) else f"{self.label} {text}"
            self.builder.add(text, role="heading", level=level, starts=True)
            self.bullet, self.label = 0, ""

    def _list(self, element: HtmlElement, depth: int) -> None:
        self.flush()
        label = _labels(element)
        for child in element:
            if child.tag == "li":
                self._item(child, label(child), depth)
            elif child.tag in ("ul", "ol"):
                self._list(child, depth + 1)
            else:
                self._block(child, depth)

    def _item(self, item: HtmlElement, label: str, depth: int) -> None:
        """The first text of an item is the bullet; a later paragraph of it stands as a paragraph."""
        self.flush()
        self.bullet, self.label = depth, label
        self._children(item, depth)
        self.flush()
        self.bullet, self.label = 0, ""

    def _pairs(self, element: HtmlElement, depth: int) -> None:
        """Terms with short descriptions are rows; a term over whole blocks is their heading."""
        self.flush()
        row: list[str] = []
        described = False
        for child in element.iter("dt", "dd"):
            if next(child.iterancestors("dl")) is not element:
                continue
            if child.tag == "dt" and described:
                self._row(*row)
                row, described = [], False
            described = child.tag == "dd"
            if described and child.xpath(".//ul | .//ol | .//table | .//p[2] | .//dl | .//h2 | .//h3 | .//h4"):
                self.builder.add(joined(row), role="heading", level=min(self.heading + 1, 6), starts=True)
                row = []
                self._block(child, depth)
            else:
                row.append(cell_text(child))
        self._row(*row)

    def _table(self, table: HtmlElement) -> None:
        self.flush()
        for caption in table.iterchildren("caption"):
            self.builder.add(cell_text(caption), role="paragraph", starts=True)
        write_rows(self.builder, [row for row in table_rows(table) if not is_crumb(collapse(joined(row.cells)))])
        for inner in tables_inside(table):  # their rows have heads of their own
            self.walk(inner)

    def _row(self, *cells: str) -> None:
        """A term and its description, as a row of their own."""
        if not is_crumb(collapse(joined(cells))):
            write_rows(self.builder, [Row(cells)], opens=False)


def _broken(raw: str) -> Iterator[str]:
    """Cut at line breaks of the author where a blank line or a bullet of the next line shows a new block."""
    whole: list[str] = []
    for line in raw.split("\n"):
        empty_before = len(whole) == 1 and not collapse(whole[0])
        if whole and (not collapse(line) or empty_before or _GLYPH.match(line) or _LABEL.match(line)):
            yield " ".join(whole)
            whole = []
        whole.append(line)
    yield " ".join(whole)


def _pasted(raw: str, style: str) -> tuple[str, str, int]:
    """Text, role and level of a paragraph that may be a list item pasted from Word."""
    listed = _WORD_LIST.search(style) is not None
    glyph = _GLYPH.match(raw)
    if glyph:
        outer = glyph[1] is not None and glyph[1] in _OUTER
        return raw[glyph.end() :], "bullet", _level(style) or (1 if outer else 2)
    if _LABEL.match(raw):
        return raw, "bullet", _level(style) or 1
    if listed and _WORD_LEVEL.search(style):
        return raw, "bullet", _level(style) or 1
    return raw, "paragraph", 0


def _level(style: str) -> int:
    """The nesting that Word wrote into a pasted style; 0 where it says none."""
    if hit := _WORD_LEVEL.search(style):
        return int(hit[1])
    if hit := _MARGIN.search(style):
        # Word indents by 36 points a level.
        return min(max(round(float(hit[1][:8]) * _POINTS[hit[2].lower()] / 36), 1), 9)
    return 0


def _opens(element: HtmlElement) -> bool:
    """Whether a button opens a part of the page, so that its caption heads that part."""
    return element.tag == "button" and (
        "aria-expanded" in element.attrib
        or "aria-controls" in element.attrib
        or "accordion" in element.get("class", "")
    )


def _labels(element: HtmlElement) -> Callable[[HtmlElement], str]:
    """Gives each item of a list the label a browser prints before it; bullets have none."""
    shown = _LIST_STYLE.search(element.get("style", ""))
    kind = shown[1].lower() if shown else element.get("type", "1")
    if element.tag != "ol" or kind == "none":
        return lambda item: ""
    forms: dict[str, Callable[[int], str]] = {
        "a": letters, "lower-alpha": letters, "lower-latin": letters, "i": roman, "lower-roman": roman,
        "A": lambda n: letters(n).upper(), "upper-alpha": lambda n: letters(n).upper(),
        "I": lambda n: roman(n).upper(), "upper-roman": lambda n: roman(n).upper(),
    }  # fmt: skip
    form = forms.get(kind, str)
    number = integer(element.get("start"), 1) - 1

    def label(item: HtmlElement) -> str:
        nonlocal number
        number = integer(item.get("value"), number + 1)
        return f"{form(number)}."

    return label


def settle_breaks(root: HtmlElement) -> None:
    """Make, in place, newlines mean what they show: nothing in running text, a new line inside <pre>.

    Characters that show nothing go too: they come back in through character references ("&shy;").
    """
    exact = {node for pre in root.iter("pre") for node in pre.iter()}
    for node in root.iter():
        if node.text:
            node.text = _settled(node.text, node in exact)
        if node.tail:
            node.tail = _settled(node.tail, node in exact and node.tag != "pre")


def _settled(text: str, exact: bool) -> str:
    return visible(text).replace("\f", " ").replace("\n", "\n\n" if exact else " ")
