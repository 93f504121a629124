"""Tables in and out: JSON lines, CSV and XLSX as rows of named cells, numbered as a person sees them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.errors import EvalError, GoldenError

FORMATS = (".jsonl", ".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a person's program shows it, its cells by column name in lower case.

    `fault` says why the row could not be read at all; it then has no cells.
    """

    number: int
    cells: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""


def read_rows(path: Path) -> list[Row]:
    """The non-empty rows of a file. Raises GoldenError where the file is missing or of no known format."""
    readers = {".jsonl": _jsonl, ".csv": _csv, ".xlsx": _xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise GoldenError(f"{path} is not a question file: its name must end in {', '.join(FORMATS)}.")
    try:
        return reader(path)
    except FileNotFoundError as error:
        raise GoldenError(f"The question file {path} does not exist.") from error
    except UnicodeDecodeError as error:
        raise GoldenError(f"{path} is not saved as UTF-8: in the spreadsheet choose 'CSV UTF-8' or XLSX.") from error
    except (OSError, csv.Error, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise GoldenError(f"{path} cannot be read: {error}.") from error


def _jsonl(path: Path) -> list[Row]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except json.JSONDecodeError as error:
            rows.append(Row(number, fault=f"is not JSON ({error.msg} at character {error.colno})."))
            continue
        if isinstance(data, dict):
            rows.append(Row(number, {_column(name): value for name, value in data.items()}))
        else:
            rows.append(Row(number, fault="is not an object with columns."))
    return rows


def _csv(path: Path) -> list[Row]:
    text = path.read_text(encoding="utf-8-sig")
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    header = next(reader, [])
    # A quoted cell may hold line breaks, so spreadsheet rows are counted, not lines.
    return [row for number, cells in enumerate(reader, 2) if (row := _row(number, header, cells))]


def _xlsx(path: Path) -> list[Row]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    try:
        lines = book.worksheets[0].iter_rows()
        header = [cell.value for cell in next(lines, ())]
        found = []
        for number, line in enumerate(lines, 2):
            if row := _row(number, header, [_shown(cell) for cell in line]):
                found.append(row)
        return found
    finally:
        book.close()


def _shown(cell: Any) -> Any:
    """A cell's value as the person sees it: 0.45 that is shown as 45% is the text "45%"."""
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool) and "%" in str(cell.number_format):
        return f"{round(cell.value * 100, 6):g}%"
    return cell.value


def _row(number: int, header: Sequence[Any], values: Sequence[Any]) -> Row | None:
    cells = {
        _column(name): value
        for name, value in zip(header, values, strict=False)
        if name is not None and str(name).strip() and value is not None and str(value).strip()
    }
    return Row(number, cells) if cells else None


def _column(name: Any) -> str:
    return " ".join(str(name).lower().split())


def write_rows(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows by the file name's ending. Raises EvalError for another ending or where it cannot be written."""
    writers = {".jsonl": _write_jsonl, ".csv": _write_csv, ".xlsx": _write_xlsx}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise EvalError(f"{path} cannot be written: its name must end in {', '.join(FORMATS)}.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        writer(path, columns, rows)
    except OSError as error:
        raise EvalError(f"{path} cannot be written: {error.strerror}.") from error


def _write_jsonl(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    lines = [json.dumps({c: row.get(c) for c in columns}, ensure_ascii=False) for row in rows]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def _write_csv(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({c: harmless(row.get(c)) for c in columns} for row in rows)


def _write_xlsx(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "questions"
    sheet.append(list(columns))
    for row in rows:
        sheet.append([harmless(row.get(c)) for c in columns])
    for cells in sheet.iter_cols(min_row=1, max_row=1):
        cells[0].font = Font(bold=True)
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, name in zip((c[0].column_letter for c in sheet.iter_cols(max_row=1)), columns, strict=True):
        sheet.column_dimensions[letter].width = (
            50 if name in ("question", "note") or name.startswith("evidence") else 18
        )
    sheet.freeze_panes = "B2"
    book.save(path)


def harmless(value: Any) -> Any:
    """A cell that a spreadsheet program will not run as a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value
