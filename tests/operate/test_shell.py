"""A command keeps libraries' leavings in a folder of its own, which is gone when it ends, however it ends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.shell import CACHES, run


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
