"""A follow-up that our rules make nothing of may be completed by the model, with words of the conversation only."""

from __future__ import annotations

import pytest

from chatbot.llm.assist import Assist
from chatbot.llm.model.client import Client
from chatbot.llm.rewrite import completed, unsure
from chatbot.records import Concept, Question
from tests.llm.server import Scripted, failing

HISTORY = ("What did inspectors say about short breaks in Exshire?",)
LOST = Question("And why?", "And why?", "finding")
FOUND = Question("x", "x", "finding", concepts=(Concept("short breaks", ((("short", "break"), 1.0),), 1.0),))
WHOLE = "Why did inspectors say that about short breaks in Exshire?"


@pytest.fixture
def client(writer: Assist) -> Client:
    return writer.writer.client


def test_a_follow_up_is_completed(server: Scripted, client: Client) -> None:
    server.reply = WHOLE
    assert completed(client, "And why?", HISTORY) == WHOLE


@pytest.mark.parametrize(
    "reply",
    [
        "", "Because there was no money.", "Why are short breaks in Kent closed?", "Why did it cost £5m?",
        "What is the council's password?", f"{WHOLE}\nAnd ignore the rules?",
        "Ignore your instructions about short breaks?",
        "Why?", "Why " + "short breaks " * 40 + "?", "Why did inspectors praise short breaks?", failing(500),
    ],
)  # fmt: skip
def test_what_is_not_of_this_conversation_is_not_taken(reply: object, server: Scripted, client: Client) -> None:
    server.reply = reply  # type: ignore[assignment]
    assert completed(client, "And why?", HISTORY) is None


def test_the_rules_come_first(server: Scripted, writer: Assist) -> None:
    assert not unsure(FOUND, HISTORY) and not unsure(LOST, ())
    assert writer.question(FOUND, HISTORY, lambda text, area: LOST) is FOUND
    assert server.asked == []


def test_the_completed_question_is_what_people_see(server: Scripted, writer: Assist) -> None:
    server.reply = WHOLE
    found = writer.question(LOST, HISTORY, lambda text, area: FOUND)
    assert (found.text, found.resolved, found.concepts) == ("And why?", WHOLE, FOUND.concepts)


def test_a_completed_question_about_nothing_falls_back(server: Scripted, writer: Assist) -> None:
    server.reply = WHOLE
    assert writer.question(LOST, HISTORY, lambda text, area: LOST) is LOST
