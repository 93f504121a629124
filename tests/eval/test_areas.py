"""Questions of which areas and how many: how they are read, scored and judged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.metrics import METRICS, area_sets, count_exact
from eval.questions import golden
from eval.runs.runs import write_questions
from eval.scoring.stages import stage_of
from tests.conftest import ROOT
from tests.eval.building import answer, asked, case, write_jsonl

WHICH = asked(kind="which", gold=(), areas=("Ashby", "Bramley"))
COUNT = asked(kind="count", gold=(), number=2)


def quoting(*areas: str, text: str = "2 of 3 areas", status: str = "answered") -> dict[str, object]:
    cited = [{"marker": n, "document": "a", "page": 1, "quote": "q", "area": a} for n, a in enumerate(areas, 1)]
    return answer(status=status) | {"citations": cited, "answer": text}


@pytest.mark.parametrize(
    ("areas", "recall", "precision"),
    [
        (("Ashby", "Bramley"), 1, 1),
        (("Ashby", "Ashby"), 0.5, 1),
        (("Ashby, Bramley", "Cole"), 1, 2 / 3),
        (("Cole",), 0, 0),
        ((), 0, 0),
    ],
)
def test_the_set_of_areas(areas: tuple[str, ...], recall: float, precision: float) -> None:
    one = case(WHICH, quoting(*areas, status="answered" if areas else "not_found"))
    assert (area_sets.recall(one), area_sets.precision(one)) == (recall, precision)
    assert stage_of(one).right is (recall == precision == 1)


@pytest.mark.parametrize(
    ("text", "exact"),
    [("2 of 3 areas: Ashby.", 1), ("3 of 3 areas", 0), ("All of them", 0), ("Of 2,000 papers 2", 0), ("12 areas", 0)],
)
def test_the_number_an_answer_begins_with(text: str, exact: float) -> None:
    one = case(COUNT, quoting("Ashby", text=text))
    assert count_exact.measure(one) == exact
    assert stage_of(one).right is bool(exact)


def test_they_count_in_no_metric_of_evidence_and_others_not_in_theirs() -> None:
    values = {m.name: m.measure(case(WHICH, quoting("Ashby", "Bramley"))) for m in METRICS}
    assert {values[name] for name in ("citation_recall", "recall@1", "count_exact") if name in values} == {None}
    fact = case(asked(), answer())
    assert (area_sets.recall(fact), area_sets.precision(fact), count_exact.measure(fact)) == (None, None, None)


def test_they_are_read_and_their_faults_told(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "question": "Which?", "kind": "which", "areas": ["Ashby", "Bournemouth, Christchurch and Poole"]},
        {"id": "2", "question": "How many?", "kind": "count", "number": 7},
        {"id": "3", "question": "How many?", "kind": "count", "answerable": True},
        {"id": "4", "question": "Which?", "kind": "which", "areas": [7]},
    ]
    questions, faults = golden.read(write_jsonl(tmp_path / "a.jsonl", rows))
    assert questions[0].areas == ("Ashby", "Bournemouth, Christchurch and Poole") and questions[0].answerable
    assert questions[1].number == 7
    assert [(f.row, f.column) for f in faults][:2] == [(3, "number"), (4, "areas")]


def test_our_own_set_is_fit_for_use() -> None:
    questions = golden.load(ROOT / "eval" / "golden" / "areas.jsonl")
    assert len(questions) == 60 and sum(q.sealed for q in questions) == 20
    assert {q.kind for q in questions} == {"which", "count"}


def test_what_is_expected_stays_with_a_run(tmp_path: Path) -> None:
    write_questions(tmp_path / "questions.jsonl", [WHICH, replace(COUNT, id="q2")])
    kept = golden.load(tmp_path / "questions.jsonl")
    assert [(q.areas, q.number) for q in kept] == [(("Ashby", "Bramley"), None), ((), 2)]
