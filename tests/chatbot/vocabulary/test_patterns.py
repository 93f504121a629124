"""Every list of expressions in prompts/ compiles, fills its names and says what it is for."""

from __future__ import annotations

import re

import pytest

import prompts
from chatbot.vocabulary.patterns import keyed, pattern

FILES = sorted(path.stem for path in prompts.FOLDER.glob("*.toml"))


@pytest.mark.parametrize("name", FILES)
def test_files_say_their_version_and_purpose(name: str) -> None:
    lines = (prompts.FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"# version: \d+", lines[0])
    assert lines[1].startswith("# purpose: ")


@pytest.mark.parametrize("table", ["kinds", "speakers", "asks"])
def test_tables_of_expressions_compile(table: str) -> None:
    assert all(found.flags & re.IGNORECASE for found in keyed("question", table).values())


def test_missing_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "table", lambda name: {"t": {"k": ["{nobody}"]}})
    with pytest.raises(prompts.PromptError, match="nobody"):
        pattern("made-up", "t.k")
