"""What `pip install .` installs: weights and prompts are in both kinds of archive, and the commands run from them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

NEEDED = (
    "ingest/encoder/weights/weights.safetensors", "chatbot/reader/weights/card.toml",
    "chatbot/reader/weights/weights.safetensors", "chatbot/question/weights/weights.safetensors",
    "prompts/answers.toml", "prompts/doctor.toml", "prompts/perturb.toml",
    "chatbot/page/static/page.css", "eval/report/templates/report.html", "ingest/sample/documents/sources.toml",
)  # fmt: skip


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, made from the source archive, as pip makes it; without the network."""
    folder = tmp_path_factory.mktemp("archives")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    source = folder / "source"
    for name in listed.stdout.split("\n"):
        if name and (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, source / name)
    command = [sys.executable, "-c", f"""
import os, sys
from setuptools import build_meta
os.chdir({str(source)!r})
build_meta.build_sdist({str(folder)!r})
build_meta.build_wheel({str(folder)!r})
"""]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.mark.slow
def test_both_archives_hold_what_is_needed(archives: Path) -> None:
    wheel = zipfile.ZipFile(next(archives.glob("*.whl"))).namelist()
    with tarfile.open(next(archives.glob("*.tar.gz"))) as file:
        source = [name.partition("/")[2] for name in file.getnames()]
    assert [name for name in NEEDED if name not in wheel or name not in source] == []


@pytest.mark.slow
def test_the_commands_run_from_an_environment_of_their_own(archives: Path, tmp_path: Path, sample_index: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(next(archives.glob("*.whl"))).extractall(site)
    paths = os.pathsep.join([str(site), sysconfig.get_paths()["purelib"]])  # ours first, what it needs from here
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONSAFEPATH": "1"}
    for command in (["doctor"], ["ask", "What did inspectors say about short breaks in Westmarch?"]):
        done = subprocess.run(
            [sys.executable, "-m", "chatbot", *command, "--index", str(sample_index)],
            cwd=tmp_path, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0 and done.stdout, done.stderr
    where = [sys.executable, "-c", "import chatbot; print(chatbot.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True).stdout
    assert found.startswith(str(site))
