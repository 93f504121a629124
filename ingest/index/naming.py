"""Under which names files go on in an index: a paper keeps its name, another paper of that name gets a longer one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ingest.index.reuse import file_of
from ingest.prepare import Prepared
from ingest.records import SourceFile


@dataclass(frozen=True, slots=True)
class Settled:
    """The files under the names they go on with, and for each renamed one the name it had."""

    files: tuple[SourceFile, ...]
    renamed: dict[str, str]


def base(name: str) -> str:
    """The last part of a name or place."""
    return PurePosixPath(name).name


def way(place: str) -> str:
    """A place without the folder that was given."""
    return place.partition("/")[2]


def settle(files: Iterable[SourceFile], again: Iterable[SourceFile], documents: Mapping[str, Prepared]) -> Settled:
    """The names of files beside the documents of an index; `again` are further files of the same bytes.

    The same bytes under a new name are the same paper renamed. A file from where a document came from is that
    document, changed. Any other paper whose name is in use is called by its folders too.
    """
    olds = {file_of(name): document for name, document in documents.items()}
    also = {(file.sha256, base(file.name)) for file in again}
    settled: list[SourceFile] = []
    renamed: dict[str, str] = {}
    taken: set[str] = set()
    done: set[str] = set()  # documents that go on
    for file in files:
        here = [name for name, old in olds.items() if name not in done and _from_here(name, old.place, file)]
        same = [name for name, old in olds.items() if name not in done and old.sha256 == file.sha256]
        kept = [n for n in same if base(n) == base(file.name) or (file.sha256, base(n)) in also]
        stays = next((n for n in [*here, *kept] if n in kept), None) or next(iter(here if not same else ()), None)
        name = stays or _free(file, olds, taken, done)
        if stays is None and same:
            renamed[name] = same[0]
        taken.add(name)
        done.add(renamed.get(name, name))
        settled.append(replace(file, name=name))
    return Settled(tuple(settled), renamed)


def _from_here(name: str, place: str, file: SourceFile) -> bool:
    """Whether a document was read from where a file lies, whichever folder of the way was given."""
    if not place:  # an index made before places were kept
        return name == file.name
    old, new = way(place), way(file.place)
    return old == new or "/" in old and _ends(file.place, old) or "/" in new and _ends(place, new)


def _ends(place: str, end: str) -> bool:
    return place == end or place.endswith(f"/{end}")


def _free(file: SourceFile, olds: Mapping[str, Prepared], taken: set[str], done: set[str]) -> str:
    """The shortest name of a file that no other paper has; that of a renamed one is free again."""
    names = (file.name, way(file.place), file.place)
    free = (name for name in names if name and name not in taken and (name not in olds or name in done))
    return next(free, file.place)
