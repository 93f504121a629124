"""Every list of expressions in prompts/ compiles, fills its names and says what it is for."""

from __future__ import annotations

import re

import pytest

import prompts
from chatbot.patterns import keyed, listed, pattern
from chatbot.thesaurus import terms

FILES = sorted(path.stem for path in prompts.FOLDER.glob("*.toml"))


@pytest.mark.parametrize("name", FILES)
def test_files_say_their_version_and_purpose(name: str) -> None:
    lines = (prompts.FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"# version: \d+", lines[0])
    assert lines[1].startswith("# purpose: ")


@pytest.mark.parametrize("table", ["wants", "kinds", "speakers", "asks", "follow_up"])
def test_tables_of_expressions_compile(table: str) -> None:
    assert all(found.flags & re.IGNORECASE for found in keyed("question", table).values())


@pytest.mark.parametrize("table", ["any_case", "as_printed", "counting"])
def test_names_in_expressions_are_filled(table: str) -> None:
    for key in prompts.table("forms")[table]:
        assert not re.search(r"\{[a-z_]+\}", pattern("forms", f"{table}.{key}").pattern)


def test_missing_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "table", lambda name: {"t": {"k": ["{nobody}"]}})
    with pytest.raises(prompts.PromptError, match="nobody"):
        pattern("made-up", "t.k")


@pytest.mark.parametrize("name", ["too_general", "too_plain"])
def test_listed_topics_are_those_of_the_thesaurus(name: str) -> None:
    assert set(listed("question", name)) <= {term.name for term in terms()}
