"""A model on a scripted server, and an answer about invented papers for it to put in short."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.conversation import Assistant
from chatbot.llm.assist import Assist, assist
from chatbot.records import Answer, Group, Question, Searched
from ingest.encoder.embedder import Embedder, SentenceTransformerEmbedder
from ingest.settings import LanguageModel, Model, Settings
from tests.llm.lying import CITATIONS
from tests.llm.server import Scripted, serving


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return SentenceTransformerEmbedder(Model())


@pytest.fixture
def server() -> Iterator[Scripted]:
    with serving() as found:
        yield found


def chosen(server: Scripted, **more: object) -> LanguageModel:
    told: dict[str, object] = {"provider": "openai-like", "model": "scripted", "url": server.url, "timeout": 10, **more}
    return LanguageModel(**told)  # type: ignore[arg-type]


@pytest.fixture
def writer(server: Scripted, embedder: Embedder) -> Assist:
    made = assist(chosen(server), embedder)
    assert made is not None
    return made


@pytest.fixture
def answer() -> Answer:
    return Answer(
        question=Question("What do the papers say?", "What do the papers say?", "finding"),
        status="answered",
        lead="The papers say:",
        citations=CITATIONS,
        groups=(Group("Papers", tuple(c.marker for c in CITATIONS)),),
        notes=(),
        hits=(),
        searched=Searched(7, 70, ("Exshire", "Wyeshire"), "2016", "2024"),
        index="0" * 12,
        reason="chosen",
    )


@pytest.fixture
def helped(server: Scripted, sample_index: Path, embedder: Embedder) -> Assistant:
    return Assistant(sample_index, Settings(llm=chosen(server)), embedder)


@pytest.fixture(scope="session")
def alone(sample_index: Path, embedder: Embedder) -> Assistant:
    return Assistant(sample_index, Settings(), embedder)
