"""What an index version claims about itself: its manifest, with a hash of every file, under a seal of its own."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.errors import IndexFault, OlderIndex

FORMAT = 3
OLDER = (1, 2)  # formats whose papers are read


@dataclass(frozen=True, slots=True)
class Run:
    """One run that changed papers: when (ISO, UTC) and which of those still here, by name, came or came as a new file.

    `removed` are kinds only, one a paper: nothing else of a removed paper stays in an index.
    """

    at: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index version says about itself. `fingerprint` changes with any passage, document or model.

    `runs` stand oldest first; a paper that none names was there before runs were kept. `seal` is the hash of all the
    rest; an index made before there were seals has none.
    """

    format: int
    fingerprint: str
    model: str
    model_sha256: str
    prefixes: tuple[str, str]
    cutter: str
    documents: int
    pages: int
    passages: int
    made: str
    files: dict[str, str]
    half_precision: bool = False
    runs: tuple[Run, ...] = ()
    seal: str = ""


def finish(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, last: a folder without one is unfinished."""
    row = asdict(manifest)
    (folder / "manifest.json").write_text(json.dumps(row | {"seal": _seal(row)}, indent=1), encoding="utf-8")


def _run_from(row: dict[str, Any]) -> Run:
    return Run(row["at"], *(tuple(row[name]) for name in ("added", "changed", "removed")))


def _seal(row: dict[str, Any]) -> str:
    unsealed = {key: value for key, value in row.items() if key != "seal"}
    return hashlib.sha256(json.dumps(unsealed, sort_keys=True).encode()).hexdigest()


def file_names(folder: Path) -> list[str]:
    """The files of a version but its manifest."""
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    return [name for name in names if name != "manifest.json"]


def file_hashes(folder: Path, known: dict[str, str]) -> dict[str, str]:
    """sha256 of every file of `file_names`; those of shared files are known."""
    return {name: known.get(name) or _sha256(folder / name) for name in file_names(folder)}


def segment_names(manifest: Manifest) -> list[str]:
    """The segments of a version, by name."""
    return sorted({name.partition("/")[0] for name in manifest.files})


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def prove_files(folder: Path, *beginnings: str) -> None:
    """Compare the files of all segments whose names begin so there with the hashes in the manifest.

    Raises IndexFault naming the first that is not as it was written. A version that is still being written has no
    manifest and nothing to compare.
    """
    if not (folder / "manifest.json").exists():
        return
    repair = "run `python -m ingest check --repair`."
    for name, expected in read_manifest(folder).files.items():
        if not name.partition("/")[2].startswith(beginnings):
            continue
        try:
            found = _sha256(folder / name)
        except OSError as error:
            raise IndexFault(f"The index is damaged (the index file {name} is missing): {repair}") from error
        if found != expected:
            raise IndexFault(f"The index is damaged (the index file {name} is not as it was written): {repair}")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a version folder. Raises IndexFault where it is missing, damaged or of another format."""
    try:
        data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if data.get("seal", "") not in ("", _seal(data)):
            raise ValueError("not as it was written")
        data["prefixes"] = tuple(data["prefixes"])
        if data.get("format") in OLDER:
            raise OlderIndex(
                f"The index was made by an earlier version of send-chatbot (format {data['format']}, not {FORMAT}): "
                "run `python -m ingest check --repair`, which makes it anew from its own papers."
            )
        if data.get("format") != FORMAT:
            raise IndexFault(
                f"The index was made by another version of send-chatbot (format {data.get('format')}, not {FORMAT}): "
                "run `python -m ingest add` on your documents with a new --index folder."
            )
        data["runs"] = tuple(_run_from(row) for row in data.get("runs", ()))
        return Manifest(**data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexFault(
            f"The index folder {folder.parent.parent} is damaged (its manifest cannot be read): "
            "run `python -m ingest check --repair`."
        ) from error
