"""Several questions in one, and a question inside a story."""

from __future__ import annotations

import pytest

from chatbot.question.parts import MOST, STORY, parts

TALE = "My grandson is seven and has been at home since the spring because there was no place for him. " * 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How long are waits?", ("How long are waits?",)),
        ("waits for autism and ADHD", ("waits for autism and ADHD",)),
        ("What was said of waits and what is done about it?", ("What was said of waits", "what is done about it?")),
        ("How many pupils are there? Who is chair?", ("How many pupils are there?", "Who is chair?")),
        ("What about boys and girls?", ("What about boys and girls?",)),
        (f"{TALE}What is said about missing school?", ("What is said about missing school?",)),
        (f"What is said about missing school? {TALE}", ("What is said about missing school?",)),
        (TALE.strip(), (TALE.strip(),)),
    ],
)  # fmt: skip
def test_parts(text: str, expected: tuple[str, ...]) -> None:
    assert parts(text) == expected


def test_never_none_and_never_many() -> None:
    assert len(TALE.split()) > STORY
    assert len(parts("Is it so? " * 9)) == MOST
