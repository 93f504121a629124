"""A question in anyone's words: its areas, years, sources and form; what a follow-up takes from before, and no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatbot.question.read import days_of, years_of
from chatbot.records import Question

Asked = Callable[..., Question]
BREAKS = "What did inspectors say about short breaks in Westmarch?"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What did inspectors say about short breaks?", "finding"),
        ("What is a graduated approach?", "definition"),
        ("Compare short breaks in Westmarch and Aldershire", "compare"),
        ("short breaks in Westmarch, Aldershire", "compare"),
        ("waits in 2018 and 2023", "compare"),
        ("List all the areas for improvement", "list"),
    ],
)
def test_form(text: str, intent: str, asked: Asked) -> None:
    assert asked(text).intent == intent


def test_named_area_wins_over_the_chosen_one(asked: Asked) -> None:
    assert asked("short breaks in Aldershire", "Westmarch").areas == ("Aldershire",)
    assert asked("short breaks", "Westmarch").areas == ("Westmarch",)
    assert asked("short breaks", " westmarch ").areas == ("Westmarch",)
    assert asked("short breaks").areas == ()


def test_chosen_area_without_papers_is_unknown(asked: Asked) -> None:
    assert asked("short breaks", "Bury").unknown_areas == ("Bury",)


def test_kinds_and_voices(asked: Asked) -> None:
    found = asked("What did parents say in the 2022 peer review of Westmarch?")
    assert (found.years, "peer_review" in found.kinds) == ((2022,), True)
    assert "families" in asked("What did parents say about waits?").speakers
    # Who met is no kind of paper: 11 questions in own words cite .74 of the evidence so, .32 from the minutes alone.
    assert asked("What did they tell the panel at the meeting about waits?").kinds == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("in 2019", (2019,)),
        ("since 2016 and in 2024", (2016, 2024)),
        ("in the school year 2023/24", (2023, 2024)),
        ("2022-23 figures", (2022, 2023)),
        ("on 10/07/2023", (2023,)),
        ("on 3.4.19", (2019,)),
        ("£2016 for 2,024 pupils", ()),
        ("no year", ()),
    ],
)
def test_years_as_people_write_them(text: str, years: tuple[int, ...]) -> None:
    assert years_of(text) == years


def test_days_in_figures() -> None:
    assert days_of("on 10/07/2023 and 18.11.24, not 45/45/2023") == ("2023-07-10", "2024-11-18")


def test_area_and_year_are_no_topics(asked: Asked) -> None:
    assert [c.label for c in asked("short breaks in Westmarch in 2016").concepts] == ["short breaks"]


def test_mended_words_are_told_and_read(asked: Asked) -> None:
    found = asked("speech theraphy in Westmarch")
    assert ("theraphy", "therapy") in found.corrected
    assert found.standalone == "speech therapy in Westmarch" and found.text == "speech theraphy in Westmarch"


@pytest.mark.parametrize("text", ["And in Aldershire?", "What about Aldershire?", "in aldershire?"])
def test_another_place_takes_the_whole_question(text: str, asked: Asked) -> None:
    found = asked(text, history=[BREAKS])
    assert found.areas == ("Aldershire",)
    assert "short breaks" in found.standalone and "Westmarch" not in found.standalone


@pytest.mark.parametrize("text", ["And occupational therapy?", "How long do children wait for occupational therapy?"])
def test_a_topic_of_its_own_keeps_only_the_area(text: str, asked: Asked) -> None:
    found = asked(text, history=[BREAKS])
    assert found.areas == ("Westmarch",) and "short breaks" not in found.standalone
    assert "Westmarch" in found.resolved


def test_pointing_back_takes_the_question_before(asked: Asked) -> None:
    found = asked("Why?", history=[BREAKS])
    assert found.areas == ("Westmarch",) and found.standalone.startswith(BREAKS) and found.resolved.endswith("Why?")


def test_another_year(asked: Asked) -> None:
    found = asked("What about 2016?", history=["What was said about short breaks in Westmarch in 2023?"])
    assert (found.years, found.areas) == ((2016,), ("Westmarch",))
    assert "short breaks" in found.standalone and "2023" not in found.standalone


def test_a_question_is_carried_over_two_turns(asked: Asked) -> None:
    assert "short breaks" in asked("And in Aldershire?", history=[BREAKS, "Why?"]).standalone


def test_everywhere_leaves_the_area(asked: Asked) -> None:
    found = asked("And in other areas?", history=[BREAKS])
    assert found.areas == () and "short breaks" in found.standalone


@pytest.mark.parametrize("text", ["compare the two", "which of them is worse?", "side by side please"])
def test_both_are_the_two_asked_about(text: str, asked: Asked) -> None:
    found = asked(text, history=[BREAKS, "And in Aldershire?"])
    assert (found.areas, found.intent) == (("Westmarch", "Aldershire"), "compare")
    assert asked(text, history=[BREAKS]).areas == ("Westmarch",)


def test_other_areas_leave_out_the_one_asked_about(asked: Asked) -> None:
    assert asked("And in other areas?", history=[BREAKS]).apart == ("Westmarch",)
    assert asked("And in all areas?", history=[BREAKS]).apart == ()


def test_only_the_topic_and_what_was_added_to_it_are_carried(asked: Asked) -> None:
    found = asked("Why?", history=[BREAKS, "Has that got better?", "And for teenagers?"])
    assert found.standalone == f"{BREAKS} And for teenagers? Why?"


def test_of_a_word_explained_the_word_is_carried(asked: Asked) -> None:
    found = asked("how well does Westmarch do it", history=["What does co-production mean?"])
    assert found.standalone == "co-production how well does Westmarch do it" and found.intent == "finding"


def test_a_place_by_itself_is_a_new_question(asked: Asked) -> None:
    assert asked("Tell me about Aldershire", history=[BREAKS]).standalone == "Tell me about Aldershire"


def test_another_paper_is_asked_the_same(asked: Asked) -> None:
    found = asked("and the peer review?", history=["What did the minutes say about short breaks in Westmarch?"])
    assert found.kinds == ("peer_review",) and "short breaks" in found.standalone
    found = asked("2016?", history=["What did the peer review say about short breaks in Westmarch?"])
    assert found.kinds == () and found.standalone.startswith("What did the papers say about short breaks")


def test_now_is_not_the_year_spoken_of(asked: Asked) -> None:
    assert asked("is it better now", history=["How long were waits in Westmarch in 2016?"]).years == ()


def test_without_history_nothing_is_carried(asked: Asked) -> None:
    assert asked("And occupational therapy?").areas == ()
    assert asked("Why?").standalone == "Why?"


def test_changed_area_beside_the_box_holds(asked: Asked) -> None:
    assert asked("Why?", "Aldershire", ["What about short breaks?"]).areas == ("Aldershire",)
