"""Places are found however they are written; those without papers are told apart from words that are no place."""

from __future__ import annotations

import pytest

from chatbot.question.places import beside, find, resolve

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
        ("what about West\u2011march's tutors", ("Westmarch",)),
        ("waits in Alder-shire", ("Aldershire",)),
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
        ("What did NHS Frimley ICB say?", ("NHS Frimley ICB",)),
    ],
)
def test_places_without_papers(text: str, unknown: tuple[str, ...]) -> None:
    assert find(text, LOADED, never).unknown == unknown


def test_a_joined_board_that_papers_name_is_searched_for() -> None:
    assert find("What did NHS Frimley ICB say?", LOADED, lambda stem: stem == "frimley").unknown == ()


def test_a_word_of_the_papers_is_no_unknown_place() -> None:
    assert find("support in Thornfield", LOADED, lambda stem: stem == "thornfield").unknown == ()


def test_spans_are_where_the_names_stand() -> None:
    text = "Is Aldershire like Westmarch?"
    assert sorted(text[a:b] for a, b in find(text, LOADED, never).spans) == ["Aldershire", "Westmarch"]


AREAS = (
    "Bedford",
    "Herefordshire",
    "Hertfordshire",
    "North Yorkshire",
    "Windsor and Maidenhead",
    "York",
    "Elmstow Borough",
)


@pytest.mark.parametrize(
    ("text", "areas", "unknown"),
    [
        ("waits in Bedford Borough", ("Bedford",), ()),
        ("waits in RBWM", ("Windsor and Maidenhead",), ()),
        ("waits in windsor", ("Windsor and Maidenhead",), ()),
        ("waits in Elmstow", ("Elmstow Borough",), ()),
        ("waits in York", ("York",), ()),
        ("waits in South Yorkshire", (), ("South Yorkshire",)),
        ("waits in Central Bedfordshire", (), ("Central Bedfordshire",)),
        ("waits in grimsby", (), ("Grimsby",)),
        ("waits in Cardiff", (), ("Cardiff",)),
        ("waits in Hertforshire", ("Hertfordshire",), ()),
        ("waits in Lecester", (), ("Leicester",)),
        ("what must Hertfordshire and West Essex ICB do?", ("Hertfordshire",), ()),
        ("my son Preston waits", (), ()),
        ("a bath for my child", (), ()),
    ],
)
def test_every_name_of_a_place(text: str, areas: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    found = find(text, AREAS, never)
    assert (found.areas, found.unknown) == (areas, unknown)


def test_a_town_is_told_with_its_area() -> None:
    assert find("waits in Grimsby", AREAS, never).lie_in == (("Grimsby", ("North East Lincolnshire",)),)


def test_a_misspelling_of_two_areas_chooses_none() -> None:
    both = find("waits in Herfordshire", AREAS, never)
    assert both.areas == both.either == ("Herefordshire", "Hertfordshire")
    one = find("waits in Herfordshire", ("Hertfordshire",), never)
    assert (one.areas, one.unknown) == ((), ("Herfordshire",))


@pytest.mark.parametrize(
    ("chosen", "area"),
    [
        ("York Council", "York"),
        ("City of York", "York"),
        (" north yorkshire ", "North Yorkshire"),
        ("Royal Borough of Windsor & Maidenhead", "Windsor and Maidenhead"),
        ("Elmstow", "Elmstow Borough"),
        ("South Yorkshire", None),
        ("Hampshire", None),
        ("nowhere at all", None),
    ],
)
def test_a_chosen_area(chosen: str, area: str | None) -> None:
    assert resolve(chosen, AREAS) == area


@pytest.mark.parametrize(
    ("text", "areas", "unknown"),
    [
        ("how did the NHS change in Yorkshire?", (), ()),
        ("who is on the NHS board for Leeds and Bradford?", (), ()),
        ("who leads the Leeds and Bradford health board?", (), ()),
        ("how long are waits in Leeds?", (), ("Leeds",)),
        ("how long are waits in Sussex?", (), ("Sussex",)),
        ("how long are waits in Windsor?", ("Windsor and Maidenhead",), ()),
        ("how long are waits for Ofsted?", (), ()),
    ],
)
def test_places_named_beside_a_chosen_area(text: str, areas: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    found = beside(find(text, AREAS, never), "York")
    assert (found.areas, found.unknown) == (areas, unknown)
