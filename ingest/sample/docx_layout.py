"""Blocks laid out as a Word document."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt

from ingest.sample.markup import Block

_STYLES = {"bullet": "List Bullet", "heading1": "Title", "heading2": "Heading 1", "heading3": "Heading 2"}
_FIXED_DATE = (2025, 1, 1, 0, 0, 0)


def write_docx(blocks: list[Block], title: str, target: Path, *, landscape: bool = False) -> None:
    """Writes the document; the same blocks always give the same bytes."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10.5)
    properties = document.core_properties
    properties.title, properties.author = title, "send-chatbot sample"
    properties.created = properties.modified = datetime(*_FIXED_DATE)
    if landscape:
        _turn(document)
    for block in blocks:
        if block.kind == "table_T":
            _add_table(document, block.rows)
        else:
            _add_paragraph(document, block)
    buffer = io.BytesIO()
    document.save(buffer)
    _save_undated(buffer, target)


def _turn(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _add_paragraph(document: Document, block: Block) -> None:
    text = f"{block.number}\t{block.text}" if block.number else block.text
    paragraph = document.add_paragraph(style=_STYLES.get(block.kind))
    run = paragraph.add_run(text)
    run.bold = True if block.kind == "bold" else None
    run.italic = True if block.kind == "note" else None
    if block.number:
        paragraph.paragraph_format.left_indent = Cm(1.0 + block.depth)
        paragraph.paragraph_format.first_line_indent = Cm(-1.0)


def _add_table(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True


def _save_undated(buffer: io.BytesIO, target: Path) -> None:
    """A Word file is a zip archive, and its members carry the time of writing unless they are given another."""
    with zipfile.ZipFile(buffer) as written, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as undated:
        for member in written.infolist():
            dated = zipfile.ZipInfo(member.filename, _FIXED_DATE)
            dated.compress_type = zipfile.ZIP_DEFLATED
            undated.writestr(dated, written.read(member.filename))
