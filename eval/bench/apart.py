"""Runs one measurement in a process of its own, so that neither memory nor loaded libraries are another's."""

from __future__ import annotations

import multiprocessing
import resource
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvalError
from ingest.errors import SendError

EVERY = 0.1  # seconds between looks at the memory
MB = 1024


@dataclass(frozen=True, slots=True)
class Apart:
    """What a measurement gave, the seconds of its whole process and the peak memory in MB, its children's included.

    Memory is what processes hold together (resident); pages they share are counted once for each.
    """

    value: Any
    seconds: float
    peak_mb: float


def apart(work: Callable[..., Any], *about: Any) -> Apart:
    """Run `work(*about)`, importable by name, in a new process. Raises EvalError where it fails."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    start = time.perf_counter()
    process = context.Process(target=_serve, args=(theirs, work, about))
    process.start()
    theirs.close()
    peak = _Peak(process.pid or 0)
    try:
        value, error = ours.recv()
    except EOFError:
        value, error = None, f"{work.__name__} ended without an answer"
    seconds = time.perf_counter() - start
    process.join()
    if error:
        raise EvalError(error)
    return Apart(value, seconds, peak.stop())


def own_peak_mb() -> float:
    """The most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB


def _serve(pipe: Any, work: Callable[..., Any], about: tuple[Any, ...]) -> None:
    from ingest.cli import hush

    hush()
    try:
        pipe.send((work(*about), ""))
    except SendError as error:
        pipe.send((None, str(error)))


class _Peak:
    """Watches the memory of a process and its children until stopped."""

    def __init__(self, process: int) -> None:
        self.process, self.most = process, 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """The peak in MB; 0 on systems without /proc."""
        self._over.set()
        self._thread.join()
        return self.most

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            self.most = max(self.most, sum(_resident(p) for p in _family(self.process)) / MB)


def _family(process: int) -> list[int]:
    """A process and all its children."""
    found = [process]
    for one in found:
        for listed in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(child) for child in listed.read_text().split()]
            except OSError:  # it has just ended
                continue
    return found


def _resident(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0.0)
