"""Feedback: nothing of the question without consent, one line each, readable by its owner only."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from chatbot.page import feedback
from chatbot.page.feedback import Feedback, keep, read

GOOD = Feedback("missing", "not_found", "abc", (("a.pdf", "p1"),))


def test_the_question_is_kept_only_with_consent(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "feedback.jsonl"
    assert keep(GOOD, file, date(2025, 3, 9))
    assert keep(Feedback("right", "answered", "abc", (), "What about waits?"), file, date(2025, 4, 1))
    first, second = read(file)
    assert first == {
        "month": "2025-03",
        "verdict": "missing",
        "status": "not_found",
        "index": "abc",
        "shown": [["a.pdf", "p1"]],
    }
    assert second["question"] == "What about waits?"
    assert os.name != "posix" or stat.S_IMODE(file.stat().st_mode) == 0o600


def test_unknown_verdicts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown verdict"):
        keep(Feedback("rude", "answered", "abc", ()), tmp_path / "f.jsonl")
    assert read(tmp_path / "f.jsonl") == []


def test_the_file_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "MOST_BYTES", 10)
    assert keep(GOOD, tmp_path / "f.jsonl") and not keep(GOOD, tmp_path / "f.jsonl")
    assert len(read(tmp_path / "f.jsonl")) == 1


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0b", "\x1e"])
def test_only_a_new_line_ends_an_entry(sign: str, tmp_path: Path) -> None:
    asked = f"What about{sign}waits?"
    keep(Feedback("right", "answered", "abc", (), asked), tmp_path / "f.jsonl")
    assert [row["question"] for row in read(tmp_path / "f.jsonl")] == [asked]
