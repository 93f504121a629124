"""Finds the files to read: folders are walked, what cannot be a document is told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ingest import sources
from ingest.records import SourceFile

TYPES = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".aspx": "html",
    ".docx": "docx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".json": "services",
}
SYSTEM = frozenset({"thumbs.db", "desktop.ini", sources.FILE, "readme.md", "readme.txt", "readme", "license"})


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not read: `failed` where a person wanted it, else it was only passed over."""

    name: str
    reason: str
    failed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order of name, and those that are not."""

    files: tuple[SourceFile, ...]
    refused: tuple[Refused, ...]


def discover(paths: list[Path], max_mb: int, index: Path | None = None) -> Found:
    """All documents under `paths`, an `index` that lies among them left out.

    A file twice, or the same bytes under two names, is read once and told.
    """
    own = index.resolve() if index else None
    candidates: list[tuple[Path, Path]] = []
    refused: list[Refused] = []
    for path in paths:
        try:
            if path.is_dir():
                inside, links = _walk(path, own)
                candidates += [(found, path) for found in inside]
                refused += links
            elif path.exists():
                candidates.append((path, path.parent))
            else:
                refused.append(Refused(str(path), "There is no such file or folder: check the path.", True))
        except OSError as error:
            refused.append(Refused(str(path), f"It cannot be opened ({error.strerror}): check its permissions.", True))
    files: dict[str, SourceFile] = {}
    hashes: dict[str, str] = {}
    for path, root in candidates:
        outcome = _look_at(path, root, files, hashes, max_mb)
        if isinstance(outcome, Refused):
            refused.append(outcome)
        elif outcome is not None:
            files[outcome.name] = outcome
            hashes[outcome.sha256] = outcome.name
    return Found(tuple(files.values()), tuple(refused))


def _walk(root: Path, own: Path | None) -> tuple[list[Path], list[Refused]]:
    """The files under a folder, the index left out, and the links that lead out of it or nowhere.

    Whoever gives a folder gives what lies in it; a link can lead to papers that were never meant.
    """
    inside: list[Path] = []
    refused: list[Refused] = []
    home = root.resolve()
    for path in sorted(root.rglob("*")):
        real = path.resolve()
        if own is not None and (own == real or own in real.parents):
            continue
        if path.is_symlink() and (path.is_dir() or not path.exists() or home not in real.parents):
            what = "to a folder" if path.is_dir() else "out of the folder" if path.exists() else "to nothing"
            refused.append(Refused(path.name, f"It is a link that leads {what} and is not followed: put a copy.", True))
        elif path.is_file():
            inside.append(path)
    return inside, refused


def _look_at(
    path: Path, root: Path, files: dict[str, SourceFile], hashes: dict[str, str], max_mb: int
) -> SourceFile | Refused | None:
    """The file as a source, the reason why it is none, or None for files nobody needs to hear of."""
    name = path.name
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    if name.lower() in SYSTEM or hidden or name.startswith("~$"):
        return None if name == sources.FILE else Refused(name, "A system or read-me file, passed over.", False)
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
    if digest in hashes:
        same = hashes[digest]
        return (
            None
            if files[same].path.resolve() == path.resolve()
            else Refused(name, f"The same file as {same}, read once.", False)
        )
    if name in files:
        name = path.relative_to(root).as_posix()
        if name in files:
            return Refused(name, "Another file of this name was read already: rename one of them.", True)
    return SourceFile(path, name, digest, size)
