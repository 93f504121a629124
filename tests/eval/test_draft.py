"""Feedback from the page becomes rows that a person finishes and `check` reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.page.feedback import Feedback, keep
from eval.errors import EvalError
from eval.questions import draft, golden
from eval.runs.snapshot import IndexView


def test_drafts_from_what_the_page_keeps(tmp_path: Path, sample_index: Path) -> None:
    view = IndexView(sample_index)
    passage = view.rows.passage(3)
    shown = ((passage.document, passage.id), ("gone.pdf", "0" * 24))
    file = tmp_path / "feedback.jsonl"
    for verdict, question in (
        ("right", "How long?"), ("right", "how long?"), ("not_answered", "=1+1"), ("missing", None),
    ):  # fmt: skip
        keep(Feedback(verdict, "answered", view.fingerprint, shown, question), file)
    found = draft.drafts(file, view)
    assert found.without_question == 1 and [row["id"] for row in found.rows] == ["draft001", "draft002"]
    draft.write(found, tmp_path / "drafts.xlsx")
    questions, faults = golden.read(tmp_path / "drafts.xlsx")
    assert questions[0].gold[0].words == passage.text and questions[0].gold[0].page == passage.page
    assert questions[1].question == "'=1+1"  # no formula in anybody's spreadsheet
    # What a person has to finish: the words of a passage that is gone, and evidence for what was not answered.
    assert [(f.row, f.column) for f in faults] == [(2, "evidence 2"), (3, "gold")]


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_damaged_line_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "f.jsonl").write_text(text + "\n")
    with pytest.raises(EvalError, match="line 1"):
        draft.drafts(tmp_path / "f.jsonl", None)
