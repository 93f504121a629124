"""A command keeps libraries' leavings in a folder of its own, which is gone when it ends, however it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.cli import CACHES, as_line, run
from ingest.errors import SettingsError


@pytest.mark.parametrize("ends", ["well", "by an error", "by SystemExit"])
def test_the_private_folder_goes_with_the_command(
    ends: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv(CACHES[0], "as it was")
    monkeypatch.delenv(CACHES[1], raising=False)

    def work() -> int:
        folders = {os.environ[key] for key in CACHES}
        assert len(folders) == 1 and Path(folders.pop()).stat().st_mode & 0o077 == 0
        (Path(os.environ[CACHES[0]]) / "left").write_text("x", encoding="utf-8")
        if ends == "by an error":
            raise RuntimeError
        if ends == "by SystemExit":
            raise SystemExit(0)
        return 0

    if ends == "by SystemExit":
        with pytest.raises(SystemExit):
            run(work)
    else:
        assert run(work) == (1 if ends == "by an error" else 0)
    assert list(tmp_path.iterdir()) == []
    assert os.environ[CACHES[0]] == "as it was" and CACHES[1] not in os.environ


def test_what_a_killed_command_left_goes_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for name in (f"send-chatbot-{gone.pid}-abc", f"send-chatbot-{os.getppid()}-abc", "send-chatbot-notes", "other-1-x"):
        (tmp_path / name).mkdir()
    assert run(lambda: 0) == 0
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {f"send-chatbot-{os.getppid()}-abc", "send-chatbot-notes", "other-1-x"}


@pytest.mark.parametrize("sign", ["\x1b[31m", "\u202e", "\u2066", "\x07", "\x85", "\u2028", "\udcff", "\r"])
def test_nothing_printed_steers_the_terminal(sign: str, capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> int:
        raise SettingsError(f"The file a{sign}b.pdf\tis — näive.")

    assert run(fails) == 1
    told = capsys.readouterr().err
    assert sign not in told and "\\" in told and told.endswith("b.pdf\tis — näive.\n")


@pytest.mark.parametrize("sign", ["\x1b", "\x9b", "\u202e", "\u2067", "\x85", "\u2029", "\x0b", "\U000e0041"])
def test_a_row_is_one_line_of_json_that_steers_no_terminal(sign: str) -> None:
    row = {f"a{sign}b": [f"{sign} — näive 漢"]}
    told = as_line(row)
    assert sign not in told and "— näive 漢" in told and told.splitlines() == [told]
    assert json.loads(told) == row


def test_too_little_memory_is_no_fault_to_report(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> int:
        raise MemoryError

    assert run(fails) == 1
    told = capsys.readouterr().err
    assert "memory" in told and "report" not in told
