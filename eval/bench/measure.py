"""The whole benchmark in order: ingest ours and plain in turn, grow indexes, ask both systems over each."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from eval.bench import asking, growth, ingesting, papers
from eval.bench.apart import apart
from eval.bench.asking import Arms, Asking
from eval.bench.ingesting import Ingest
from ingest.settings import Settings

SIZES = (500, 4_000, 40_000, 200_000)
PLAIN_UP_TO = 200_000
ROUNDS = 3  # of ingest, the systems in turn; the median of each counts
COPIES = 3  # of each paper, for an ingest in which what happens once a run matters less
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Size:
    """One size: what the index is, and what a question costs on it. `plain` is None where it was left out."""

    documents: int
    disk_mb: float
    chroma_mb: float
    embedded_a_second: float
    writing: float
    one_more: float
    one_more_mb: float
    ours: Asking
    plain: Asking | None
    arms: Arms


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything measured. `ingests` has ours first; then, on a processor made for it, ours with half precision.

    `larger` are the same systems with copies of the papers too.
    """

    machine: dict[str, str]
    ingests: tuple[Ingest, ...]
    larger: tuple[Ingest, ...]
    sizes: tuple[Size, ...]


def measure(
    documents: Path,
    work: Path,
    settings: Settings,
    sizes: Sequence[int],
    progress: Progress,
    save: Callable[[Bench], None],
) -> None:
    """Measure in the empty folder `work`; what there is goes to `save` after each size. Raises SendError."""
    base = work / "base"
    ingests = _ingests(documents, base, settings, ROUNDS, progress)
    larger = _ingests(papers.more(documents, work / "papers", COPIES), work / "larger", settings, 1, progress)
    measured: list[Size] = []
    for size in sorted(sizes):
        measured.append(_size(base, work / f"index-{size}", size, settings))
        shutil.rmtree(work / f"index-{size}", ignore_errors=True)
        save(Bench(_machine(documents), ingests, larger, tuple(measured)))
        progress("Sizes", 1, len(sizes))


def _ingests(documents: Path, base: Path, settings: Settings, rounds: int, progress: Progress) -> tuple[Ingest, ...]:
    """Ours, plain with chunks that the model can read whole, and plain at its defaults, in turn."""
    half = replace(settings, model=replace(settings.model, half_precision=True))
    systems = (
        lambda: ingesting.ours(documents, base, settings),
        *(
            [lambda: ingesting.ours(documents, base.with_name(f"{base.name}-half"), half)]
            if "_bf16" in _processors()
            else []
        ),
        lambda: ingesting.plain(documents, ingesting.FITTING),
        lambda: ingesting.plain(documents, 0),
    )
    runs: list[list[Ingest]] = [[] for _ in systems]
    for _ in range(rounds):
        for system, done in zip(systems, runs, strict=True):
            done.append(system())
            progress("Ingest", 1, (ROUNDS + 1) * len(systems))
    return tuple(sorted(done, key=lambda i: i.seconds)[rounds // 2] for done in runs)


def _size(base: Path, index: Path, size: int, settings: Settings) -> Size:
    grown = apart(growth.grow, base, index, size, settings).value
    ours = asking.ours(index, settings)
    plain = asking.plain(index, settings) if size <= PLAIN_UP_TO else None
    return Size(
        documents=grown["documents"],
        disk_mb=_mb(index),
        chroma_mb=sum(_mb(folder) for folder in index.glob("versions/*/*/chroma")),
        embedded_a_second=grown["embedded"] / grown["embedding"] if grown["embedding"] else 0.0,
        writing=grown["writing"],
        **apart(growth.one_more, base, index, settings).value,
        ours=ours,
        plain=plain,
        arms=asking.arms(index, settings),
    )


def _mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _machine(documents: Path) -> dict[str, str]:
    """The machine and the day in words; no host name, no path."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9 if hasattr(os, "sysconf") else 0
    return {
        "date": f"{datetime.now(UTC):%-d %B %Y}",
        "cpu": _processor(),
        "cores": str(cores),
        "memory": f"{memory:.0f}",
        "system": f"{platform.system()}, Python {platform.python_version()}",
        "documents": documents.resolve().name,
        "load": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown",
    }


def _processor() -> str:
    names = (line.split(":", 1)[1].strip() for line in _processors().splitlines() if line.startswith("model name"))
    return next(names, platform.machine())


def _processors() -> str:
    """What Linux tells of the processors; empty elsewhere."""
    try:
        return Path("/proc/cpuinfo").read_text()
    except OSError:
        return ""
