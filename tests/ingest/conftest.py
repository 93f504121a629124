"""For tests of whole runs: a model that costs nothing, and proofs in this process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from ingest.settings import Limits, Model, Settings
from tests.ingest.in_process import write_and_prove_here

DIMENSION = 32


class HashEmbedder:
    """Unit vectors made of a hash: the same text has the same vector, no other has."""

    embedded: list[str] = []  # what all instances were asked for

    def __init__(self, model: Model) -> None:
        pass

    def embed_texts(self, texts: Sequence[str], progress: Callable[[int], None] = lambda done: None) -> np.ndarray:
        self.embedded.extend(texts)
        progress(len(texts))
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        vector = np.random.default_rng(seed).standard_normal(DIMENSION).astype(np.float32)
        return vector / np.linalg.norm(vector)


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Use the hash embedder, write and prove versions in this process; the list of texts that were embedded."""
    monkeypatch.setattr("ingest.encoder.embedder.SentenceTransformerEmbedder", HashEmbedder)
    write_and_prove_here(monkeypatch)
    monkeypatch.setattr(HashEmbedder, "embedded", [])
    return HashEmbedder.embedded


@pytest.fixture
def quick() -> Settings:
    """Settings with one reading process and small limits."""
    return Settings(limits=Limits(file_mb=1, seconds=60, workers=1))
