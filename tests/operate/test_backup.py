"""Back-up and restoring as docs/upgrade-and-backup.md tells them, and an index of an earlier version."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from chatbot.conversation import Assistant
from chatbot.serialise import as_json
from ingest import pipeline
from ingest.__main__ import main
from ingest.errors import IndexFault
from ingest.index import current, store
from ingest.settings import Settings
from tests.conftest import SAMPLE

QUESTION = "What did inspectors say about short breaks in Westmarch?"


def told(index: Path) -> dict[str, object]:
    """An answer without its times."""
    return {**as_json(Assistant(index, Settings()).answer(QUESTION)), "seconds": None}


@pytest.mark.slow
def test_a_copy_is_the_index_again(sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = told(sample_index)
    shutil.copytree(sample_index, tmp_path / "copy")
    paper = sorted(SAMPLE.iterdir())[0].name
    shutil.copytree(sample_index, tmp_path / "live")
    pipeline.remove([paper], tmp_path / "live", Settings())
    shutil.rmtree(tmp_path / "live")  # the machine is lost, the back-up is put in its place
    shutil.copytree(tmp_path / "copy", tmp_path / "live")
    assert main(["check", "--index", str(tmp_path / "live")]) == 0
    assert "is whole" in capsys.readouterr().out
    assert told(tmp_path / "live") == before


def test_a_copy_that_is_cut_short_is_told(sample_index: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_index, tmp_path / "live")
    passages = store.Rows(current.current(tmp_path / "live")).segments[0] / "passages.jsonl"
    passages.write_bytes(passages.read_bytes()[:-100])
    with pytest.raises(IndexFault, match="repair"):
        Assistant(tmp_path / "live", Settings())


@pytest.mark.slow
def test_an_index_embedded_by_an_earlier_version_is_rebuilt_and_loses_nothing(
    sample_index: Path, tmp_path: Path
) -> None:
    """As an index of 0.1 is, which has the same files and was embedded by another model."""
    shutil.copytree(sample_index, tmp_path / "old")
    path = current.current(tmp_path / "old") / "manifest.json"
    made = json.loads(path.read_text())
    path.write_text(json.dumps({**made, "model": "all-MiniLM-L6-v2", "model_sha256": "0" * 64, "seal": ""}))
    with pytest.raises(IndexFault, match="check --repair"):
        Assistant(tmp_path / "old", Settings())
    assert main(["check", "--repair", "--index", str(tmp_path / "old")]) == 0
    assert told(tmp_path / "old") == told(sample_index)
