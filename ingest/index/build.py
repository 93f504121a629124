"""Documents to a new version of the index: embedded, written, proved, and only then put in use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ingest.encoder import model
from ingest.index import languages, store, words
from ingest.index.history import gone_on
from ingest.index.manifest import FORMAT, Run, file_hashes, finish
from ingest.index.reuse import Previous, as_stored, embedded_text, supplied_for, vector_key
from ingest.index.unfinished import Unfinished
from ingest.index.vectors import Entries, entries
from ingest.index.version import fault_of, fill_vectors, prove, switch
from ingest.passages import CUTTER
from ingest.prepare import Prepared
from ingest.records import Passage
from ingest.settings import Settings

Progress = Callable[[str, int, int], None]  # stage, done, of how many
SEGMENT = 5_000  # passages: half as many and more are taken over as they are, fewer written with what comes
BLOCK = 1_024  # passages embedded before their vectors are kept; a multiple of the model's batch
STEPS = 4  # of writing, as progress tells them


@dataclass(frozen=True, slots=True)
class Published:
    """The new version's fingerprint, how many passages of each written document were new, segments taken over."""

    fingerprint: str
    embedded: dict[str, int]
    shared: set[str]


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
    given = old.supplied | supplied
    kept = {name: own for name, own in old.segments.items() if _stays(own, documents, given, old)}
    shared = {name for own in kept.values() for name in own}
    groups = _groups([d for d in ordered if d.facts.document not in shared])
    unfinished = Unfinished(index, settings)
    fresh_passages = [p for group in groups for d in group for p in d.passages]
    vectors, new = _vectors(fresh_passages, old, unfinished, settings, progress)
    folder = model.locate(settings.model)
    precision = " half" if settings.model.half_precision else ""
    ids = [id_ for d in ordered for id_ in d.ids]
    fingerprint = store.fingerprint([(d.facts, d.sha256) for d in ordered], ids, folder.sha256 + precision, CUTTER)
    target = _free(index / "versions" / f"{fingerprint}-{datetime.now(UTC):%Y%m%d%H%M%S%f}")
    work = target.with_suffix(".tmp")
    work.mkdir(parents=True)
    for name in kept:
        shutil.copytree(old.folder / name, work / name, copy_function=_share)
    fresh = {f"{target.name}.{number}": group for number, group in enumerate(groups, 1)}
    taken_over = {name: [documents[own] for own in names] for name, names in kept.items()}
    progress("Writing", 0, STEPS)
    for name, group in fresh.items():
        (work / name).mkdir()
        store.write(work / name, as_stored(group, given), [p for d in group for p in d.passages])
    progress("Writing", 1, STEPS)
    for name, group in fresh.items():
        words.build(work / name, [embedded_text(p) for d in group for p in d.passages])
    progress("Writing", 1, STEPS)
    fill_vectors(work, target.name, settings, {name: _entries(group, vectors) for name, group in fresh.items()})
    progress("Writing", 1, STEPS)
    before = store.read_manifest(old.folder) if kept else None
    counts = (len(ordered), _pages(groups, old, kept, before), len(ids))
    made = datetime.now(UTC).isoformat(timespec="seconds")
    runs = gone_on(old.runs, old.documents, documents, made)
    languages.fill(work, taken_over | fresh, old, settings, progress)
    known = {name: sha for name, sha in before.files.items() if not name.endswith(languages.FILE)} if before else {}
    finish(work, _manifest(work, counts, known, folder, fingerprint, settings, made, runs))
    prove(work, target.name, settings, fault_of, set(fresh))
    progress("Writing", 1, STEPS)
    switch(index, work, target, settings, keep_previous)
    unfinished.clear()
    in_use = {d.sha256 for d in ordered} | ({d.sha256 for d in old.documents.values()} if keep_previous else set())
    _drop_originals(index, in_use)
    embedded = {d.facts.document: sum(id_ in new for id_ in d.ids) for group in groups for d in group}
    return Published(fingerprint, embedded, set(kept))


def _stays(
    names: tuple[str, ...], documents: dict[str, Prepared], supplied: dict[str, dict[str, Any]], old: Previous
) -> bool:
    """Whether a segment is taken over as it is: nothing in it has changed, and it is large enough to stand alone."""
    same = all(
        documents.get(name) is old.documents[name] and supplied_for(name, supplied) == old.supplied[name]
        for name in names
    )
    return same and 2 * sum(len(old.documents[name].ids) for name in names) >= SEGMENT


def _pages(groups: list[list[Prepared]], old: Previous, kept: dict[str, Any], before: store.Manifest | None) -> int:
    """How many pages the new version has: those written, and those of the segments that are taken over."""
    written = sum(len(d.pages) for group in groups for d in group)
    if before is None:
        return written
    rest = [name for segment, names in old.segments.items() if segment not in kept for name in names]
    return written + before.pages - sum(len(old.documents[name].pages) for name in rest)


def _groups(ordered: list[Prepared]) -> list[list[Prepared]]:
    """The documents of each new segment: whole ones, with at most SEGMENT passages unless one alone has more."""
    groups: list[list[Prepared]] = []
    have = SEGMENT
    for document in ordered:
        have += len(document.ids)
        if have > SEGMENT:
            groups.append([])
            have = len(document.ids)
        groups[-1].append(document)
    return groups


def _share(source: str, target: str) -> None:
    """The same file under a second name; a copy where the file system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _entries(group: list[Prepared], vectors: dict[str, np.ndarray]) -> Entries:
    passages = [p for d in group for p in d.passages]
    rows = np.stack([vectors[vector_key(p)] for p in passages])
    return entries(passages, {d.facts.document: d.facts for d in group}, rows)


def _manifest(
    work: Path,
    counts: tuple[int, int, int],
    known: dict[str, str],
    folder: model.ModelFolder,
    fingerprint: str,
    settings: Settings,
    made: str,
    runs: tuple[Run, ...],
) -> store.Manifest:
    """The manifest of a version of so many documents, pages and passages."""
    documents, pages, passages = counts
    return store.Manifest(
        format=FORMAT,
        fingerprint=fingerprint,
        model=folder.name,
        model_sha256=folder.sha256,
        prefixes=(settings.model.query_prefix, settings.model.text_prefix),
        half_precision=settings.model.half_precision,
        cutter=CUTTER,
        documents=documents,
        pages=pages,
        passages=passages,
        made=made,
        files=file_hashes(work, known),
        runs=runs,
    )


def _vectors(
    passages: list[Passage], old: Previous, unfinished: Unfinished, settings: Settings, progress: Progress
) -> tuple[dict[str, np.ndarray], set[str]]:
    """A vector for each passage by `vector_key`, embedding only those the old version has not; ids of the new ones.

    They are embedded in order of length and kept block by block: a run that goes on makes the same batches.
    """
    vectors = old.vectors_of(passages)
    new = [p for p in passages if vector_key(p) not in vectors]
    vectors |= unfinished.vectors() if new else {}
    rest = sorted((p for p in new if vector_key(p) not in vectors), key=lambda p: len(embedded_text(p)))
    if rest:
        from ingest.encoder.embedder import SentenceTransformerEmbedder

        progress("Loading", 0, 1)
        embedder = SentenceTransformerEmbedder(settings.model)
        progress("Loading", 1, 1)
        progress("Embedding", len(new) - len(rest), len(new))
    for start in range(0, len(rest), BLOCK):
        block = rest[start : start + BLOCK]
        rows = embedder.embed_texts(list(map(embedded_text, block)), lambda n: progress("Embedding", n, len(new)))
        unfinished.keep_vectors(list(map(vector_key, block)), rows)
        vectors |= dict(zip(map(vector_key, block), rows, strict=True))
    return vectors, {p.id for p in new}


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
