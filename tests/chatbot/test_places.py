"""Places are found however they are written; those without papers are told apart from words that are no place."""

from __future__ import annotations

import pytest

from chatbot.question.places import find

LOADED = ("Aldershire", "Brighton and Hove", "Reading", "Westmarch")


def never(stem: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("waits in Westmarch", ("Westmarch",)),
        ("waits in westmarch", ("Westmarch",)),
        ("waits in Westmarsh", ("Westmarch",)),
        ("waits in westmarsh", ("Westmarch",)),
        ("Westmarch's short breaks", ("Westmarch",)),
        ("Brighton & Hove waits", ("Brighton and Hove",)),
        ("Is Westmarch better than Aldershire?", ("Westmarch", "Aldershire")),
        ("Is Aldershire better than Westmarch?", ("Aldershire", "Westmarch")),
        ("reading and writing help", ()),
        ("help in Reading", ("Reading",)),
        ("short breaks", ()),
    ],
)
def test_loaded_areas(text: str, areas: tuple[str, ...]) -> None:
    assert find(text, LOADED, never).areas == areas


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("waits in Bury", ("Bury",)),
        ("waits in Thornbridge", ("Thornbridge",)),
        ("What did Marlowshire do?", ("Marlowshire",)),
        ("What did Inspectors say?", ()),
        ("What about Autism?", ()),
    ],
)
def test_places_without_papers(text: str, unknown: tuple[str, ...]) -> None:
    assert find(text, LOADED, never).unknown == unknown


def test_a_word_of_the_papers_is_no_unknown_place() -> None:
    assert find("support in Thornfield", LOADED, lambda stem: stem == "thornfield").unknown == ()


def test_spans_are_where_the_names_stand() -> None:
    text = "Is Aldershire like Westmarch?"
    assert sorted(text[a:b] for a, b in find(text, LOADED, never).spans) == ["Aldershire", "Westmarch"]
