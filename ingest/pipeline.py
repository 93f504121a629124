"""Journey 1 in one place: from files to a new index version, proved before it is used.

    discover -> prepare (children) -> embed what is new -> write a new version -> prove -> switch

Nothing is deleted before the new version stands. A run killed at any moment leaves the old version in use;
its unfinished folder is thrown away by the next.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ingest import discover, model, pool, sources, store, vectors, words
from ingest.errors import IndexFault, SendError
from ingest.passages import CUTTER
from ingest.prepare import Prepared, Task, prepare
from ingest.records import Passage
from ingest.settings import Settings
from ingest.version import prove, switch, writer_lock

Progress = Callable[[str, int, int], None]  # stage, done, of how many


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table at the end: what happened to a document.

    `status` is added, updated, unchanged, removed, skipped or failed; `embedded` how many of its passages
    were new to the model.
    """

    document: str
    status: str
    reason: str = ""
    passages: int = 0
    embedded: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a run: its rows and the fingerprint of the index afterwards (None without one)."""

    rows: tuple[Row, ...]
    fingerprint: str | None

    @property
    def failed(self) -> bool:
        """Whether any document failed."""
        return any(row.status == "failed" for row in self.rows)


@dataclass
class _Old:
    """The version in use, as far as the new one can be made of it."""

    documents: dict[str, Prepared]
    supplied: dict[str, dict[str, Any]]
    vectors: dict[str, np.ndarray]


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
    with writer_lock(index):
        found = discover.discover(list(paths), settings.limits.file_mb)
        old = _old(index, folder.sha256, settings)
        rows = [Row(r.name, "failed" if r.failed else "skipped", r.reason) for r in found.refused]
        todo = []
        for file in found.files:
            if _unchanged(file.name, file.sha256, supplied, old):
                rows += [
                    Row(n, "unchanged", passages=len(d.passages))
                    for n, d in old.documents.items()
                    if d.sha256 == file.sha256
                ]
            else:
                todo.append(Task(file.path, file.name, file.sha256, supplied, folder.path, folder.max_tokens))
        documents = dict(old.documents)
        fresh: dict[str, str] = {}
        for outcome in pool.run(
            prepare,
            todo,
            [t.name for t in todo],
            settings.limits.workers,
            settings.limits.seconds,
            settings.limits.memory_mb,
        ):
            progress("Reading", 1, len(todo))
            if outcome.error is not None:
                rows.append(Row(todo[outcome.index].name, "failed", str(outcome.error)))
                continue
            _take_in(todo[outcome.index], outcome.result, documents, fresh, rows, index)
        rows += [Row(name, status) for name, status in fresh.items()]
        if not fresh:
            return Result(_ordered(rows), _fingerprint(index))
        return Result(*_publish(documents, supplied, old, rows, index, settings, progress))


def remove(names: Sequence[str], index: Path, settings: Settings, progress: Progress = lambda s, d, t: None) -> Result:
    """Take documents out of every store, earlier versions and the kept original included.

    Raises IndexFault where the index or a named document does not exist; nothing is removed then.
    """
    folder = model.locate(settings.model)
    with writer_lock(index):
        store.current(index)
        old = _old(index, folder.sha256, settings)
        if missing := [name for name in names if name not in old.documents]:
            raise IndexFault(f"The index has no document {missing[0]!r}: `python -m ingest list` shows what it has.")
        documents = {name: d for name, d in old.documents.items() if name not in names}
        gone = {old.documents[name].sha256 for name in names} - {d.sha256 for d in documents.values()}
        rows = [Row(name, "removed", passages=len(old.documents[name].passages)) for name in names]
        result = Result(*_publish(documents, {}, old, rows, index, settings, progress, keep_previous=False))
        for sha256 in gone:
            (index / "originals" / sha256).unlink(missing_ok=True)
        return result


def rebuild(index: Path, settings: Settings, progress: Progress = lambda s, d, t: None) -> Result:
    """Make the version anew from its own passages and pages: vectors, words and Chroma are derived from them.

    Raises IndexFault where the passages themselves are damaged; then the documents have to be added again.
    """
    folder = model.locate(settings.model)
    with writer_lock(index):
        old = _old(index, folder.sha256, settings, trust_vectors=False)
        if not old.documents:
            raise IndexFault(
                "The passages of this index are damaged too: add your documents again with `python -m ingest add`."
            )
        return Result(*_publish(old.documents, {}, old, [], index, settings, progress, keep_previous=False))


def _supplied(paths: Sequence[Path], sources_file: Path | None) -> dict[str, dict[str, Any]]:
    """Supplied facts: those beside the documents, then those of `--sources` over them."""
    found: dict[str, dict[str, Any]] = {}
    for path in paths:
        beside = (path if path.is_dir() else path.parent) / sources.FILE
        if beside.is_file():
            found |= sources.load(beside)
    return found | (sources.load(sources_file) if sources_file else {})


def _old(index: Path, model_sha256: str, settings: Settings, trust_vectors: bool = True) -> _Old:
    """What can be reused of the version in use; empty where there is none.

    Raises IndexFault where it was made with another model: mixing two would make every distance wrong.
    """
    if not (index / store.CURRENT).exists():
        return _Old({}, {}, {})
    folder = store.current(index)
    manifest = store.read_manifest(folder)
    if manifest.model_sha256 != model_sha256 or manifest.prefixes != (
        settings.model.query_prefix,
        settings.model.text_prefix,
    ):
        raise IndexFault(
            f"The index in {index} was made with the model {manifest.model}: use that model, "
            "or make a new index with `python -m ingest add FOLDER --index NEW_FOLDER`."
        )
    rows = store.Rows(folder) if trust_vectors else store.Rows(folder, vectors=False)
    passages = [rows.passage(i) for i in range(len(rows))]
    documents, given = {}, {}
    for number in range(len(rows.documents)):
        stored = rows.stored(number)
        name = stored.facts.document
        own = tuple(passages[stored.first : stored.first + stored.count])
        same_cutter = manifest.cutter == CUTTER
        documents[name] = Prepared(
            stored.facts, stored.sha256 if same_cutter else "", stored.media, stored.pages, own, stored.warnings
        )
        given[name] = stored.supplied
    known = {p.id: rows.vectors[i] for i, p in enumerate(passages)} if trust_vectors else {}
    return _Old(
        documents,
        given,
        {f"{i}\x00{p.context}": known[p.id] for i, p in ((p.id, p) for p in passages) if p.id in known},
    )


def _unchanged(name: str, sha256: str, supplied: dict[str, dict[str, Any]], old: _Old) -> bool:
    """Whether a file needs no reading: same bytes, same supplied facts, same cutter."""
    same = [n for n, d in old.documents.items() if d.sha256 == sha256 and (n == name or n.startswith(f"{name}#"))]
    return bool(same) and all(old.supplied[n] == supplied.get(n, supplied.get(name, {})) for n in same)


def _take_in(
    task: Task,
    read: list[Prepared],
    documents: dict[str, Prepared],
    fresh: dict[str, str],
    rows: list[Row],
    index: Path,
) -> None:
    """Put newly read documents among the others; the same paper under another name is told and left out."""
    for gone in [n for n in documents if n == task.name or n.startswith(f"{task.name}#")]:
        if gone not in {d.facts.document for d in read}:
            del documents[gone]
    for document in read:
        name = document.facts.document
        twin = next((n for n, d in documents.items() if n != name and _same_text(d, document)), None)
        if twin is not None:
            rows.append(Row(name, "skipped", f"The same paper as {twin}, only the file differs."))
            documents.pop(name, None)
            continue
        fresh[name] = "updated" if name in documents else "added"
        documents[name] = document
        _keep_original(task, index)


def _same_text(one: Prepared, other: Prepared) -> bool:
    return len(one.passages) == len(other.passages) and [p.text for p in one.passages] == [
        p.text for p in other.passages
    ]


def _keep_original(task: Task, index: Path) -> None:
    target = index / "originals" / task.sha256
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        shutil.copyfile(task.path, part)
        part.replace(target)


def _publish(
    documents: dict[str, Prepared],
    supplied: dict[str, dict[str, Any]],
    old: _Old,
    rows: list[Row],
    index: Path,
    settings: Settings,
    progress: Progress,
    keep_previous: bool = True,
) -> tuple[tuple[Row, ...], str]:
    """Embed, write, prove and switch; the finished rows and the new fingerprint."""
    ordered = sorted(documents.values(), key=lambda d: d.facts.document)
    passages = [p for d in ordered for p in d.passages]
    matrix, new_ids = _vectors(passages, old, settings, progress)
    stored, first = [], 0
    for d in ordered:
        name = d.facts.document
        given = supplied.get(name, supplied.get(name.split("#")[0], old.supplied.get(name, {})))
        stored.append(
            store.StoredDocument(d.facts, d.sha256, d.media, d.pages, first, len(d.passages), d.warnings, given)
        )
        first += len(d.passages)
    folder = model.locate(settings.model)
    print_ = store.fingerprint(stored, passages, folder.sha256, CUTTER)
    target = index / "versions" / f"{print_}-{datetime.now(UTC):%Y%m%d%H%M%S}"
    work = target.with_suffix(".tmp")
    work.mkdir(parents=True)
    progress("Writing", 0, 4)
    store.write(work, stored, passages, matrix)
    progress("Writing", 1, 4)
    words.build(work / "words", [f"{p.context}\n{p.text}" for p in passages])
    progress("Writing", 1, 4)
    vectors.VectorIndex(work / "chroma", target.name, settings.store.chroma_url, create=True).add(
        passages, {d.facts.document: d.facts for d in ordered}, matrix
    )
    progress("Writing", 1, 4)
    store.finish(
        work,
        store.Manifest(
            store.FORMAT,
            print_,
            folder.name,
            folder.sha256,
            int(matrix.shape[1]) if len(matrix) else 0,
            (settings.model.query_prefix, settings.model.text_prefix),
            CUTTER,
            len(stored),
            sum(len(d.pages) for d in stored),
            len(passages),
            datetime.now(UTC).isoformat(timespec="seconds"),
            store.file_hashes(work),
        ),
    )
    prove(work, target.name, settings)
    progress("Writing", 1, 4)
    switch(index, work, target, settings, keep_previous)
    embedded = {d.facts.document: sum(p.id in new_ids for p in d.passages) for d in ordered}
    final = [
        Row(
            r.document,
            r.status,
            "; ".join(documents[r.document].warnings),
            len(documents[r.document].passages),
            embedded[r.document],
        )
        if r.status in ("added", "updated")
        else r
        for r in rows
    ]
    return _ordered(final), print_


def _vectors(passages: list[Passage], old: _Old, settings: Settings, progress: Progress) -> tuple[np.ndarray, set[str]]:
    """A vector for each passage, embedding only those the old version has not; and the ids of the new ones."""
    new = [p for p in passages if f"{p.id}\x00{p.context}" not in old.vectors]
    made: dict[str, np.ndarray] = {}
    if new:
        from ingest.embed import SentenceTransformerEmbedder

        progress("Embedding", 0, len(new))
        embedder = SentenceTransformerEmbedder(settings.model)
        matrix = embedder.embed_texts(
            [f"{p.context}\n{p.text}" for p in new], lambda n: progress("Embedding", n, len(new))
        )
        made = {p.id: row for p, row in zip(new, matrix, strict=True)}
    rows = [made[p.id] if p.id in made else old.vectors[f"{p.id}\x00{p.context}"] for p in passages]
    return (np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)), set(made)


def _ordered(rows: list[Row]) -> tuple[Row, ...]:
    order = ("failed", "skipped", "added", "updated", "removed", "unchanged")
    return tuple(sorted(rows, key=lambda r: (order.index(r.status), r.document)))


def _fingerprint(index: Path) -> str | None:
    try:
        return store.read_manifest(store.current(index)).fingerprint
    except SendError:
        return None


def rows_as_json(result: Result) -> dict[str, Any]:
    """The result as plain values for `--json`."""
    return {"documents": [asdict(row) for row in result.rows], "index": result.fingerprint}
