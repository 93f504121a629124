"""Markdown: headings, lists and tables by their marks; what is left of a line is its verbatim text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.errors import DocumentError
from ingest.readers.build import PageBuilder
from ingest.readers.labels import joined
from ingest.readers.text import PROMPTS, decode, visible
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

# Spans of markup are bounded or end at the next mark: a file full of opening marks must not take for ever.
_LINK = re.compile(
    r"!?\[([^\[\]]{0,2000})\]"
    r"(?:\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:[ \t]+[\"'(][^\n]{0,500}?[\"')])?\)|\[[^\[\]]*\])"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)?[^<>\s]+[@.][^<>\s]+)>")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_STRONG = re.compile(r"\*\*(?=\S)((?:[^*]|\*(?!\*))+)(?<=\S)\*\*|(?<!\w)__(?=\S)((?:[^_]|_(?!_))+)(?<=\S)__(?!\w)")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]{1,4000}?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_]{1,4000}?)(?<=\S)_(?!\w)"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TAG = re.compile(r"</?(?:br|b|i|em|strong|u|sup|sub|span|p|div|a)\b[^<>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ENTITIES = {"&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}


def read(data: bytes, name: str) -> ReadDocument:
    """One page whose lines are whole blocks: soft line breaks inside a paragraph or item are joined."""
    source, warnings = decode(data, name)
    writer = _Writer()
    for line in _without_comments(visible(source)).replace("\f", "\n").split("\n"):
        writer.take(line)
    writer.flush()
    builder = writer.builder
    if not builder.lines:
        raise DocumentError(f"{name} is empty; remove it or replace it with the full document.")
    hints = {"title": builder.lines[0].text} if builder.lines[0].role == "heading" else {}
    return builder.document("markdown", hints, warnings)


def plain(text: str) -> str:
    """`text` without link, emphasis and code marks; words and punctuation stay as they are."""
    # Escaped marks are parked in private characters so that the patterns below cannot see them.
    text = _ESCAPE.sub(lambda hit: chr(0xE000 + ord(hit[1])), text)
    text = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = _CODE.sub(lambda hit: hit[2], text)
    for pattern in (_STRONG, _STRONG, _EMPHASIS):
        text = pattern.sub(lambda hit: hit[1] or hit[2], text)
    text = PROMPTS.sub(" ", _TAG.sub(" ", text))
    for entity, sign in _ENTITIES.items():
        text = text.replace(entity, sign)
    return re.sub(r"[\ue021-\ue07e]", lambda hit: chr(ord(hit[0]) - 0xE000), text)


def cells(line: str) -> list[str]:
    """The cells of a table line, marks stripped."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [" ".join(plain(cell).split()) for cell in re.split(r"(?<!\\)\|", inner)]


@dataclass
class _Writer:
    """Collects the lines of the block being read and writes it when the next one begins."""

    builder: PageBuilder = field(default_factory=PageBuilder)
    parts: list[str] = field(default_factory=list)
    role: str = "paragraph"
    level: int = 0
    indents: list[int] = field(default_factory=list)
    table: bool = False
    fence: str = ""
    after_blank: bool = True

    def take(self, line: str) -> None:
        """Read one source line."""
        if self._code(line):
            return
        line = _QUOTE.sub("", line) if line.lstrip().startswith(">") else line
        if not line.strip():
            self._blank()
        elif not (self._heading(line) or self._row(line) or self._item(line)):
            self._text(line)
        self.after_blank = not line.strip()

    def flush(self) -> None:
        """Write the block collected so far."""
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
            if "|" not in line:
                self.table = False
                return False
            self._write_row(line)
            return True
        if "|" in line and _DIVIDER.match(line) and self.parts and "|" in self.parts[-1]:
            header = self.parts.pop()
            self.flush()
            self.table = True
            self._write_row(header, header=True)
            return True
        return False

    def _write_row(self, line: str, header: bool = False) -> None:
        self.builder.add(joined(cells(line)), role="row", starts=True, **({"bold": True} if header else {}))

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


def _without_comments(source: str) -> str:
    return _COMMENT.sub("", source)


def _width(space: str) -> int:
    return len(space.expandtabs(4))
