"""The journey of `python -m chatbot ask`, as people and scripts run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.__main__ import main
from chatbot.conversation import Assistant
from chatbot.serialise import as_json
from tests.conftest import ROOT

QUESTION = "Why did Fern House close?"


def test_an_answer_for_a_person(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--index", str(sample_index)]) == 0
    out, err = capsys.readouterr()
    assert "because its building was unsafe" in out and "[1]" in out
    assert "Index " in err and "Index " not in out


def test_a_completed_follow_up_is_shown(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    earlier = ["--history", "What did inspectors say about short breaks in Westmarch?"]
    assert main(["ask", "And in Aldershire?", *earlier, "--index", str(sample_index)]) == 0
    out, err = capsys.readouterr()
    assert "Understood as: What did inspectors say about short breaks in Aldershire?" in err
    assert "Aldershire inspection report" in out and "Westmarch" not in out


def test_json_is_one_object(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--json", "--area", "Westmarch", "--index", str(sample_index)]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["status"] == "answered" and row["citations"][0]["verified"] is True
    assert row["searched"]["areas"] == ["Westmarch"]


def test_explain(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--explain", "--index", str(sample_index)]) == 0
    assert "How the question was understood" in capsys.readouterr().out


def test_batch_keeps_ids_and_order(sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "b", "question": QUESTION, "area": None, "history": []},
        {"id": "a", "question": "And in Aldershire?", "history": ["short breaks in Westmarch"]},
        {"question": ""},
    ]
    questions, answers = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text("\n\n".join(map(json.dumps, rows)), encoding="utf-8")
    command = ["ask", "--batch", str(questions), "--output", str(answers), "--index", str(sample_index)]
    assert main(command) == 0
    found = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in found] == ["b", "a", None]
    assert [row["status"] for row in found] == ["answered", "answered", "clarify"]
    assert "3 answers written" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["ask", "q", "--batch", "f"], ["ask", "--batch", "f"], ["ask", "q", "--output", "f"], [], ["say", "q"]],
)
def test_wrong_usage_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().out == ""


def test_missing_index_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--index", str(tmp_path / "none")]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "Traceback" not in err and len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "told"), [('{"id": 1}', "line 1"), ("not json", "line 1"), ('{"question": 7}', "line 1")]
)
def test_damaged_batch_names_the_line(
    text: str, told: str, sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(text, encoding="utf-8")
    command = ["ask", "--batch", str(questions), "--output", str(tmp_path / "a"), "--index", str(sample_index)]
    assert main(command) == 1
    assert told in capsys.readouterr().err


@pytest.mark.slow
def test_another_process_gives_the_same_bytes(sample_index: Path, assistant: Assistant) -> None:
    """Nothing may hang on the order of a set or on threads."""
    text = "wot abowt spech theraphy waits"
    done = subprocess.run(
        [sys.executable, "-m", "chatbot", "ask", text, "--json", "--index", str(sample_index)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    there, here = json.loads(done.stdout), as_json(assistant.answer(text))
    assert there | {"seconds": None} == json.loads(json.dumps(here)) | {"seconds": None}
