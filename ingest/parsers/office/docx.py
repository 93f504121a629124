"""Word documents (.docx): headings, automatic numbers and tables as a person sees them, changes accepted."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

import docx as python_docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.oxml.ns import qn
from lxml.etree import LxmlError, _Element

from ingest.errors import DocumentError
from ingest.parsers.build import PageBuilder
from ingest.parsers.labels import looks_like_heading
from ingest.parsers.office import docx_tables, docx_text, packages
from ingest.parsers.office.docx_numbers import ListNumbers
from ingest.parsers.office.docx_text import Styles
from ingest.parsers.tables import Row, write_rows
from ingest.parsers.text.text import PROMPTS, visible
from ingest.records import ReadDocument, collapse

_CONTENTS = re.compile(r"(?:toc|table of figures)\b")  # styles of the lists of contents
COLOUR = "{name} has table cells that say something by colour only; that colour is not readable here."
NOTES = "{name} has comments, footnotes or endnotes; their text was left out."
_NOTED = tuple(qn(f"w:{tag}Reference") for tag in ("footnote", "endnote", "comment"))


def read(data: bytes, name: str) -> ReadDocument:
    """The body of a document as one page; running headers, comments and hidden text are left out."""
    document = _open(data, name)
    writer = _Writer(_part(document, "styles"), _part(document, "numbering"))
    try:
        writer.blocks(document.element.body)
        writer.flush()
    except RecursionError as error:
        raise DocumentError(f"{name} is nested too deeply to be read; save it as PDF and add that.") from error
    if not writer.builder.lines:
        raise DocumentError(f"{name} holds no text; if it is a scanned picture, add a version with text.")
    body = document.element.body
    warnings = [COLOUR.format(name=name)] if writer.coloured else []
    if next(body.iter(*_NOTED), None) is not None:
        warnings.append(NOTES.format(name=name))
    return writer.builder.document("docx", _hints(document), tuple(warnings))


def _open(data: bytes, name: str) -> Document:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError(f"{name} is an old or password-protected Word file; save it as .docx without a password.")
    packages.check(data, name, "a Word document", ".docx")
    try:
        document = python_docx.Document(io.BytesIO(data))
        if document.element.body is None:
            raise ValueError("no body")
        return document
    except (*packages.UNREADABLE, PythonDocxError) as error:
        told = f"{name} is not a Word document that can be read; open it in Word and save it again."
        raise DocumentError(told) from error


def _part(document: Document, kind: str) -> _Element | None:
    """The root of a part beside the body; None where the file has none."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            return getattr(relation.target_part, "element", None)
    return None


def _hints(document: Document) -> dict[str, str]:
    try:
        properties = document.core_properties
        title, modified = collapse(properties.title), properties.modified
    except (LxmlError, ValueError, KeyError, AttributeError):
        return {}
    hints = {"title": title} if title and title != "Word Document" else {}
    return hints | ({"modified": modified.date().isoformat()} if modified else {})


@dataclass
class _Writer:
    """Walks the body in reading order and keeps the counters of its lists."""

    style_root: _Element | None
    number_root: _Element | None
    builder: PageBuilder = field(default_factory=PageBuilder)
    coloured: bool = False
    carried: str = ""
    heading: int = 1

    def __post_init__(self) -> None:
        self.styles = Styles(self.style_root)
        self.numbers = ListNumbers(self.number_root)

    def blocks(self, parent: _Element) -> None:
        """Write the paragraphs and tables of `parent`."""
        for child in parent:
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag == qn("w:sdt") and docx_text.is_placeholder(child):
                continue
            elif child.tag in docx_tables.WRAPPERS:
                self.blocks(child)

    def flush(self) -> None:
        """Write words whose paragraph end was deleted and that no paragraph followed."""
        carried, self.carried = self.carried, ""
        self.builder.add(carried, role="paragraph", starts=True)

    def _paragraph(self, paragraph: _Element) -> None:
        if _CONTENTS.match(self.styles.get(docx_text.style_id(paragraph)).name):
            return
        found = docx_text.words(paragraph, self.styles)
        text = collapse(PROMPTS.sub(" ", visible(found.text)))
        if docx_text.deleted(paragraph, "w:pPr/w:rPr"):
            # A deleted paragraph end joins the words to the next paragraph.
            self.carried = collapse(f"{self.carried} {text}")
        else:
            carried, self.carried = self.carried, ""
            self._write(paragraph, collapse(f"{carried} {text}"), found.bold)
        for box in docx_text.boxes(paragraph):
            self.blocks(box)

    def _write(self, paragraph: _Element, text: str, bold: bool) -> None:
        if not text:
            self.builder.blank()
            return
        label, depth = self._label(paragraph)
        level = self._heading_level(paragraph, text, bold, bool(label))
        if label:
            text = f"{label} {text}"
        if level:
            self.builder.add(text, role="heading", level=level, starts=True)
        elif label is not None:
            self.builder.add(text, role="bullet", level=depth + 1, starts=True)
        else:
            self.builder.add(text, role="paragraph", starts=True)

    def _label(self, paragraph: _Element) -> tuple[str | None, int]:
        """The automatic label and list level of a paragraph; None where it stands in no list."""
        own_style = docx_text.style_id(paragraph)
        style = self.styles.get(own_style)
        number_id, depth = docx_text.place_in_list(paragraph.find(qn("w:pPr")))
        if number_id is None:
            number_id = style.number_id
        if number_id in (None, "0"):
            # "List Bullet 2" keeps its meaning in files whose numbering part is missing.
            listed = re.fullmatch(r"list bullet ?(\d?)", style.name)
            return ("", int(listed[1] or 1) - 1) if listed and number_id is None else (None, 0)
        if depth is None:
            depth = style.depth if style.depth is not None else self.numbers.level_of_style(number_id or "", own_style)
        return self.numbers.label(number_id or "", depth), depth

    def _heading_level(self, paragraph: _Element, text: str, bold: bool, numbered: bool) -> int:
        """1 to 6 for a heading, by style or because it is short and bold throughout; 0 for anything else."""
        style = self.styles.get(docx_text.style_id(paragraph))
        outline = docx_text.value(paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}"))
        level = int(outline) if outline and outline.isdigit() else style.outline
        if level is not None and level < 9:
            self.heading = min(level + 1, 6)
            return self.heading
        return min(self.heading + 1, 6) if bold and looks_like_heading(text, numbered) else 0

    def _table(self, table: _Element) -> None:
        rows = [row for row in docx_tables.children(table, "w:tr") if not docx_text.deleted(row, "w:trPr")]
        cells = [list(docx_tables.children(row, "w:tc")) for row in rows]
        if all(len(row) < 2 for row in cells):
            # A table of one column is a frame round ordinary text.
            for row in cells:
                for cell in row:
                    self.blocks(cell)
            return
        carried: dict[int, str] = {}
        found: list[Row] = []
        for row, own in zip(rows, cells, strict=True):
            texts, bold = zip(*(self._cell(cell) for cell in own), strict=True) if own else ((), ())
            if found:
                self.coloured = self.coloured or any(
                    not text and docx_tables.is_filled(cell) for text, cell in zip(texts, own, strict=True)
                )
            first = all(len(above.cells) < 2 for above in found)
            header = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None or (first and all(bold))
            found.append(Row(docx_tables.with_merged(row, own, texts, carried), header))
        write_rows(self.builder, found)
        for inner in docx_tables.tables_inside(cells):
            self._table(inner)

    def _cell(self, cell: _Element) -> tuple[str, bool]:
        """The text of a cell on one line and whether all of it is bold; tables inside it are read after its own."""
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merged is not None and merged.get(qn("w:val")) != "restart":
            return "", True
        parts: list[str] = []
        bold = True
        for paragraph in cell.iter(qn("w:p")):
            if docx_tables.is_elsewhere(paragraph, cell):
                continue
            found = docx_text.words(paragraph, self.styles)
            text = collapse(PROMPTS.sub(" ", visible(found.text)))
            if not text:
                continue
            label, _ = self._label(paragraph)
            parts.append(f"{label or '•'} {text}" if label is not None else text)
            bold = bold and found.bold
        return collapse(" ".join(parts)).removeprefix("• "), bold
