"""Arrays that are packaged with what they were made of, and serve only as long as that is the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file


def read(file: Path, name: str, made_of: str) -> np.ndarray | None:
    """The array of that name; None where the file is missing, damaged or made of something else."""
    try:
        with safe_open(file, "numpy") as held:
            return held.get_tensor(name) if (held.metadata() or {}).get("made_of") == made_of else None
    except (OSError, SafetensorError):
        return None


def write(file: Path, name: str, values: np.ndarray, made_of: str) -> None:
    """Write it in place of what was there."""
    file.parent.mkdir(exist_ok=True)
    save_file({name: values}, file, {"made_of": made_of})
