"""A wanted number, date or name is recognised, and what only looks like one is not."""

from __future__ import annotations

import pytest

from chatbot.forms import STRICT, found_form, has_form


@pytest.mark.parametrize(
    ("sentence", "wants"),
    [
        ("There were 31 young people.", "number"),
        ("Two new bases open.", "number"),
        ("58% of plans were on time.", "percentage"),
        ("A third of school leaders had not used it.", "share"),
        ("It cost £940,000.", "money"),
        ("An overspend of 6.8 million is forecast.", "money"),
        ("The wait is 22 weeks.", "duration"),
        ("They wait more than two years.", "duration"),
        ("It serves those aged 14 to 25.", "age"),
        ("It closed in March 2021.", "date"),
        ("It opens in May.", "date"),
        ("Finished actions rose from 6 to 58.", "number"),
        ("Anneliese Porter chairs the forum.", "human"),
        ("Councillor Hartnoll asked why.", "human"),
        ("The Chair replied.", "person"),
        ("Staff at the Millrace Hub help.", "name"),
        ("Anything at all.", ""),
    ],
)
def test_form_is_there(sentence: str, wants: str) -> None:
    assert has_form(sentence, wants)


@pytest.mark.parametrize(
    ("sentence", "wants"),
    [
        ("It opened in 2024.", "number"),
        ("Those aged 14 to 25 get help.", "number"),
        ("One of the parents spoke.", "number"),
        ("It took 22 weeks.", "number"),
        ("It helps pupils from 5 to 11 years old.", "number"),
        ("The service was graded as Grade 2.", "number"),
        ("Families may wait.", "date"),
        ("The Disabilities Information desk was praised.", "human"),
        ("Waits are long.", "duration"),
        ("Funding is short.", "money"),
        ("The Parent Carer Forum met.", "human"),
        ("Leaders said so.", "human"),
        ("Nobody knows.", "date"),
        ("Some staff help.", "name"),
    ],
)
def test_form_is_not_there(sentence: str, wants: str) -> None:
    assert not has_form(sentence, wants)


def test_a_figure_of_the_question_is_no_answer() -> None:
    assert not has_form("Plans take 20 weeks.", "duration", "Why are plans later than 20 weeks?")


def test_average_asked_wants_an_average() -> None:
    assert not has_form("One child waited 46 weeks.", "duration", "What is the average wait?")
    assert has_form("The average wait was 46 weeks.", "duration", "What is the average wait?")


def test_found_form_is_the_figure() -> None:
    assert found_form("The wait fell to 22 weeks in October.", "duration") == "22 weeks"
    assert found_form("The wait fell.", "duration") == ""
    assert found_form("The wait fell.", "") == ""


@pytest.mark.parametrize("wants", sorted(STRICT))
def test_empty_sentence_has_no_form(wants: str) -> None:
    assert not has_form("", wants)
