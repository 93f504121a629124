"""Questions about a report itself are told from questions about what is in it."""

from __future__ import annotations

import pytest

from chatbot.meta import answers, meta_topics, sentence_answers, topics
from tests.chatbot.making import passage


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What was the outcome of the inspection?", "outcome"),
        ("How did Westmarch do?", "outcome"),
        ("When is the next full inspection?", "next"),
        ("How soon will inspectors come back?", "next"),
        ("When were they last inspected?", "previous"),
        ("When was the visit before this one?", "previous"),
        ("What were the dates of the visit that came before the last one?", "previous"),
        ("What dates did inspectors visit?", "dates"),
        ("Who led the inspection?", "lead"),
        ("Who is responsible for commissioning services?", "commissioners"),
        ("Who is the director of children's services?", "director"),
        ("Will there be a monitoring inspection?", "monitoring"),
    ],
)
def test_topics_are_recognised(text: str, topic: str) -> None:
    assert topic in meta_topics(text)


@pytest.mark.parametrize(
    "text",
    [
        "What did inspectors say about short breaks?",
        "How long do children wait?",
        "What did the monitoring inspection find?",
        "What is a local offer?",
    ],
)
def test_other_questions_have_no_topic(text: str) -> None:
    assert meta_topics(text) == ()


def test_answer_stands_in_its_part_of_the_report() -> None:
    from dataclasses import replace

    said = passage("The next full area SEND inspection will be within approximately three years.")
    assert not answers(said, "next")
    assert answers(replace(said, part="outcome"), "next")
    assert sentence_answers(said.text, "next")
    assert not sentence_answers("Inspectors spoke to parents.", "next")


def test_every_topic_says_how_it_is_answered() -> None:
    assert all(topic.says.pattern for topic in topics().values())
