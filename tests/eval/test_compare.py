"""Two runs side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.errors import RunError
from eval.report.compare import compare, sentences, write
from tests.eval.building import NOISE, Scripted, answer
from tests.eval.test_runs import GOOD, ROWS, run

WORSE = GOOD | {"q1": answer((NOISE,), (NOISE,))}


def test_lost_and_gained_with_both_answers(tmp_path: Path) -> None:
    first, second = run(tmp_path, Scripted(GOOD), "a"), run(tmp_path, Scripted(WORSE, version="2"), "b")
    found = compare(first, second)
    assert [b.case.expected.id for _, b in found.lost] == ["q1"] and not found.gained
    assert [a.case.expected.id for a, _ in compare(second, first).gained] == ["q1"]
    (recall,) = (d for d in found.differences if d.metric.name == "citation_recall")
    assert recall.test.difference == -0.5 and recall.test.n == 2 and not recall.sure
    write(found, tmp_path / "out")
    assert json.loads((tmp_path / "out" / "compare.json").read_text())["lost"] == ["q1"]
    page = (tmp_path / "out" / "compare.html").read_text()
    assert NOISE in page and "52 weeks" in page


def test_the_same_run_shows_no_difference(tmp_path: Path) -> None:
    first = run(tmp_path, Scripted(GOOD), "a")
    found = compare(first, first)
    assert sentences(found) == ["No difference: every question has the same result in both runs."]
    assert not found.settings


def test_other_questions_are_refused_unless_allowed(tmp_path: Path) -> None:
    first = run(tmp_path, Scripted(GOOD), "a")
    second = run(tmp_path, Scripted(GOOD), "b", [*ROWS[:2], ROWS[2] | {"question": "Who is waiting?"}])
    with pytest.raises(RunError, match="2 of 3 and 3"):
        compare(first, second)
    found = compare(first, second, allow_different=True)
    assert len(found.pairs) == 2 and "only the 2 questions" in sentences(found)[0]


def test_changed_expectations_are_other_questions_too(tmp_path: Path) -> None:
    first = run(tmp_path, Scripted(GOOD), "a")
    second = run(tmp_path, Scripted(GOOD), "b", [ROWS[0] | {"must_include": [["52"]]}, *ROWS[1:]])
    with pytest.raises(RunError):
        compare(first, second)


def test_differing_settings_are_told(tmp_path: Path) -> None:
    first, second = run(tmp_path, Scripted(GOOD), "a"), run(tmp_path, Scripted(GOOD), "b")
    second.facts["settings"] = {"answers": {"threshold": 0.7}}
    assert ("settings.answers.threshold", "-", "0.7") in compare(first, second).settings
