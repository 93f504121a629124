"""Public question sets: read, answered from their own passages, and counted as the contract says."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.errors import EvalError
from eval.threshold.external import Asked, Outcome, figures, load

BREAD = ["The baker in Ashby bakes rye bread every morning.", "He learned his trade in the north."]
BOATS = ["Boats to the island leave at noon.", "They do not sail in winter."]
CLOCK = ["The church clock was mended after the storm.", "It had stood still for a year."]


def passage(sentences: list[str], *right: int) -> dict[str, object]:
    """A passage of a set."""
    return {"sents": sentences, "labels": [int(n in right) for n in range(len(sentences))]}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A set of three questions, one of them unanswerable."""
    rows = [
        {"q": "What does the baker bake?", "answerable": True, "pos": [passage(BREAD, 0)], "neg": [passage(BOATS)]},
        {"q": "When do boats leave?", "answerable": True, "pos": [passage(BOATS, 0)], "neg": [passage(CLOCK)]},
        {"q": "How many pupils does the grammar school have?", "answerable": False, "pos": [], "neg": [passage(CLOCK)]},
    ]  # fmt: skip
    path = tmp_path / "clapnq.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def test_a_set_as_it_is_read(questions: Path) -> None:
    asked, texts = load(questions)
    assert len(asked) == 3 and sorted(texts.values()) == sorted(map(tuple, (BREAD, BOATS, CLOCK)))
    assert asked[0].right == {asked[0].passages[0]: frozenset({0})} and asked[2].right == {}


@pytest.mark.slow
def test_from_a_file_to_figures(questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["external", "clapnq", str(questions), "--output", str(tmp_path / "out"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["questions"], found["answered"], found["evidence_cited"], found["refused"]) == (3, 1, 1, 1)
    assert found["auc"] == found["refused_at_90_answered"] == 1
    rows = [json.loads(line) for line in (tmp_path / "out" / "answers.jsonl").read_text().split("\n") if line]
    assert rows[0]["quotes"][0] == BREAD[0] and rows[2]["quotes"] == []


def test_figures_that_a_set_cannot_give_are_none() -> None:
    asked = Asked("?", True, ("a", "b"), {"a": frozenset({0})})
    found = figures([Outcome(asked, 0.9, True, True, 2, ("x",)), Outcome(asked, 0.1, False, False, None, ())])
    assert (found["answered"], found["right_first"], found["right_in_5"]) == (0.5, 0, 0.5)
    assert found["refused"] is found["auc"] is found["refused_at_90_answered"] is None


@pytest.mark.parametrize(
    "content",
    [
        b"no gzip",
        gzip.compress(b"", mtime=0),
        gzip.compress(b"[1]\n", mtime=0),
        gzip.compress(b'{"q": "x"}\n', mtime=0),
    ],
)
def test_what_is_no_set(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.jsonl.gz").write_bytes(content)
    with pytest.raises(EvalError, match="x.jsonl.gz"):
        load(tmp_path / "x.jsonl.gz")
