"""Markdown: headings, lists and tables by their marks; what is left of a line is its verbatim text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.errors import DocumentError
from ingest.parsers.build import PageBuilder
from ingest.parsers.html.fragment import write_fragment
from ingest.parsers.tables import Row, write_rows
from ingest.parsers.text.front_matter import front_matter
from ingest.parsers.text.markdown_marks import cells, is_bold, plain
from ingest.parsers.text.text import decode, visible
from ingest.records import ReadDocument

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_BULLET = re.compile(r"([ \t]*)[-*+•·▪◦‣](?:[ \t]+(.*))?$")
_NUMBER = re.compile(r"([ \t]*)(\d{1,3}[.)])[ \t]+(.*)$")
_LETTER = re.compile(r"([ \t]*)(\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)|(?:[a-z]|[ivx]{1,5})[.)])[ \t]+(.*)$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DIVIDER = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")

_TABLE = re.compile(r" {0,3}<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_MOST_TABLE_LINES = 5_000
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def read(data: bytes, name: str) -> ReadDocument:
    """One page whose lines are whole blocks: soft line breaks inside a paragraph or item are joined."""
    source, warnings = decode(data, name)
    writer = _Writer()
    stated, body = front_matter(visible(source).replace("\f", "\n"))
    for line in _COMMENT.sub("", body).split("\n"):
        writer.take(line)
    writer.flush()
    builder = writer.builder
    if not builder.lines:
        raise DocumentError(f"{name} is empty; remove it or replace it with the full document.")
    return builder.document("markdown", stated, warnings)


@dataclass
class _Writer:
    """Collects the lines of the block being read and writes it when the next one begins."""

    builder: PageBuilder = field(default_factory=PageBuilder)
    parts: list[str] = field(default_factory=list)
    role: str = "paragraph"
    level: int = 0
    indents: list[int] = field(default_factory=list)
    table: bool = False
    rows: list[Row] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    fence: str = ""
    after_blank: bool = True

    def take(self, line: str) -> None:
        """Read one source line."""
        if self._code(line) or self._raw_table(line):
            return
        line = _QUOTE.sub("", line) if line.lstrip().startswith(">") else line
        if not line.strip():
            self._blank()
        elif not (self._heading(line) or self._row(line) or self._item(line)):
            self._text(line)
        self.after_blank = not line.strip()

    def flush(self) -> None:
        """Write the block or table collected so far."""
        rows, self.rows, raw, self.raw = self.rows, [], self.raw, []
        write_rows(self.builder, rows)
        write_fragment(self.builder, "\n".join(raw))
        text = plain(" ".join(self.parts))
        self.parts = []
        self.builder.add(text, role=self.role, level=self.level, starts=True)
        self.role, self.level = "paragraph", 0

    def _blank(self) -> None:
        self.flush()
        self.table = False
        self.builder.blank()

    def _code(self, line: str) -> bool:
        """Fenced text is kept line by line, its fences dropped."""
        hit = _FENCE.match(line)
        if self.fence:
            if hit and hit[1].startswith(self.fence) and not line.strip(" `~"):
                self.fence = ""
            else:
                self.builder.add(line, role="paragraph", starts=True)
            return True
        if hit:
            self.flush()
            self.fence = hit[1]
        return bool(hit)

    def _heading(self, line: str) -> bool:
        if hit := _ATX.match(line):
            self.flush()
            self._write_heading((hit[2] or "").strip().rstrip("#"), len(hit[1]))
            return True
        underline = _SETEXT.match(line)
        if underline and self.parts and self.role == "paragraph":
            text, self.parts = " ".join(self.parts), []
            self._write_heading(text, 1 if underline[1][0] == "=" else 2)
            return True
        if _RULE.match(line):
            self._blank()
            return True
        return False

    def _write_heading(self, text: str, level: int) -> None:
        self.indents = []
        self.builder.add(plain(text), role="heading", level=level, starts=True)

    def _row(self, line: str) -> bool:
        """A table begins where a line of cells is followed by a divider of the same width."""
        if self.table:
            if "|" in line:
                self._take_row(line)
                return True
            self.table = False
            self.flush()
            return False
        if "|" in line and _DIVIDER.match(line) and self.parts and "|" in self.parts[-1]:
            header = self.parts.pop()
            self.flush()
            self.table = True
            self._take_row(header, header=True)
            return True
        return False

    def _take_row(self, line: str, header: bool = False) -> None:
        own = cells(line)
        lone = sum(bool(cell) for cell in own) == 1 and is_bold(line)  # a bold name across: it heads the rows below
        self.rows.append(Row(tuple(own), header or lone))

    def _raw_table(self, line: str) -> bool:
        """Whether the line belongs to a table written as HTML, which is collected to its end."""
        if not self.raw and not _TABLE.match(line):
            return False
        if not self.raw:
            self.flush()
        self.raw.append(line)
        if _TABLE_END.search(line) or len(self.raw) > _MOST_TABLE_LINES:
            self.flush()
        return True

    def _item(self, line: str) -> bool:
        indent, label, text = 0, "", ""
        if hit := _BULLET.match(line):
            indent, text = _width(hit[1]), hit[2] or ""
        elif hit := self._numbered(line) or _LETTER.match(line):
            indent, label, text = _width(hit[1]), hit[2] + " ", hit[3]
        else:
            return False
        self.flush()
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        # One or two blanks more are slack of the typist; a nested list stands further in.
        if not self.indents or indent >= self.indents[-1] + 2:
            self.indents.append(indent)
        self.role, self.level, self.parts = "bullet", len(self.indents), [label + text.strip()]
        return True

    def _numbered(self, line: str) -> re.Match[str] | None:
        """A numbered item; a wrapped line that happens to begin with a number ("20. The ...") is none."""
        hit = _NUMBER.match(line)
        free = not self.parts or self.role == "bullet" or self.after_blank
        return hit if hit and (free or hit[2] in ("1.", "1)")) else None

    def _text(self, line: str) -> None:
        """A line of running text: continues the open block, or opens a paragraph."""
        if self.parts:
            # A hard break's backslash is markup; its two blanks vanish with the white space.
            self.parts[-1] = re.sub(r"\\$", "", self.parts[-1])
        elif _width(line[: len(line) - len(line.lstrip())]) < 2:
            self.indents = []
        self.parts.append(line.strip())


def _width(space: str) -> int:
    return len(space.expandtabs(4))
