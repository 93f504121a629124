"""Builds canonical page text and its lines together, so that offsets cannot drift."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.parsers.marks import without_note_digits
from ingest.records import Line, Page, ReadDocument, Span, collapse

# Two or three letters printed as one sign: nobody types it, and no search finds it.
LIGATURES: dict[int, str] = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)


@dataclass
class PageBuilder:
    """Collects the lines of a document whose format gives them one by one.

    Lines are white-space collapsed, ligatures taken apart and raised marks of notes left out; empty ones are left out
    but make the next line start a block.
    """

    pages: list[Page] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _length: int = 0
    _gap: bool = True

    def add(
        self, text: str, role: str | None = None, level: int = 0, starts: bool = False, **layout: float | bool | None
    ) -> None:
        """Add one line; `layout` are the optional measures of `Line` (x, gap, bold, size)."""
        text = without_note_digits(collapse(text.translate(LIGATURES)))
        if not text:
            self._gap = True
            return
        span = Span(len(self.pages), self._length, self._length + len(text))
        self.lines.append(Line(span, text, role, level, starts or self._gap, **layout))  # type: ignore[arg-type]
        self._texts.append(text)
        self._length += len(text) + 1
        self._gap = False

    def blank(self) -> None:
        """Say that the next line starts a new block."""
        self._gap = True

    def end_page(self, number: int | None = None, label: str | None = None) -> None:
        """Close the page; what follows belongs to the next one."""
        self.pages.append(Page(number, "\n".join(self._texts), label))
        self._texts, self._length, self._gap = [], 0, False

    def document(self, media: str, hints: dict[str, str] | None = None, warnings: tuple[str, ...] = ()) -> ReadDocument:
        """The finished document; an open page is closed as one without a number."""
        if self._texts or not self.pages:
            self.end_page()
        return ReadDocument(media, tuple(self.pages), tuple(self.lines), hints or {}, warnings)
