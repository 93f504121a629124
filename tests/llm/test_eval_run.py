"""`eval run --llm`: the same questions with and without a model, what it wrote counted by check, and by which words."""

from __future__ import annotations

import json
import re
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

import prompts
from chatbot.llm.check import lexicon
from eval.__main__ import main
from ingest.structure import sentences
from tests.conftest import ROOT
from tests.llm.server import Scripted, completion, told, whole

CHOSEN = ("w001", "w048", "w095")  # two that the papers answer, one that they do not
REASONS = ("form", "length", "sentences", "steering", "unclear", "passage", "words", "empty", "added", "order",
           "number", "tense", "cut", "torn", "little", "meaning", "name")  # fmt: skip


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    path = tmp_path / "golden.jsonl"
    lines = (ROOT / "eval" / "golden" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    path.write_text("".join(f"{line}\n" for line in lines if json.loads(line)["id"] in CHOSEN), encoding="utf-8")
    return path


@pytest.fixture
def settings(server: Scripted, tmp_path: Path) -> Path:
    path = tmp_path / "llm.toml"
    path.write_text(
        f'[llm]\nprovider = "openai-like"\nmodel = "scripted"\nurl = "{server.url}"\nmin_survival = 0.3\n', "utf-8"
    )
    return path


def one_true_two_false(handler: BaseHTTPRequestHandler) -> None:
    """The first sentence of the first passage, a lie about it, and words that stand nowhere."""
    data = handler.server.asked[-1]["messages"][-1]["content"]  # type: ignore[attr-defined]
    match = re.search(r"^\[(\d+)\] [^\n]*\n([^\n]+)", data, re.MULTILINE)
    assert match
    start, end = sentences.split(match[2])[0]
    true = match[2][start:end]
    claims = (
        (true, int(match[1]), true),
        ("Schools are closing.", 1, true),
        ("Schools are closing.", 1, "No such words."),
    )
    whole(handler, completion(told(*claims)))


def test_the_report_counts_what_the_model_wrote(
    server: Scripted, sample_index: Path, golden: Path, settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    server.reply = one_true_two_false
    output = tmp_path / "run"
    arguments = ["run", "--golden", str(golden), "--index", str(sample_index), "--output", str(output)]
    assert main([*arguments, "--llm", str(settings)]) == 0
    said = capsys.readouterr().out
    assert "was asked for 2 questions, and a summary was shown for 2 (100%) of them" in said
    assert "Of the 6 sentences it wrote, 2 were shown" in said
    assert "3 of 3 answers have the same status and the same quotes" in said
    page = (output / "report.html").read_text(encoding="utf-8")
    for key in ("added", "words"):
        row = re.escape(prompts.words("eval", "model.left_out", reason=prompts.table("eval")["claim_reasons"][key]))
        assert re.search(rf"{row.replace(chr(39), '.{1,6}')}</th>\s*<td[^>]*>2<", page), key
    assert "the same program on the same questions" in page and "usual parts" not in page
    facts = json.loads((output / "run.json").read_text(encoding="utf-8"))
    head = (ROOT / "prompts" / "model.toml").read_text(encoding="utf-8").splitlines()[0]
    assert f"# version: {facts['prompts']['model.toml']}" == head
    assert facts["settings"]["llm"]["model"] == "scripted"


def test_every_reason_of_the_check_has_words() -> None:
    named = set(prompts.table("eval")["claim_reasons"])
    assert set(lexicon.signs("firm").values()) | set(lexicon.signs("kept").values()) | set(REASONS) == named
    source = "".join(
        (ROOT / "chatbot" / "llm" / f"{name}.py").read_text("utf-8")
        for name in ("check/check", "check/align", "summary")
    )
    for reason in set(REASONS) - {"number", "name"}:
        assert f'"{reason}"' in source, reason
