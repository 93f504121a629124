"""A table as a file for spreadsheet programs: CSV, or XLSX through openpyxl."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from chatbot.export.csv import harmless

MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
WIDEST = 60  # letters that a column is made wide for


def written(form: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str) -> bytes:
    """The table with its columns' names as the first row; None becomes an empty cell. `form` is one of MEDIA."""
    clean = [[harmless(value) if isinstance(value, str) else value for value in row] for row in rows]
    return _csv(columns, clean) if form == "csv" else _xlsx(columns, clean, title)


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, by which spreadsheet programs know it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _xlsx(columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    page.title = title[:31]
    page.append(list(columns))
    for row in rows:
        page.append(list(row))
    page.freeze_panes = "B2"
    page.auto_filter.ref = page.dimensions
    for number, name in enumerate(columns, 1):
        page.cell(1, number).font = Font(bold=True)
        longest = max([len(name), *[len(str(row[number - 1] or "")) for row in rows]])
        page.column_dimensions[get_column_letter(number)].width = min(longest + 2, WIDEST)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
