"""The shape of the project: who imports whom, how long files are, what is packaged."""

import ast
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("prompts", "ingest", "chatbot", "eval")  # each may import only those before it
MOST_LINES = 300
# The one module that knows a library; the baseline of the evaluation is another system on purpose.
OWNERS = {
    "chromadb": {"ingest/vectors.py", "eval/baseline.py"},
    "pypdf": {"ingest/readers/pdf.py", "chatbot/export/tagged.py", "eval/baseline.py", "eval/bench/papers.py"},
    "bm25s": {"ingest/words.py"},
    "torch": {"ingest/embed.py", *(f"eval/train/{n}.py" for n in ("encoder", "fit", "kinds", "network", "reader"))},
}
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> set[str]:
    """Full names of what a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    own = PACKAGES.index(name_of(path).split("/")[0])
    roots = {name.split(".")[0] for name in imports(path)}
    assert not roots & set(PACKAGES[own + 1 :])
    assert "tests" not in roots


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_has_one_module_that_knows_it(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    if not name_of(path).startswith("ingest/sample/"):
        assert [lib for lib, owners in OWNERS.items() if lib in roots and name_of(path) not in owners] == []
    assert not any(name.startswith("chromadb.server") for name in imports(path))  # its known hole is there


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_are_short_and_say_what_they_are(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MOST_LINES
    assert not source.strip() or ast.get_docstring(ast.parse(source))


def test_every_data_file_is_packaged() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = [*settings["package-data"]["*"], "*.py"]
    try:
        listed = subprocess.run(
            ["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    names = [Path(line).name for line in listed.splitlines()]
    assert [name for name in names if not any(fnmatch(name, pattern) for pattern in patterns)] == []


def test_pinned_versions_agree() -> None:
    """What pyproject pins exactly stands in the constraints too."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-").splitlines()
    assert [pin for pin in wanted if "==" in pin and pin.lower().replace("_", "-") not in lines] == []
