"""Documents to a new version of the index: embedded, written, proved, and only then put in use."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ingest import model, store, words
from ingest.passages import CUTTER
from ingest.prepare import Prepared
from ingest.previous import Previous, supplied_for, vector_key
from ingest.records import Passage
from ingest.settings import Settings
from ingest.vectors import entries
from ingest.version import fill_vectors, prove, switch

Progress = Callable[[str, int, int], None]  # stage, done, of how many
STEPS = 4  # of writing, as progress tells them


@dataclass(frozen=True, slots=True)
class Published:
    """The new version's fingerprint, and how many passages of each document were new to the model."""

    fingerprint: str
    embedded: dict[str, int]


def publish(
    documents: dict[str, Prepared],
    supplied: dict[str, dict[str, Any]],
    old: Previous,
    index: Path,
    settings: Settings,
    progress: Progress,
    keep_previous: bool = True,
) -> Published:
    """Embed what is new, write a version beside the old one, prove it and switch.

    Without `keep_previous` the old version is thrown away, and with it every original that is no longer used.
    """
    ordered = sorted(documents.values(), key=lambda d: d.facts.document)
    passages = [p for d in ordered for p in d.passages]
    matrix, new = _vectors(passages, old, settings, progress)
    stored = _stored(ordered, supplied, old)
    folder = model.locate(settings.model)
    precision = " half" if settings.model.half_precision else ""
    fingerprint = store.fingerprint(stored, passages, folder.sha256 + precision, CUTTER)
    target = _free(index / "versions" / f"{fingerprint}-{datetime.now(UTC):%Y%m%d%H%M%S%f}")
    work = target.with_suffix(".tmp")
    work.mkdir(parents=True)
    progress("Writing", 0, STEPS)
    store.write(work, stored, passages)
    progress("Writing", 1, STEPS)
    words.build(work / "words", [f"{p.context}\n{p.text}" for p in passages])
    progress("Writing", 1, STEPS)
    facts = {d.facts.document: d.facts for d in ordered}
    fill_vectors(work, target.name, settings, entries(passages, facts, matrix))
    progress("Writing", 1, STEPS)
    store.finish(work, _manifest(work, stored, passages, matrix, folder, fingerprint, settings))
    prove(work, target.name, settings)
    progress("Writing", 1, STEPS)
    switch(index, work, target, settings, keep_previous)
    in_use = {d.sha256 for d in ordered} | ({d.sha256 for d in old.documents.values()} if keep_previous else set())
    _drop_originals(index, in_use)
    return Published(fingerprint, {d.facts.document: sum(p.id in new for p in d.passages) for d in ordered})


def _stored(ordered: list[Prepared], supplied: dict[str, dict[str, Any]], old: Previous) -> list[store.StoredDocument]:
    stored: list[store.StoredDocument] = []
    first = 0
    for d in ordered:
        given = supplied_for(d.facts.document, old.supplied | supplied)
        stored.append(
            store.StoredDocument(
                d.facts, d.sha256, d.media, d.pages, first, len(d.passages), d.warnings, given, d.place
            )
        )
        first += len(d.passages)
    return stored


def _manifest(
    work: Path,
    stored: list[store.StoredDocument],
    passages: list[Passage],
    matrix: np.ndarray,
    folder: model.ModelFolder,
    fingerprint: str,
    settings: Settings,
) -> store.Manifest:
    return store.Manifest(
        format=store.FORMAT,
        fingerprint=fingerprint,
        model=folder.name,
        model_sha256=folder.sha256,
        dimension=int(matrix.shape[1]) if len(matrix) else 0,
        prefixes=(settings.model.query_prefix, settings.model.text_prefix),
        half_precision=settings.model.half_precision,
        cutter=CUTTER,
        documents=len(stored),
        pages=sum(len(d.pages) for d in stored),
        passages=len(passages),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        files=store.file_hashes(work),
    )


def _vectors(
    passages: list[Passage], old: Previous, settings: Settings, progress: Progress
) -> tuple[np.ndarray, set[str]]:
    """A vector for each passage, embedding only those the old version has not; and the ids of the new ones."""
    new = [p for p in passages if vector_key(p) not in old.vectors]
    made: dict[str, np.ndarray] = {}
    if new:
        from ingest.embed import SentenceTransformerEmbedder

        progress("Loading", 0, 1)
        embedder = SentenceTransformerEmbedder(settings.model)
        progress("Loading", 1, 1)
        progress("Embedding", 0, len(new))
        texts = [f"{p.context}\n{p.text}" for p in new]
        matrix = embedder.embed_texts(texts, lambda n: progress("Embedding", n, len(new)))
        made = {p.id: row for p, row in zip(new, matrix, strict=True)}
    rows = [made[p.id] if p.id in made else old.vectors[vector_key(p)] for p in passages]
    return (np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)), set(made)


def _free(target: Path) -> Path:
    """The folder's name, or where a clock that stands or goes back has given it before, the name with a number."""
    number = 2
    tried = target
    while tried.exists():
        tried = target.with_name(f"{target.name}-{number}")
        number += 1
    return tried


def keep_original(path: Path, sha256: str, index: Path) -> None:
    """Keep a copy of a file as it was given, under its hash."""
    target = index / "originals" / sha256
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        shutil.copyfile(path, part)
        part.replace(target)


def _drop_originals(index: Path, in_use: set[str]) -> None:
    for path in (index / "originals").glob("*"):
        if path.name not in in_use:
            path.unlink(missing_ok=True)
