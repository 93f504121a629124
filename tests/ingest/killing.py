"""Runs `add` again and again in forks of one process that has all libraries loaded, and kills each at a random moment.

    python -m tests.ingest.killing FEW MANY INDEX MOMENTS    one JSON object a moment, on stdout

FEW documents are in the index before; MANY are added. What a moment left behind is looked at by another fork, which
then adds again to the end. Vectors are hashes and files are read in the process: what is tried here is the writing.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ingest import pipeline
from ingest.index import store, version
from ingest.index.unfinished import FOLDER
from ingest.intake import sandbox
from ingest.settings import Settings
from tests.ingest.conftest import HashEmbedder
from tests.ingest.in_process import write_and_prove_here

TRIALS = 3  # of which the shortest counts: one that others hold up would put the kills after the end


def quick_parts() -> None:
    """Put in what costs nothing and starts no other process."""
    import ingest.encoder.embedder

    def run(work: Callable[[Any], Any], tasks: Sequence[Any], *rest: object) -> Iterator[sandbox.Outcome]:
        return (sandbox.Outcome(number, work(task)) for number, task in enumerate(tasks))

    ingest.encoder.embedder.SentenceTransformerEmbedder = HashEmbedder  # type: ignore[misc, assignment]
    ingest.encoder.embedder.import_ahead = lambda: None
    write_and_prove_here(pytest.MonkeyPatch())
    sandbox.run = run  # type: ignore[assignment]


def forked(work: Callable[[], str], kill_after: float | None = None) -> str:
    """What `work` returns in a fork of its own; "killed" where it was ended before."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        try:
            told = work()
        except BaseException as error:
            told = f"{type(error).__name__}: {error}"
        os.write(theirs, told.encode())
        os._exit(0)
    os.close(theirs)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(ours) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return told or "killed"


def added(papers: Path, index: Path) -> str:
    """Add, and say how many documents a whole index then has."""
    pipeline.add([papers], index, Settings())
    return state(index)


def state(index: Path) -> str:
    """How many documents the index has, if it is whole."""
    folder = store.current(index)
    return version.fault_of(folder, folder.name, Settings()) or str(store.read_manifest(folder).documents)


def lasting(many: Path, index: Path, number: int) -> float:
    """How many seconds one add to a copy of the index takes."""
    trial = Path(shutil.copytree(index, index.with_name(f"trial-{number}")))
    started = time.monotonic()
    forked(lambda: added(many, trial))
    return time.monotonic() - started


def main(few: Path, many: Path, index: Path, moments: int) -> None:
    """One line a moment: how the add ended, what it left, what adding again made of that, and what then lay about."""
    quick_parts()
    import chromadb_rust_bindings  # noqa: F401

    forked(lambda: added(few, index))
    lasts = min(lasting(many, index, number) for number in range(TRIALS))
    chance = random.Random(7)
    for number in range(moments):
        work = Path(shutil.copytree(index, index.with_name(f"killed-{number}")))
        ended = forked(partial(added, many, work), lasts * (number + chance.random()) / moments)
        left = forked(partial(state, work))
        again = forked(partial(added, many, work))
        litter = [p.name for p in work.rglob("*") if p.suffix in (".tmp", ".part", ".new") or p.name == FOLDER]
        sys.stdout.write(json.dumps({"ended": ended, "left": left, "again": again, "litter": litter}) + "\n")
        sys.stdout.flush()
        shutil.rmtree(work)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
