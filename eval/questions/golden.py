"""Question files: JSONL, CSV or XLSX with the same columns, read into golden questions with every fault told.

A fault names the row as the person's own program shows it: the line of a JSONL file, the row of a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from eval.errors import GoldenError
from eval.questions import cells
from eval.records import KINDS, Evidence, GoldenQuestion
from eval.tables import Row, read_rows

NUMBERED = re.compile(r"(document|page|evidence|group)[ _]?(\d+)")
COLUMNS = frozenset(
    (
        "id",
        "question",
        "area",
        "history",
        "kind",
        "answerable",
        "gold",
        "must_include",
        "status",
        "note",
        "paraphrase",
        "voice",
        "near_miss",
        "sealed",
        "areas",
        "number",
        "twin",
        "perturbation",
    )
)
STATUSES = ("answered", "not_found", "out_of_scope", "clarify", "safeguarding", "private")
EXPECTS = {"which": ("areas", "the areas that belong to it"), "count": ("number", "the right number")}
_MORE = 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend. `grave` is False for a remark that spoils no figure."""

    row: int
    column: str
    sentence: str
    grave: bool = True

    def __str__(self) -> str:
        return f"Row {self.row}, {self.column}: {self.sentence}"


def load(path: Path) -> tuple[GoldenQuestion, ...]:
    """The questions of a file. Raises GoldenError with every fault; `check` tells those against an index too."""
    questions, faults = read(path)
    if faults:
        told = [str(f) for f in faults[:_MORE]]
        more = [f"... and {len(faults) - _MORE} more."] if len(faults) > _MORE else []
        raise GoldenError(f"{path} has {len(faults)} fault(s), so it was not used:", tuple(told + more))
    return questions


def read(path: Path) -> tuple[tuple[GoldenQuestion, ...], tuple[Fault, ...]]:
    """The readable questions of a file and all its faults. Raises GoldenError where it is no table or empty."""
    questions: list[GoldenQuestion] = []
    faults: list[Fault] = []
    rows = read_rows(path)
    columns = {name for row in rows for name in row.cells}
    for name in sorted(columns):
        if name not in COLUMNS and not NUMBERED.fullmatch(name):
            first = next(row.number for row in rows if name in row.cells)
            faults.append(
                Fault(first, name, "this column is not known; see the list of columns in eval/golden/README.md.")
            )
    for row in rows:
        reader = _RowReader(row)
        question = reader.question()
        faults += reader.faults
        if question:
            questions.append(question)
    if not questions and not faults:
        raise GoldenError(f"{path} holds no question.")
    return tuple(questions), tuple(faults + _twice(questions))


def _twice(questions: list[GoldenQuestion]) -> list[Fault]:
    first: dict[str, int] = {}
    faults = []
    for question in questions:
        if question.id in first:
            faults.append(Fault(question.row, "id", f"{question.id!r} stands in row {first[question.id]} already."))
        first.setdefault(question.id, question.row)
    return faults


class _RowReader:
    """Reads one row, gathering its faults instead of stopping at the first."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def fault(self, column: str, sentence: str, grave: bool = True) -> None:
        self.faults.append(Fault(self.row.number, column, sentence, grave))

    def cell(self, column: str, convert: Callable[[Any], T], default: T) -> T:
        """A converted cell, the default where it is empty or faulty."""
        value = self.row.cells.get(column)
        if value is None or value == "":
            return default
        try:
            return convert(value)
        except ValueError as error:
            self.fault(column, f"{error}.")
            return default

    def question(self) -> GoldenQuestion | None:
        """The question of the row; None where it has no text."""
        if self.row.fault:
            self.fault("line", self.row.fault)
            return None
        asked = self.cell("question", cells.text, "")
        if not asked:
            self.fault("question", "there is no question.")
            return None
        gold = self.evidence()
        counted = any(self.row.cells.get(column) not in (None, "", []) for column in ("areas", "number"))
        answerable = self.cell("answerable", cells.yes, bool(gold) or counted)
        kind = self.cell("kind", lambda v: cells.text(v).lower(), "fact" if answerable else "unanswerable")
        question = GoldenQuestion(
            self.cell("id", cells.text, f"row{self.row.number}"),
            asked,
            kind,
            answerable,
            self.cell("area", cells.text, "") or None,
            self.cell("history", cells.history, ()),
            gold,
            self.cell("must_include", cells.must_include, ()),
            self.cell("status", self.statuses, ()),
            self.row.number,
            self.cell("sealed", cells.yes, False),
            self.cell("paraphrase", cells.text, ""),
            self.cell("voice", cells.text, ""),
            self.cell("near_miss", cells.text, ""),
            self.cell("twin", cells.text, ""),
            self.cell("perturbation", cells.text, ""),
            self.cell("areas", cells.names, tuple[str, ...]()),
            self.cell("number", cells.whole, None),
        )
        self.agree(question)
        return question

    def agree(self, question: GoldenQuestion) -> None:
        """Faults between columns that are right by themselves."""
        if question.kind not in KINDS:
            self.fault("kind", f"{question.kind!r} is not one of {', '.join(KINDS)}.")
        expects = {"which": question.areas, "count": question.number is not None}.get(question.kind, question.gold)
        if question.answerable and not expects:
            column, needs = EXPECTS.get(question.kind, ("gold", "evidence"))
            self.fault(column, f"an answerable question needs {needs}.")
        if question.answerable and question.kind in ("unanswerable", "offtopic"):
            self.fault("kind", f"an answerable question cannot be of kind {question.kind}.")
        if not question.answerable and question.gold:
            self.fault("gold", "a question that should be refused cannot have evidence.")
        if not question.answerable and question.kind not in ("unanswerable", "offtopic") and question.kind in KINDS:
            self.fault("kind", f"a question that should be refused is unanswerable or offtopic, not {question.kind}.")
        if not question.answerable and question.must_include:
            self.fault("must_include", "a question that should be refused cannot have required facts.")

    def evidence(self) -> tuple[Evidence, ...]:
        """Evidence from `gold` as JSON and from numbered columns."""
        found = []
        for entry in self.cell("gold", cells.json_list, list[dict[str, Any]]()):
            values = {**entry, "document": entry.get("document") or entry.get("doc")}
            found.append(self.entry(values, "gold", 0))
        numbers = sorted({int(m[2]) for name in self.row.cells if (m := NUMBERED.fullmatch(name))})
        for number in numbers:
            values = {
                m[1]: value
                for name, value in self.row.cells.items()
                if (m := NUMBERED.fullmatch(name)) and int(m[2]) == number
            }
            if any(cells.text(values.get(part)) for part in ("document", "page", "evidence")):
                found.append(self.entry(values, f"evidence {number}", number))
        return tuple(entry for entry in found if entry)

    def entry(self, values: Mapping[str, Any], column: str, group: int) -> Evidence | None:
        """One piece of evidence; None where its document or words are missing."""
        document, said = cells.text(values.get("document")), cells.text(values.get("evidence"))
        if not document or not said:
            self.fault(column, "needs both a document and the words that stand in it.")
            return None
        try:
            page, own = cells.whole(values.get("page")), values.get("group")
            return Evidence(document, page, said, group if own is None or own == "" else int(own))
        except ValueError as error:
            self.fault(column, f"page or group {error}.")
            return None

    def statuses(self, value: Any) -> tuple[str, ...]:
        """The statuses that count as right, "|" between them."""
        found = cells.parts(value, "|")
        for status in found:
            if status not in STATUSES:
                raise ValueError(f"{status!r} is not one of {', '.join(STATUSES)}")
        return found
