"""What an `add` has read and embedded and no version holds yet: killed or stopped, the next one goes on from there.

<index>/unfinished/<made by>/papers/<key>/   the documents of one file, written as a segment's are
<index>/unfinished/<made by>/vectors/<n>.npz  some vectors by `vector_key`

Each is put in place in one step. What was made by another version of the program or by another model is never used.
Whatever run comes to its end throws all of it away, and so does a removal before it begins.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.encoder import model
from ingest.errors import IndexFault
from ingest.index import store
from ingest.index.reuse import as_stored, file_of, papers_in
from ingest.parsers.pdf import ocr
from ingest.passages import CUTTER
from ingest.prepare import Prepared, Task
from ingest.settings import Settings

FOLDER = "unfinished"
_DAMAGE = (OSError, ValueError, KeyError, TypeError, IndexError, EOFError, zipfile.BadZipFile, IndexFault)


class Unfinished:
    """The unfinished work of an index under these settings. Only who holds the writer's lock may use it."""

    def __init__(self, index: Path, settings: Settings) -> None:
        chosen = settings.model
        made_by = [CUTTER, model.locate(chosen).sha256, chosen.query_prefix, chosen.text_prefix, chosen.half_precision]
        self._all = index / FOLDER
        self._papers = self._all / _digest(made_by) / "papers"
        self._vectors = self._all / _digest(made_by) / "vectors"

    def documents(self, task: Task) -> list[Prepared] | None:
        """What the file was read as before; None where it was not, or what was kept of it is damaged."""
        folder = self._papers / _key(task)
        try:
            return [document for document, _ in papers_in(folder)] if folder.is_dir() else None
        except _DAMAGE:
            shutil.rmtree(folder, ignore_errors=True)
            return None

    def keep_documents(self, task: Task, read: Sequence[Prepared]) -> None:
        """Keep what a file was read as. Raises OSError where the disk does not take it."""
        folder = self._papers / _key(task)
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        store.write(part, as_stored(read, task.supplied), [p for document in read for p in document.passages])
        part.replace(folder)

    def vectors(self) -> dict[str, np.ndarray]:
        """All vectors that were kept, by `vector_key`; a damaged file's are left out."""
        found: dict[str, np.ndarray] = {}
        for path in sorted(self._vectors.glob("*.npz")):
            try:
                with np.load(path, allow_pickle=False) as held:
                    found |= dict(zip(held["keys"].tolist(), held["rows"], strict=True))
            except _DAMAGE:
                path.unlink(missing_ok=True)
        return found

    def keep_vectors(self, keys: Sequence[str], rows: np.ndarray) -> None:
        """Keep vectors, a row a key. Raises OSError where the disk does not take them."""
        self._vectors.mkdir(parents=True, exist_ok=True)
        path = self._vectors / f"{_digest(list(keys))}.npz"
        part = path.with_suffix(".part")
        with open(part, "wb") as file:
            np.savez(file, keys=np.asarray(keys), rows=rows)
        part.replace(path)

    def clear(self) -> None:
        """Throw all unfinished work of the index away."""
        shutil.rmtree(self._all, ignore_errors=True)


def _key(task: Task) -> str:
    """A file and all that decides what is read in it: its bytes, its name and place, what is supplied, tesseract."""
    supplied = {name: facts for name, facts in task.supplied.items() if file_of(name) == task.name}
    return _digest([task.sha256, task.name, task.place, supplied, ocr.installed()])


def _digest(values: list[object]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
