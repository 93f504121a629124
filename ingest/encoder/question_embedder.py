"""Questions to vectors without torch: the packaged model through onnxruntime, so that answering starts quickly.

Passages are embedded in batches by `embed.py`; the vectors agree to about 1e-5.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from tokenizers import Tokenizer

from ingest.encoder import tuning
from ingest.encoder.embedder import Embedder
from ingest.encoder.model import TUNED, cores, locate
from ingest.encoder.transformer import Transformer, base_weights
from ingest.settings import Model


class QuestionEmbedder:
    """The packaged model with our changes: mean of the last hidden states, made a unit vector. See Embedder."""

    def __init__(self, model: Model) -> None:
        folder = locate(model)
        self.sha256 = folder.sha256
        self._prefixes = (model.query_prefix, model.text_prefix)
        self._tokenizer = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(folder.max_tokens)
        self._transformer = Transformer(tuning.read(TUNED).over(base_weights(folder.path)))

    def embed_query(self, text: str) -> np.ndarray:
        """See Embedder."""
        return self._vector(self._prefixes[0] + text)

    def embed_texts(self, texts: Sequence[str], progress: Callable[[int], None] = lambda done: None) -> np.ndarray:
        """See Embedder."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        with ThreadPoolExecutor(cores()) as pool:
            rows = []
            for vector in pool.map(lambda text: self._vector(self._prefixes[1] + text), texts):
                rows.append(vector)
                progress(1)
        return np.stack(rows)

    def _vector(self, text: str) -> np.ndarray:
        mean = self._transformer.hidden(self._tokenizer.encode(text).ids).mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


def for_questions(model: Model) -> Embedder:
    """What embeds questions for an index made with this model: an operator's own model needs torch."""
    if not model.folder:
        return QuestionEmbedder(model)
    from dataclasses import replace

    from ingest.encoder.embedder import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(replace(model, half_precision=False))  # the same vector on every machine
