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
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from ingest.errors import SettingsError
from ingest.facts.places import full_name
from ingest.records import DocumentFacts, SourceFile
from ingest.registry import kinds

FILE = "sources.toml"
Supplied = dict[str, dict[str, Any]]
ALIKE = 0.8  # from which a name is likely the one that was meant
TEXTS = ("title", "kind", "publisher", "date", "published", "meeting", "committee", "licence", "url")
PART = re.compile(r"(?P<file>.+\.(?:json|pdf))(?P<part>#.+)", re.IGNORECASE)
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def load(path: Path) -> Supplied:
    """Supplied facts by file name. Raises SettingsError naming the entry and the key that is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"The file of sources {path} cannot be opened: check its path.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"The file of sources {path} is not valid TOML: {error}.") from error
    found: Supplied = {}
    entries = data.pop("document", [])
    if not isinstance(entries, list) or data or not all(isinstance(entry, dict) for entry in entries):
        other = f"; {next(iter(data))!r} is none" if data else ""
        raise SettingsError(f"{path}: entries begin with [[document]], in double brackets{other}.")
    for entry in entries:
        name = entry.get("file")
        if not isinstance(name, str) or not name:
            raise SettingsError(f"{path}: an entry has no `file`: name the document it speaks of.")
        if (plain := _plain(name)) in found:
            raise SettingsError(f"{path}: {plain} has two entries: make them one.")
        found[plain] = _checked(path, name, entry)
    return found


def beside(folder: Path) -> Supplied:
    """The facts of a folder's own file; where a paper of theirs lies in it, by the way to that one."""
    entries = load(folder / FILE)
    return {
        f"{folder.resolve().name}/{entry}" if (folder / _parts(entry)[0]).exists() else entry: facts
        for entry, facts in entries.items()
    }


def _plain(name: str) -> str:
    """A name or way as files are called here, whichever system wrote it."""
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/").removeprefix("./"))


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
    if values.get("kind", "other") not in kinds.kinds():
        raise SettingsError(
            f"{path}, {name}: there is no kind {values['kind']!r}; known are {', '.join(kinds.kinds())}."
        )
    for key in ("date", "published"):
        if key in values and not _is_date(values[key]):
            raise SettingsError(f"{path}, {name}: {key} must be like 2024-12-06, 2023-02 or 2019.")
    return values


def _is_date(text: str) -> bool:
    try:
        return bool(DATE.fullmatch(text) and date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:
        return False


def assign(
    supplied: Supplied,
    files: Sequence[SourceFile],
    renamed: Mapping[str, str],
    applied: Supplied,
    passed_over: Sequence[str],
) -> tuple[Supplied, list[tuple[str, str]]]:
    """Supplied facts by the names that files go on with, and for each entry that none answers to a sentence.

    An entry means a file by its name or by the way to it. `renamed` has new names and what they were, `applied` the
    facts that the documents of the index have, `passed_over` files that were told of already.
    """
    given: Supplied = {}
    told = []
    for entry, facts in supplied.items():
        file, part = _parts(entry)
        named = [f.name for f in files if file in map(_plain, (f.name, f.place, f.place.partition("/")[2]))]
        named = named or [f.name for f in files if file == _plain(_base(f.place))]
        new = next((name for name, was in renamed.items() if was == file), None)
        if len(named) == 1:
            given[named[0] + part] = given.get(named[0] + part, {}) | facts
        elif named:
            told.append((entry, f"{FILE} means {' or '.join(named)}: give the folder too."))
        elif new:
            told.append((entry, f"{FILE} has an entry for it, but its paper is {new} now: give the new name."))
        elif not any(_base(name) == _base(file) for name in passed_over):
            told += [(entry, why)] if (why := _unanswered(entry, facts, files, applied)) else []
    return given, told


def without_paper(given: Supplied, documents: Iterable[str]) -> list[tuple[str, str]]:
    """For each entry of one service or one paper of a pack that its file does not hold, a sentence."""
    held = set(documents)
    files = {_parts(name)[0] for name in held}
    absent = [entry for entry in given if entry not in held and _parts(entry)[0] in files - {entry}]
    why = f"{FILE} has an entry for it, but the file holds no such part: `python -m ingest list` shows its parts."
    return [(entry, why) for entry in absent]


def _parts(entry: str) -> tuple[str, str]:
    """The file of an entry, and what follows for one service or one paper of a pack."""
    whole = PART.fullmatch(entry)
    return (whole["file"], whole["part"]) if whole else (entry, "")


def _base(name: str) -> str:
    return PurePosixPath(name).name


def _unanswered(entry: str, facts: dict[str, Any], files: Sequence[SourceFile], applied: Supplied) -> str:
    """Why no file answers to an entry; empty where its facts stand in the index already."""
    file = _base(_parts(entry)[0])
    of_index = [name for name in applied if entry == name or file == _base(_parts(name)[0])]
    if of_index:
        done = all(applied[name] == facts for name in of_index)
        return "" if done else f"{FILE} says something new of it: add the file again, so that it counts."
    known = list(dict.fromkeys([*(_base(f.place) for f in files), *(_base(_parts(name)[0]) for name in applied)]))
    same_stem = [name for name in known if PurePosixPath(name).stem.lower() == PurePosixPath(file).stem.lower()]
    near = same_stem or get_close_matches(file, known, 1, cutoff=ALIKE)
    hint = f" (there is {near[0]})" if near else ""
    return f"{FILE} has an entry for it, but there is no such file{hint}: check the name."


def apply(facts: DocumentFacts, supplied: dict[str, Any]) -> DocumentFacts:
    """The facts with what was supplied put over them; a supplied date says so in its basis."""
    if not supplied:
        return facts
    values = dict(supplied)
    if "areas" in values:
        values["areas"] = tuple(dict.fromkeys(map(full_name, values["areas"])))
    if "date" in values:
        values["date_basis"] = "supplied"
    return replace(facts, **values)
