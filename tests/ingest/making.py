"""Small documents for tests, made where they are needed so that a reader sees what is in them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.encoder import model
from ingest.prepare import Prepared, Task, prepare
from ingest.records import Passage
from ingest.settings import Model

LEADING = 14.4


@dataclass
class Pdf:
    """A PDF written line by line, as the real ones are: every line its own text object."""

    running: list[str] = field(default_factory=list)
    password: str = ""

    def __post_init__(self) -> None:
        self._file = io.BytesIO()
        encrypt: Any = None
        if self.password:
            from reportlab.lib.pdfencrypt import StandardEncryption

            encrypt = StandardEncryption(self.password)
        self._canvas = Canvas(self._file, pagesize=A4, encrypt=encrypt, pageCompression=0)
        self._number = 0
        self._open_page()

    def _open_page(self) -> None:
        self._number += 1
        self.y = 780.0
        for offset, text in enumerate(self.running):
            self._draw(text.replace("#", str(self._number)), 60, 30 - 12 * offset, "Helvetica", 9)

    def _draw(self, text: str, x: float, y: float, font: str, size: float) -> None:
        words = self._canvas.beginText(x, y)
        words.setFont(font, size)
        words.textOut(text)
        self._canvas.drawText(words)

    def line(self, text: str, *, bold: bool = False, size: float = 12, x: float = 60, gap: float = LEADING) -> Pdf:
        """One line, `gap` points below the one before."""
        self.y -= gap
        self._draw(text, x, self.y, "Helvetica-Bold" if bold else "Helvetica", size)
        return self

    def heading(self, *lines: str, size: float = 14, bold: bool = True) -> Pdf:
        """A heading, wrapped as given."""
        for number, text in enumerate(lines):
            self.line(text, bold=bold, size=size, gap=1.2 * size if number else 30)
        return self

    def paragraph(self, *lines: str, x: float = 60) -> Pdf:
        """A paragraph, its lines broken as given."""
        for number, text in enumerate(lines):
            self.line(text, x=x, gap=LEADING if number else 26)
        return self

    def bullet(self, *lines: str, glyph: str = "\u2022") -> Pdf:
        """A bullet with its lines hanging behind the glyph."""
        self.line(f"{glyph} {lines[0]}", x=62, gap=20)
        for text in lines[1:]:
            self.line(text, x=78)
        return self

    def page(self) -> Pdf:
        """Go on to the next page."""
        self._canvas.showPage()
        self._open_page()
        return self

    def data(self) -> bytes:
        """The finished file."""
        self._canvas.save()
        return self._file.getvalue()


def cut(tmp_path: Path, name: str, data: bytes | str, supplied: dict[str, Any] | None = None) -> list[Prepared]:
    """The documents of a file with these contents, through every stage that needs no embedding."""
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return cut_file(path, {name: supplied} if supplied else {})


def cut_file(path: Path, supplied: dict[str, dict[str, Any]] | None = None) -> list[Prepared]:
    """The documents of a file on disk."""
    folder = model.locate(Model())
    return prepare(Task(path, path.name, "0" * 64, supplied or {}, folder.path, folder.max_tokens))


def texts(document: Prepared) -> list[str]:
    """The texts of a document's passages."""
    return [passage.text for passage in document.passages]


def containing(document: Prepared, words: str) -> Passage:
    """The one passage with these words."""
    found = [passage for passage in document.passages if words in passage.text]
    assert len(found) == 1, (words, texts(document))
    return found[0]
