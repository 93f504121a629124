"""Journey 1 in one place: from files to a new index version, proved before it is used.

    discover -> prepare (children) -> embed what is new -> write a new version -> prove -> switch

Nothing is deleted before the new version stands. A run killed at any moment leaves the old version in use;
its unfinished version is thrown away by the next, which goes on from what was read and embedded (unfinished.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ingest.change import Change, Row
from ingest.encoder import embedder, model
from ingest.encoder.model import ModelFolder
from ingest.errors import IndexFault, SendError
from ingest.index import languages, naming, reuse, store
from ingest.index.build import Progress, keep_original, publish
from ingest.index.erasure import left_of
from ingest.index.integrity import is_as_given
from ingest.index.reuse import Previous, file_of
from ingest.index.unfinished import Unfinished
from ingest.index.version import import_ahead, writer_lock
from ingest.intake import discover, sandbox, sources
from ingest.parsers.pdf import ocr
from ingest.prepare import Task, prepare
from ingest.settings import Settings

ORDER = ("failed", "skipped", "added", "updated", "removed", "unchanged")

REMOVAL_TRIES = 3


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a run: its rows and the fingerprint of the index afterwards (None without one)."""

    rows: tuple[Row, ...]
    fingerprint: str | None

    @property
    def failed(self) -> bool:
        """Whether any document failed."""
        return any(row.status == "failed" for row in self.rows)


def add(
    paths: Sequence[Path],
    index: Path,
    settings: Settings,
    sources_file: Path | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Result:
    """Bring files into the index. Files that fail are told in the rows and stop nothing.

    Raises SettingsError for a wrong sources file or model, IndexLockedError where another run is writing.
    """
    folder = model.locate(settings.model)
    supplied = _supplied(paths, sources_file)
    with writer_lock(index, settings):
        found = discover.discover(list(paths), settings.limits.file_mb, index)
        old = reuse.load(index, folder.sha256, settings)
        settled = naming.settle(found.files, found.again, old.documents)
        refused = [row.name for row in found.refused]
        supplied, unanswered = sources.assign(supplied, settled.files, settled.renamed, old.supplied, refused)
        change = Change(dict(old.documents), index, {file.name for file in settled.files}, settled.renamed)
        change.rows += [Row(r.name, "failed" if r.failed else "skipped", r.reason) for r in found.refused]
        change.rows += [Row(name, "skipped", reason) for name, reason in unanswered]
        tasks = []
        for file in settled.files:
            if old.unchanged(file.name, file.sha256, supplied) and not _readable_now(old, file.name):
                change.tell_unchanged(file.sha256)
                keep_original(file.path, file.sha256, index)
            else:
                tasks.append(_task(file.path, file.name, file.sha256, supplied, folder, file.place))
        if old.stale:
            tasks += _cut_anew(old, index, change.found | set(settled.renamed.values()), folder)
        change.expect({task.name for task in tasks})
        if tasks:
            import_ahead()  # in a process of its own, for writing
            embedder.import_ahead()  # in this one, which only waits for its readers
        unfinished = Unfinished(index, settings)
        _read(_taken_up(tasks, change, unfinished, progress), change, unfinished, settings, progress)
        change.rows += [Row(n, "skipped", why) for n, why in sources.without_paper(supplied, change.documents)]
        if not change.made and languages.are_as_set(old, settings):
            unfinished.clear()
            return Result(_ordered(change.rows), _fingerprint(index))
        done = publish(change.documents, supplied, old, index, settings, progress)
        return Result(_ordered(change.finished_rows(done.embedded)), done.fingerprint)


KEPT = "Its pages stay in the kept file, from which the pack's other papers are shown: remove {pack} to erase them."


def remove(names: Sequence[str], index: Path, settings: Settings, progress: Progress = lambda s, d, t: None) -> Result:
    """Take documents out of every store, earlier versions and kept originals included; of a file all its documents.

    The kept PDF of an agenda pack stays as long as papers of it do: pages are shown from it, which the row tells.
    Raises IndexFault where the index or a named document does not exist; nothing is removed then.
    """
    folder = model.locate(settings.model)
    with writer_lock(index, settings):
        store.current(index)
        old = reuse.load(index, folder.sha256, settings)
        of_file = {name: [n for n in old.documents if file_of(n) == name] for name in names}
        names = list(dict.fromkeys(document for name in names for document in of_file[name] or [name]))
        if missing := [name for name in names if name not in old.documents]:
            raise IndexFault(f"The index has no document {missing[0]!r}: `python -m ingest list` shows what it has.")
        removed = [old.documents[name] for name in names]
        stay = {d.sha256 for name, d in old.documents.items() if name not in names and d.media == "pdf"}
        rows = [Row(n, "removed", _kept(n, old, stay), len(old.documents[n].passages)) for n in dict.fromkeys(names)]
        originals = {d.sha256 for d in removed} - stay
        for _ in range(REMOVAL_TRIES):
            documents = {name: d for name, d in old.documents.items() if name not in names}
            done = publish(documents, {}, old, index, settings, progress, keep_previous=False)
            if not (left := left_of(removed, documents.values(), index / "versions", done.shared)):
                break
            # Chroma's files can keep freed memory, seldom even of a process that never held the words.
            old = replace(reuse.load(index, folder.sha256, settings), segments={})
        else:
            raise IndexFault(
                f"Words of what was removed are still in {left[0].name}: run `python -m ingest check --repair`."
            )
        for sha256 in originals:  # a file of services holds what was removed, even where other services of it stay
            (index / "originals" / sha256).unlink(missing_ok=True)
        return Result(_ordered(rows), done.fingerprint)


def _kept(name: str, old: Previous, stay: set[str]) -> str:
    """What is told of a paper whose pack stays; empty for any other."""
    pack = file_of(name)
    return KEPT.format(pack=pack) if old.documents[name].sha256 in stay and pack != name else ""


def rebuild(index: Path, settings: Settings, progress: Progress = lambda s, d, t: None) -> Result:
    """Make the version anew from its own passages and pages: vectors, words and Chroma are derived from them.

    What an earlier version of the program cut is read anew from the kept originals; the rows tell what became of each,
    and a paper whose original is gone or cannot be read goes on as it was cut. Else there are no rows.

    Raises IndexFault where facts, pages or passages are damaged themselves; then the documents have to be added again.
    """
    folder = model.locate(settings.model)  # told before anything is begun
    with writer_lock(index, settings):
        old = reuse.salvage(index)
        change = Change(dict(old.documents), index, set(), {})
        if old.stale:
            tasks, unfinished = _cut_anew(old, index, set(), folder), Unfinished(index, settings)
            _read(_taken_up(tasks, change, unfinished, progress), change, unfinished, settings, progress)
        done = publish(change.documents, {}, old, index, settings, progress, keep_previous=False)
        return Result(_ordered(change.finished_rows(done.embedded)), done.fingerprint)


def _supplied(paths: Sequence[Path], sources_file: Path | None) -> dict[str, dict[str, Any]]:
    """Supplied facts: those beside the documents, then those of `--sources` over them."""
    found: dict[str, dict[str, Any]] = {}
    for folder in dict.fromkeys(path if path.is_dir() else path.parent for path in paths):
        file = folder / sources.FILE
        if file.is_file() and not discover.leads_out(file, [folder.resolve()]):
            found |= sources.beside(folder)
    return found | (sources.load(sources_file) if sources_file else {})


def _readable_now(old: Previous, name: str) -> bool:
    """Whether pages of a file were not read for want of a program that is there now."""
    unread = any(d.facts.unread_pages and file_of(document) == name for document, d in old.documents.items())
    return unread and ocr.installed()


def _task(
    path: Path, name: str, sha256: str, supplied: dict[str, dict[str, Any]], folder: ModelFolder, place: str
) -> Task:
    return Task(path, name, sha256, supplied, folder.path, folder.max_tokens, place)


def _cut_anew(old: Previous, index: Path, found: set[str], folder: ModelFolder) -> list[Task]:
    """Tasks for the documents of an index that an earlier version cut and that this run was not given."""
    originals = {file_of(n): d for n, d in old.documents.items() if file_of(n) not in found}
    kept = [(n, d, index / "originals" / d.sha256) for n, d in originals.items()]
    return [_task(p, n, d.sha256, old.supplied, folder, d.place) for n, d, p in kept if is_as_given(p, d.sha256)]


def _taken_up(tasks: list[Task], change: Change, unfinished: Unfinished, progress: Progress) -> list[Task]:
    """Take in the files that a run which was stopped has read; the tasks that are left."""
    left = []
    for task in tasks:
        if (read := unfinished.documents(task)) is None:
            left.append(task)
        else:
            change.take_in(task, read)
    if len(left) < len(tasks):
        progress("Resumed", len(tasks) - len(left), len(tasks))
    return left


def _read(tasks: list[Task], change: Change, unfinished: Unfinished, settings: Settings, progress: Progress) -> None:
    """Read the files in child processes, keep what they give and take it in."""
    limits = settings.limits
    names = [task.name for task in tasks]
    if tasks:
        progress("Reading", 0, len(tasks))

    def scanning(pulse: sandbox.Pulse) -> None:
        progress("Scans", 1, 0)  # how many there are is known only at the end

    for outcome in sandbox.run(prepare, tasks, names, limits.workers, limits.seconds, limits.memory_mb, scanning):
        progress("Reading", 1, len(tasks))
        if outcome.error is not None:
            change.rows.append(Row(names[outcome.index], "failed", str(outcome.error)))
        else:
            unfinished.keep_documents(tasks[outcome.index], outcome.result)
            change.take_in(tasks[outcome.index], outcome.result)


def _ordered(rows: list[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda r: (ORDER.index(r.status), r.document)))


def _fingerprint(index: Path) -> str | None:
    try:
        return store.read_manifest(store.current(index)).fingerprint
    except SendError:
        return None


def rows_as_json(result: Result) -> dict[str, Any]:
    """The result as plain values for `--json`."""
    return {"documents": [asdict(row) for row in result.rows], "index": result.fingerprint}
