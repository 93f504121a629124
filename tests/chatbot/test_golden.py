"""The figures that must be reached on the golden sets over the real documents, by the scorer that is not ours."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chatbot.__main__ import main
from tests.conftest import SHARED

SCORER = SHARED / "tools" / "score.py"
# What every set must reach, in the scorer's words: what the learned reader reaches on them, and no rule was made for.
AT_LEAST = {
    "rec@300w": 0.90,
    "rec@1000w": 0.93,
    "cite_rec": 0.80,
    "cite_prec": 0.60,
    "facts": 0.80,
    "answered_when_answerable": 0.92,
    "refused_when_not": 0.70,  # .71 and .80 with the reader of 0.3.0 at its threshold (7 and 15 questions)
}
AT_MOST = {"quote_words": 130, "missing": 0}


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize(("name", "every"), [("dev", 1), ("dev_areas", 2)])
def test_must_reach(name: str, every: int, corpus_index: Path, tmp_path: Path) -> None:
    lines = (SHARED / "golden" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    golden, answers = tmp_path / "golden.jsonl", tmp_path / "answers.jsonl"
    golden.write_text("".join(lines[::every]), encoding="utf-8")
    assert main(["ask", "--batch", str(golden), "--output", str(answers), "--index", str(corpus_index)]) == 0
    scored = subprocess.run(
        [sys.executable, str(SCORER), str(golden), str(answers)], capture_output=True, text=True, check=True
    )
    figures: dict[str, Any] = json.loads(scored.stdout)
    missed = {k: (figures[k], least) for k, least in AT_LEAST.items() if figures[k] < least}
    missed |= {k: (figures[k], most) for k, most in AT_MOST.items() if figures[k] > most}
    assert not missed, missed
    rows = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    asked = {row["id"]: row for row in map(json.loads, golden.read_text(encoding="utf-8").splitlines())}
    for row in rows:
        area = asked[row["id"]].get("area")
        assert all(c["verified"] and (not area or area in c["area"].split(", ")) for c in row["citations"]), row["id"]
