"""Figures over time: what makes a line, what stands apart."""

from __future__ import annotations

import pytest

from chatbot.national.areas import row_of
from chatbot.national.figures import COLUMNS, TARGET, Followed, as_row, of_area


@pytest.fixture(scope="module")
def followed(assistant) -> dict[str, Followed]:  # type: ignore[no-untyped-def]
    row = row_of("Westmarch", assistant.library)
    return {one.measure: one for one in of_area(row, assistant.library)[0]}


def test_only_figures_that_are_counted_alike_make_a_line(followed: dict[str, Followed]) -> None:
    lines = {line.counted: [s.number for s in line.said] for line in followed["plans_on_time"].lines if line.joins}
    assert lines == {"per cent, over a year": ["38%", "61%", "54%"], "per cent, over a month": ["49%", "58%"]}
    assert [(s.number, s.own.role) for s in followed["plans_on_time"].targets] == [("75%", TARGET)]
    speech = {line.counted for line in followed["wait_speech"].lines}
    assert {"weeks, average", "weeks, average, under five", "weeks, average, school age", "months"} <= speech


def test_shares_of_other_samples_or_of_unstated_times_make_no_line(followed: dict[str, Followed]) -> None:
    assert not any(line.joins for name in ("plans_good", "advice_on_time") for line in followed[name].lines)


def test_every_number_stands_in_its_quote_and_a_figure_stands_once(followed: dict[str, Followed]) -> None:
    said = [one for each in followed.values() for one in each.said]
    assert said and all(one.number in one.quote for one in said)
    assert len(
        {(s.own.measure, s.at[:4], s.own.value, s.own.role, s.own.statistic, s.own.groups) for s in said}
    ) == len(said)
    assert all(len(as_row(one)) == len(COLUMNS) for one in said)
