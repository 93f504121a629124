"""Weights as small as they can be, with the card that says what they were made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ingest.encoder import tuning


def write(
    folder: Path, made: Mapping[str, np.ndarray], base: Mapping[str, np.ndarray], rank: int, card: Mapping[str, Any]
) -> tuning.Tuning:
    """Write what `made` has that `base` has not, matrices cut to `rank`, and the card; what was written, read again."""
    from safetensors.numpy import save

    tensors: dict[str, np.ndarray] = {}
    for name, values in made.items():
        if name not in base:
            tensors[name] = values.astype(np.float16)
        elif (change := values - base[name]).any():
            if change.ndim == 2:
                tensors[name + tuning.LEFT], tensors[name + tuning.RIGHT] = tuning.shrink(change, rank)
            else:
                tensors[name] = change.astype(np.float16)
    data = save({name: np.ascontiguousarray(tensors[name]) for name in sorted(tensors)})
    folder.mkdir(parents=True, exist_ok=True)
    (folder / tuning.FILE).write_bytes(data)
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in card.items()]
    own = [f'sha256 = "{hashlib.sha256(data).hexdigest()}"', f"rank = {rank}"]
    (folder / tuning.CARD).write_text("\n".join([*own, *lines]) + "\n", encoding="utf-8")
    tuning.read.cache_clear()
    return tuning.read(folder)
