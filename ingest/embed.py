"""Passages and questions to vectors. The only module that loads the embedding model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from ingest.model import ModelFolder, locate
from ingest.settings import Model

BATCH = 32


class Embedder(Protocol):
    """What the rest of the product knows of an embedding model."""

    def embed_texts(self, texts: Sequence[str], progress: Callable[[int], None] = ...) -> np.ndarray:
        """Unit vectors of passages, one row a text (float32); `progress` is told how many were done."""
        ...

    def embed_query(self, text: str) -> np.ndarray:
        """The unit vector of a question (float32)."""
        ...


class SentenceTransformerEmbedder:
    """The local model through LlamaIndex's embedding interface.

    Prefixes are passed explicitly: LlamaIndex drops those saved with a model. Texts are embedded in order of
    length, so that short ones are not padded to long ones.
    """

    def __init__(self, model: Model, threads: int = 0) -> None:
        """Load the model; takes some seconds. Raises SettingsError where the folder is not a model.

        `threads` are those of one embedding (0: all cores). A page takes one: a question is short, and several
        visitors' threads would wait for each other.
        """
        self.folder: ModelFolder = locate(model)
        self.prefixes = (model.query_prefix, model.text_prefix)
        import torch
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        if threads:
            torch.set_num_threads(threads)
        self._model = HuggingFaceEmbedding(
            model_name=str(self.folder.path),
            device="cpu",
            embed_batch_size=BATCH,
            normalize=True,
            query_instruction=model.query_prefix or None,
            text_instruction=model.text_prefix or None,
            local_files_only=True,
            show_progress_bar=False,
        )

    def embed_texts(self, texts: Sequence[str], progress: Callable[[int], None] = lambda done: None) -> np.ndarray:
        """See Embedder."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows: list[list[float]] = [[] for _ in texts]
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            for i, row in zip(batch, self._model.get_text_embedding_batch([texts[i] for i in batch]), strict=True):
                rows[i] = row
            progress(len(batch))
        return np.asarray(rows, dtype=np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        """See Embedder."""
        return np.asarray(self._model.get_query_embedding(text), dtype=np.float32)
