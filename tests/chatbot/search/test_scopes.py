"""What is compared: areas, else kinds of paper, else years."""

from __future__ import annotations

from collections.abc import Callable

from chatbot.library import Library
from chatbot.records import Question
from chatbot.search import scopes

Asked = Callable[..., Question]


def labels(text: str, asked: Asked, sample: Library) -> list[str]:
    return [scope.label for scope in scopes.of(asked(text), sample)]


def test_areas_are_sides_in_the_order_named(asked: Asked, sample: Library) -> None:
    assert labels("Compare waits in Westmarch and Aldershire", asked, sample) == ["Westmarch", "Aldershire"]
    for scope in scopes.of(asked("Compare waits in Westmarch and Aldershire"), sample):
        assert all(scope.label in about.facts.areas for about in scope.documents)


def test_years_are_sides_within_one_area(asked: Asked, sample: Library) -> None:
    assert labels("How have waits in Westmarch changed from 2016 to 2018?", asked, sample) == ["2016", "2018"]


def test_one_year_is_compared_with_the_others(asked: Asked, sample: Library) -> None:
    found = labels("How have waits in Westmarch changed since 2018?", asked, sample)
    assert "2018" in found and len(found) == 2


def test_kinds_are_sides(asked: Asked, sample: Library) -> None:
    text = "Does the peer review say the same as the minutes about short breaks in Westmarch?"
    assert labels(text, asked, sample) == ["peer_review", "minutes"]


def test_nothing_compared_is_one_side(asked: Asked, sample: Library) -> None:
    assert labels("waits in Westmarch", asked, sample) == ["Westmarch"]
    assert labels("waits", asked, sample) == [""]
    assert labels("How have waits in Aldershire changed?", asked, sample) == ["Aldershire"]


def test_no_document_is_on_two_sides(asked: Asked, sample: Library) -> None:
    found = scopes.of(asked("How have waits in Westmarch changed over time?"), sample)
    names = [about.facts.document for scope in found for about in scope.documents]
    assert len(names) == len(set(names))
