"""An `add` that is killed at any moment: the old index answers, and the next `add` completes it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.index import store, version
from ingest.settings import Settings
from tests.conftest import ROOT

FORKS = 10

TEXT = "Minutes number {n} of Elmshire Council.\n\n" + "\n\n".join(
    f"Paragraph {p} of these minutes says that {{n}} families waited {p} weeks for therapy." for p in range(12)
)


def write(folder: Path, numbers: range) -> None:
    folder.mkdir(exist_ok=True)
    for n in numbers:
        (folder / f"minutes-{n}.txt").write_text(TEXT.format(n=n))


def command(folder: Path, index: Path) -> list[str]:
    return [sys.executable, "-m", "ingest", "add", str(folder), "--index", str(index), "--json"]


@pytest.mark.slow
def test_killed_while_it_writes(tmp_path: Path) -> None:
    """From its first moment to its last, in forks of one process: a kill every tenth of the time."""
    few, many = tmp_path / "few", tmp_path / "many"
    write(few, range(2))
    write(many, range(5))
    result = subprocess.run(
        [sys.executable, "-m", "tests.ingest.killing", str(few), str(many), str(tmp_path / "ix"), str(FORKS)],
        cwd=ROOT, check=True, capture_output=True, text=True, timeout=400,
    )  # fmt: skip
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(rows) == FORKS
    assert [row for row in rows if row["left"] not in ("2", "5")] == []
    assert [row for row in rows if (row["again"], row["litter"]) != ("5", [])] == []
    assert sum(row["ended"] == "killed" for row in rows) > FORKS / 2


@pytest.mark.slow
def test_the_command_killed_while_it_writes(tmp_path: Path) -> None:
    """The command itself, killed with its children once the new version is begun."""
    papers, index = tmp_path / "papers", tmp_path / "ix"
    write(papers, range(2))
    subprocess.run(command(papers, index), cwd=ROOT, check=True, capture_output=True)
    write(papers, range(5))
    told = subprocess.DEVNULL
    process = subprocess.Popen(command(papers, index), cwd=ROOT, stdout=told, stderr=told, start_new_session=True)
    while process.poll() is None and not list(index.glob("versions/*.tmp")):
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert documents(index) in (2, 5)
    subprocess.run(command(papers, index), cwd=ROOT, check=True, capture_output=True)
    assert documents(index) == 5
    assert not list(index.rglob("*.tmp")) and not list(index.rglob("*.part"))


def documents(index: Path) -> int:
    """How many documents the index has, which must be whole."""
    folder = store.current(index)
    assert version.fault_of(folder, folder.name, Settings()) == ""
    return store.read_manifest(folder).documents
