"""What the documents for people say of the tree: every path they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = sorted(p.relative_to(ROOT).as_posix() for glob in ("*.md", "docs/**/*.md", "eval/*.md") for p in ROOT.glob(glob))
OURS = ("chatbot/", "docs/", "eval/", "ingest/", "prompts/", "tests/")
INVENTED = {"ingest/parsers/captions.py"}  # what a reader of how-to-change.md would add


def named(text: str) -> set[str]:
    """The paths of this project that a document names in code: below a top folder, a test's name cut off."""
    words = {word.split("::")[0] for code in re.findall(r"`([^`\n]+)`", text) for word in code.split()}
    return {word for word in words if word.startswith(OURS)}


@pytest.mark.parametrize("name", DOCS)
def test_every_path_that_a_document_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    gone = [path for path in named(text) - INVENTED if not any(ROOT.glob(path.rstrip("/")))]
    links = [link for link in re.findall(r"\]\(([^)\s#]+)", text) if "://" not in link]
    gone += [link for link in links if not (ROOT / name).parent.joinpath(link).exists()]
    assert gone == []


def test_the_tree_of_the_readme_is_the_tree() -> None:
    """Top folders stand at four spaces, what is in them below or beside; no room of the two is left out."""
    tree = (ROOT / "README.md").read_text(encoding="utf-8").split("Where things lie;", 1)[1].split("\n\n", 2)[1]
    told: dict[str, set[str]] = {}
    for line in tree.splitlines():
        names = re.findall(r"(\w+)/", line)
        if re.match(r" {4}\w", line):
            told[top := names.pop(0)] = set()
        told[top].update(names)
    for top, names in told.items():
        assert names <= {p.name for p in (ROOT / top).rglob("*") if p.is_dir()}, top
    for top in ("chatbot", "ingest"):
        rooms = {p.parent.name for p in (ROOT / top).glob("*/__init__.py")}
        assert rooms - told[top] == set(), top
