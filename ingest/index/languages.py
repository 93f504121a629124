"""Vectors of passages that questions in other languages are compared with: a file a segment, where settings want it.

    vectors  one row a passage of the segment, in order (float16)
    keys     what each was made of, by `vector_key`
    made_by  the hash of the encoder's weights

They are no second store: Chroma has the vectors that English questions are compared with, and these can go any time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from ingest.encoder import multilingual
from ingest.errors import IndexFault
from ingest.index.reuse import Previous, embedded_text, vector_key
from ingest.index.store import Rows
from ingest.prepare import Prepared
from ingest.settings import Settings

FILE = "languages.npz"
BLOCK = 256  # passages embedded before progress is told
_DAMAGE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


def are_as_set(old: Previous, settings: Settings) -> bool:
    """Whether the version in use holds these vectors where they are wanted, and none where they are not."""
    made_by = multilingual.weights_sha256() if settings.model.other_languages else ""
    return all(_made_by(old.folder / name) == made_by for name in old.segments)


def fill(
    work: Path,
    segments: Mapping[str, Sequence[Prepared]],
    old: Previous,
    settings: Settings,
    progress: Callable[[str, int, int], None],
) -> None:
    """Give every segment of an unfinished version its file, or none, as the settings say.

    A vector that the version in use has is taken over. Raises SettingsError where the encoder is not installed.
    """
    if not settings.model.other_languages:
        for name in segments:
            (work / name / FILE).unlink(missing_ok=True)
        return
    made_by = multilingual.weights_sha256()
    lacking = {name: own for name, own in segments.items() if _made_by(work / name) != made_by}
    passages = [p for documents in lacking.values() for d in documents for p in d.passages]
    known = _known(old, set(map(vector_key, passages)), made_by)
    new = [p for p in passages if vector_key(p) not in known]
    for start in range(0, len(new), BLOCK):
        block = new[start : start + BLOCK]
        known |= dict(zip(map(vector_key, block), multilingual.embed(list(map(embedded_text, block))), strict=True))
        progress("Languages", len(block), len(new))
    for name, documents in lacking.items():
        keys = [vector_key(p) for d in documents for p in d.passages]
        rows = np.asarray([known[key] for key in keys], dtype=np.float16).reshape(-1, multilingual.DIMENSION)
        (work / name / FILE).unlink(missing_ok=True)  # it may be the same file as the version's before
        np.savez(work / name / FILE, vectors=rows, keys=np.asarray(keys, dtype="S64"), made_by=np.asarray(made_by))


def read(rows: Rows) -> np.ndarray | None:
    """The vectors of a version's rows, in their order (float16); None where some segment has none of this encoder.

    Raises IndexFault where a file is damaged.
    """
    try:
        if not rows.segments or any(_made_by(segment) != multilingual.weights_sha256() for segment in rows.segments):
            return None
        found = []
        for segment in rows.segments:
            with np.load(segment / FILE, allow_pickle=False) as held:
                found.append(held["vectors"])
        return np.asarray(np.concatenate(found)[rows.order])
    except (*_DAMAGE, IndexError) as error:
        raise IndexFault(
            f"The index file {FILE} is damaged ({type(error).__name__}): run `python -m ingest check --repair`."
        ) from error


def _made_by(segment: Path) -> str:
    """The hash of the encoder that a segment's vectors are of; empty where it has none that can be read."""
    try:
        with np.load(segment / FILE, allow_pickle=False) as held:
            return str(held["made_by"])
    except _DAMAGE:
        return ""


def _known(old: Previous, wanted: set[str], made_by: str) -> dict[str, np.ndarray]:
    """The vectors that the version in use has of what is wanted."""
    found: dict[str, np.ndarray] = {}
    for name in old.segments if wanted else ():
        if _made_by(old.folder / name) != made_by:
            continue
        with np.load(old.folder / name / FILE, allow_pickle=False) as held:
            keys = held["keys"].astype(str).tolist()
            places = [place for place, key in enumerate(keys) if key in wanted]
            if places:
                vectors = held["vectors"]
                found |= {keys[place]: vectors[place] for place in places}
    return found
