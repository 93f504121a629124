"""Passages and questions to vectors. The only module that loads the embedding model."""

from __future__ import annotations

import contextlib
import importlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import numpy as np

from ingest.cli import importing
from ingest.encoder import tuning
from ingest.encoder.model import TUNED, ModelFolder, cores, locate
from ingest.settings import Model

BATCH = 32


class Embedder(Protocol):
    """What the rest of the product knows of an embedding model. `sha256` names its weights."""

    sha256: str

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

    A batch is computed by one thread and several batches at once: that is faster than several threads on one batch,
    which wait for each other at every layer, the more so on a busy machine.
    """

    def __init__(self, model: Model) -> None:
        """Load the model; takes some seconds. Raises SettingsError where the folder is not a model.

        With `half_precision` the whole model computes so; whoever embeds questions turns it off.
        """
        self.folder: ModelFolder = locate(model)
        self.sha256 = self.folder.sha256
        self.prefixes = (model.query_prefix, model.text_prefix)
        with importing():
            import torch
            from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        torch.set_num_threads(1)
        self._model = HuggingFaceEmbedding(
            model_name=str(self.folder.path),
            device="cpu",
            embed_batch_size=BATCH,
            normalize=True,
            query_instruction=model.query_prefix or None,
            text_instruction=model.text_prefix or None,
            local_files_only=True,
            show_progress_bar=False,
            model_kwargs={"dtype": "bfloat16"} if model.half_precision else {},
        )
        if self.folder.tuned:
            self._tune()

    def _tune(self) -> None:
        """Lay our changes over the packaged model's weights."""
        import torch

        bert: Any = self._model._model[0].auto_model
        base = {name: value.float().numpy() for name, value in bert.state_dict().items() if value.is_floating_point()}
        merged = {name: torch.from_numpy(value) for name, value in tuning.read(TUNED).over(base).items()}
        bert.load_state_dict(merged, strict=False)

    def embed_texts(self, texts: Sequence[str], progress: Callable[[int], None] = lambda done: None) -> np.ndarray:
        """See Embedder."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        import torch

        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        rows: list[list[float]] = [[] for _ in texts]
        # The number of threads within a batch is a setting of each thread that begins one.
        with ThreadPoolExecutor(cores(), initializer=torch.set_num_threads, initargs=(1,)) as pool:
            made = pool.map(lambda batch: self._model.get_text_embedding_batch([texts[i] for i in batch]), batches)
            for batch, vectors in zip(batches, made, strict=True):
                for i, vector in zip(batch, vectors, strict=True):
                    rows[i] = vector
                progress(len(batch))
        matrix = np.asarray(rows, dtype=np.float32)
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)  # 0.99 to 1.01 where numbers have 16 bits
        return np.asarray(matrix / lengths, dtype=np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        """See Embedder."""
        return np.asarray(self._model.get_query_embedding(text), dtype=np.float32)


def import_ahead() -> None:
    """Import the model's libraries in the background, which takes seconds, while others still read files."""

    def fetch() -> None:
        # What fails here fails again where it is needed, and is told there.
        with importing(), contextlib.suppress(Exception):
            importlib.import_module("llama_index.embeddings.huggingface")

    threading.Thread(target=fetch).start()
