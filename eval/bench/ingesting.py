"""What reading documents into an index costs: ours by stage, and plain LlamaIndex over the same files."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.bench.apart import Apart, apart
from ingest.settings import Settings

OURS = "send-chatbot"
FITTING = 256  # tokens: the whole of such a chunk is read by the embedding model


@dataclass(frozen=True, slots=True)
class Ingest:
    """One system's ingest. `stages` are seconds in order; `words` those of the texts that were embedded.

    `words_read` are those of them within what the embedding model reads; it cuts off the rest of longer texts.
    """

    system: str
    documents: int
    pages: int
    pieces: int
    words: int
    words_read: int
    stages: dict[str, float]
    seconds: float
    peak_mb: float

    @property
    def within(self) -> float:
        """The share of time spent reading files and in the embedding model."""
        inside = sum(self.stages.get(name, 0.0) for name in ("reading", "embedding"))
        return inside / sum(self.stages.values())


def ours(documents: Path, index: Path, settings: Settings) -> Ingest:
    """Our ingest of a folder into a new index, as a process of its own."""
    shutil.rmtree(index, ignore_errors=True)
    done = apart(_ours, documents, index, settings)
    name = f"{OURS}, half precision" if settings.model.half_precision else OURS
    return _ingest(name, done)


def plain(documents: Path, chunk: int) -> Ingest:
    """Plain LlamaIndex over the same files; `chunk` tokens each, 0 for its own default."""
    done = apart(_plain, documents, chunk)
    name = f"LlamaIndex, chunks of {chunk} tokens" if chunk else "LlamaIndex, every setting at its default"
    return _ingest(name, done)


def _ingest(name: str, done: Apart) -> Ingest:
    """The whole process but for the counting of what it has made."""
    counting = done.value.pop("counting")
    return Ingest(name, **done.value, seconds=done.seconds - counting, peak_mb=done.peak_mb)


def _ours(documents: Path, index: Path, settings: Settings) -> dict[str, Any]:
    from ingest import pipeline
    from ingest.encoder import model
    from ingest.index import store

    seen: dict[str, list[float]] = {}

    def report(stage: str, done: int, total: int) -> None:
        seen.setdefault(stage, []).append(time.perf_counter())

    start = time.perf_counter()
    result = pipeline.add([documents], index, settings, progress=report)
    end = time.perf_counter()
    rows = store.Rows(store.current(index))
    texts = [f"{p.context}\n{p.text}" for p in map(rows.passage, range(len(rows)))]
    return {
        "documents": sum(row.status == "added" for row in result.rows),
        "pages": sum(len(rows.pages(n)) for n in range(len(rows.documents))),
        "pieces": len(texts),
        **_words(texts, model.locate(settings.model).path),
        "stages": _stages(start, seen, end),
        "counting": time.perf_counter() - end,
    }


def _stages(start: float, seen: dict[str, list[float]], end: float) -> dict[str, float]:
    """Seconds by stage out of the moments at which our ingest told its progress."""
    read, loaded, embedded, written = (seen[name] for name in ("Reading", "Loading", "Embedding", "Writing"))
    return {
        "looking": read[0] - start,
        "reading": read[-1] - read[0],
        "loading": loaded[-1] - read[-1],
        "embedding": embedded[-1] - embedded[0],
        "rows": written[1] - written[0],
        "words": written[2] - written[1],
        "chroma": written[3] - written[2],
        "proof": written[4] - written[3],
        "switching": end - written[4],
    }


def _plain(documents: Path, chunk: int) -> dict[str, Any]:
    from llama_index.core.schema import MetadataMode

    from eval.runs import baseline
    from ingest.encoder.model import packaged_folder

    start = time.perf_counter()
    files = baseline.files_of(documents)
    pages = [page for path in files for page in baseline.pages_of(path)]
    read = time.perf_counter()
    nodes = baseline.cut(pages, chunk)
    split = time.perf_counter()
    baseline.retriever_over(nodes)
    end = time.perf_counter()
    return {
        "documents": len(files),
        "pages": len(pages),
        "pieces": len(nodes),
        **_words([node.get_content(MetadataMode.EMBED) for node in nodes], packaged_folder()),
        "stages": {"reading": read - start, "cutting": split - read, "loading, embedding and Chroma": end - split},
        "counting": time.perf_counter() - end,
    }


def _words(texts: list[str], folder: Path) -> dict[str, int]:
    """How many words the texts have, and how many of them the model reads."""
    from ingest.encoder import model

    count = model.token_counter(folder)
    words = [len(text.split()) for text in texts]
    read = [round(n * min(1.0, FITTING / count(text))) for n, text in zip(words, texts, strict=True)]
    return {"words": sum(words), "words_read": sum(read)}
