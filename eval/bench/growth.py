"""Indexes of a wanted size, made from one that was read from real files.

The vectors of the first passages come from the model. Beyond `EMBEDDED`, where the model would take hours and show
nothing new, a copy's vector is its original's, moved a little.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from eval.bench.copies import copies
from ingest.encoder import model
from ingest.encoder.embedder import SentenceTransformerEmbedder
from ingest.index import build, reuse, store
from ingest.index.reuse import Previous, vector_key
from ingest.prepare import Prepared
from ingest.records import Passage
from ingest.settings import Settings

EMBEDDED = 2_000
LAST = 99_999  # number of a copy that no index has yet
MOVED = 0.35  # length of the step away from a unit vector: a cosine of about 0.94


def grow(base: Path, index: Path, passages: int, settings: Settings) -> dict[str, float]:
    """Make an index of about so many passages in `index`: documents, passages embedded, seconds of that and of writing.

    `base` is the index whose documents are copied.
    """
    old = reuse.load(base, model.locate(settings.model).sha256, settings)
    originals = whole(old)
    chosen = _enough(originals, passages)
    vectors = old.vectors_of([p for d in originals for p in d.passages])
    made = _embed([p for d in chosen[len(originals) :] for p in d.passages][:EMBEDDED], vectors, settings)
    _move(originals, chosen, vectors)
    start = time.perf_counter()
    documents = {d.facts.document: d for d in chosen}
    build.publish(documents, {}, Previous(vectors=vectors), index, settings, _silent, keep_previous=False)
    return {"documents": len(documents), **made, "writing": time.perf_counter() - start}


def one_more(base: Path, index: Path, settings: Settings) -> dict[str, float]:
    """Bring one more paper into an index made by `grow`: the seconds, without those of the model, and MB written."""
    sha256 = model.locate(settings.model).sha256
    first = reuse.load(base, sha256, settings)
    original = whole(first)[0]
    paper = copies([original], LAST)[0]
    vectors = first.vectors_of(original.passages)
    _move([original], [paper], vectors)
    start = time.perf_counter()
    old = replace(reuse.load(index, sha256, settings), vectors=vectors)
    build.publish(old.documents | {paper.facts.document: paper}, {}, old, index, settings, _silent)
    seconds = time.perf_counter() - start
    found = [path.stat() for path in store.current(index).rglob("*") if path.is_file()]
    return {"one_more": seconds, "one_more_mb": sum(f.st_size for f in found if f.st_nlink == 1) / 1e6}


def whole(old: Previous) -> list[Prepared]:
    """The documents of a version with all that is in them, to make others of."""
    names = [one.name for one in fields(Prepared)]
    return [Prepared(**{name: getattr(document, name) for name in names}) for document in old.documents.values()]


def _silent(stage: str, done: int, total: int) -> None:
    """Progress of one index is not shown: the benchmark tells its own."""


def _enough(originals: Sequence[Prepared], passages: int) -> list[Prepared]:
    """The originals, or the first of them, or copies beside them, until there are enough passages."""
    chosen: list[Prepared] = []
    have, number = 0, 0
    while have < passages:
        for document in copies(originals, number):
            if have >= passages:
                break
            chosen.append(document)
            have += len(document.passages)
        number += 1
    return chosen


def _embed(new: Sequence[Passage], vectors: dict[str, np.ndarray], settings: Settings) -> dict[str, float]:
    """Vectors of copies by the model, put among the others."""
    if not new:
        return {"embedded": 0, "embedding": 0.0}
    embedder = SentenceTransformerEmbedder(settings.model)
    start = time.perf_counter()
    rows = embedder.embed_texts([f"{p.context}\n{p.text}" for p in new])
    vectors.update({vector_key(p): row for p, row in zip(new, rows, strict=True)})
    return {"embedded": len(new), "embedding": time.perf_counter() - start}


def _move(originals: Sequence[Prepared], chosen: Sequence[Prepared], vectors: dict[str, np.ndarray]) -> None:
    """Vectors for all copies that have none yet."""
    dice = np.random.default_rng(0)
    own = [np.stack([vectors[vector_key(p)] for p in d.passages]) for d in originals]
    for place, document in enumerate(chosen):
        if all(vector_key(p) in vectors for p in document.passages):
            continue
        rows = own[place % len(originals)]
        step = dice.standard_normal(rows.shape, dtype=np.float32)
        moved = rows + MOVED * step / np.linalg.norm(step, axis=1, keepdims=True)
        moved /= np.linalg.norm(moved, axis=1, keepdims=True)
        for passage, row in zip(document.passages, moved, strict=True):
            vectors.setdefault(vector_key(passage), row)
