"""What the tests of the engine share: one Assistant over the sample documents, its library, a question understood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.conversation import Assistant
from chatbot.library import Library
from chatbot.question.read import read
from chatbot.records import Question
from ingest.settings import Settings


@pytest.fixture(scope="session")
def assistant(sample_index: Path) -> Assistant:
    """An assistant over the sample documents, its model loaded once."""
    return Assistant(sample_index, Settings())


@pytest.fixture(scope="session")
def sample(assistant: Assistant) -> Library:
    """The library of the sample documents."""
    return assistant.library


@pytest.fixture(scope="session")
def asked(assistant: Assistant, sample: Library) -> Callable[..., Question]:
    """A function from a question (and area, and earlier questions) to how it is understood."""
    return lambda text, area=None, history=(): read(text, area, history, sample, assistant.models)
