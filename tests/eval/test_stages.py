"""A fault planted in one stage is named as that stage's."""

from __future__ import annotations

import pytest

from eval.records import Evidence
from eval.scoring import stages
from eval.scoring.stages import stage_of
from tests.eval.building import NOISE, OTHER, PLANS, REPORT, WAITS, answer, asked, case, unanswerable

ELSEWHERE = {"areas": ["Bramley"], "unknown_areas": []}
UNKNOWN = {"areas": [], "unknown_areas": ["Ashby"]}
RIGHT = answer((WAITS,), (WAITS, NOISE))


@pytest.mark.parametrize(
    ("row", "stage"),
    [
        (RIGHT, stages.RIGHT),
        (answer((NOISE,), (NOISE,), document=OTHER, understood=ELSEWHERE), stages.UNDERSTOOD),
        (answer(status="not_found", understood=UNKNOWN, reason="understood"), stages.UNDERSTOOD),
        (answer(status="out_of_scope", reason="understood"), stages.UNDERSTOOD),
        (answer((NOISE,), (NOISE,)), stages.RETRIEVED),
        (answer(status="not_found", reason="gate", passages=(NOISE,)), stages.RETRIEVED),
        (answer((NOISE,), (WAITS, NOISE)), stages.CHOSEN),
        (answer(status="not_found", reason="chosen", passages=(WAITS,)), stages.CHOSEN),
        (answer(status="not_found", reason="gate", passages=(WAITS,)), stages.GATE),
        (answer(status="error", evaluation={"error": "ValueError: x"}), stages.FAILED),
    ],
)
def test_planted_fault_is_named(row: dict, stage: str) -> None:
    finding = stage_of(case(asked(), row))
    assert finding.stage == stage, finding.sentence
    assert finding.sentence and finding.title


def test_partly_retrieved_and_refused_by_the_gate_is_the_gates() -> None:
    row = answer(status="not_found", reason="gate", passages=(WAITS,), gate={"score": 0.2, "threshold": 0.5})
    finding = stage_of(case(asked(WAITS, PLANS), row))
    assert finding.stage == stages.GATE
    assert "0.200 < 0.500" in finding.sentence


def test_evidence_quoted_without_the_required_fact_is_a_wrong_choice() -> None:
    short = answer((WAITS.replace("52 weeks", "a year"),), (WAITS,))
    finding = stage_of(case(asked(must_include=(("52 weeks", "52-week"),)), short))
    assert finding.stage == stages.CHOSEN
    assert "52 weeks / 52-week" in finding.sentence


def test_document_that_is_not_loaded_comes_before_all_else() -> None:
    gold = (Evidence("gone.pdf", 1, WAITS, 1),)
    assert stage_of(case(asked(gold=gold), answer((NOISE,), (NOISE,)))).stage == stages.NOT_LOADED


def test_searching_everywhere_is_no_misunderstanding() -> None:
    row = answer((NOISE,), (NOISE,), understood={"areas": []})
    assert stage_of(case(asked(), row)).stage == stages.RETRIEVED


def test_alternatives_in_another_searched_area_are_no_misunderstanding() -> None:
    gold = (Evidence(REPORT, 2, WAITS, 1), Evidence(OTHER, 2, WAITS, 1))
    row = answer((WAITS,), (WAITS,), document=OTHER, understood=ELSEWHERE)
    assert stage_of(case(asked(gold=gold), row)).stage == stages.RIGHT


@pytest.mark.parametrize(
    ("expected", "status", "stage"),
    [
        (unanswerable(), "not_found", stages.RIGHT),
        (unanswerable(), "clarify", stages.RIGHT),
        (unanswerable(), "answered", stages.NOT_REFUSED),
        (unanswerable(), "safeguarding", stages.WRONG_REFUSAL),
        (unanswerable("offtopic"), "out_of_scope", stages.RIGHT),
        (unanswerable("offtopic"), "private", stages.RIGHT),
        (unanswerable("offtopic"), "not_found", stages.WRONG_REFUSAL),
    ],
)
def test_refusals(expected: object, status: str, stage: str) -> None:
    row = answer((NOISE,) if status == "answered" else (), (NOISE,), status=status)
    assert stage_of(case(expected, row)).stage == stage  # type: ignore[arg-type]


def test_a_system_that_tells_nothing_of_its_stages_is_still_judged() -> None:
    row = answer((NOISE,), (NOISE,))
    del row["understood"], row["reason"]
    assert stage_of(case(asked(), row)).stage == stages.RETRIEVED
