"""Facts supplied beside the documents in a `sources.toml`: they fill gaps and override what was read.

[[document]]
file = "s12345.pdf"           # the document's file name
url = "https://..."           # every other key is optional
date = "2025-03-27"
areas = ["Herefordshire"]
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest import registry
from ingest.errors import SettingsError
from ingest.records import DocumentFacts

FILE = "sources.toml"
TEXTS = ("title", "kind", "publisher", "date", "published", "meeting", "committee", "licence", "url")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def load(path: Path) -> dict[str, dict[str, Any]]:
    """Supplied facts by file name. Raises SettingsError naming the entry and the key that is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"The file of sources {path} cannot be opened: check its path.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"The file of sources {path} is not valid TOML: {error}.") from error
    found: dict[str, dict[str, Any]] = {}
    entries = data.get("document", [])
    if not isinstance(entries, list):
        raise SettingsError(f"{path}: entries begin with [[document]], in double brackets.")
    for entry in entries:
        name = entry.get("file")
        if not isinstance(name, str) or not name:
            raise SettingsError(f"{path}: an entry has no `file`: name the document it speaks of.")
        found[name] = _checked(path, name, entry)
    return found


def _checked(path: Path, name: str, entry: dict[str, Any]) -> dict[str, Any]:
    """One entry without its file name, each value of the right form."""
    values = {
        key: str(value) if key in ("date", "published") else value for key, value in entry.items() if key != "file"
    }
    for key, value in values.items():
        if key == "areas":
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                raise SettingsError(f"{path}, {name}: areas must be a list of names.")
        elif key not in TEXTS:
            raise SettingsError(f"{path}, {name}: there is no key {key!r}; known are areas, {', '.join(TEXTS)}.")
        elif not isinstance(value, str):
            raise SettingsError(f"{path}, {name}: {key} must be text.")
    if values.get("kind", "other") not in registry.kinds():
        raise SettingsError(
            f"{path}, {name}: there is no kind {values['kind']!r}; known are {', '.join(registry.kinds())}."
        )
    for key in ("date", "published"):
        if key in values and not DATE.fullmatch(values[key]):
            raise SettingsError(f"{path}, {name}: {key} must be like 2024-12-06, 2023-02 or 2019.")
    return values


def apply(facts: DocumentFacts, supplied: dict[str, Any]) -> DocumentFacts:
    """The facts with what was supplied put over them; a supplied date says so in its basis."""
    if not supplied:
        return facts
    values = dict(supplied)
    if "areas" in values:
        values["areas"] = tuple(values["areas"])
    if "date" in values:
        values["date_basis"] = "supplied"
    return replace(facts, **values)
