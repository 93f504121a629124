"""A question passes each stage once: the orchestrator hardly ever goes back to one."""

from __future__ import annotations

import pytest

from chatbot.conversation import Assistant
from tests.walk import returns, walk

MOST_RETURNS = 10


@pytest.mark.parametrize(
    "question",
    ["What did inspectors say about short breaks in Westmarch?", "Compare short breaks in Westmarch and Aldershire"],
)
def test_few_steps_go_back(assistant: Assistant, question: str) -> None:
    found = walk(lambda: assistant.answer(question))
    assert len(set(found.steps)) > 8
    assert returns(found.steps) <= MOST_RETURNS * (1 + ("Compare" in question)), found.steps
