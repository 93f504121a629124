"""A run from questions to files: resumed, repeatable, and with a row for what failed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.errors import EvalError, RunError
from eval.questions import golden
from eval.report.results import publish
from eval.runs import runs
from eval.runs.answers import read_lines
from eval.runs.gate import fallen, thresholds
from eval.runs.runs import Part
from tests.eval.building import NOISE, REPORT, WAITS, Scripted, answer, write_jsonl

GOLD = [{"document": REPORT, "page": 2, "evidence": WAITS, "group": 1}]
ROWS = [
    {
        "id": "q1",
        "question": "How long is the wait?",
        "area": "Ashby",
        "kind": "fact",
        "answerable": True,
        "gold": GOLD,
    },
    {"id": "q2", "question": "What does it cost?", "area": "Ashby", "kind": "unanswerable", "answerable": False},
    {"id": "q3", "question": "Who waits?", "area": "Ashby", "kind": "finding", "answerable": True, "gold": GOLD},
]
GOOD = {"q1": answer((WAITS,), (WAITS,)), "q2": answer(status="not_found"), "q3": answer((WAITS,), (NOISE, WAITS))}


def quiet(stage: str, done: int, total: int) -> None:
    """No progress."""


def run(tmp_path: Path, system: Scripted, name: str = "run", rows: list[dict] | None = None) -> runs.Run:
    """Carry out a run and read it back."""
    file = write_jsonl(tmp_path / "golden.jsonl", rows or ROWS)
    runs.carry_out(file, golden.load(file), [Part(system, tmp_path / name)], None, quiet)
    return runs.load(tmp_path / name)


def test_files_of_a_run(tmp_path: Path) -> None:
    found = run(tmp_path, Scripted(GOOD))
    publish(found)
    names = {path.name for path in found.folder.iterdir()}
    assert names == {"answers.jsonl", "questions.jsonl", "run.json", "metrics.json", "questions.csv", "report.html"}
    facts = json.loads((found.folder / "run.json").read_text())
    assert facts["golden"]["questions"] == 3 and len(facts["golden"]["sha256"]) == 64
    assert facts["prompts"]["eval.toml"] == "1" and facts["machine"]["cores"] and facts["code"]["source"]
    figures = json.loads((found.folder / "metrics.json").read_text())["metrics"]
    assert figures["citation_recall"]["value"] == 1 and figures["citation_recall"]["n"] == 2
    assert "seconds_median" in figures and "refused_offtopic" not in figures


def test_a_second_run_asks_nothing_again(tmp_path: Path) -> None:
    run(tmp_path, Scripted(GOOD))
    again = Scripted(GOOD)
    run(tmp_path, again)
    assert again.asked == 0


def test_another_system_version_asks_everything_again(tmp_path: Path) -> None:
    run(tmp_path, Scripted(GOOD))
    again = Scripted(GOOD, version="2")
    run(tmp_path, again)
    assert again.asked == 4  # the first question twice, to see whether the answer is the same


def test_a_changed_question_is_asked_again(tmp_path: Path) -> None:
    run(tmp_path, Scripted(GOOD))
    again = Scripted(GOOD)
    run(tmp_path, again, rows=[*ROWS[:2], ROWS[2] | {"question": "Who is waiting?"}])
    assert again.asked == 1


def test_a_stopped_run_goes_on(tmp_path: Path) -> None:
    finished = run(tmp_path, Scripted(GOOD)).folder / "answers.jsonl"
    lines = finished.read_text().splitlines()
    finished.write_text(lines[0] + "\n" + lines[1][:50])
    again = Scripted(GOOD)
    found = run(tmp_path, again)
    assert again.asked == 2
    assert list(read_lines(finished)) == ["q1", "q2", "q3"]
    assert found.scores.missing == 0


def test_stopped_by_the_keyboard_keeps_what_is_there(tmp_path: Path) -> None:
    class Stopped(Scripted):
        def answer(self, question: dict) -> dict:
            if question["id"] == "q3":
                raise KeyboardInterrupt
            return super().answer(question)

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, Stopped(GOOD))
    assert list(read_lines(tmp_path / "run" / "answers.jsonl")) == ["q1", "q2"]


def test_a_failing_question_is_a_row_and_asked_again_next_time(tmp_path: Path) -> None:
    found = run(tmp_path, Scripted(GOOD | {"q3": ValueError("a < b")}))
    assert found.scores.stages["failed"] == 1
    assert found.scores.overall["answered_when_answerable"].value == 0.5
    publish(found)
    assert "ValueError: a &lt; b" in (found.folder / "report.html").read_text()
    assert run(tmp_path, Scripted(GOOD)).scores.stages == {"right": 3}


def test_a_changing_answer_is_noticed(tmp_path: Path) -> None:
    class Fickle(Scripted):
        def answer(self, question: dict) -> dict:
            return {**super().answer(question), "answer": str(self.asked)}

    assert run(tmp_path, Fickle(GOOD)).scores.overall["same_again"].value == 0
    assert run(tmp_path, Scripted(GOOD), "steady").scores.overall["same_again"].value == 1


def test_scoring_again_needs_only_the_folder(tmp_path: Path) -> None:
    first = run(tmp_path, Scripted(GOOD))
    again = runs.load(first.folder)
    assert again.scores.overall == first.scores.overall
    mended = write_jsonl(tmp_path / "mended.jsonl", ROWS[:1])
    assert len(runs.load(first.folder, mended).questions) == 1


def test_gate_names_what_fell(tmp_path: Path) -> None:
    found = run(tmp_path, Scripted(GOOD | {"q2": answer((NOISE,), (NOISE,))}))
    file = tmp_path / "gate.toml"
    file.write_text(
        "[minimum]\nrefused_when_not = 0.9\n'recall@5' = 1.0\nwhole_list = 0.5\n[maximum]\nwrong_area = 0.0\n"
    )
    told = fallen(found, thresholds(file))
    assert ["refused_when_not" in told[0], "whole_list" in told[1]] == [True, True] and len(told) == 2


@pytest.mark.parametrize("text", ["[minimum]\nunknown = 1", "[lowest]\nfacts = 1", "[minimum]\nfacts = 'x'", "["])
def test_gate_file_faults(tmp_path: Path, text: str) -> None:
    (tmp_path / "gate.toml").write_text(text)
    with pytest.raises(EvalError, match="gate.toml"):
        thresholds(tmp_path / "gate.toml")


def test_what_is_no_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="not the folder of a finished run"):
        runs.load(tmp_path)


def test_the_shipped_gate_is_readable() -> None:
    from tests.conftest import ROOT

    assert thresholds(ROOT / "eval" / "gate.toml")["minimum"]["quote_exactness"] == 1.0


def test_systems_take_turns_and_none_keeps_an_old_time(tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "golden.jsonl", ROWS)
    order: list[str] = []

    class Named(Scripted):
        def answer(self, question: dict) -> dict:
            order.append(f"{self.version}{question['id']}")
            return super().answer(question)

    def together(version: str) -> None:
        parts = [
            Part(Named(GOOD, version), tmp_path / "a", {"beside": "b"}),
            Part(Named(GOOD, "b"), tmp_path / "a" / "b"),
        ]
        runs.carry_out(file, golden.load(file), parts, None, quiet)

    together("a")
    assert order == ["aq1", "aq1", "bq1", "bq1", "aq2", "bq2", "aq3", "bq3"]
    together("a")
    assert len(order) == 8
    together("c")
    assert len(order) == 16
    found = runs.load(tmp_path / "a")
    assert found.baseline and found.baseline.scores.overall["facts"].n == found.scores.overall["facts"].n
    run(tmp_path, Scripted(GOOD), "a")
    assert runs.load(tmp_path / "a").baseline is None


def test_sealed_questions_count_and_are_shown_nowhere(tmp_path: Path) -> None:
    rows = [ROWS[0], {**ROWS[2], "sealed": True}]
    found = run(tmp_path, Scripted(GOOD), rows=rows)
    publish(found)
    figures = json.loads((found.folder / "metrics.json").read_text())
    assert figures["metrics"]["citation_recall"]["n"] == 2 and figures["sealed"] == 1
    for name in ("questions.csv", "report.html"):
        told = (found.folder / name).read_text(encoding="utf-8")
        assert "How long is the wait?" in told and "Who waits?" not in told


def test_sealed_questions_are_asked_once_a_version(tmp_path: Path) -> None:
    rows = [{**row, "sealed": True} for row in ROWS]
    first = run(tmp_path, Scripted(GOOD), rows=rows)
    assert run(tmp_path, Scripted(GOOD), rows=rows).facts["sealed_askings"] == 1  # a stopped run goes on
    with pytest.raises(RunError, match="once a version"):
        run(tmp_path, Scripted(GOOD), "other", rows)
    assert not (tmp_path / "other" / "answers.jsonl").exists()
    second = run(tmp_path, Scripted(GOOD, version="2"), "other", rows)
    assert (first.facts["sealed_askings"], second.facts["sealed_askings"]) == (1, 2)


def test_figures_by_wording_and_voice(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "paraphrase": 0, "voice": "parent"}, {**ROWS[2], "paraphrase": 2}, ROWS[1]]
    by = run(tmp_path, Scripted(GOOD), rows=rows).scores.by
    assert set(by["paraphrase"]) == {"0", "2"} and set(by["voice"]) == {"parent"}
    assert by["voice"]["parent"]["citation_recall"].n == 1
