"""Finds the files to read: folders are walked, what cannot be a document is told."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.cli import shown
from ingest.intake import sources
from ingest.records import SourceFile

TYPES = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".aspx": "html",
    ".mht": "html",
    ".mhtml": "html",
    ".docx": "docx",
    ".pptx": "pptx",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".odt": "odt",
    ".rtf": "rtf",
    ".eml": "eml",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".json": "services",
    # Old endings: often web pages, rich text or lists of values under them; what is not is told by name.
    ".doc": "text",
    ".xls": "csv",
}
SYSTEM = frozenset({"thumbs.db", "desktop.ini", "readme.md", "readme.txt", "readme", "license"})


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not read: `failed` where a person wanted it, else it was only passed over."""

    name: str
    reason: str
    failed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order of name, those that are not, and those of the same bytes as one that is read."""

    files: tuple[SourceFile, ...]
    refused: tuple[Refused, ...]
    again: tuple[SourceFile, ...] = ()


def discover(paths: list[Path], max_mb: int, index: Path | None = None) -> Found:
    """All documents under `paths`, an `index` that lies among them left out.

    A file twice, or the same bytes under two names, is read once and told. Two papers of one name are both called
    by their folders.
    """
    own = index.resolve() if index else None
    homes = {path.resolve() for path in paths if path.is_dir()}
    candidates: list[tuple[Path, Path]] = []
    refused: list[Refused] = []
    for path in paths:
        try:
            if path.is_dir():
                inside, links = _walk(path, own, homes)
                candidates += [(found, path) for found in inside]
                refused += links
            elif path.exists():
                candidates.append((path, path.parent))
            else:
                refused.append(Refused(str(path), "There is no such file or folder: check the path.", True))
        except OSError as error:
            refused.append(Refused(str(path), f"It cannot be opened ({error.strerror}): check its permissions.", True))
    files: dict[str, SourceFile] = {}  # by their bytes
    again: list[SourceFile] = []
    for path, root in sorted(candidates, key=lambda found: found[0].is_symlink()):  # a paper goes by its own name
        outcome = _look_at(path, root, max_mb)
        if isinstance(outcome, Refused):
            refused.append(outcome)
        elif outcome is not None and outcome.sha256 not in files:
            files[outcome.sha256] = outcome
        elif outcome is not None and files[outcome.sha256].path.resolve() != path.resolve():
            again.append(outcome)
    named, clashing = _named(list(files.values()))
    same = {file.sha256: file.name for file in named}
    for file in again:
        if file.sha256 in same:
            refused.append(Refused(file.name, f"The same file as {same[file.sha256]}, read once.", False))
    return Found(tuple(named), (*refused, *clashing), tuple(again))


def _walk(root: Path, own: Path | None, homes: set[Path]) -> tuple[list[Path], list[Refused]]:
    """The files under a folder, the index left out, and the links that lead out of the folders given or nowhere.

    Whoever gives a folder gives what lies in it; a link can lead to papers that were never meant.
    """
    inside: list[Path] = []
    refused: list[Refused] = []
    for path in sorted(root.rglob("*")):
        real = Path(os.path.realpath(path))  # resolve() stops at links that lead to each other
        if own is not None and (own == real or own in real.parents):
            continue
        if path.is_symlink() and (path.is_dir() or leads_out(path, homes)):
            what = "to a folder" if path.is_dir() else "out of the folder" if path.exists() else "to nothing"
            why = f"It is a link that leads {what} and is not followed: put a copy."
            refused.append(Refused(shown(path.name), why, not _passed_over(path.relative_to(root))))
        elif not path.is_dir():
            inside.append(path)
    return inside, refused


def leads_out(path: Path, homes: Collection[Path]) -> bool:
    """Whether a path is a link to anything but a file inside one of the folders `homes` (resolved)."""
    real = Path(os.path.realpath(path))
    return path.is_symlink() and not (path.is_file() and any(home in real.parents for home in homes))


def _passed_over(way: Path) -> bool:
    """Whether nobody misses a file: hidden, a lock, or of the system."""
    hidden = any(part.startswith(".") for part in way.parts)
    return hidden or way.name.lower() in SYSTEM or way.name.startswith("~$")


def _named(files: list[SourceFile]) -> tuple[list[SourceFile], list[Refused]]:
    """The files under the shortest names that tell them apart, and those that nothing tells apart."""
    forms = [(file.name, file.place.partition("/")[2], file.place) for file in files]
    counts = [Counter(level) for level in zip(*forms, strict=True)]
    named: list[SourceFile] = []
    clashing = []
    for file, own in zip(files, forms, strict=True):
        if name := next((form for form, count in zip(own, counts, strict=True) if count[form] == 1), ""):
            named.append(replace(file, name=name))
        else:
            why = "Another file of this name was read already: rename one of them."
            clashing.append(Refused(file.place, why, True))
    return named, clashing


def _look_at(path: Path, root: Path, max_mb: int) -> SourceFile | Refused | None:
    """The file as a source, the reason why it is none, or None for files nobody needs to hear of."""
    name = path.name
    way = path.relative_to(root)
    if name == sources.FILE:
        why = f"A {sources.FILE} is read only from the folder that is given, not from those in it: move its entries."
        return None if len(way.parts) == 1 else Refused(way.as_posix(), why, False)
    if _passed_over(way):
        return Refused(name, "A system or read-me file, passed over.", False)
    if not path.is_file():
        return Refused(shown(name), "It is a pipe or device and no file: put a copy.", True)
    try:
        name.encode()
    except UnicodeEncodeError:
        return Refused(shown(name), "Its name holds bytes that are no characters: give it another name.", True)
    if path.suffix.lower() not in TYPES:
        return Refused(
            name, f"Files of type {path.suffix or 'unknown'} are not read; save it as PDF, DOCX or HTML.", False
        )
    try:
        size = path.stat().st_size
        if size == 0:
            return Refused(name, "The file is empty: fetch it again.", True)
        if size > max_mb * 1_000_000:
            return Refused(
                name, f"The file is larger than {max_mb} MB: split it, or raise limits.file_mb in the settings.", True
            )
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return Refused(name, f"It cannot be read ({error.strerror}): check its permissions.", True)
    return SourceFile(path, name, digest, size, f"{root.resolve().name}/{way.as_posix()}")
