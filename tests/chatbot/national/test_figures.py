"""Figures over time: what makes a line, what stands apart, and the answer with its quotes."""

from __future__ import annotations

import pytest

from chatbot.national.areas import row_of
from chatbot.national.asking import FIGURES, AskedFact
from chatbot.national.figure_answers import answer
from chatbot.national.figures import COLUMNS, TARGET, Followed, as_row, of_area
from chatbot.question.read import read


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


def test_the_answer_quotes_every_figure_and_says_what_stands_apart(assistant) -> None:  # type: ignore[no-untyped-def]
    library = assistant.library

    def asked(text: str, measure: str = "plans_on_time"):  # type: ignore[no-untyped-def]
        question = read(text, None, (), library, assistant.kinds.guess)
        return answer(question, library, [AskedFact(FIGURES, measure)])

    told = asked("How has the share of plans on time changed in Westmarch?")
    assert told.status == "answered" and all(c.verified for c in told.citations)
    first = told.groups[0]
    assert first.heading == "per cent, over a year"
    assert first.note.startswith("38% (the year to August 2016); 61% (the 12 months to August 2018); 54%")
    quotes = " ".join(c.quote for c in told.citations)
    assert all(number in quotes for number in ("38%", "61%", "54%", "49%", "58%", "63%", "75%"))
    assert asked("How has the share of plans on time changed in Aldershire?") is None  # one figure: it is searched
    assert asked("How has it changed in Westmarch?", "home_educated") is None


def test_a_question_for_figures_over_time_is_known_by_its_examples(assistant) -> None:  # type: ignore[no-untyped-def]
    def asked(text: str) -> AskedFact | None:
        return assistant.facts.asked(text, assistant.library.areas)

    assert asked("How has the share of plans on time changed in Westmarch?") == AskedFact(FIGURES, "plans_on_time")
    assert asked("Has the wait for occupational therapy in Westmarch gone up or down?") == AskedFact(FIGURES, "wait_ot")
    for other in ("How many weeks is the wait for speech therapy in Westmarch?", "Why are plans late in Westmarch?"):
        assert asked(other) is None
