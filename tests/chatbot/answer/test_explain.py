"""`ask --explain` shows every stage, for answers and refusals alike."""

from __future__ import annotations

import pytest

import prompts
from chatbot.answer.explain import CANDIDATES, explain, fate
from chatbot.conversation import Assistant


def shown(text: str, assistant: Assistant, capsys: pytest.CaptureFixture[str], **asked: object) -> str:
    explain(assistant.answer(text, **asked))  # type: ignore[arg-type]
    return " ".join(capsys.readouterr().out.split())


def test_answer(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown("How many familes have a Kestrel Card in Westmarch?", assistant, capsys)
    for part in ("finding", "Westmarch", "familes as families", "answered", "quoted [1]", "rank by meaning"):
        assert part in out
    assert "Answered: the quotes below" in out


def test_refusal(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown("How many horses are kept in Westmarch?", assistant, capsys)
    assert "Decided by the reader" in out and "refused" in out and "the reader found no answer" in out


def test_follow_ups_show_what_was_read(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown("Why?", assistant, capsys, history=["short breaks in Westmarch"])
    assert "read as question" in out and "short breaks in Westmarch Why?" in out


@pytest.mark.parametrize("text", ["", "I want to die", "waits in Bury", "[bold]markup[/nonsense] in Westmarch?"])
def test_anything_can_be_explained(text: str, assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Decided" in shown(text, assistant, capsys) or text.startswith("[bold]")


def test_every_candidate_has_a_fate(assistant: Assistant) -> None:
    answer = assistant.answer("What did inspectors say about short breaks in Westmarch?")
    fates = [fate(hit, answer) for hit in answer.hits[:CANDIDATES]]
    assert all(fates) and any(f.startswith("quoted") for f in fates) and any("not quoted" in f for f in fates)


def test_every_feature_and_stage_has_words() -> None:
    table = prompts.table("explain")
    assert {"near", "near_rank", "words_rank", "reader"} <= set(table["feature"])
