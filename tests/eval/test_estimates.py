"""Intervals and tests: repeatable, and honest about few questions."""

from __future__ import annotations

import pytest

from eval.scoring.estimates import estimate, paired, wilson


def test_same_values_same_interval() -> None:
    values = [0, 1, 1, 0.5, 1, 0, 1]
    assert estimate(values) == estimate(values)
    found = estimate(values)
    assert found.low < found.value < found.high and found.n == 7  # type: ignore[operator]


def test_nothing_is_not_zero() -> None:
    assert estimate([]).value is None


def test_few_perfect_questions_are_not_certainty() -> None:
    found = estimate([1.0] * 5)
    assert found.value == 1 and found.low == pytest.approx(0.566, abs=0.001)
    assert wilson(0.0, 20)[1] == pytest.approx(0.161, abs=0.001)


def test_times_keep_their_statistic() -> None:
    values = [0.1] * 18 + [1.0, 2.0]
    assert estimate(values, "median").value == 0.1
    assert estimate(values, "p95").value == 1.0


def test_paired_differences() -> None:
    assert paired([], []) is None
    same = paired([1, 0, 1], [1, 0, 1])
    assert same and same.difference == 0 and same.p == 1
    few = paired([0] * 5, [1] * 5)
    assert few and few.p == pytest.approx(2 / 32)
    many = paired([0] * 30, [1] * 30)
    assert many and many.p < 0.001 and many.low == 1
