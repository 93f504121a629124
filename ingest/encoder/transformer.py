"""MiniLM on numpy: hidden states of texts without torch, each call by one thread, so the same on one processor or many.

Source of the method: Devlin et al. 2019 (BERT), as published with the packaged model; equal to it to about 4e-6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from scipy.special import erf

HEADS = 12
TINY = np.float32(1e-12)
HALF, ROOT_HALF = np.float32(0.5), np.float32(0.5**0.5)


@cache
def base_weights(model_folder: Path) -> Mapping[str, np.ndarray]:
    """The weights of a model folder by name (float32)."""
    from safetensors.numpy import load_file

    return {
        name: np.asarray(tensor, dtype=np.float32)
        for name, tensor in load_file(str(model_folder / "model.safetensors")).items()
        if tensor.dtype.kind == "f"
    }


class Transformer:
    """A BERT of any number of layers; safe to use from several threads."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        self._words = weights["embeddings.word_embeddings.weight"]
        self._places = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = _pair(weights, "embeddings.LayerNorm")
        count = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
        self._layers = [_Layer(weights, f"encoder.layer.{number}.") for number in range(count)]
        _one_thread()

    def hidden(self, texts: Sequence[Sequence[int]]) -> list[np.ndarray]:
        """The last hidden states of some texts, one row a token (float32). Each text has 1 to 512 tokens.

        Their tokens go through the layers together, which is quicker than one after the other.
        """
        ids = [token for text in texts for token in text]
        ends = np.cumsum([len(text) for text in texts])
        bounds = list(zip([0, *ends[:-1]], ends, strict=True))
        places = np.concatenate([self._places[: len(text)] for text in texts])
        state = _normed(self._words[ids] + places, self._norm)
        for layer in self._layers:
            state = layer(state, bounds)
        return [state[a:b] for a, b in bounds]


class _Layer:
    def __init__(self, weights: Mapping[str, np.ndarray], name: str) -> None:
        parts = [_pair(weights, f"{name}attention.self.{part}") for part in ("query", "key", "value")]
        self._attend = (
            np.ascontiguousarray(np.concatenate([w for w, _ in parts]).T),
            np.concatenate([b for _, b in parts]),
        )
        dense = ("attention.output.dense", "intermediate.dense", "output.dense")
        self._dense = [_turned(_pair(weights, name + part)) for part in dense]
        self._norms = [_pair(weights, f"{name}{part}LayerNorm") for part in ("attention.output.", "output.")]

    def __call__(self, state: np.ndarray, bounds: Sequence[tuple[int, int]]) -> np.ndarray:
        (out, out_bias), (wide, wide_bias), (narrow, narrow_bias) = self._dense
        state = _normed(state + self._attention(state, bounds) @ out + out_bias, self._norms[0])
        inner = state @ wide + wide_bias
        inner *= (erf(inner * ROOT_HALF) + 1) * HALF
        return _normed(state + inner @ narrow + narrow_bias, self._norms[1])

    def _attention(self, state: np.ndarray, bounds: Sequence[tuple[int, int]]) -> np.ndarray:
        weight, bias = self._attend
        width = state.shape[1]
        parts = (state @ weight + bias).reshape(len(state), 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
        query, key, value = parts
        scale = np.float32((width // HEADS) ** -0.5)
        found = np.empty_like(state)
        for a, b in bounds:  # a text attends to itself alone
            scores = (query[:, a:b] * scale) @ key[:, a:b].transpose(0, 2, 1)
            scores -= scores.max(axis=-1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=-1, keepdims=True)
            found[a:b] = (scores @ value[:, a:b]).transpose(1, 0, 2).reshape(b - a, width)
        return found


def _pair(weights: Mapping[str, np.ndarray], name: str) -> tuple[np.ndarray, np.ndarray]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def _turned(pair: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    return np.ascontiguousarray(pair[0].T), pair[1]


def _normed(state: np.ndarray, norm: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    state = state - state.mean(axis=-1, keepdims=True)
    state /= np.sqrt(np.mean(state * state, axis=-1, keepdims=True) + TINY)
    return state * norm[0] + norm[1]


@cache
def _one_thread() -> object:
    """Keep numpy's matrix products to one thread for as long as the process lives; the texts share the processors."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1, user_api="blas")
