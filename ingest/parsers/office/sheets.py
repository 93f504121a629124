"""Sheets (.xlsx, .csv): each row with the heads of its columns, values as they are shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from ingest.errors import DocumentError
from ingest.parsers.build import PageBuilder
from ingest.parsers.office import packages
from ingest.parsers.office.sheet_values import Sheet, sheets_of
from ingest.parsers.tables import Row, looks_like_heads, write_rows
from ingest.parsers.text.text import PROMPTS, decode, unescaped, visible
from ingest.records import ReadDocument, collapse

MOST_BYTES = 60 * 1024 * 1024  # of all parts unpacked: reading more takes minutes
MOST_ROWS = 20_000
MOST_COLUMNS = 60
_LONGEST_CELL = 20_000
_HEAD_WORDS = 12
_MOSTLY = 0.6  # share of the widest row that the row of heads fills
_DEFAULT_NAME = re.compile(r"(?:Sheet|Table|Feuil)\s?\d*", re.IGNORECASE)
_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r"\ufeff?sep=.\r?\n")  # tells Excel what parts the values
_FIGURE = re.compile(r"[\d\s.,%£$€()+/:-]*\d[\d\s.,%£$€()+/:-]*")
CUT = "{name} has more than {rows} rows or {columns} columns on a sheet; what lies beyond was not read: split it."
HIDDEN = "{name} has hidden sheets, rows or columns; they were left out."
COMMENTS = "{name} has comments or notes on cells; they were left out."
FORMULAS = "{name} has formulas without a stored result; they were left out: open it, save it and add it again."
EMPTY = "{name} holds no text on a sheet that is shown; check that it is the right file."


def read(data: bytes, name: str) -> ReadDocument:
    """The shown sheets of a workbook (.xlsx) one after another; the name of a sheet heads its rows.

    Raises DocumentError for damaged, locked or oversized files.
    """
    packages.check(data, name, "an Excel workbook", ".xlsx", MOST_BYTES)
    try:
        packages.refuse_entities(data, name)
        sheets, told = sheets_of(data, MOST_ROWS, MOST_COLUMNS)
    except packages.UNREADABLE as error:
        what = f"{name} is not an Excel workbook that can be read; open it in Excel and save it again."
        raise DocumentError(what) from error
    builder = PageBuilder()
    for sheet in sheets:
        title, rest = _titled(sheet)
        if title and not builder.lines:  # of the workbook, before the name of its first sheet
            builder.add(title, role="heading", level=1, starts=True)
            title = ""
        if not _DEFAULT_NAME.fullmatch(sheet.name) and rest.rows:
            builder.add(visible(sheet.name), role="heading", level=2, starts=True)
        builder.add(title, role="heading", level=3, starts=True)
        _write(builder, rest)
    if not any(line.role == "row" for line in builder.lines):
        raise DocumentError(EMPTY.format(name=name))
    warnings = [
        *([CUT.format(name=name, rows=MOST_ROWS, columns=MOST_COLUMNS)] if told.cut else []),
        *([HIDDEN.format(name=name)] if told.hidden else []),
        *([COMMENTS.format(name=name)] if told.comments else []),
        *([FORMULAS.format(name=name)] if told.formulas else []),
    ]
    return builder.document("xlsx", warnings=tuple(warnings))


def read_csv(data: bytes, name: str) -> ReadDocument:
    """The rows of a file of values parted by commas, semicolons, tabs or upright strokes.

    Raises DocumentError for binary or empty files.
    """
    text, warnings = decode(data, name)
    text = _SEPARATOR.sub("", text)
    csv.field_size_limit(max(_LONGEST_CELL, len(text)))
    delimiter = _delimiter(text)
    found: list[list[str]] = []
    cut = False
    for row in csv.reader(io.StringIO(visible(text), newline=""), delimiter=delimiter):
        cut = cut or len(row) > MOST_COLUMNS or len(found) >= MOST_ROWS
        if len(found) >= MOST_ROWS:
            break
        found.append(row[:MOST_COLUMNS])
    builder = PageBuilder()
    title, rest = _titled(Sheet("", found, frozenset()))
    builder.add(title, role="heading", level=1, starts=True)
    _write(builder, rest)
    if not builder.lines:
        raise DocumentError(f"{name} is empty; remove it or replace it with the full document.")
    told = (CUT.format(name=name, rows=MOST_ROWS, columns=MOST_COLUMNS),) if cut else ()
    return builder.document("csv", warnings=(*warnings, *told))


def _delimiter(text: str) -> str:
    """What parts the values: the sign that the first lines have in equal numbers, as often as possible."""
    lines = [line for line in text.splitlines()[:30] if line.strip()]

    def shares(sign: str) -> tuple[int, int]:
        counts = [len(next(csv.reader([line], delimiter=sign), [])) - 1 for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual) if usual else 0), usual

    return max(_DELIMITERS, key=shares)


def _titled(sheet: Sheet) -> tuple[str, Sheet]:
    """The words of a first row that has one cell filled, as titles of sheets stand there; and the sheet without it."""
    first = next((place for place, row in enumerate(sheet.rows) if _filled(row)), len(sheet.rows))
    wide = max((_filled(row) for row in sheet.rows), default=0)
    if wide < 2 or _filled(sheet.rows[first]) != 1:
        return "", sheet
    rest = Sheet(sheet.name, sheet.rows[first + 1 :], frozenset(n - first - 1 for n in sheet.bold if n > first))
    return _cell(" ".join(sheet.rows[first])), rest


def _write(builder: PageBuilder, sheet: Sheet) -> None:
    """The rows of a sheet as tables: an empty row ends one, and the next goes on with its heads if it has none."""
    wide = max((_filled(row) for row in sheet.rows), default=0)
    opens, headed = True, False
    for first, group in _groups(sheet.rows):
        rows = [Row(tuple(map(_cell, cells))) for cells in group]
        place = _heads(rows, {n - first for n in sheet.bold}, wide, headed)
        if place is not None:
            write_rows(builder, rows[:place])
            rows = [Row(rows[place].cells, True), *rows[place + 1 :]]
            opens, headed = True, True
        write_rows(builder, rows, opens)
        opens = not headed


def _cell(text: str) -> str:
    return collapse(unescaped(PROMPTS.sub(" ", text[:_LONGEST_CELL])))


def _filled(cells: Iterable[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _groups(rows: Sequence[Sequence[str]]) -> Iterable[tuple[int, list[Sequence[str]]]]:
    """The runs of rows that hold something, each with the place of its first."""
    group: list[Sequence[str]] = []
    for place, row in enumerate(rows):
        if _filled(row):
            group.append(row)
        elif group:
            yield place - len(group), group
            group = []
    if group:
        yield len(rows) - len(group), group


def _heads(rows: Sequence[Row], bold: set[int], wide: int, headed: bool) -> int | None:
    """The place of the row of heads: short words in most columns, nothing but titles above it.

    Where the sheet has heads already (`headed`), another table has its own only where they are bold or say so.
    """
    for place, row in enumerate(rows[:-1]):
        filled = [cell for cell in row.cells if cell]
        if len(filled) < 2:
            continue
        words = all(len(cell.split()) <= _HEAD_WORDS and not _FIGURE.fullmatch(cell) for cell in filled)
        enough = len(filled) >= max(2 if place in bold else 3, _MOSTLY * wide)
        sure = place in bold or looks_like_heads(row.cells, rows[place + 1 :])
        return place if words and (sure or enough and not headed) else None
    return None
