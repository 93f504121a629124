"""Slides (.pptx): a slide is a page, its title heads its text. The only module that imports python-pptx."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.errors import DocumentError
from ingest.parsers.build import PageBuilder
from ingest.parsers.marks import raised
from ingest.parsers.office import packages
from ingest.parsers.tables import Row, write_rows
from ingest.parsers.text.text import visible
from ingest.records import ReadDocument, collapse

MOST_SLIDES = 1_500
_DEEPEST = 20  # groups inside groups
_ROW = 180_000  # shapes whose tops differ by less than this (half a centimetre, in EMU) stand side by side
_STRUCK = ("sngStrike", "dblStrike")
_NAMESPACE = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
NOTES = "{name} has speaker's notes or comments; they were left out."
HIDDEN = "{name} has hidden slides; they were left out."
PICTURES = "{name} has charts, diagrams or pictures; what stands in them was not read."


def read(data: bytes, name: str) -> ReadDocument:
    """The shown slides, each as a page with its number.

    Raises DocumentError for damaged, locked or oversized files and those without text.
    """
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    packages.check(data, name, "a PowerPoint presentation", ".pptx")
    try:
        packages.refuse_entities(data, name)
        deck = Presentation(io.BytesIO(data))
        slides = list(deck.slides)
        if len(slides) > MOST_SLIDES:
            raise DocumentError(f"{name} has {len(slides)} slides, more than {MOST_SLIDES}: split it.")
        writer = _Writer(int(deck.slide_width or 0), int(deck.slide_height or 0))
        for number, slide in enumerate(slides, 1):
            writer.slide(slide, number)
    except (*packages.UNREADABLE, PythonPptxError) as error:
        what = f"{name} is not a PowerPoint presentation that can be read; open it in PowerPoint and save it again."
        raise DocumentError(what) from error
    if not writer.builder.lines:
        raise DocumentError(f"{name} holds no text; if its slides are pictures, save it as PDF and run OCR over it.")
    told = {NOTES: writer.notes, HIDDEN: writer.hidden, PICTURES: writer.pictures}
    return writer.builder.document("pptx", warnings=tuple(t.format(name=name) for t, so in told.items() if so))


@dataclass
class _Writer:
    """Writes slides in reading order and counts what it leaves out."""

    width: int
    height: int
    builder: PageBuilder = field(default_factory=PageBuilder)
    notes: bool = False
    hidden: bool = False
    pictures: bool = False

    def slide(self, slide: Any, number: int) -> None:
        """One slide as a page; a hidden one is an empty page, so that numbers stay those of the file."""
        self.notes = self.notes or _has_notes(slide)
        if slide._element.get("show") in ("0", "false"):
            self.hidden = True
        else:
            title = slide.shapes.title
            if title is not None and title.has_text_frame:
                text = collapse(" ".join(_words(p) for p in title.text_frame.paragraphs))
                self.builder.add(text, role="heading", level=2 if self.builder.lines else 1, starts=True)
            for shape in self._in_order(slide.shapes):
                if title is None or shape.shape_id != title.shape_id:
                    self._shape(shape)
        self.builder.end_page(number)

    def _in_order(self, shapes: Any) -> list[Any]:
        """The shapes on the slide as they are read: row by row, those of a group where the group stands."""
        seen = [shape for shape in shapes if self._is_seen(shape)]
        return sorted(seen, key=lambda shape: ((shape.top or 0) // _ROW, shape.left or 0))

    def _is_seen(self, shape: Any) -> bool:
        left, top, wide, high = (int(v or 0) for v in (shape.left, shape.top, shape.width, shape.height))
        beside = self.width and (left >= self.width or left + wide < 0)
        beyond = self.height and (top >= self.height or top + high < 0)
        properties = shape._element.xpath(".//p:cNvPr")
        return not (beside or beyond or properties and properties[0].get("hidden") in ("1", "true"))

    def _shape(self, shape: Any, depth: int = 0) -> None:
        if hasattr(shape, "shapes"):
            if depth < _DEEPEST:
                for inner in sorted(shape.shapes, key=lambda s: ((s.top or 0) // _ROW, s.left or 0)):
                    self._shape(inner, depth + 1)
        elif getattr(shape, "has_table", False) and shape.has_table:
            self._table(shape.table)
        elif shape.has_text_frame:
            self._text(shape)
        elif shape._element.tag.endswith(("}pic", "}graphicFrame")):
            self.pictures = True

    def _text(self, shape: Any) -> None:
        """A box of text; the lists of a placeholder are bullets, dates and numbers at the foot are left out."""
        from pptx.enum.shapes import PP_PLACEHOLDER

        kind = shape.placeholder_format.type if shape.is_placeholder else None
        if kind in (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER):
            return
        paragraphs = [(collapse(_words(p)), p) for p in shape.text_frame.paragraphs]
        filled = [(text, p) for text, p in paragraphs if text]
        listed = kind in (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT) and len(filled) > 1
        for text, paragraph in filled:
            if (listed or paragraph.level > 0 or _has_glyph(paragraph)) and not text.endswith(":"):
                self.builder.add(text, role="bullet", level=paragraph.level + 1, starts=True)
            else:
                self.builder.add(text, role="paragraph", starts=True)

    def _table(self, table: Any) -> None:
        carried: dict[int, str] = {}
        rows = []
        for place, row in enumerate(table.rows):
            texts = []
            for column, cell in enumerate(row.cells):
                text = collapse(" ".join(_words(p) for p in cell.text_frame.paragraphs))
                if cell.is_merge_origin and cell.span_height > 1:
                    carried[column] = text
                elif cell.is_spanned:
                    text = carried.get(column, "")
                else:
                    carried.pop(column, None)
                texts.append(text)
            rows.append(Row(tuple(texts), header=place == 0 and bool(table.first_row)))
        write_rows(self.builder, rows)


def _words(paragraph: Any) -> str:
    """The seen words of a paragraph: struck ones and fields such as the slide's number are left out."""
    text = ""
    for run in _runs(paragraph._p):
        if run.tag == f"{_NAMESPACE}br":
            text += " "
            continue
        look = run.find(f"{_NAMESPACE}rPr")
        words = visible("".join(t.text or "" for t in run.findall(f"{_NAMESPACE}t")))
        if look is not None and look.get("strike") in _STRUCK:
            continue
        lifted = look is not None and (look.get("baseline") or "0").lstrip("+").removesuffix("%")
        text += raised(text, words) if lifted and lifted.isdigit() and int(lifted) > 0 else words
    return text


def _runs(paragraph: Any) -> Iterator[Any]:
    return (child for child in paragraph if child.tag in (f"{_NAMESPACE}r", f"{_NAMESPACE}br"))


def _has_glyph(paragraph: Any) -> bool:
    look = paragraph._p.find(f"{_NAMESPACE}pPr")
    return look is not None and any(look.find(f"{_NAMESPACE}{tag}") is not None for tag in ("buChar", "buAutoNum"))


def _has_notes(slide: Any) -> bool:
    """Whether somebody wrote notes below a slide or comments on it."""
    told = slide.has_notes_slide and slide.notes_slide.notes_text_frame
    written = bool(told and slide.notes_slide.notes_text_frame.text.strip())
    return written or any(relation.reltype.endswith("/comments") for relation in slide.part.rels.values())
