"""An `add` that is killed at any moment: the old index answers, and the next `add` completes it."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.index import store, version
from ingest.settings import Settings
from tests.conftest import ROOT

MOMENTS = int(os.environ.get("KILL_MOMENTS", "0"))  # of the command itself: twenty take some minutes
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
@pytest.mark.skipif(not MOMENTS, reason="the command itself is killed where KILL_MOMENTS says how often")
def test_the_command_killed_at_random_moments(tmp_path: Path) -> None:
    papers, index = tmp_path / "papers", tmp_path / "ix"
    write(papers, range(3))
    started = time.monotonic()
    subprocess.run(command(papers, index), cwd=ROOT, check=True, capture_output=True)
    lasts = time.monotonic() - started
    before = store.read_manifest(store.current(index)).fingerprint
    write(papers, range(9))
    moments = random.Random(7)
    finished = 0
    for _ in range(MOMENTS):
        work = Path(shutil.copytree(index, tmp_path / "killed"))
        process = subprocess.Popen(
            command(papers, work),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(moments.uniform(0.3, 1.2) * lasts)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        folder = store.current(work)
        manifest = store.read_manifest(folder)
        assert version.fault_of(folder, folder.name, Settings()) == ""
        assert manifest.documents == (3 if manifest.fingerprint == before else 9)
        finished += manifest.documents == 9
        subprocess.run(command(papers, work), cwd=ROOT, check=True, capture_output=True)
        folder = store.current(work)
        assert store.read_manifest(folder).documents == 9
        assert version.fault_of(folder, folder.name, Settings()) == ""
        assert not list(work.rglob("*.tmp")) and not list(work.rglob("*.part"))
        shutil.rmtree(work)
    assert finished < MOMENTS  # else nothing was killed in the middle
