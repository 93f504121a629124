"""Ranking figures against ir-measures on small tables, and at their edges."""

from __future__ import annotations

import ir_measures
import pytest

from eval.metrics import ranking

# Ranked items, best first; which of them are needed. Needs are the items themselves, as in a plain judgement table.
TABLES = {
    "first": (["a", "b", "c"], {"a"}),
    "third": (["x", "y", "a", "b"], {"a"}),
    "two of three": (["a", "x", "c", "y"], {"a", "b", "c"}),
    "all late": (["v", "w", "x", "y", "a", "b", "c"], {"a", "b", "c"}),
    "beyond five": (["v", "w", "x", "y", "z", "a"], {"a", "b"}),
    "more needs than ranks": (["a"], {"a", "b", "c", "d"}),
    "none": (["x", "y"], {"a", "b"}),
    "nothing retrieved": ([], {"a"}),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("depth", [1, 3, 5, 10])
def test_same_as_ir_measures(name: str, depth: int) -> None:
    ranked, needed = TABLES[name]
    qrels = [ir_measures.Qrel("q", item, 1) for item in sorted(needed)]
    run = [ir_measures.ScoredDoc("q", item, float(len(ranked) - n)) for n, item in enumerate(ranked)]
    measures = {"recall": ir_measures.R @ depth, "rr": ir_measures.RR @ depth, "ndcg": ir_measures.nDCG @ depth}
    oracle = {key: ir_measures.calc_aggregate([m], qrels, run)[m] for key, m in measures.items()}
    gains = [frozenset({item} & needed) for item in ranked]
    assert ranking.recall(gains, len(needed), depth) == pytest.approx(oracle["recall"], abs=1e-6)
    assert ranking.reciprocal_rank(gains, depth) == pytest.approx(oracle["rr"], abs=1e-6)
    assert ranking.ndcg(gains, len(needed), depth) == pytest.approx(oracle["ndcg"], abs=1e-6)


def test_repeating_a_met_need_adds_nothing() -> None:
    once = [frozenset({1}), frozenset(), frozenset({2})]
    again = [frozenset({1}), frozenset({1}), frozenset({2})]
    assert ranking.ndcg(once, 2, 10) == ranking.ndcg(again, 2, 10)
    assert ranking.recall(again, 2, 2) == 0.5


def test_one_item_may_meet_every_need() -> None:
    assert ranking.ndcg([frozenset({1, 2})], 2, 10) == 1
    assert ranking.recall([frozenset({1, 2})], 2, 1) == 1


def test_no_need_is_no_success() -> None:
    assert ranking.recall([frozenset()], 0, 5) == 0
    assert ranking.ndcg([], 0, 5) == 0
