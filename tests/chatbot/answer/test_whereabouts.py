"""What is said of places and boards beside an answer or a refusal."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from chatbot.answer import whereabouts
from chatbot.conversation import Assistant
from chatbot.records import Question
from chatbot.serialise import plain_text
from ingest.facts import places


def told(assistant: Assistant, text: str, **known: object) -> str:
    question = replace(Question(text, text, "finding"), **known)  # type: ignore[arg-type]
    return " ".join(whereabouts.told(question, assistant.library))


def test_a_town_is_placed_in_its_area(assistant: Assistant) -> None:
    said = told(assistant, "waits in Grimsby", lie_in=(("Grimsby", ("North East Lincolnshire",)),))
    assert said == "Grimsby lies in North East Lincolnshire."
    assert told(assistant, "waits in Windsor", lie_in=(("Windsor", ("Windsor and Maidenhead",)),)) == ""


def test_a_region_is_told_by_the_areas_it_holds(assistant: Assistant) -> None:
    holds = places.known_place("West Yorkshire")
    assert holds is not None
    region = {"lie_in": (("West Yorkshire", holds.areas),), "unknown_areas": ("West Yorkshire",)}
    said = told(assistant, "waits in West Yorkshire", **region)
    assert "not one SEND area: it holds Bradford, Calderdale, Kirklees, Leeds and Wakefield" in said
    assert told(assistant, "waits", lie_in=region["lie_in"]) == ""  # it was asked of one area in it
    whole = places.known_place("London")
    assert whole is not None
    london = told(assistant, "in London", lie_in=(("London", whole.areas),), unknown_areas=("London",))
    assert "and 26 others" in london


def test_what_has_papers_is_named() -> None:
    library: Any = SimpleNamespace(areas=("Leeds", "Gloucestershire"))
    question = Question(
        "waits", "waits", "finding",
        unknown_areas=("West Yorkshire",),
        lie_in=(("West Yorkshire", ("Bradford", "Leeds")), ("Cheltenham", ("Gloucestershire",))),
    )  # fmt: skip
    region, town = whereabouts.told(question, library)
    assert region.endswith("There are papers about Leeds: ask about one of them.")
    assert town == "Cheltenham lies in Gloucestershire, so the papers are those about Gloucestershire."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("What did NHS Sussex say?", "NHS Sussex ICB ended on 1 April 2026; NHS Surrey and Sussex ICB took its place."),
        ("What did the Essex ICB say?", "part of NHS Hertfordshire and West Essex ICB, NHS Mid and South Essex ICB"),
    ],
)
def test_a_board_that_was_joined_is_told_with_the_other_name(assistant: Assistant, text: str, said: str) -> None:
    assert said in told(assistant, text)


def test_refusals_say_where_a_place_without_papers_lies(assistant: Assistant) -> None:
    answer = assistant.answer("How long are waits in Grimsby?")
    assert answer.status == "not_found"
    assert "Grimsby lies in North East Lincolnshire." in plain_text(answer)
    assert "holds Barnsley, Doncaster, Rotherham and Sheffield" in plain_text(
        assistant.answer("waits in South Yorkshire")
    )
