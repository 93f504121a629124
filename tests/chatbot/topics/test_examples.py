"""Example questions are about what is loaded, and can be answered."""

from __future__ import annotations

from pathlib import Path

from chatbot.conversation import Assistant
from chatbot.search.filters import Filters, narrowed
from chatbot.topics.examples import examples
from ingest.settings import Settings


def test_each_can_be_answered(sample_index: Path) -> None:
    assistant = Assistant(sample_index, Settings())
    found = examples(assistant.library)
    assert 3 <= len(found) == len(set(found))
    for question in found:
        assert assistant.answer(question).status == "answered", question


def test_never_about_what_is_not_there(sample_index: Path) -> None:
    from chatbot.library import Library

    library = Library(sample_index, Settings())
    view = narrowed(library, Filters(first=2025))
    assert not any("2016" in question or "inspectors" in question for question in examples(view))
    assert examples(narrowed(library, Filters(first=2050))) == ()
