"""The smallest files of office programs, written part by part so that a reader sees what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

ODT = "application/vnd.oasis.opendocument.text"
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """An archive of these parts; the first is stored as it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, content) in enumerate(parts.items()):
            archive.writestr(name, content, zipfile.ZIP_DEFLATED if place else zipfile.ZIP_STORED)
    return file.getvalue()


def odt(body: str, styles: str = "", doctype: str = "", **parts: str) -> bytes:
    """An OpenDocument text with this body and these automatic styles; further `parts` by name, "__" for the slash."""
    content = (
        f"<?xml version='1.0'?>{doctype}<office:document-content {SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    more = {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
    return zipped({"mimetype": ODT, "content.xml": content, **more})


def workbook(fill: Callable[[Any], None] | Iterable[Iterable[Any]]) -> bytes:
    """A workbook with these rows on its one sheet, or as a function makes it of an empty one."""
    from openpyxl import Workbook

    book, file = Workbook(), io.BytesIO()
    if callable(fill):
        fill(book)
    else:
        for row in fill:
            book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def slides(*made: Callable[[Any], None]) -> bytes:
    """A presentation, each function filling a slide with a title and a box of bullets."""
    from pptx import Presentation

    deck, file = Presentation(), io.BytesIO()
    for fill in made:
        fill(deck.slides.add_slide(deck.slide_layouts[1]))
    deck.save(file)
    return file.getvalue()
