"""The long proof of an index, as `ingest check` does it: every file, many questions, every kept original."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from ingest.index import store
from ingest.index.nearest import Nearest
from ingest.index.version import fault_of
from ingest.settings import Settings

MANY_CANARIES = 500  # questions to the vector store
REPAIR = "run `python -m ingest check --repair`."


def fault_anywhere(folder: Path, name: str, settings: Settings) -> str:
    """What is wrong with a version, looked for everywhere; empty where it is whole. Run it in a child process."""
    if fault := fault_of(folder, name, settings):
        return fault
    rows = store.Rows(folder)
    every = np.arange(len(rows))
    index = Nearest(rows, settings.store.chroma_url)
    vectors = index.vectors_of(every)  # told where one is missing
    for row in every[:: max(1, len(every) // MANY_CANARIES)]:
        near = index.nearest(vectors[row], 3)
        if not near or near[0][1] < 0.99:
            return f"The vector store does not find passage {rows.ids[row]}: {REPAIR}"
    return ""


def damaged_originals(index: Path, rows: store.Rows) -> list[tuple[str, Path]]:
    """Documents whose kept original is not the file that was given, with where it lies; it may be missing."""
    found: dict[str, tuple[str, Path]] = {}
    for document in rows.documents:
        sha256 = document["sha256"]
        path = index / "originals" / sha256
        if sha256 not in found and not is_as_given(path, sha256):
            found[sha256] = (document["facts"]["document"], path)
    return list(found.values())


def is_as_given(path: Path, sha256: str) -> bool:
    """Whether a kept original is there and is the file that was given."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
