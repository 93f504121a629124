"""A question in anyone's words: its areas, years, type, wishes and ideas."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatbot.records import Question

Asked = Callable[..., Question]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("How many families have a Kestrel Card?", "fact"),
        ("What did inspectors say about short breaks?", "finding"),
        ("What is a graduated approach?", "definition"),
        ("Compare short breaks in Westmarch and Aldershire", "compare"),
        ("How have waits changed since 2018?", "compare"),
        ("What was the outcome of the Aldershire inspection?", "meta"),
        ("Which schools give outreach?", "list"),
        ("What should I ask about short breaks?", "ask"),
    ],
)
def test_type(text: str, intent: str, asked: Asked) -> None:
    assert asked(text).intent == intent


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("How many pupils are on part-time timetables?", "number"),
        ("How long is the wait for speech therapy?", "duration"),
        ("How much was spent on the roof?", "money"),
        ("What percentage of plans were on time?", "percentage"),
        ("When did Fern House close?", "date"),
        ("Who chairs the forum?", "human"),
        ("At what age does the service end?", "age"),
        ("What did parents say?", ""),
    ],
)
def test_wanted_form(text: str, wants: str, asked: Asked) -> None:
    assert asked(text).wants == wants


def test_named_area_wins_over_the_chosen_one(asked: Asked) -> None:
    assert asked("short breaks in Aldershire", "Westmarch").areas == ("Aldershire",)
    assert asked("short breaks", "Westmarch").areas == ("Westmarch",)
    assert asked("short breaks").areas == ()


def test_chosen_area_without_papers_is_unknown(asked: Asked) -> None:
    assert asked("short breaks", "Bury").unknown_areas == ("Bury",)


def test_years_kinds_and_voices(asked: Asked) -> None:
    found = asked("What did parents say in the 2022 peer review of Westmarch?")
    assert found.years == (2022,)
    assert "peer_review" in found.kinds
    assert "families" in asked("What did parents say about waits?").speakers
    assert asked("What does the latest report say about waits?").latest
    assert not asked("What does the report say about waits?").latest


def test_area_and_year_are_no_ideas(asked: Asked) -> None:
    assert [c.label for c in asked("short breaks in Westmarch in 2016").concepts] == ["short breaks"]


def test_mended_words_are_told(asked: Asked) -> None:
    assert ("theraphy", "therapy") in asked("speech theraphy in Westmarch").corrected


@pytest.mark.parametrize(
    "text", ["What must Westmarch improve?", "What are the priority actions?", "What did the peer review recommend?"]
)
def test_formal_lists_are_recognised(text: str, asked: Asked) -> None:
    assert asked(text).parts == ("formal",)


def test_unknown_idea_weighs_more(asked: Asked) -> None:
    weights = {c.label: c.weight for c in asked("Are there zeppelins for speech therapy?").concepts}
    assert weights["zeppelins"] > weights["speech therapy"]
