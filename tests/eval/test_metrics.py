"""Every metric at its edges: above all, where it does not apply it is None and not 0."""

from __future__ import annotations

import pytest

from eval.metrics import BY_NAME, METRICS
from eval.metrics.quote_exactness import exact
from eval.records import Evidence
from eval.scoring.scoring import figures, score
from tests.eval.building import LETTER, NOISE, OTHER, PLANS, WAITS, answer, asked, case, corpus, unanswerable


def value(name: str, expected: object, row: dict) -> float | None:
    return BY_NAME[name].measure(case(expected, row))  # type: ignore[arg-type]


def test_every_metric_says_what_it_is() -> None:
    for metric in METRICS:
        assert metric.title and metric.meaning.endswith(".") and metric.values and metric.applies
        assert metric.better in ("higher", "lower", "") and metric.unit in ("share", "words", "seconds", "count")


ONLY_ANSWERABLE = [
    "recall@1", "recall@10", "recall@300w", "page_recall@5", "ndcg@10_page", "reciprocal_rank_document", "facts",
    "citation_recall", "citation_precision", "answered_when_answerable", "quoted_words", "wrong_document", "whole_list",
]  # fmt: skip


@pytest.mark.parametrize("name", ONLY_ANSWERABLE)
def test_not_applicable_to_what_should_be_refused(name: str) -> None:
    assert value(name, unanswerable(), answer((NOISE,), (NOISE,))) is None


def test_recall_counts_needs_not_passages() -> None:
    row = answer(passages=(NOISE, WAITS, WAITS, PLANS))
    question = asked(WAITS, PLANS)
    assert [value(f"recall@{k}", question, row) for k in (1, 3, 5)] == [0, 0.5, 1]


def test_evidence_of_another_document_does_not_count() -> None:
    assert value("recall@5", asked(), answer(passages=(WAITS,), document=OTHER)) == 0


def test_long_passages_buy_nothing_within_a_budget_of_words() -> None:
    long = "word " * 295 + WAITS
    assert value("recall@1", asked(), answer(passages=(long,))) == 1
    assert value("recall@300w", asked(), answer(passages=(long,))) == 0
    assert value("recall@1000w", asked(), answer(passages=(long,))) == 1


def test_levels() -> None:
    row = answer(passages=(NOISE, NOISE, NOISE))
    assert value("document_recall@5", asked(), row) == value("page_recall@5", asked(), row) == 1
    assert value("recall@5", asked(), row) == 0
    elsewhere = asked(gold=(Evidence(LETTER, 1, WAITS, 1),))
    assert value("document_recall@5", elsewhere, row) == 0


def test_a_refusal_of_an_answerable_question_counts_against_quotes_and_facts() -> None:
    row = answer(status="not_found")
    question = asked(must_include=(("52 weeks",),))
    assert value("citation_recall", question, row) == value("citation_precision", question, row) == 0
    assert value("facts", question, row) == 0
    assert value("quote_exactness", question, row) is None
    assert value("wrong_area", question, row) is None


def test_facts_do_not_apply_where_none_is_required() -> None:
    assert value("facts", asked(), answer((WAITS,))) is None


def test_lists_and_comparisons_are_whole_or_not() -> None:
    question = asked(WAITS, PLANS, kind="list")
    assert value("whole_list", question, answer((WAITS, PLANS))) == 1
    assert value("whole_list", question, answer((WAITS,))) == 0
    assert value("every_side", question, answer((WAITS,))) is None
    assert value("every_side", asked(WAITS, PLANS, kind="compare"), answer((WAITS, PLANS))) == 1


def test_wrong_area_looks_at_the_document() -> None:
    assert value("wrong_area", asked(), answer((WAITS,))) == 0
    assert value("wrong_area", asked(), answer((WAITS,), document=OTHER)) == 1
    compared = asked(gold=(Evidence(OTHER, 2, WAITS, 1),))
    assert value("wrong_area", compared, answer((WAITS,), document=OTHER)) == 0


def test_near_misses_are_apart() -> None:
    refused = answer(status="not_found")
    assert value("refused_near_miss", unanswerable(), refused) == 1
    assert value("refused_near_miss", unanswerable(area="Leeds"), refused) is None
    assert value("refused_elsewhere", unanswerable(area="Leeds"), refused) == 1
    assert value("refused_near_miss", unanswerable("offtopic"), refused) is None
    assert value("refused_offtopic", unanswerable("offtopic"), refused) == 1
    assert value("refusal_precision", asked(), refused) == 0
    assert value("refusal_precision", asked(), answer((WAITS,))) is None


def test_an_error_is_no_refusal() -> None:
    failed = answer(status="error", evaluation={"error": "x"})
    assert value("refused_when_not", unanswerable(), failed) == 0
    assert value("refusal_precision", unanswerable(), failed) is None


def test_statuses_of_the_question_come_first() -> None:
    assert value("right_status", unanswerable(), answer(status="private")) == 0
    assert value("right_status", asked(statuses=("clarify",)), answer(status="clarify")) == 1


def test_determinism_applies_only_to_what_was_asked_twice() -> None:
    assert value("same_again", asked(), answer((WAITS,))) is None
    assert value("same_again", asked(), answer((WAITS,), evaluation={"same_again": False})) == 0


def test_a_missing_answer_counts_nowhere() -> None:
    scores = score([asked()], {}, corpus())
    assert scores.missing == 1
    assert all(estimate.n == 0 for estimate in scores.overall.values())
    assert figures([])["recall@5"].value is None


PAGE = "13 Some families wait. They told\ninspectors so.\n• first thing\n• second thing\nfooter 3"


@pytest.mark.parametrize(
    ("quote", "pages", "found"),
    [
        ("They told inspectors so.", [PAGE], True),
        ("They told inspectors  so.", [PAGE], True),
        ("They told the inspectors so.", [PAGE], False),
        ("they told inspectors so.", [PAGE], False),
        ("first thing second thing", [PAGE], True),
        ("Some families inspectors so.", [PAGE], False),
        ("second thing that goes on", [PAGE, "header\nthat goes on over here"], True),
        ("second thing that goes off", [PAGE, "header\nthat goes on over here"], False),
        ("", [PAGE], False),
        ("Some families", [], False),
    ],
)
def test_exactness(quote: str, pages: list[str], found: bool) -> None:
    assert exact(quote, pages) is found
