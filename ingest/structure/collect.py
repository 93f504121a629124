"""The block being collected, the heading path and the list that is open: what `structure` writes into."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.records import Block, Line, ReadDocument, Span, collapse
from ingest.registry.sections import OPENS_TALK, known
from ingest.structure import sentences
from ingest.structure.headings import is_statement, usual_types
from ingest.structure.numbering import Numbering

OPENS_LIST = re.compile(r"(:|[a-z]\s?[-–])$")


@dataclass
class Open:
    """The block being collected."""

    kind: str
    spans: list[Span] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    level: int = 0
    number: str | None = None
    lead_in: str = ""
    group: int | None = None
    x: float | None = None
    column: int = 0

    @property
    def text(self) -> str:
        return collapse(" ".join(self.texts))


class Collector:
    """Finished blocks, the open one, and what stands above it."""

    def __init__(self, document: ReadDocument) -> None:
        self.document = document
        self.blocks: list[Block] = []
        self.path: list[tuple[int, str]] = []
        self.part = ""
        self.open: Open | None = None
        self.previous: Line | None = None
        self.types = usual_types(document)
        self.numbering = Numbering()
        self.group = 0
        self.glyphs: list[str] = []
        self.columns: list[tuple[float, str]] = []
        self.header = self.section = ""
        self.row: Line | None = None  # the last one that markup or a drawn table tells

    def close(self) -> None:
        """Finish the open block."""
        block, self.open = self.open, None
        if block is None or not block.text:
            return
        if block.kind == "heading" and is_statement(block.text) and not self._is_title(block):
            block.kind, block.level = "paragraph", 0
        if block.kind == "heading":
            self._enter(block)
        self.blocks.append(
            Block(
                block.kind,
                tuple(block.spans),
                block.text,
                block.level,
                block.number,
                tuple(text for _, text in self.path),
                block.lead_in,
                block.group,
            )
        )

    def _is_title(self, block: Open) -> bool:
        """Whether a heading of the first rank opens the document: its name, however it ends."""
        return block.level == 1 and not self.blocks and self.document.media != "pdf"

    def _enter(self, block: Open) -> None:
        """Make a closed heading the innermost of the path."""
        shape = known(block.text)
        level = shape.level if shape and self.document.media == "pdf" else block.level
        if shape and shape.section == "template":
            level = self._level_of_template(level)
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        self.path.append((level, block.text.rstrip(" :-–")))
        self.part = shape.section if shape else ("" if level <= 2 else self.part)
        self.columns, self.glyphs = [], []
        self.header = self.section = ""
        self.group += 1
        self.numbering.leave_list()

    def _level_of_template(self, level: int) -> int:
        """Sections of a council's report form stand beside each other, whatever level their headings have."""
        found = [above for above, text in self.path if (shape := known(text)) and shape.section == "template"]
        return min([level, *found])

    def start(self, kind: str, line: Line, text_start: int = 0, **extra: object) -> None:
        """Close what is open and begin a block with this line."""
        self.close()
        self.open = Open(kind, x=line.x, **extra)  # type: ignore[arg-type]
        self._take(line, text_start)

    def _take(self, line: Line, text_start: int = 0) -> None:
        assert self.open is not None
        span = Span(line.span.page, line.span.start + text_start, line.span.end)
        if span.end > span.start:
            self.open.spans.append(span)
            self.open.texts.append(line.text[text_start:])

    def extend(self, line: Line) -> None:
        """Add the line to the open block."""
        self._take(line)

    def list_is_open(self) -> bool:
        """Whether the block before could open a list or is one of its items."""
        last = self.open.text if self.open else (self.blocks[-1].text if self.blocks else "")
        kind = self.open.kind if self.open else (self.blocks[-1].kind if self.blocks else "")
        return bool(OPENS_LIST.search(last)) or kind == "bullet"

    def lead_in(self, level: int = 1) -> str:
        """The words that open the list this item belongs to; empty where none."""
        self.close()
        for block in reversed(self.blocks):
            if block.kind == "heading":
                return ""
            if block.kind in ("bullet", "row") and block.level >= level:
                if block.group == self.group and block.level == level:
                    return block.lead_in
                continue
            if not OPENS_LIST.search(block.text):
                return ""
            if block.group != self.group or block.kind == "paragraph":
                self.group += 1
            opening = _last_sentence(block.text)
            return "" if OPENS_TALK.search(opening) else opening
        return ""


def _last_sentence(text: str) -> str:
    begin, end = sentences.split(text)[-1]
    return text[begin:end]
