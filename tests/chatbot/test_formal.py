"""Facts of a report and its formal lists come from their places in it, whole and in order."""

from __future__ import annotations

import pytest

from chatbot.conversation import Assistant
from chatbot.records import Answer


def quotes(answer: Answer) -> list[str]:
    return [c.quote for c in answer.citations]


@pytest.mark.parametrize(
    ("text", "words", "document"),
    [
        ("What was the outcome of the Aldershire inspection?", "widespread and/or systemic failings", "aldershire"),
        ("How did Westmarch do in its inspection?", "inconsistent experiences and outcomes", "report-2024"),
        ("When is the next full inspection of Westmarch?", "within approximately three years", "report-2024"),
        ("Who led the inspection of Westmarch?", "Louisa Harkness", "report-2024"),
        ("Who led the inspection of Westmarch for the CQC?", "Tessa Windrow", "report-2024"),
        ("Who led the 2018 revisit to Westmarch?", "Philippa Renshawe", "revisit"),
        ("What dates was the Westmarch inspection?", "10 to 14 June 2024", "report-2024"),
        ("When was Westmarch inspected before?", "14 to 18 November 2016", "report-2024"),
        ("Who is the director of children's services in Westmarch?", "Maren Oakhurst", "report-2024"),
    ],
)
def test_facts_of_a_report(text: str, words: str, document: str, assistant: Assistant) -> None:
    answer = assistant.answer(text)
    assert answer.status == "answered"
    assert any(words in quote for quote in quotes(answer)), quotes(answer)
    assert all(document in c.document for c in answer.citations)


def test_whole_list_in_order(assistant: Assistant) -> None:
    found = quotes(assistant.answer("What are the areas for improvement in Westmarch?"))
    assert len(found) == 5
    starts = ("Leaders across", "Leaders across", "The ICB", "Leaders should widen", "Leaders across")
    assert all(quote.startswith(start) for quote, start in zip(found, starts, strict=True))


def test_a_list_is_not_given_for_what_it_does_not_speak_of(assistant: Assistant) -> None:
    assert assistant.answer("What must Westmarch improve about trampolines?").status == "not_found"


def test_recommendations_of_the_peer_review(assistant: Assistant) -> None:
    answer = assistant.answer("What did the peer review recommend in Westmarch?")
    assert [c.paragraph for c in answer.citations] == ["7.1", "7.2", "7.3", "7.4", "7.5"]


@pytest.mark.parametrize(
    ("body", "document", "words"),
    [("scrutiny", "scrutiny-minutes", "every quarter"), ("cabinet", "cabinet-minutes", "£350,000")],
)
def test_decisions_are_those_of_the_meeting_named(body: str, document: str, words: str, assistant: Assistant) -> None:
    answer = assistant.answer(f"What did {body} resolve in Westmarch?")
    assert all(document in c.document for c in answer.citations)
    assert any(words in quote for quote in quotes(answer))


def test_priority_actions_and_improvements_stay_apart(assistant: Assistant) -> None:
    priority = assistant.answer("What are the priority actions in Aldershire?")
    improvement = assistant.answer("What are the areas for improvement in Aldershire, not the priority actions?")
    assert {c.polarity for c in priority.citations} == {"priority"}
    assert {c.polarity for c in improvement.citations} == {"improvement"}
