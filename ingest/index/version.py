"""Versions of an index: the writer's lock, the proof of a new version, the switch to it."""

from __future__ import annotations

import contextlib
import errno
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import IndexFault, IndexLockedError, SendError
from ingest.index import server, store, vectors, words
from ingest.index.manifest import file_names
from ingest.settings import Settings

CANARIES = 5
FULL_MB = 1  # free: a disk that fails with so little is full, whatever the error
CHECK_SECONDS = 300
FILL_SECONDS = 3600
_COPIED = "forkserver" in multiprocessing.get_all_start_methods()
_CONTEXT: Any = multiprocessing.get_context("forkserver" if _COPIED else "spawn")


@contextlib.contextmanager
def writer_lock(index: Path, settings: Settings | None = None) -> Iterator[None]:
    """Hold the index for writing.

    Raises IndexLockedError saying who holds it, IndexFault where the folder cannot be written or the server of the
    vectors is not there.
    """
    from filelock import FileLock, Timeout

    holder = index / "writer.json"
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(index / "writer.lock"), timeout=0)
        lock.acquire()
    except Timeout as error:
        who = _holder(holder)
        raise IndexLockedError(f"The index {index} is being written by {who}: wait until it has finished.") from error
    except OSError as error:
        raise IndexFault(
            f"The index folder {index} cannot be written ({error.strerror}): check its permissions and the disk."
        ) from error
    try:
        holder.write_text(
            json.dumps({"process": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")})
        )
        url = settings.store.chroma_url if settings else ""
        if url:
            server.reach(server.address(url))
        _sweep(index, url)
        try:
            yield
        except BaseException:
            _clear(index, bool(url))
            raise
    except OSError as error:
        raise IndexFault(
            f"Writing the index {index} failed ({_reason(error, index)}): free space or check permissions; "
            "the old index is still in use."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _holder(path: Path) -> str:
    try:
        data = json.loads(path.read_text())
        return f"process {data['process']} since {data['since']}"
    except (OSError, ValueError, KeyError):
        return "another process"


def _reason(error: OSError, index: Path) -> str:
    """Why writing failed; a disk that is full says so by many errors, not all of which name it."""
    free = shutil.disk_usage(index).free / 1e6
    if error.errno == errno.ENOSPC or free < FULL_MB:
        needed = sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / 1e6
        return f"No space left on device: {free:,.0f} MB are free, and a new version can take {needed:,.0f} MB"
    return error.strerror or " ".join(str(error).split())


def _clear(index: Path, served: bool) -> None:
    """Give back the room of what a failed run left unfinished; the name stays where a server may have vectors of it."""
    for folder in (index / "versions").glob("*.tmp"):
        shutil.rmtree(folder, ignore_errors=True)
        if served:
            folder.mkdir(exist_ok=True)


def _sweep(index: Path, url: str) -> None:
    """Throw away what a killed run left unfinished, and what a server has not deleted yet."""
    unfinished = list((index / "versions").glob("*.tmp"))
    if url and unfinished:
        vectors.drop(url, [folder.stem for folder in unfinished])  # their own, none that they share
    for folder in unfinished:
        shutil.rmtree(folder, ignore_errors=True)
    for part in (index / "originals").glob("*.part"):
        part.unlink(missing_ok=True)


def fill_vectors(folder: Path, name: str, settings: Settings, made: dict[str, vectors.Entries]) -> None:
    """Write the vectors of new segments, by name, in a child process. Raises IndexFault with the reason.

    A child, because Chroma's files keep whatever their process had in the memory they are written from: that
    process never holds a document.
    """
    _in_child(_fill, FILL_SECONDS, folder, name, settings, made)


def prove(folder: Path, name: str, settings: Settings, look: Callable[..., str] | None = None, *about: Any) -> None:
    """Open a version in a child process and ask it canary questions, or have `look` find what is wrong with it.

    A child, because a damaged vector file can end the process that opens it. `about` is what `look` wants besides.
    Raises IndexFault with the reason.
    """
    _in_child(look or fault_of, CHECK_SECONDS, folder, name, settings, *about)


def import_ahead() -> None:
    """Begin the imports that writing and proving need, which take seconds, in the process their children are copies of.

    That process never holds a document. Systems without such a process (Windows) import in each child.
    """
    if _COPIED:
        _CONTEXT.set_forkserver_preload(["ingest.index.version"])
        forkserver.ensure_running()


def _in_child(work: Callable[..., str], seconds: int, *about: Any) -> None:
    """Run `work` on a version in a process of its own; what it returns, raises or dies of becomes an IndexFault."""
    import_ahead()
    ours, theirs = _CONTEXT.Pipe()
    child = _CONTEXT.Process(target=_answer, args=(theirs,), daemon=True)
    child.start()
    theirs.close()
    name = about[1]
    try:
        ours.send((work, about))
        if not ours.poll(seconds):
            raise IndexFault(
                f"Opening the index version {name} took longer than {seconds} s: run `python -m ingest check --repair`."
            )
        fault = ours.recv()
    except (EOFError, ConnectionError) as error:
        raise IndexFault(
            f"The vector store of index version {name} is damaged: run `python -m ingest check --repair`."
        ) from error
    finally:
        child.kill()
        child.join()
    if fault:
        raise IndexFault(fault)


def _answer(pipe: Connection) -> None:
    """The child's life: take the work, answer."""
    work, about = pipe.recv()
    try:
        pipe.send(work(*about))
    except SendError as error:
        pipe.send(str(error))
    except Exception as error:
        pipe.send(
            f"The index version {about[1]} is damaged ({type(error).__name__}): run `python -m ingest check --repair`."
        )


def _fill(folder: Path, name: str, settings: Settings, made: dict[str, vectors.Entries]) -> str:
    for segment, entries in made.items():
        vectors.write(folder / segment / store.CHROMA, segment, settings.store.chroma_url, entries)
    return ""


def fault_of(folder: Path, name: str, settings: Settings, fresh: Collection[str] | None = None) -> str:
    """What is wrong with a version: counts, hashes and canary queries; empty where it is whole.

    Vectors and words are asked of the segments named in `fresh` only, where given.
    """
    manifest = store.read_manifest(folder)
    repair = "run `python -m ingest check --repair`."
    if extra := sorted(set(file_names(folder)) - set(manifest.files)):
        return f"The index file {extra[0]} is not as it was written: {repair}"
    try:
        store.prove_files(folder, "")
        rows = store.Rows(folder)
        bag = words.WordIndex(rows.segments, rows.order)
    except IndexFault as fault:
        return str(fault)
    if len(rows) != manifest.passages or len(rows.documents) != manifest.documents:
        return f"The index holds {len(rows)} passages where {manifest.passages} were written: {repair}"
    for number, segment in enumerate(rows.segments):
        if fresh is not None and segment.name not in fresh:
            continue
        own = np.flatnonzero(rows.segment == number)
        index = vectors.VectorIndex(segment / store.CHROMA, segment.name, settings.store.chroma_url)
        if index.count() != len(own):
            return f"The vector store holds {index.count()} passages where {len(own)} were written: {repair}"
        for row in own[np.linspace(0, len(own) - 1, min(CANARIES, len(own))).astype(int)]:
            passage = rows.passage(int(row))
            near = index.nearest(index.read([passage.id])[0], 3)
            if not near or near[0][1] < 0.99:
                return f"The vector store does not find passage {passage.id}: {repair}"
            stems = words.tokens(passage.text)  # none in a passage without a Latin letter or digit
            if stems and bag.scores(stems, [1.0] * len(stems))[row] <= 0:
                return f"The word index does not find passage {passage.id}: {repair}"
    return ""


def switch(index: Path, work: Path, target: Path, settings: Settings, keep_previous: bool) -> None:
    """Put a proved version in use in one step; then clear older ones away.

    The version before is kept for page processes that still read it, unless a document was removed.
    """
    try:
        previous = store.current(index)
    except IndexFault:
        previous = None
    work.replace(target)
    pointer = index / f"{store.CURRENT}.new"
    pointer.write_text(target.name, encoding="utf-8")
    pointer.replace(index / store.CURRENT)
    kept = {target.name} | ({previous.name} if previous and keep_previous else set())
    for folder in (index / "versions").iterdir():
        if folder.name not in kept:
            gone = {path.name for path in folder.iterdir() if path.is_dir()}
            shutil.rmtree(folder, ignore_errors=True)
            shared = {path.name for name in kept for path in (index / "versions" / name).iterdir()}
            if settings.store.chroma_url:
                _drop_collections(index / "versions", gone - shared, settings.store.chroma_url)


def _drop_collections(versions: Path, names: set[str], url: str) -> None:
    """Delete collections of a server; where that fails, notes are left for the next run's sweep."""
    notes = [versions / f"{name}.tmp" for name in names]
    for note in notes:
        note.mkdir(exist_ok=True)
    vectors.drop(url, sorted(names))
    for note in notes:
        note.rmdir()
