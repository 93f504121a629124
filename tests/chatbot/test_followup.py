"""A follow-up takes what it needs from the turns before it and no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatbot.records import Question

Asked = Callable[..., Question]
BREAKS = "What did inspectors say about short breaks in Westmarch?"


def labels(question: Question) -> list[str]:
    return [c.label for c in question.concepts]


@pytest.mark.parametrize("text", ["And in Aldershire?", "What about Aldershire?", "in aldershire?"])
def test_another_place_takes_the_whole_question(text: str, asked: Asked) -> None:
    found = asked(text, history=[BREAKS])
    assert found.areas == ("Aldershire",)
    assert "short breaks" in labels(found)
    assert found.resolved == "What did inspectors say about short breaks in Aldershire?"


def test_another_topic_keeps_the_area(asked: Asked) -> None:
    found = asked("And occupational therapy?", history=[BREAKS])
    assert found.areas == ("Westmarch",)
    assert labels(found) == ["occupational therapy"]


def test_pointing_back_takes_the_topic(asked: Asked) -> None:
    found = asked("Why?", history=[BREAKS])
    assert labels(found) == ["short breaks"]
    assert not found.concepts[0].asked
    assert "short breaks" in found.resolved and "Westmarch" in found.resolved


def test_another_year(asked: Asked) -> None:
    found = asked("What about 2016?", history=[BREAKS])
    assert (found.years, found.areas) == ((2016,), ("Westmarch",))
    assert "short breaks" in labels(found)


def test_a_question_that_stands_alone_takes_only_the_area(asked: Asked) -> None:
    found = asked("How long do children wait for speech and language therapy?", history=[BREAKS])
    assert found.areas == ("Westmarch",)
    assert "short breaks" not in labels(found)


def test_a_question_about_the_report_takes_no_topic(asked: Asked) -> None:
    found = asked("When is the next full inspection?", history=[BREAKS])
    assert (found.intent, found.areas) == ("meta", ("Westmarch",))


def test_topic_is_carried_over_two_turns(asked: Asked) -> None:
    found = asked("And in Aldershire?", history=[BREAKS, "Why?"])
    assert "short breaks" in labels(found)


def test_without_history_nothing_is_carried(asked: Asked) -> None:
    assert asked("And occupational therapy?").areas == ()
    assert asked("Why?").concepts == ()


def test_changed_area_beside_the_box_holds(asked: Asked) -> None:
    assert asked("Why?", "Aldershire", ["What about short breaks?"]).areas == ("Aldershire",)
