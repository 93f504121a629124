"""The long proof of an index, as `ingest check` does it: every file, every vector, every kept original.

Chroma's own files change whenever they are opened, so no hash can tell whether they are whole. What they hold is
compared instead with what was written.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from ingest import store
from ingest.settings import Settings
from ingest.vectors import VectorIndex
from ingest.version import CANARIES, fault_of

MANY_CANARIES = 500  # questions to the vector store, besides the comparison of all it holds
REPAIR = "run `python -m ingest check --repair`."


def fault_anywhere(folder: Path, name: str, settings: Settings) -> str:
    """What is wrong with a version, looked for everywhere; empty where it is whole. Run it in a child process."""
    if not settings.store.chroma_url and (fault := _fault_of_database(folder / "chroma" / "chroma.sqlite3")):
        return fault
    if fault := fault_of(folder, name, settings):
        return fault
    rows = store.Rows(folder)
    index = VectorIndex(folder / "chroma", name, settings.store.chroma_url)
    if other := index.first_other([str(id_) for id_ in rows.ids], rows.vectors):
        return f"The vector store holds passage {other} otherwise than it was written: {REPAIR}"
    if len(rows) > CANARIES:
        for row in np.linspace(0, len(rows) - 1, min(MANY_CANARIES, len(rows))).astype(int):
            near = index.nearest(np.asarray(rows.vectors[row]), 3)
            if not near or near[0][1] < 0.99:
                return f"The vector store does not find passage {rows.ids[row]}: {REPAIR}"
    return ""


def _fault_of_database(path: Path) -> str:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            found = database.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error:
        found = None
    return "" if found == ("ok",) else f"The vector store's database is damaged: {REPAIR}"


def damaged_originals(index: Path, rows: store.Rows) -> list[tuple[str, Path]]:
    """Documents whose kept original is not the file that was given, with where it lies; it may be missing."""
    found: dict[str, tuple[str, Path]] = {}
    for document in rows.documents:
        sha256 = document["sha256"]
        path = index / "originals" / sha256
        if sha256 not in found and not _is(path, sha256):
            found[sha256] = (document["facts"]["document"], path)
    return list(found.values())


def _is(path: Path, sha256: str) -> bool:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
