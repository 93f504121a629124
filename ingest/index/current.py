"""Which version of an index is in use: one small file names it, and is replaced in one step."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ingest.errors import IndexFault

CURRENT = "CURRENT"
OPEN_TRIES = 5

T = TypeVar("T")


def current(index: Path) -> Path:
    """The version folder in use. Raises IndexFault where the index has none."""
    name = _name(index)
    if name is None and not finished(index):
        raise IndexFault(f"There is no index in {index}: run `python -m ingest add FOLDER --index {index}` first.")
    folder = index / "versions" / (name or "")
    if not name or not re.fullmatch(r"[\w.-]+", name) or not folder.is_dir():
        raise IndexFault(
            f"The index folder {index} is damaged (it does not say which version is in use): "
            "run `python -m ingest check --repair`."
        )
    return folder


def finished(index: Path) -> list[Path]:
    """The version folders that were written to their end, the newest by name first."""
    folders = [f for f in (index / "versions").glob("*") if f.is_dir() and f.suffix != ".tmp"]
    return sorted(folders, key=lambda f: f.name.partition("-")[2], reverse=True)


def opened(index: Path, work: Callable[[Path], T]) -> T:
    """What `work` makes of the version in use; once more where it was switched and cleared away meanwhile.

    Raises IndexFault where there is none or `work` finds it damaged.
    """
    for _ in range(OPEN_TRIES):
        name = _name(index)
        try:
            return work(current(index))
        except IndexFault:
            if name is None or name == _name(index):
                raise
    return work(current(index))


def _name(index: Path) -> str | None:
    try:
        return (index / CURRENT).read_bytes().decode("utf-8", "replace").strip()
    except OSError:
        return None
