"""Question files in three formats: the same questions, and every fault told at once with row and column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import GoldenError
from eval.questions import golden
from eval.questions.check import check
from eval.questions.golden import STATUSES
from eval.records import KINDS
from eval.runs.runs import COLUMNS, question_row
from eval.runs.snapshot import IndexView
from eval.tables import write_rows
from tests.conftest import ROOT
from tests.eval.building import write_jsonl

GOLDEN = ROOT / "eval" / "golden"
SHIPPED = sorted(set(GOLDEN.glob("*.jsonl")) - {GOLDEN / "promises.jsonl"})  # it holds no questions
ROW: dict[str, Any] = {
    "id": "a1", "question": "How many plans?", "area": "Ashby", "history": ["Hello?", "And then?"], "kind": "fact",
    "answerable": True, "must_include": [["71"], ["7 to 71", "from 7"]],
    "gold": [{"document": "a.pdf", "page": 2, "evidence": "from 7 to 71 plans", "group": 1}],
}  # fmt: skip


def sheet_row(**changes: Any) -> dict[str, Any]:
    """The same question as a spreadsheet person writes it."""
    return {
        "id": "a1", "question": "How many plans?", "area": "Ashby", "history": "Hello? | And then?", "kind": "fact",
        "answerable": "yes", "must_include": "71; 7 to 71 | from 7", "Document 1": "a.pdf", "Page 1": 2,
        "Evidence 1": "from 7 to 71 plans",
    } | changes  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_sheet_says_the_same_as_json_lines(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"questions.{suffix}"
    write_rows(path, list(sheet_row()), [sheet_row()])
    (from_sheet,) = golden.load(path)
    (from_json,) = golden.load(write_jsonl(tmp_path / "q.jsonl", [ROW]))
    assert question_row(from_sheet) == question_row(from_json)
    assert from_sheet.row == 2


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
def test_our_own_sets_survive_every_format(tmp_path: Path, suffix: str) -> None:
    questions = golden.load(ROOT / "eval" / "golden" / "sample.jsonl")
    path = tmp_path / f"copy.{suffix}"
    rows = [question_row(q) for q in questions]
    if suffix != "jsonl":
        rows = [{k: json.dumps(v) if isinstance(v, list) else v for k, v in row.items()} for row in rows]
    write_rows(path, COLUMNS, rows)
    assert [question_row(q) for q in golden.load(path)] == [question_row(q) for q in questions]


def test_per_cent_cells_are_read_as_shown(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["question", "must_include", "document 1", "page 1", "evidence 1"])
    book.active.append(["How many?", 0.45, "a.pdf", 3.0, "45% of children"])
    book.active["B2"].number_format = "0%"
    book.save(tmp_path / "q.xlsx")
    (question,) = golden.load(tmp_path / "q.xlsx")
    assert question.must_include == (("45%",),)
    assert (question.id, question.kind, question.answerable, question.gold[0].page) == ("row2", "fact", True, 3)


FAULTY = [
    ({"question": ""}, "question"),
    ({"kind": "puzzle"}, "kind"),
    ({"answerable": "perhaps"}, "answerable"),
    ({"answerable": "no"}, "gold"),
    ({"answerable": "no", "gold": [], "must_include": []}, "kind"),
    ({"gold": []}, "gold"),
    ({"gold": [{"document": "a.pdf", "page": "two", "evidence": "x"}]}, "gold"),
    ({"gold": [{"page": 2, "evidence": "x"}]}, "gold"),
    ({"gold": "[{"}, "gold"),
    ({"must_include": [[]]}, "must_include"),
    ({"history": [1]}, "history"),
    ({"status": "maybe"}, "status"),
    ({"colour": "red"}, "colour"),
]


@pytest.mark.parametrize(("changes", "column"), FAULTY)
def test_a_fault_names_its_column(tmp_path: Path, changes: dict, column: str) -> None:
    _, faults = golden.read(write_jsonl(tmp_path / "q.jsonl", [ROW | changes]))
    assert column in {fault.column for fault in faults}, faults
    assert all(fault.row == 1 for fault in faults)


def test_all_faults_come_in_one_pass(tmp_path: Path) -> None:
    rows = [ROW, ROW | {"id": "a1"}, ROW | {"id": "a2", "kind": "puzzle"}]
    path = write_jsonl(tmp_path / "q.jsonl", rows)
    path.write_text(path.read_text() + "{not json\n")
    _, faults = golden.read(path)
    assert [(f.row, f.column) for f in sorted(faults, key=lambda f: f.row)] == [(2, "id"), (3, "kind"), (4, "line")]
    with pytest.raises(GoldenError, match="3 fault"):
        golden.load(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("q.docx", b""),
        ("none.csv", None),
        ("q.csv", "question\nna\xefve".encode("latin-1")),
        ("q.xlsx", b"no zip"),
        ("q.csv", b"question\n"),
    ],
)
def test_what_is_no_table_is_told_in_a_sentence(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(GoldenError, match=name):
        golden.load(tmp_path / name)


def test_check_against_an_index_tells_what_stands_nowhere(tmp_path: Path, sample_index: Path) -> None:
    (own,) = (q for q in golden.load(ROOT / "eval" / "golden" / "sample.jsonl") if q.id == "w001")
    good = question_row(own)
    entry = good["gold"][0]
    rows = [
        good,
        good | {"id": "b", "gold": [entry | {"document": "westmarch-joint-inspection-leter-2016"}]},
        good | {"id": "c", "gold": [entry | {"page": 99}]},
        good | {"id": "d", "gold": [entry | {"page": 4}]},
        good | {"id": "e", "gold": [entry | {"evidence": "Nobody has ever written these words anywhere"}]},
        good | {"id": "f", "area": "Nowhere"},
        good | {"id": "g", "must_include": [["a wording that stands nowhere"]]},
    ]
    _, faults = check(write_jsonl(tmp_path / "q.jsonl", rows), IndexView(sample_index))
    assert [(f.row, f.column, f.grave) for f in faults] == [
        (2, "document", True), (3, "page", True), (4, "evidence", True), (5, "evidence", True), (6, "area", True),
        (7, "must_include", False),
    ]  # fmt: skip
    assert "did you mean" in faults[0].sentence
    assert "They stand on page 1" in faults[2].sentence


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_shipped_sets_are_without_fault(path: Path) -> None:
    golden.load(path)


def test_sample_set_is_without_fault_against_its_documents(sample_index: Path) -> None:
    questions, faults = check(ROOT / "eval" / "golden" / "sample.jsonl", IndexView(sample_index))
    assert not faults
    refused = [q for q in questions if not q.answerable]
    assert len(questions) >= 80 and len(refused) >= len(questions) / 5
    assert {q.kind for q in questions} == set(KINDS) - {"which", "count"}  # areas.jsonl asks those, of the figures


@pytest.mark.corpus
def test_real_set_is_without_fault_against_the_real_documents(corpus_index: Path) -> None:
    questions, faults = check(ROOT / "eval" / "golden" / "real.jsonl", IndexView(corpus_index))
    assert not [f for f in faults if f.grave]
    assert len(questions) >= 60


def test_the_columns_are_documented() -> None:
    text = (ROOT / "eval" / "golden" / "README.md").read_text(encoding="utf-8")
    for name in [*COLUMNS, *KINDS, *STATUSES, "document 1", "page 1", "evidence 1", "group 1"]:
        assert f"`{name}`" in text, name
