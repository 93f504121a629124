"""Every setting is documented with its true default, checked in its range, and refused where it does not exist."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SettingsError
from ingest.settings import CHOICES, RANGES, Access, Settings, load
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "docs" / "settings.example.toml"
KEYS = {
    f"{section.name}.{key.name}": getattr(getattr(Settings(), section.name), key.name)
    for section in fields(Settings)
    for key in fields(getattr(Settings(), section.name))
}


def documented() -> dict[str, Any]:
    """The defaults as the tables of the guide give them."""
    found = {}
    for part in re.split(r"^## \[", GUIDE, flags=re.MULTILINE)[1:]:
        section = part.split("]")[0]
        for key, default in re.findall(r"^\| `(\w+)` \| `(.+?)` \|", part, flags=re.MULTILINE):
            found[f"{section}.{key}"] = tomllib.loads(f"x = {default}")["x"]
    return found


def listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def test_the_guide_gives_every_key_with_its_true_default() -> None:
    assert documented() == {key: listed(value) for key, value in KEYS.items()}


def test_the_example_holds_every_key_with_its_true_default() -> None:
    data = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    flat = {f"{section}.{key}": value for section, values in data.items() for key, value in values.items()}
    assert flat == {key: listed(value) for key, value in KEYS.items()}
    assert load(str(EXAMPLE)) == Settings()


def test_every_number_has_a_range_that_holds_its_default_and_is_documented() -> None:
    numbers = {k for k, v in KEYS.items() if type(v) in (int, float) and not k.startswith("llm.")}
    assert numbers == set(RANGES)
    for key, (low, high) in RANGES.items():
        assert low <= KEYS[key] <= high
    for key, choices in CHOICES.items():
        row = next(line for line in GUIDE.splitlines() if line.startswith(f"| `{key.split('.')[1]}` |"))
        assert all(f"`{choice}`" in row for choice in choices) and KEYS[key] in choices


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[page]\nat_once = 0", "page.at_once must be from 1 to 64, not 0"),
        ("[answers]\nthreshold = 1.5", "answers.threshold must be from 0 to 1, not 1.5"),
        ("[access]\nquestions_per_minute = -1", "access.questions_per_minute must be from 0"),
        ('[log]\nlevel = "loud"', "log.level must be one of error, warning, info"),
        ('[page]\nwaiting = "many"', "page.waiting must be a whole number, not 'many'"),
        ("[page]\nmcp = 1", "page.mcp must be true or false"),
        ("[limits]\nworkers = true", "limits.workers must be a whole number"),
        ("[page]\nport = 80", "no key 'port' in [page]"),
        ("[server]\nport = 80", "no section [server]"),
        ("page = 3", "[page] must be a section"),
        ('[access]\nproxies = "10.0.0.1"', "access.proxies must be a list of texts"),
        ("[access]\nhosts = [1]", "access.hosts must be a list of texts"),
    ],
)
def test_a_wrong_value_is_told_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        load(str(file))
    assert said in str(error.value) and "\n" not in str(error.value)


def test_a_whole_number_will_do_for_a_number(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[answers]\nthreshold = 1", encoding="utf-8")
    assert load(str(file)).answers.threshold == 1.0


def test_a_secret_is_not_told_nor_saved_beside_results(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[access]\nusers = "anna:hush-hush"', encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        load(str(file))
    assert "hush" not in str(error.value)
    assert Settings(access=Access(users=("anna:hush-hush",))).as_dict()["access"]["users"] == 1
