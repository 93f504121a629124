"""Papers that an operator brings in through the page: one upload at a time, and the newest can be undone.

The work is that of `ingest add` and `ingest remove`, with its checks and its sandbox, in a process of its own, so that
answers go on meanwhile.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from chatbot.library import Library
from chatbot.page import log
from chatbot.page.service import say
from ingest.cli import PREFIX, hush, told
from ingest.errors import SendError
from ingest.index import store
from ingest.index.reuse import file_of
from ingest.intake import sources
from ingest.pipeline import Result, Row, add, remove
from ingest.settings import Settings

_CONTEXT = multiprocessing.get_context("spawn")
CHANGED = ("added", "updated")
PLACE = "uploaded"  # the folder that every upload comes from: a file that comes again is that paper, changed


@dataclass(frozen=True, slots=True)
class Upload:
    """The newest upload. `state` is none, running, done, undoing, undone or failed, with the `problem` that it met.

    While it works `stage` is what is being done, `done` of `total` (0: not known).
    """

    state: str = "none"
    rows: tuple[Row, ...] = ()
    problem: str = ""
    stage: str = ""
    done: int = 0
    total: int = 0

    @property
    def works(self) -> bool:
        """Whether it is not at its end yet."""
        return self.state in ("running", "undoing")

    @property
    def changed(self) -> tuple[str, ...]:
        """The papers that it has added or changed."""
        return tuple(row.document for row in self.rows if row.status in CHANGED)


class Adding:
    """The uploads into one index. `switched` is called when there is a new version of it. Safe to use from threads."""

    def __init__(self, index: Path, settings: Settings, switched: Callable[[], None]) -> None:
        self._index, self._settings, self._switched = index, settings, switched
        self._lock = threading.Lock()
        self._earlier: tempfile.TemporaryDirectory[str] | None = None  # papers that the newest upload has replaced
        self.newest = Upload()

    def begin(self, folder: tempfile.TemporaryDirectory[str], library: Library) -> bool:
        """Bring in the files of a folder, which is gone afterwards; False where another upload is at work.

        `library` is the version in use, by which papers that are replaced can be brought back.
        """
        if not self._started("running"):
            folder.cleanup()
            return False
        self._go_on(lambda: self._bring(folder, library))
        return True

    def undo(self) -> bool:
        """Take out what the newest upload has added, and bring back what it replaced; False where it cannot be."""
        if not (names := self.newest.changed) or self.newest.state != "done" or not self._started("undoing"):
            return False
        self._go_on(lambda: self._take_out(names))
        return True

    def _started(self, state: str) -> bool:
        with self._lock:
            if self.newest.works:
                return False
            self.newest = Upload(state, self.newest.rows if state == "undoing" else ())
            return True

    def _go_on(self, work: Callable[[], Upload]) -> None:
        """Do the work in a thread; where it fails, `newest` tells why."""

        def run() -> None:
            try:
                ended = work()
            except Exception as error:
                log.failed(error, "upload")
                ended = replace(self.newest, state="failed", problem=told(error))
            self._switched()
            log.event("upload", state=ended.state, papers=len(ended.rows))
            self.newest = ended

        threading.Thread(target=run, name="upload", daemon=True).start()

    def _bring(self, folder: tempfile.TemporaryDirectory[str], library: Library) -> Upload:
        with folder:
            rows = self._work(_add, Path(folder.name) / PLACE).rows
        if self._earlier:
            self._earlier.cleanup()
        self._earlier = _replaced(library)
        return Upload("done", rows)

    def _take_out(self, names: Sequence[str]) -> Upload:
        rows = self._work(_remove, names).rows
        if self._earlier:
            with self._earlier as folder:
                rows = (*rows, *self._work(_add, Path(folder) / PLACE).rows)
            self._earlier = None
        return Upload("undone", rows)

    def _work(self, work: Callable[..., Result], what: Any) -> Result:
        """The result of a piece of work in a process of its own. Raises SendError with the sentence it ended with."""
        ours, theirs = _CONTEXT.Pipe()
        child = _CONTEXT.Process(target=_serve, args=(theirs, work, what, self._index, self._settings))
        child.start()
        theirs.close()
        try:
            while isinstance(message := ours.recv(), tuple):
                stage, more, total = message
                done = self.newest.done + more if stage == self.newest.stage else more
                self.newest = replace(self.newest, stage=stage, done=done, total=total)
        except (EOFError, OSError) as error:
            raise SendError(say("upload.stopped")) from error
        child.join()
        if not isinstance(message, Result):
            raise SendError(message)
        return message


def temporary() -> tempfile.TemporaryDirectory[str]:
    """A folder for files on their way; one that a killed page leaves is thrown away by the next command."""
    return tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", ignore_cleanup_errors=True)


def _replaced(before: Library) -> tempfile.TemporaryDirectory[str] | None:
    """The files of papers that another version had and the newest has no more, with the facts supplied for them.

    None where there are none. They are still kept: the originals of the version before stay beside the index.
    """
    now = {(d["facts"]["document"], d["sha256"]) for d in store.opened(before.index, store.Rows).documents}
    gone = {file_of(name): a for name, a in before.by_name.items() if (name, a.sha256) not in now}
    if not gone:
        return None
    folder, entries = temporary(), []
    for file, about in gone.items():
        place = Path(folder.name) / PLACE / file
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(before.index / "originals" / about.sha256, place)
        supplied = before.rows.stored(about.number).supplied
        values = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in supplied.items()]
        entries += ["[[document]]", f"file = {json.dumps(file)}", *values] if supplied else []
    (Path(folder.name) / PLACE / sources.FILE).write_text("\n".join(entries), encoding="utf-8")
    return folder


def _add(folder: Path, index: Path, settings: Settings, progress: Callable[[str, int, int], None]) -> Result:
    return add([folder], index, settings, progress=progress)


def _remove(names: Sequence[str], index: Path, settings: Settings, progress: Callable[[str, int, int], None]) -> Result:
    return remove(names, index, settings, progress)


def _serve(pipe: Connection, work: Callable[..., Result], what: Any, index: Path, settings: Settings) -> None:
    """The process: sends how far it is, then the result, or the sentence that says what went wrong."""
    hush()
    try:
        pipe.send(work(what, index, settings, lambda *step: pipe.send(step)))
    except Exception as error:
        pipe.send(told(error))
