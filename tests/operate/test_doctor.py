"""`doctor`: a sentence a part; what is broken is a finding, never an error."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from chatbot import doctor
from chatbot.__main__ import main
from ingest.index import current


def states(index: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, str], dict[str, str]]:
    """The exit code, the state of each part, and its sentence."""
    code = main(["doctor", "--index", str(index), "--json"])
    rows = [json.loads(line) for line in capsys.readouterr().out.strip().split("\n")]
    return code, {row["part"]: row["state"] for row in rows}, {row["part"]: row["sentence"] for row in rows}


def test_all_is_well(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found, told = states(sample_index, capsys)
    assert code == 0 and {part for part, state in found.items() if state == "fault"} == set()
    assert found["weights"] == found["index"] == found["browser"] == "good"
    assert current.current(sample_index).name.split("-")[0] in told["index"]
    assert main(["doctor", "--index", str(sample_index)]) == 0
    assert len(capsys.readouterr().out.strip().split("\n")) == len(found)


def test_an_index_that_is_not_there_or_of_another_version(
    sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found, told = states(tmp_path / "none", capsys)
    assert code == 1 and found["index"] == "fault" and "ingest add" in told["index"]
    shutil.copytree(sample_index, tmp_path / "old")
    manifest = current.current(tmp_path / "old") / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 0, "seal": ""}))
    code, found, told = states(tmp_path / "old", capsys)
    assert code == 1 and found["index"] == "fault" and "another version" in told["index"]


def test_weights_that_are_not_those_of_their_card(
    sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(doctor.reader.WEIGHTS, tmp_path / "weights")
    weights = next((tmp_path / "weights").glob("*.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(doctor.reader, "WEIGHTS", tmp_path / "weights")
    code, found, told = states(sample_index, capsys)
    assert code == 1 and found["weights"] == "fault" and str(tmp_path) in told["weights"]


def test_little_room_and_parts_that_are_missing(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "BESIDE", 10**18)
    monkeypatch.setattr(doctor, "STATIC", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    code, found, told = states(sample_index, capsys)
    assert code == 1 and (found["disk"], found["browser"], found["ocr"]) == ("remark", "fault", "remark")
    assert "page.css" in told["browser"]


def test_packages_of_other_versions(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs = ["numpy==0.0.1", "no-such-package>=3", 'mcp>=1; extra == "mcp"']
    monkeypatch.setattr(doctor.importlib.metadata, "requires", lambda name: needs)
    found = doctor._packages(sample_index, None)  # type: ignore[arg-type]
    assert found.state == "fault" and found.sentence.count("no-such-package") == 1 and "mcp" not in found.sentence
    del needs[1]
    found = doctor._packages(sample_index, None)  # type: ignore[arg-type]
    assert found.state == "remark" and "for 0.0.1" in found.sentence
