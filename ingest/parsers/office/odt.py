"""OpenDocument texts (.odt): headings, lists and tables as a person sees them, changes accepted."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from lxml.etree import XMLParser, _Element, fromstring

from ingest.errors import DocumentError
from ingest.parsers.build import PageBuilder
from ingest.parsers.labels import looks_like_heading
from ingest.parsers.office import odt_text, packages
from ingest.parsers.office.odt_text import ListStyles, Styles, qn
from ingest.parsers.tables import Row, write_rows
from ingest.records import ReadDocument, collapse

_MOST_REPEATED = 50  # equal cells side by side that a file may write as one
_WRAPPERS = frozenset(map(qn, ("text:section", "table:table-header-rows", "table:table-rows", "table:table-row-group")))
_ROWS = _WRAPPERS - {qn("text:section")}
_CELLS = (qn("table:table-cell"), qn("table:covered-table-cell"))
NOTES = "{name} has comments, footnotes or endnotes; their text was left out."


def read(data: bytes, name: str) -> ReadDocument:
    """The body of a document as one page; headers, comments, notes and hidden text are left out.

    Read with lxml alone: a library for the format would give the same tree and is older than the format's last version.
    Raises DocumentError for damaged, locked or oversized files and those without text.
    """
    packages.check(data, name, "an OpenDocument text", ".odt")
    try:
        packages.refuse_entities(data, name)
        body, styles, lists, hints = _parts(data, name)
        writer = _Writer(styles, lists)
        writer.blocks(body)
    except RecursionError as error:
        raise DocumentError(f"{name} is nested too deeply to be read; save it as PDF and add that.") from error
    except packages.UNREADABLE as error:
        what = f"{name} is not an OpenDocument text that can be read; open it and save it again."
        raise DocumentError(what) from error
    if not writer.builder.lines:
        raise DocumentError(f"{name} holds no text; if it is a scanned picture, add a version with text.")
    noted = next(body.iter(qn("office:annotation"), qn("text:note")), None) is not None
    return writer.builder.document("odt", hints, (NOTES.format(name=name),) if noted else ())


def _parts(data: bytes, name: str) -> tuple[_Element, Styles, ListStyles, dict[str, str]]:
    """The body, the styles and what the properties say."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise DocumentError(f"{name} is locked with a password: ask its owner for an open copy.")
        found = [
            _parsed(archive.read(part)) if part in names else None for part in ("content.xml", "styles.xml", "meta.xml")
        ]
    content, beside, meta = found
    body = content.find(f"{qn('office:body')}/{qn('office:text')}") if content is not None else None
    if content is None or body is None:
        raise ValueError("no text in it")
    roots = [root for root in (beside, content) if root is not None]
    title = collapse("".join(meta.itertext(qn("dc:title")))) if meta is not None else ""
    return body, Styles(roots), ListStyles(roots), {"title": title} if title else {}


def _parsed(xml: bytes) -> _Element:
    return fromstring(xml, XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True))


@dataclass
class _Writer:
    """Walks the body in reading order and keeps the counters of its lists."""

    styles: Styles
    lists: ListStyles
    builder: PageBuilder = field(default_factory=PageBuilder)
    heading: int = 1
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def blocks(self, parent: _Element) -> None:
        """Write the paragraphs, lists and tables of `parent`."""
        for child in parent:
            if child.tag in (qn("text:h"), qn("text:p")):
                self._paragraph(child)
            elif child.tag == qn("text:list"):
                self._list(child, "", 1)
            elif child.tag == qn("table:table"):
                self._table(child)
            elif child.tag in _WRAPPERS and child.get(qn("text:display")) != "none":
                self.blocks(child)
            elif child.tag == qn("draw:frame"):
                for box in child.iterchildren(qn("draw:text-box")):
                    self.blocks(box)

    def _paragraph(self, paragraph: _Element) -> None:
        found = odt_text.words(paragraph, self.styles)
        text = found.text
        if not text:
            self.builder.blank()
        elif paragraph.tag == qn("text:h"):
            level = paragraph.get(qn("text:outline-level")) or "1"
            self.heading = min(int(level), 6) if level.isdigit() else 1
            self.builder.add(text, role="heading", level=self.heading, starts=True)
        elif self.styles.names(paragraph) & {"Title"}:
            self.builder.add(text, role="heading", level=1, starts=True)
        elif found.bold and looks_like_heading(text):
            self.builder.add(text, role="heading", level=min(self.heading + 1, 6), starts=True)
        else:
            self.builder.add(text, role="paragraph", starts=True)
        for box in odt_text.boxes(paragraph):
            self.blocks(box)

    def _list(self, root: _Element, style: str, level: int) -> None:
        style = root.get(qn("text:style-name")) or style
        goes_on = root.get(qn("text:continue-numbering")) == "true" or root.get(qn("text:continue-list"))
        if level > 1 or not goes_on:
            self._counts = {key: n for key, n in self._counts.items() if key[0] != style or key[1] < level}
        for item in root.iterchildren(qn("text:list-item"), qn("text:list-header")):
            self._item(item, style, level)

    def _item(self, item: _Element, style: str, level: int) -> None:
        """The paragraphs of an item; its label stands before the first."""
        label = ""
        if item.tag == qn("text:list-item"):
            start = item.get(qn("text:start-value")) or ""
            first = int(start) if start.isdigit() else self.lists.first(style, level)
            count = first if start else self._counts.get((style, level), first - 1) + 1
            self._counts[style, level] = count
            label = self.lists.label(style, level, count)
        for child in item:
            if child.tag == qn("text:list"):
                self._list(child, style, level + 1)
            elif child.tag == qn("text:h"):
                self._paragraph(child)
            elif child.tag == qn("text:p") and (text := odt_text.words(child, self.styles).text):
                self.builder.add(f"{label} {text}" if label else text, role="bullet", level=level, starts=True)
                label = ""

    def _table(self, table: _Element) -> None:
        rows = list(_rows(table))
        cells = [list(row.iterchildren(*_CELLS)) for row, _ in rows]
        if all(len(row) < 2 for row in cells):
            for row in cells:  # a table of one column is a frame round ordinary text
                for cell in row:
                    self.blocks(cell)
            return
        found: list[Row] = []
        carried: dict[int, str] = {}
        for (_, header), own in zip(rows, cells, strict=True):
            texts, bold = self._cells(own, carried)
            first = all(len(above.cells) < 2 for above in found)
            found.append(Row(tuple(texts), header or first and bold))
        write_rows(self.builder, found)
        for row in cells:
            for cell in row:
                for inner in cell.iterchildren(qn("table:table")):
                    self._table(inner)

    def _cells(self, own: list[_Element], carried: dict[int, str]) -> tuple[list[str], bool]:
        """The texts of a row, a cell merged with the one above having that one's; and whether all are bold."""
        texts: list[str] = []
        bold = True
        for cell in own:
            inside = [
                odt_text.words(p, self.styles)
                for p in cell.iter(qn("text:p"), qn("text:h"))
                if odt_text.belongs(p, cell)
            ]
            text = collapse(" ".join(part.text for part in inside))
            bold = bold and all(part.bold for part in inside if part.text)
            if cell.tag == qn("table:covered-table-cell"):
                text = carried.get(len(texts), "")
            elif int(cell.get(qn("table:number-rows-spanned")) or 1) > 1:
                carried[len(texts)] = text
            else:
                carried.pop(len(texts), None)
            repeated = int(cell.get(qn("table:number-columns-repeated")) or 1)
            texts += [text] * max(1, min(repeated, _MOST_REPEATED))
        return texts, bold and any(texts)


def _rows(table: _Element, header: bool = False) -> list[tuple[_Element, bool]]:
    """The rows of a table wherever they are wrapped, and whether they are its heads."""
    found = []
    for child in table:
        if child.tag == qn("table:table-row"):
            found.append((child, header))
        elif child.tag in _ROWS:
            found += _rows(child, header or child.tag == qn("table:table-header-rows"))
    return found
