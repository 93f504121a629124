"""Feedback from the page becomes rows that a person finishes and `check` reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import draft, golden
from eval.errors import EvalError
from tests.eval.building import REPORT, WAITS, write_jsonl

LINES = [
    {"verdict": "right", "question": "How long?", "area": "Ashby", "history": ["Hi?"],
     "citations": [{"document": REPORT, "page": 2, "quote": WAITS}]},
    {"verdict": "right", "question": "how long?", "area": "Ashby"},
    {"verdict": "not_answered", "question": "=1+1", "comment": "It is on page 3."},
    {"verdict": "missing"},
]  # fmt: skip


def test_drafts(tmp_path: Path) -> None:
    found = draft.drafts(write_jsonl(tmp_path / "feedback.jsonl", LINES))
    assert found.without_question == 1 and [row["id"] for row in found.rows] == ["draft001", "draft002"]
    draft.write(found, tmp_path / "drafts.xlsx")
    questions, faults = golden.read(tmp_path / "drafts.xlsx")
    assert questions[0].gold[0].words == WAITS and questions[0].history == ("Hi?",)
    assert [(f.row, f.column) for f in faults] == [(3, "gold")]  # what a person has to add
    assert questions[1].question == "'=1+1"  # no formula in anybody's spreadsheet
    assert "It is on page 3." in found.rows[1]["note"]


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_damaged_line_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "f.jsonl").write_text(text + "\n")
    with pytest.raises(EvalError, match="line 1"):
        draft.drafts(tmp_path / "f.jsonl")
