"""Full and read-only disks, clocks that go back, two writers, older indexes: the old index answers, one sentence.

The full and the read-only disk are real where a small file system may be mounted; elsewhere they are skipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chatbot.library import Library
from ingest import pipeline
from ingest.errors import IndexFault
from ingest.index import build, manifest, store, version
from ingest.index.integrity import fault_anywhere
from ingest.settings import Settings
from tests.conftest import ROOT

DAMP = "Minutes of Elmshire Council.\n\nIt was confirmed that {families} families were waiting for therapy.\n"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUESTION = "How many families were waiting for therapy in Elmshire?"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "minutes.txt").write_text(DAMP.format(families=40))
    return folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("this user may not mount a small file system")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def whole(index: Path) -> str:
    """The fingerprint of an index that was proved."""
    folder = store.current(index)
    assert version.fault_of(folder, folder.name, Settings()) == ""
    return store.read_manifest(folder).fingerprint


def answer(index: Path) -> str:
    """What the chat says."""
    from chatbot.conversation import Assistant
    from chatbot.serialise import plain_text
    from tests.ingest.conftest import HashEmbedder

    return plain_text(Assistant(index, Settings(), HashEmbedder(Settings().model)).answer(QUESTION))


@pytest.mark.parametrize("free", [0, 40, 200])
def test_a_disk_that_is_full_keeps_the_old_index(
    free: int, disk: Path, papers: Path, quick: Settings, embedded: list[str]
) -> None:
    """`free` kilobytes are left: nothing, enough for the rows, enough to begin the vector store."""
    index = disk / "ix"
    pipeline.add([papers], index, quick)
    before = whole(index)
    (papers / "more.txt").write_text(DAMP.format(families=90) + "Words. " * 3000)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - free * 1024))
    with pytest.raises(IndexFault) as told:
        pipeline.add([papers], index, quick)
    assert "\n" not in str(told.value) and ("No space left" in str(told.value) or "disk is full" in str(told.value))
    assert not list(index.rglob("*.tmp"))  # its room is given back at once
    assert store.read_manifest(store.current(index)).fingerprint == before
    assert "40 families" in answer(index)
    ballast.unlink()
    assert not pipeline.add([papers], index, quick).failed
    assert whole(index) != before
    assert not list(index.rglob("*.tmp")) and not list(index.rglob("*.part"))


def test_a_read_only_folder_is_read_and_not_written(
    disk: Path, papers: Path, quick: Settings, embedded: list[str]
) -> None:
    index = disk / "ix"
    pipeline.add([papers], index, quick)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert "40 families" in answer(index)
    assert whole(index) and fault_anywhere(store.current(index), "", Settings()) == ""
    (papers / "more.txt").write_text(DAMP.format(families=90))
    with pytest.raises(IndexFault, match=r"cannot be written \(Read-only file system\): check its permissions"):
        pipeline.add([papers], index, quick)


def test_a_full_folder_for_temporary_files_is_no_damage(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.add([papers], tmp_path / "ix", quick)

    def full(*rest: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.index.vectors.shutil.copyfile", full)
    with pytest.raises(IndexFault, match="temporary files .* has no room .*TMPDIR"):
        Library(tmp_path / "ix", quick)


@pytest.mark.parametrize("error", [OSError("1200 requested and 0 written"), OSError(28, "No space left on device")])
def test_a_failure_says_why_and_gives_its_room_back(
    error: OSError, papers: Path, tmp_path: Path, quick: Settings, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """NumPy tells a full disk by an error without a number."""
    index = tmp_path / "ix"

    def full(*rest: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("ingest.index.words.build", full)
        with pytest.raises(IndexFault, match=r"failed \((1200 requested|No space left on device: .* MB are free)"):
            pipeline.add([papers], index, quick)
    assert list((index / "versions").iterdir()) == []


@pytest.mark.parametrize("name", ["passages.jsonl", "pages.jsonl"])
def test_a_file_cut_short_under_an_open_index_is_told(
    name: str, papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]
) -> None:
    """As a copy restored over it does; under a memory map the process would end."""
    pipeline.add([papers], tmp_path / "ix", quick)
    rows = store.Rows(store.current(tmp_path / "ix"))
    with open(rows.segments[0] / name, "r+b") as file:
        file.truncate(3)
    with pytest.raises(IndexFault, match="is damaged: run"):
        rows.passage(0) if name == "passages.jsonl" else rows.pages(0)


@contextmanager
def clock(days: int) -> Iterator[None]:
    """The clock of ingest, some days off and standing still."""
    now = START + timedelta(days=days)

    class Off(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return now

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "datetime", Off)
        patch.setattr(version, "datetime", Off)
        yield


@pytest.mark.parametrize("days", [[0, -366, -1], [0, 0, 0]])
def test_a_clock_that_goes_back_changes_nothing(
    days: list[int], papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]
) -> None:
    """The newest version is the one written last, and the one before it is kept, whatever their names say."""
    index = tmp_path / "ix"
    names = []
    for families, off in zip((40, 41, 40), days, strict=True):  # the third is the first again: the same fingerprint
        (papers / "minutes.txt").write_text(DAMP.format(families=families))
        with clock(off):
            pipeline.add([papers], index, quick)
        assert f"{families} families" in answer(index)
        names.append(store.current(index).name)
    assert {folder.name for folder in (index / "versions").iterdir()} == set(names[1:])
    with clock(days[-1]):
        pipeline.rebuild(index, quick)  # the same papers at the very same moment
    assert whole(index) == names[-1].partition("-")[0]


def test_two_writers_at_once(papers: Path, tmp_path: Path) -> None:
    """One wins, the other is told who holds the index; it is whole afterwards."""
    index = tmp_path / "ix"
    command = [sys.executable, "-m", "ingest", "add", str(papers), "--index", str(index), "--json"]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    ended = [(process.communicate(timeout=300), process.returncode) for process in both]
    lost = [err.decode() for (_, err), code in ended if code == 1]
    won = [json.loads(out)["documents"][0]["status"] for (out, _), code in ended if code == 0]
    # The second may also have begun only when the first had finished.
    assert sorted(won) in (["added"], ["added", "unchanged"])
    assert all("is being written by" in told and told.count("\n") == 1 for told in lost) and len(won) + len(lost) == 2
    assert len(whole(index)) == 12


@contextmanager
def written_as(number: int) -> Iterator[None]:
    """The program whose own format has that number."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "FORMAT", number)
        patch.setattr(manifest, "FORMAT", number)
        patch.setattr(manifest, "OLDER", ())
        yield


def test_an_index_of_a_later_format_is_told_and_left_alone(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]
) -> None:
    from chatbot.library import Library

    index, new = tmp_path / "ix", tmp_path / "new"
    with written_as(manifest.FORMAT + 1):
        pipeline.add([papers], index, quick)
    held = {path: path.read_bytes() for path in sorted(index.rglob("*")) if path.is_file()}
    for attempt in (
        lambda: Library(index, quick),
        lambda: pipeline.add([papers], index, quick),
        lambda: pipeline.remove(["minutes.txt"], index, quick),
        lambda: pipeline.rebuild(index, quick),
    ):
        with pytest.raises(IndexFault, match="made by another version .* with a new --index folder"):
            attempt()
    assert {path: path.read_bytes() for path in sorted(index.rglob("*")) if path.is_file()} == held
    assert not pipeline.add([papers], new, quick).failed
    assert "40 families" in answer(new)
