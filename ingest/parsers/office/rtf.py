"""Rich text (.rtf): what is seen of it, line by line. The only module that imports striprtf.

That library knows the format's signs and alphabets but neither hidden, struck and deleted text nor tables and headings:
these are taken out, or marked with signs of our own, before it is asked (rtf_marks.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.errors import DocumentError
from ingest.parsers.build import PageBuilder
from ingest.parsers.labels import looks_like_heading
from ingest.parsers.marks import raised
from ingest.parsers.office import rtf_marks as sign
from ingest.parsers.tables import Row, write_rows
from ingest.parsers.text.text import PROMPTS, visible
from ingest.records import ReadDocument, collapse

_GLYPH = re.compile(r"^[\u00b7\u2022\uf0b7\u25cf\u25aao§-]\s+")
_RAISED = re.compile(f"{sign.LIFT}([^{sign.LIFT}{sign.DROP}]*){sign.DROP}")
_MARKS = re.compile(f"[{sign.LEVEL}-{sign.INNER_ROW}]")
_TABLE_INSIDE = re.compile(f"{sign.INNER}((?:[^{sign.INNER}{sign.INNER_ROW}]*{sign.INNER_ROW})+)")
NOTES = "{name} has comments, footnotes or endnotes; their text was left out."


def read(data: bytes, name: str) -> ReadDocument:
    """The paragraphs and tables as one page; headers, comments, notes, hidden and deleted text are left out.

    Raises DocumentError where it cannot be read or holds no text.
    """
    from striprtf.striprtf import rtf_to_text

    source = data.decode("latin-1").replace("\x00", "")
    try:
        # Addresses behind links are not part of what is seen; the library would write them into the text.
        text = rtf_to_text(sign.marked(source).replace("HYPERLINK", "LINK"), errors="replace")
    except (ValueError, LookupError, IndexError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise DocumentError(f"{name} is not rich text that can be read; open it and save it as .docx.") from error
    builder = PageBuilder()
    rows: list[Row] = []
    inside: list[list[Row]] = []
    for line in text.split("\n"):
        if sign.ROW in line:
            tables = [table[1].split(sign.INNER_ROW)[:-1] for table in _TABLE_INSIDE.finditer(line)]
            inside += [[_row(row, (), sign.INNER_CELL) for row in table] for table in tables]
            rows.append(_row(_TABLE_INSIDE.sub(" ", line), rows[-1].cells if rows else ()))
        elif not rows or _plain(line):
            _write_tables(builder, rows, inside)
            rows, inside = [], []
            _write(builder, line)
    _write_tables(builder, rows, inside)
    if not builder.lines:
        raise DocumentError(f"{name} holds no text; if it is a scanned picture, add a version with text.")
    noted = re.search(r"\\(?:annotation|footnote)\b", source) is not None
    return builder.document("rtf", warnings=(NOTES.format(name=name),) if noted else ())


def _plain(text: str) -> str:
    text = _RAISED.sub(lambda hit: raised(text[max(0, hit.start() - 9) : hit.start()], hit[1]), text)
    return collapse(PROMPTS.sub(" ", visible(_MARKS.sub("", text))))


def _write_tables(builder: PageBuilder, rows: Sequence[Row], inside: Sequence[Sequence[Row]]) -> None:
    """A table, and below it the tables that stand in its cells."""
    for table in (rows, *inside):
        write_rows(builder, table)


def _row(line: str, above: Sequence[str], end: str = sign.CELL) -> Row:
    """The row of a line; a cell merged with the one `above` it has that one's text."""
    cells = line.rstrip(sign.ROW + sign.BOLD + sign.LEVEL).split(end)
    cells = cells[:-1] if len(cells) > 1 else cells
    texts = [above[n] if sign.ABOVE in cell and n < len(above) else _plain(cell) for n, cell in enumerate(cells)]
    return Row(tuple(texts), header=sign.BOLD in line)


def _write(builder: PageBuilder, line: str) -> None:
    """One paragraph in its role: by its outline level or list label, or because it is short and bold throughout."""
    text = _plain(line)
    if not text:
        builder.blank()
    elif sign.LEVEL in line:
        builder.add(text, role="heading", level=min(6, max(1, line.count(sign.LEVEL))), starts=True)
    elif sign.ITEM in line:
        builder.add(_GLYPH.sub("", text), role="bullet", level=1, starts=True)
    elif sign.BOLD in line and looks_like_heading(text):
        builder.add(text, role="heading", level=2, starts=True)
    else:
        builder.add(text, role="paragraph", starts=True)
