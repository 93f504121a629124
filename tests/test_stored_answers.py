"""Nobody is told anything else than is stored, but on purpose: `python -m tests.stored_answers --renew`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chatbot.conversation import Assistant
from ingest.settings import Settings
from tests.stored_answers import STORE, asked, rows, told

ASKED = asked()
STORED = {row["id"]: row for row in rows(STORE)}


@pytest.fixture(scope="module")
def assistant(sample_index: Path) -> Assistant:
    return Assistant(sample_index, Settings())


def test_every_question_is_stored() -> None:
    assert [question["id"] for question in ASKED] == list(STORED)


@pytest.mark.parametrize("question", ASKED, ids=[question["id"] for question in ASKED])
def test_told_as_stored(assistant: Assistant, question: dict[str, Any]) -> None:
    assert told(assistant, question) == STORED[question["id"]]
