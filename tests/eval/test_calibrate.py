"""The refusal threshold: found where it has to be, written with where it comes from."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from eval.errors import EvalError
from eval.threshold.calibrate import Scored, calibrate, histogram, sentences, write_report, write_setting
from eval.threshold.tradeoff import area_under_curve, curve, refused_at

TOLD = {"date": "2025-01-01", "golden": "dev.jsonl@abc", "index": "f00"}


def scored(answer: list[float | None], refuse: list[float | None]) -> list[Scored]:
    """Questions with these gate scores."""
    kinds = (("a", answer), ("r", refuse))
    return [Scored(f"{kind}{n}", kind == "a", score) for kind, scores in kinds for n, score in enumerate(scores)]


def test_in_the_middle_of_the_gap() -> None:
    found = calibrate(scored([0.8, 0.7, 0.9], [0.1, 0.3]))
    assert found.chosen.threshold == pytest.approx(0.5) and found.overlap is None
    assert found.chosen.wrongly_refused == found.chosen.wrongly_answered == 0
    assert "any threshold makes no error" in sentences(found)[0]


def test_an_overlap_is_told_with_its_cost() -> None:
    found = calibrate(scored([0.2, 0.7, 0.8, 0.9], [0.1, 0.3, 0.75]))
    assert found.overlap == (0.2, 0.75)
    assert found.chosen.wrongly_refused + found.chosen.wrongly_answered == 0.5
    assert "4 of 7" in sentences(found)[0]


def test_weight_moves_the_line() -> None:
    values = scored([0.2, 0.5, 0.6, 0.9], [0.1, 0.55])
    assert calibrate(values, 0.1).chosen.threshold < calibrate(values, 10).chosen.threshold


def test_questions_without_a_score_are_left_out_and_told() -> None:
    found = calibrate(scored([0.8, None], [0.1, None, None]))
    assert len(found.excluded) == 3
    assert "1 to answer, 2 to refuse" in sentences(found)[-1]


@pytest.mark.parametrize("values", [scored([0.5], []), scored([], [0.5]), scored([None], [0.2]), scored([1], [1])])
def test_too_little_to_choose_from(values: list[Scored]) -> None:
    with pytest.raises(EvalError):
        calibrate(values)


@pytest.mark.parametrize(
    "before",
    [
        "", "[model]\nfolder = 'x'\n", "[answers]\nthreshold = 0.1\n[limits]\nfile_mb = 5\n",
        "# ours\n[answers] # gate\nother = 1\n\n[limits]\nfile_mb = 5\n",
    ],
)  # fmt: skip
def test_writes_the_setting_and_keeps_the_rest(tmp_path: Path, before: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(before)
    found = calibrate(scored([0.8], [0.2]))
    write_setting(path, found, TOLD)
    write_setting(path, found, TOLD)
    text = path.read_text()
    data = tomllib.loads(text)
    assert data["answers"]["threshold"] == 0.5 and text.count("threshold =") == 1 and text.count("dev.jsonl@abc") == 1
    old = tomllib.loads(before)
    old.get("answers", {}).pop("threshold", None)
    data["answers"].pop("threshold")
    assert {k: v for k, v in data.items() if v} == {k: v for k, v in old.items() if v}


def test_plots(tmp_path: Path) -> None:
    found = calibrate(scored([0.8, 0.7], [0.2, 0.75]))
    drawn = histogram(found)
    assert "<- threshold" in drawn and drawn.count("#") == 3 and drawn.count("o") >= 2
    write_report(found, tmp_path / "calibrate.html", TOLD)
    assert "dev.jsonl@abc" in (tmp_path / "calibrate.html").read_text()


def test_the_area_is_that_of_every_pair() -> None:
    answer, refuse = [0.2, 0.7, 0.7, 0.9], [0.1, 0.3, 0.7]
    pairs = [(a > r) + 0.5 * (a == r) for a in answer for r in refuse]
    assert area_under_curve(answer, refuse) == pytest.approx(sum(pairs) / len(pairs), abs=1e-4)
    assert area_under_curve(answer, []) is None


def test_refusals_are_compared_where_so_many_are_answered() -> None:
    answer, refuse = [n / 10 for n in range(1, 11)], [0.05, 0.15, 0.2, 0.8]
    assert refused_at(0.9, answer, refuse) == 0.5  # nine of ten are at 0.2 or above; 0.05 and 0.15 lie below
    assert curve(answer, refuse)[0] == (1, 0) and curve(answer, refuse)[-1] == (0, 1)
