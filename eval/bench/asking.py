"""What a question costs over an index: start, first answer, warm answers, memory; ours and plain LlamaIndex's."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import Any

from eval.bench.apart import apart
from ingest.settings import Settings
from prompts import table

ROUNDS = 5  # how often each question is put, after once that is not counted
PROBES = 25
AREAS = 3  # so many areas' names are put into the questions that have a place for one


@dataclass(frozen=True, slots=True)
class Asking:
    """One system over one index. Times are seconds; `warm` holds those of every question put, in order.

    `libraries` is importing them and loading the model, which no index changes; `opening` the index itself, `first`
    the first answer after both.
    """

    system: str
    passages: int
    libraries: float
    opening: float
    first: float
    warm: tuple[float, ...]
    peak_mb: float

    def at(self, share: float) -> float:
        """The time that so large a share of warm questions keeps: .5 is the median."""
        ordered = sorted(self.warm)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def questions(areas: Sequence[str]) -> list[tuple[str, str | None]]:
    """(question, the area it names or None): every one of ours, with the first, middle and last area in turn."""
    some = [areas[round(i * (len(areas) - 1) / (AREAS - 1))] for i in range(AREAS)] if areas else []
    asked: list[tuple[str, str | None]] = []
    for number, text in enumerate(table("eval")["bench"]["questions"]):
        area = some[number % len(some)] if some and "{area}" in text else None
        if area or "{area}" not in text:
            asked.append((text.replace("{area}", area or ""), area))
    return asked


@dataclass(frozen=True, slots=True)
class Arms:
    """Finding the nearest of all passages in two ways: median seconds, and the share of neighbours both agree on.

    `chroma_mb` is the memory that asking Chroma adds to a process.
    """

    compared: float
    chroma: float
    agree: float
    chroma_mb: float


def ours(index: Path, settings: Settings) -> Asking:
    """Our answers, with everything a visitor gets: searched, judged, chosen, quotes checked."""
    done = apart(_ours, index, settings)
    return Asking("send-chatbot", **done.value, peak_mb=done.peak_mb)


def plain(index: Path, settings: Settings) -> Asking:
    """Plain LlamaIndex over the same passages and vectors: ten nearest chunks, the area as a metadata filter."""
    done = apart(_plain, index, settings)
    return Asking("LlamaIndex", **done.value, peak_mb=done.peak_mb)


def arms(index: Path, settings: Settings) -> Arms:
    """Both ways over one index, with passages of its own as questions."""
    return Arms(**apart(_arms, index, settings).value)


def _arms(index: Path, settings: Settings) -> dict[str, float]:
    import numpy as np

    from chatbot.library import Library
    from chatbot.search.candidates import ARM, best
    from eval.bench.apart import own_peak_mb
    from ingest.index.nearest import Nearest

    library = Library(index, settings)
    vectors = Nearest(library.rows, settings.store.chroma_url).vectors_of(np.arange(len(library.rows)))
    rows = np.random.default_rng(0).integers(0, len(vectors), PROBES)
    compared, chroma, agree = [], [], []
    exact = []
    for row in rows:
        start = time.perf_counter()
        exact.append(best(vectors @ vectors[row]))
        compared.append(time.perf_counter() - start)
    before = own_peak_mb()
    asked = Nearest(library.rows, settings.store.chroma_url)
    asked.nearest(vectors[rows[0]], ARM)
    for row, expected in zip(rows, exact, strict=True):
        start = time.perf_counter()
        found = {library.row_of(id_) for id_, _ in asked.nearest(vectors[row], ARM)}
        chroma.append(time.perf_counter() - start)
        agree.append(len(found & set(expected)) / len(expected))
    added = own_peak_mb() - before
    return {"compared": median(compared), "chroma": median(chroma), "agree": mean(agree), "chroma_mb": added}


def _ours(index: Path, settings: Settings) -> dict[str, Any]:
    start = time.perf_counter()
    from chatbot.conversation import Assistant
    from ingest.encoder.embedder import SentenceTransformerEmbedder

    embedder = SentenceTransformerEmbedder(settings.model)
    loaded = time.perf_counter()
    assistant = Assistant(index, settings, embedder)
    opened = time.perf_counter()
    asked = questions(assistant.library.areas)
    return {
        "passages": len(assistant.library.rows),
        "libraries": loaded - start,
        "opening": opened - loaded,
        **_put([partial(assistant.answer, text) for text, _ in asked]),
    }


def _plain(index: Path, settings: Settings) -> dict[str, Any]:
    import numpy as np
    from llama_index.core.vector_stores import MetadataFilter, MetadataFilters

    from chatbot.library import Library
    from eval.runs.baseline import as_nodes, retriever_over
    from ingest.index.nearest import Nearest

    library = Library(index, settings)
    passages = [library.passage(row) for row in range(len(library.rows))]
    facts = {about.facts.document: about.facts for about in library.documents}
    vectors = Nearest(library.rows, settings.store.chroma_url).vectors_of(np.arange(len(passages)))
    retriever = retriever_over(as_nodes(passages, facts, vectors))

    def ask(text: str, area: str | None) -> None:
        wanted = MetadataFilters(filters=[MetadataFilter(key="area", value=area)]) if area else None
        retriever._filters = wanted
        retriever.retrieve(text)

    asked = questions(library.areas)
    return {
        "passages": len(passages),
        "libraries": 0.0,
        "opening": 0.0,
        **_put([partial(ask, text, area) for text, area in asked]),
    }


def _put(asks: Sequence[Callable[[], Any]]) -> dict[str, Any]:
    """Ask the first cold; then all once uncounted, and `ROUNDS` times in turn."""
    start = time.perf_counter()
    asks[0]()
    first = time.perf_counter() - start
    for ask in asks:
        ask()
    warm = []
    for _ in range(ROUNDS):
        for ask in asks:
            begun = time.perf_counter()
            ask()
            warm.append(time.perf_counter() - begun)
    return {"first": first, "warm": tuple(warm)}
