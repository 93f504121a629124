"""Weights of our own: what training changed of the packaged model, kept small and checked before use.

A folder holds `weights.safetensors` and `card.toml`. A matrix of the model that training changed is kept as the
product of two thin ones (`NAME.left`, `NAME.right`); everything else (biases, layers of our own) as it is. The card
says what they were made from and the hash of the file.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import SettingsError

FILE, CARD = "weights.safetensors", "card.toml"
LEFT, RIGHT = ".left", ".right"
MEND = "install send-chatbot again, or make the weights anew with `python -m eval train`"


@dataclass(frozen=True, slots=True)
class Tuning:
    """Weights read from a folder: `tensors` by name (float32), the hash of the file, and the card."""

    tensors: Mapping[str, np.ndarray]
    sha256: str
    card: Mapping[str, Any]

    def over(self, base: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """The weights of a model with these changes on top; names of `base` that were not changed stay."""
        merged = dict(base)
        for name, values in base.items():
            if name + LEFT in self.tensors:
                merged[name] = values + self.tensors[name + LEFT] @ self.tensors[name + RIGHT]
            elif name in self.tensors:
                merged[name] = values + self.tensors[name]
        return merged


@cache
def read(folder: Path) -> Tuning:
    """The weights of a folder. Raises SettingsError where they are missing, altered or of another base model."""
    from safetensors.numpy import load

    try:
        data = (folder / FILE).read_bytes()
        card = tomllib.loads((folder / CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"The weights in {folder} are missing or cannot be read: {MEND}.") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != card.get("sha256"):
        raise SettingsError(f"The weights in {folder} are not those that their card names: {MEND}.")
    return Tuning({name: np.asarray(t, dtype=np.float32) for name, t in load(data).items()}, digest, card)


def shrink(change: np.ndarray, rank: int) -> tuple[np.ndarray, np.ndarray]:
    """The best product of two thin matrices (16 bit) for the change of a matrix.

    By the eigenvectors of the smaller of its Gram matrices: found in a sixth of the time of its singular values.
    """
    wide = change.shape[0] <= change.shape[1]
    flat = (change if wide else change.T).astype(np.float64)
    left = np.linalg.eigh(flat @ flat.T)[1][:, ::-1][:, :rank]
    right = left.T @ flat
    root = np.sqrt(np.linalg.norm(right, axis=1, keepdims=True))
    left, right = left * root.T, np.divide(right, root, out=np.zeros_like(right), where=root > 0)
    return (left.astype(np.float16), right.astype(np.float16)) if wide else (
        right.T.astype(np.float16), left.T.astype(np.float16)
    )  # fmt: skip
