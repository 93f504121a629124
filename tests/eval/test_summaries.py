"""What a language model's summary is measured by; without one nothing is measured."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.__main__ import main
from eval.metrics import BY_NAME
from eval.report.model_view import model_view
from eval.runs.runs import Run
from tests.eval.building import WAITS, answer, asked, case

NAMES = ("summary_given", "claims_kept", "claims_faithful")


def values(summary: dict | None) -> list[float | None]:
    row = {**answer((WAITS,), (WAITS,)), "summary": summary}
    for marker, citation in enumerate(row["citations"], 1):
        citation["marker"] = marker
    return [BY_NAME[name].measure(case(asked(), row)) for name in NAMES]


def claim(text: str, words: str, marker: int = 1) -> dict:
    return {"text": text, "words": [words], "markers": [marker]}


def test_without_a_model_nothing_is_measured() -> None:
    assert values(None) == [None, None, None]


def test_a_model_without_a_summary() -> None:
    assert values({"claims": [], "dropped": 0}) == [0, None, None]
    assert values({"claims": [], "dropped": 2}) == [0, 0, None]


def test_claims_are_held_to_their_quotes() -> None:
    good = claim(WAITS, WAITS)
    for bad in (claim(WAITS, "words of nobody"), claim(f"{WAITS} in 1999", WAITS), claim(WAITS, WAITS, marker=9)):
        assert values({"claims": [good, bad], "dropped": 2}) == [1, 0.5, 0.5]


def run_of(*summaries: dict | None) -> Run:
    """A run of questions with these summaries; the report of it needs no more than their answers."""
    row = answer((WAITS,), (WAITS,))
    results = [SimpleNamespace(case=case(asked(), {**row, "summary": summary})) for summary in summaries]
    return Run(Path("run"), {}, SimpleNamespace(results=results))  # type: ignore[arg-type]


def test_no_model_no_section() -> None:
    assert model_view(run_of(None, None)) is None


def test_what_a_model_wrote_is_counted_by_check() -> None:
    good = claim(WAITS, WAITS)
    found = model_view(
        run_of(
            {"claims": [good], "dropped": 2, "reasons": {"number": 1, "words": 1}},
            {"claims": [], "dropped": 3, "reasons": {"number": 2}},
            {"claims": [], "dropped": 0, "reasons": {}},
            None,
        )
    )
    assert found is not None
    assert [count for _, count in found["rows"]] == ["3", "1", "1", "6", "1", "1", "3", "1"]
    assert found["rows"][6][0] == "Left out: a figure changed, added or left out"
    assert "3 questions" in found["sentences"][0] and "6 sentences it wrote, 1 were shown" in found["sentences"][0]


def test_a_model_is_for_this_program_only(capsys: pytest.CaptureFixture[str], tmp_path: object) -> None:
    told = ["run", "--golden", "eval/golden/real.jsonl", "--output", str(tmp_path), "--url", "http://127.0.0.1:1"]
    assert main([*told, "--llm", "settings.toml"]) == 1
    assert "--llm chooses a model for this program" in capsys.readouterr().err
