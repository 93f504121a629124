"""Runs untrusted reading in child processes with limits of time and memory.

A child that crashes, hangs or grows too large costs one document, never the run. What counts is the time of the
processor that it takes, so that a busy machine fails no good paper; the clock ends only what stands still.
"""

from __future__ import annotations

import gc
import math
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from ingest.errors import DocumentError, SendError

MOST_PULSES = 1_500  # of a task; a child that has gone wrong gets no more time by more of them
ENDING = 5  # seconds for a child that has closed its pipe to be gone
STANDING = 10  # times its seconds a task may last by the clock, waiting for disk and processor
_CONTEXT = multiprocessing.get_context("spawn")

_told: Connection | None = None  # in a child: where its pulses go
_seconds = 0.0  # in a child: of the processor, for a task and between its pulses


def pulse(part: int, parts: int) -> None:
    """Say, from inside a task, that it goes on; outside of a child nobody listens."""
    if _told is not None:
        _told.send(Pulse(part, parts))
        _more_time()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of task number `index`: a result or the error to tell."""

    index: int
    result: Any = None
    error: SendError | None = None


@dataclass(frozen=True, slots=True)
class Pulse:
    """A child's word that it is at `part` of the `parts` of a long task."""

    part: int
    parts: int


@dataclass
class _Child:
    process: Any
    pipe: Connection
    seconds: float
    index: int | None = None
    deadline: float = 0.0
    pulses: int = 0


def run(
    work: Callable[[Any], Any],
    tasks: Sequence[Any],
    names: Sequence[str],
    workers: int,
    seconds: float,
    memory_mb: int,
    told: Callable[[Pulse], None] = lambda pulse: None,
) -> Iterator[Outcome]:
    """Outcomes of `work(task)` as they come, in any order.

    A task has `seconds` of the processor, anew with each of its pulses, which are `told`; where a system does not
    count them, ten times as many of the clock.

    `work` must be importable by name. Exceptions of the SendError tree come back as they are; any other,
    a crash, too much time or memory become a DocumentError that names the document.
    """
    waiting = deque(range(len(tasks)))
    children = [_start(work, memory_mb, seconds) for _ in range(min(workers, len(tasks)))]
    try:
        for child in children:
            _give(child, waiting, tasks)
        while any(child.index is not None for child in children):
            ready = wait([c.pipe for c in children if c.index is not None], timeout=0.25)
            for position, child in enumerate(children):
                if child.index is None:
                    continue
                outcome = _collect(child, child.pipe in ready, names, told)
                if outcome is None:
                    continue
                yield outcome
                if not child.process.is_alive() or outcome.result is None and outcome.error is not None:
                    child.process.kill()
                    child.process.join()
                    children[position] = child = (
                        _start(work, memory_mb, seconds) if waiting else _Child(child.process, child.pipe, seconds)
                    )
                child.index = None
                _give(child, waiting, tasks)
    finally:
        for child in children:
            child.process.kill()
            child.process.join()


def _start(work: Callable[[Any], Any], memory_mb: int, seconds: float) -> _Child:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_serve, args=(theirs, work, memory_mb, seconds), daemon=True)
    process.start()
    theirs.close()
    return _Child(process, ours, seconds)


def _give(child: _Child, waiting: deque[int], tasks: Sequence[Any]) -> None:
    if waiting and child.process.is_alive():
        child.index, child.pulses = waiting.popleft(), 0
        child.deadline = time.monotonic() + STANDING * child.seconds
        child.pipe.send(tasks[child.index])


def _collect(child: _Child, ready: bool, names: Sequence[str], told: Callable[[Pulse], None]) -> Outcome | None:
    """The outcome of a child's task, None while it still works."""
    index = child.index
    assert index is not None
    if ready:
        try:
            message = child.pipe.recv()
            if not isinstance(message, Pulse):
                return Outcome(index, *message)
            child.pulses += 1
            if child.pulses <= MOST_PULSES:
                child.deadline = time.monotonic() + STANDING * child.seconds
                told(message)
            return None
        except (EOFError, OSError):
            return Outcome(index, error=_stopped(child, names[index]))
    if time.monotonic() > child.deadline:
        return Outcome(index, error=_too_long(names[index]))
    return None


def _stopped(child: _Child, name: str) -> DocumentError:
    """Why a child has ended in the middle of a task."""
    child.process.join(ENDING)
    if child.process.exitcode == -getattr(signal, "SIGXCPU", 0):
        return _too_long(name)
    return DocumentError(f"{name} made its reader stop: it is damaged, or larger inside than it looks.")


def _too_long(name: str) -> DocumentError:
    return DocumentError(f"{name} took too long to read: split it, or raise limits.seconds in the settings.")


def _serve(pipe: Connection, work: Callable[[Any], Any], memory_mb: int, seconds: float) -> None:
    """The child's life: take a task, answer, until killed."""
    global _told, _seconds
    _told, _seconds = pipe, seconds
    if hasattr(os, "nice"):
        os.nice(10)  # whoever waits for the model, or for an answer of the page, goes first
    gc.set_threshold(50_000)  # a reader makes millions of small objects and throws away few that need looking for
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1_000_000, memory_mb * 1_000_000))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # whoever is ended for its time would leave one
    except (ImportError, ValueError, OSError):  # not every system can; the time limit still holds
        pass
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        _more_time()
        try:
            pipe.send((work(task), None))
        except SendError as error:
            pipe.send((None, error))
        except MemoryError:
            pipe.send((None, DocumentError(f"{task.name} needs more memory to read than is allowed: split it.")))
        except Exception as error:
            pipe.send((None, DocumentError(f"{task.name} cannot be read ({type(error).__name__}): fetch it again.")))


def _more_time() -> None:
    """Let this process have its seconds of the processor from now on; the system ends it with SIGXCPU then."""
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + _seconds), most))
    except (ImportError, ValueError, OSError):  # the clock still holds
        pass
