"""The reader's model: a small cross-encoder that reads a question with one passage and scores each of its sentences.

A sentence's score comes from the mean of its tokens, the first token, and the mean's product with the question's.
Scores are log odds against "nothing here answers", which counts zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from scipy.special import erf

from chatbot.reader.inputs import Inputs, Pair
from ingest.encoder import model, tuning
from ingest.encoder.transformer import Transformer, base_weights

WEIGHTS = Path(__file__).parent / "weights"
ROOT_HALF = np.float32(0.5**0.5)
HEAD = ("head.inner.weight", "head.inner.bias", "head.outer.weight", "head.outer.bias")


class ReaderModel:
    """Scores sentences; safe to use from several threads. The same pairs have the same scores on every call."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Load the packaged base model with our changes. Raises SettingsError where weights are missing or altered."""
        folder = model.packaged_folder()
        self.tuning = tuning.read(weights)
        encoder = tuning.read(model.TUNED).over(base_weights(folder))
        self._transformer = Transformer(self.tuning.over(encoder))
        self._inner, self._inner_bias, self._outer, self._outer_bias = (self.tuning.tensors[name] for name in HEAD)
        self._inputs = Inputs(folder)
        self._pool = ThreadPoolExecutor(model.cores())

    def scores(self, question: str, passages: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[float, ...]]:
        """The scores of each passage's sentences. A passage is its line of context and its sentences, at least one."""
        pairs = [self._inputs.pair(question, context, sentences) for context, sentences in passages]
        return list(self._pool.map(self._score, pairs))

    def _score(self, pair: Pair) -> tuple[float, ...]:
        state = self._transformer.hidden(pair.ids)
        asked = state[slice(*pair.question)].mean(axis=0)
        means = np.stack([state[a:b].mean(axis=0) for a, b in pair.sentences])
        first = np.broadcast_to(state[0], means.shape)
        inner = np.concatenate([means, first, means * asked], axis=1) @ self._inner.T + self._inner_bias
        inner *= (erf(inner * ROOT_HALF) + 1) / 2
        return tuple(round(float(s), 4) for s in (inner @ self._outer.T + self._outer_bias)[:, 0])
