"""What the cells of a workbook show. The only module of the readers that imports openpyxl."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from ingest.parsers.marks import raised
from ingest.parsers.text.text import visible

_NO_RESULT = re.compile(rb"<f\b[^>]*+(?:/>|>[^<]*+</f>)\s*+(?:<v\s*+/>|<v>\s*+</v>)?+\s*+</c>")
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
_DECIMALS = re.compile(r"0\.(0+)")
_MOST_MERGED = 2_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of shown cells; `bold` are the places of rows whose every filled cell is bold."""

    name: str
    rows: list[list[str]]
    bold: frozenset[int]


@dataclass(slots=True)
class Told:
    """What of a workbook was left out."""

    cut: bool = False
    hidden: bool = False
    comments: bool = False
    formulas: bool = False


def sheets_of(data: bytes, most_rows: int, most_columns: int) -> tuple[list[Sheet], Told]:
    """The sheets that are shown, formulas as the results stored with them. Damaged files raise all kinds of errors."""
    from openpyxl import load_workbook

    told = Told()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False, rich_text=True)
    found = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            told.hidden = True
            continue
        found.append(_shown(sheet, most_rows, most_columns, told))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        told.formulas = any(_NO_RESULT.search(archive.read(name)) for name in parts)
    return found, told


def _shown(sheet: Any, most_rows: int, most_columns: int, told: Told) -> Sheet:
    hidden = {
        number
        for column in sheet.column_dimensions.values()
        if column.hidden
        for number in range(column.min or 0, min(column.max or 0, most_columns) + 1)
    }
    carried = _merged_down(sheet, most_rows)
    rows: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet._cells.items():  # its own iteration makes a cell of every place up to the last
        if cell.value is not None or (row, column) in carried:
            told.cut = told.cut or column > most_columns or len(rows) >= most_rows and row not in rows
            if column <= most_columns and (row in rows or len(rows) < most_rows):
                rows.setdefault(row, {})[column] = cell
    columns = [n for n in range(1, max((max(row) for row in rows.values()), default=0) + 1) if n not in hidden]
    texts: list[list[str]] = []
    bold: set[int] = set()
    previous = 0
    for number, cells in sorted(rows.items()):
        told.hidden = told.hidden or not hidden.isdisjoint(cells) or sheet.row_dimensions[number].hidden
        if sheet.row_dimensions[number].hidden:
            continue
        told.comments = told.comments or any(cell.comment for cell in cells.values())
        if number > previous + 1:
            texts.append([])
        previous = number
        above = {column: carried[number, column] for column in cells if (number, column) in carried}
        texts.append([shown(cell) if (cell := (cells | above).get(column)) is not None else "" for column in columns])
        if all(cell.font is not None and cell.font.b for cell in cells.values() if cell.value is not None):
            bold.add(len(texts) - 1)
    return Sheet(sheet.title, texts, frozenset(bold))


def _merged_down(sheet: Any, most_rows: int) -> dict[tuple[int, int], Any]:
    """For the cells that are merged with one above them, that one: each row has it as its label."""
    found = {}
    for area in list(sheet.merged_cells.ranges)[:_MOST_MERGED]:
        first = sheet.cell(area.min_row, area.min_col)
        for row in range(area.min_row + 1, min(area.max_row, area.min_row + most_rows) + 1):
            found[row, area.min_col] = first
    return found


def shown(cell: Any) -> str:
    """The value of a cell as its format shows it; empty for errors and for what is struck through."""
    value, form = cell.value, str(getattr(cell, "number_format", "") or "")
    if value is None or getattr(getattr(cell, "font", None), "strike", False):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (datetime, date)):
        return _day(value, form)
    if isinstance(value, (int, float)):
        return _figure(value, form)
    if isinstance(value, (time, timedelta)):
        return str(value)
    text = _of_parts(value) if isinstance(value, list) else str(value)
    return "" if _ERROR.fullmatch(text) else visible(text)


def _of_parts(parts: list[Any]) -> str:
    """The text of a cell whose words look different, without struck words and the raised marks of notes."""
    text = ""
    for part in parts:
        words, font = (part, None) if isinstance(part, str) else (part.text, part.font)
        if getattr(font, "strike", False):
            continue
        text += raised(text, words) if getattr(font, "vertAlign", None) == "superscript" and words.strip() else words
    return text


def _day(value: date, form: str) -> str:
    month = f"{value:%B %Y}"
    day = f"{value.day} {month}" if "d" in form.lower() or form in ("", "General") else month
    clock = isinstance(value, datetime) and (value.hour or value.minute)
    return f"{day}, {value:%H:%M}" if clock else day


def _figure(value: float, form: str) -> str:
    form = form.partition(";")[0]
    if "%" in form:
        value = round(value * 100, 10)
    decimals = len(places[1]) if (places := _DECIMALS.search(form)) else 0
    comma = "," if "#,#" in form or ",0" in form else ""
    exact = form in ("", "General", "@") or "0" not in form
    text = f"{value:.10g}" if exact else f"{value:{comma}.{decimals}f}"
    sign = next((sign for sign in "£€$" if sign in form and text[:1] != sign), "")
    if sign == "$" and "[$" in form:
        sign = next((other for other in "£€" if other in form), "")
    return f"{sign}{text}%" if "%" in form else f"{sign}{text}"
