"""The small markup of the files in `source/`, read into blocks that the page layouts understand.

One line is one block, apart from tables, whose rows stand on consecutive lines. Blank lines only help the reader.

    # ## ###   headings             @    address line            **words** alone on a line   bold line
    *  **      square bullets       -    round bullet            1.  a)                      numbered paragraph
    |1 |2 |P   tables with rules    |0   table without rules     |T                          action table
    [[  ]]     boxed part           ~~   new page                !  note   .  small print
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_MARKS = {
    "### ": "heading3",
    "## ": "heading2",
    "# ": "heading1",
    "** ": "sub_bullet",
    "* ": "square_bullet",
    "- ": "bullet",
    "@ ": "address",
    "! ": "note",
    ". ": "small",
}
_RULES = {"[[": "box_start", "]]": "box_end", "~~": "new_page"}
_BOLD = re.compile(r"\*\*(.+)\*\*")
_NUMBERED = re.compile(r"(\s*)(\d+\.|[a-z]\)) (.+)")
_OPENING_QUOTE = re.compile(r"(^|[\s(\[])(['\"])")
_CURLED = {"'": "\N{RIGHT SINGLE QUOTATION MARK}", '"': "\N{RIGHT DOUBLE QUOTATION MARK}"}
_OPENED = {"'": "\N{LEFT SINGLE QUOTATION MARK}", '"': "\N{LEFT DOUBLE QUOTATION MARK}"}


@dataclass(frozen=True)
class Block:
    """One piece of a document: `rows` is filled for tables only, `number` for numbered paragraphs only."""

    kind: str
    text: str = ""
    number: str = ""
    depth: int = 0
    rows: list[list[str]] = field(default_factory=list)


def curl(text: str) -> str:
    """Straight quotation marks as a word processor would have typed them."""
    text = _OPENING_QUOTE.sub(lambda found: found[1] + _OPENED[found[2]], text)
    return "".join(_CURLED.get(letter, letter) for letter in text)


def read_blocks(source: Path) -> list[Block]:
    """The blocks of one source file, in order."""
    lines = [line for line in source.read_text(encoding="utf-8").split("\n") if line.strip()]
    return list(_blocks([curl(line) for line in lines]))


def _blocks(lines: list[str]) -> Iterator[Block]:
    rows: list[list[str]] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if not line.startswith("|"):
            yield _block(line)
            continue
        rows.append([cell.strip() for cell in line[2:].split("|")])
        if following[:2] != line[:2]:
            yield Block("table_" + line[1], rows=rows)
            rows = []


def _block(line: str) -> Block:
    if line in _RULES:
        return Block(_RULES[line])
    if bold := _BOLD.fullmatch(line):
        return Block("bold", bold[1])
    for mark, kind in _MARKS.items():
        if line.startswith(mark):
            return Block(kind, line[len(mark) :])
    if numbered := _NUMBERED.fullmatch(line):
        return Block("numbered", numbered[3], number=numbered[2], depth=1 if numbered[1] else 0)
    return Block("paragraph", line)
