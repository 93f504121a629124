"""Chroma, the one store of the vectors. The only module that imports chromadb.

It is given ids, vectors and what filters ask for, no word of a passage: what Chroma was given once can stay in its
files after it was deleted.

Beside the index a collection is written once and never changed. Chroma writes into its database whenever it opens one,
so a reader gives it a copy of that file and links to the others: the files stay as their hashes say, on a read-only
mount too. There Chroma's engine itself is called, for importing the Python client around it takes about as long as
everything else between the start and a first answer. A server is reached through that client.
"""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import IndexFault, SendError
from ingest.index import server
from ingest.records import DocumentFacts, Passage

SPACE: dict[str, Any] = {"space": "ip", "ef_construction": 100, "max_neighbors": 16, "ef_search": 200}
BATCH = 1000
WRITE_SECONDS = 300  # for one request to a server
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
READ_SECONDS = 10
DATABASE = "chroma.sqlite3"
WRITTEN = "index_metadata.pickle"  # there when a graph is on the disk
_WHOSE = ("default_tenant", "default_database")


@dataclass(frozen=True, slots=True)
class Entries:
    """What is written to Chroma: for each passage its id, its unit vector (a row, float32) and what filters ask for."""

    ids: list[str]
    vectors: np.ndarray
    about: list[dict[str, Any]]


def entries(passages: Sequence[Passage], facts: dict[str, DocumentFacts], vectors: np.ndarray) -> Entries:
    """The entries of passages; `facts` by document. One of no area has no key `area`: Chroma takes no empty list."""
    about = []
    for passage in passages:
        of = facts[passage.document]
        areas = {"area": list(of.areas)} if of.areas else {}
        about.append({**areas, "kind": of.kind, "year": int((of.date or "0")[:4]), "speaker": passage.speaker})
    return Entries([p.id for p in passages], vectors, about)


def write(folder: Path, name: str, url: str, made: Entries) -> None:
    """Write a collection, in `folder` or in the server at `url`, and read it back: every vector is as it was given.

    Run it in a process that never held a document. Raises IndexFault where Chroma does not take it, as on a full disk.
    """
    if not made.ids:
        return
    try:
        if not url:
            folder.mkdir()
        collection = _Served(url, name, WRITE_SECONDS, len(made.ids)) if url else _Beside(folder, name, len(made.ids))
        for start in range(0, len(made.ids), BATCH):
            part = slice(start, start + BATCH)
            collection.add(made.ids[part], list(made.vectors[part]), made.about[part])
        collection.close()
        if not url:
            with closing(sqlite3.connect(folder / DATABASE)) as database:
                database.execute("VACUUM")  # the log of what was added is still in it
    except SendError:
        raise
    except Exception as error:
        told = " ".join(str(error).split())
        raise IndexFault(
            f"The vector store could not be written ({told}): free disk space and add again; the old index is still "
            "in use."
        ) from error
    if not np.array_equal(VectorIndex(folder, name, url).read(made.ids), made.vectors):
        raise IndexFault("The vector store does not give back what was written: add again; the old index is in use.")


def drop(url: str, names: Sequence[str]) -> None:
    """Delete collections of a server, named themselves or as segments ("NAME.1") of a version so named.

    Those that are not there are no fault. Raises IndexFault where it fails.
    """
    client = _client(url, WRITE_SECONDS)
    try:
        for name in [c.name for c in client.list_collections()]:
            if name in names or name.rpartition(".")[0] in names:
                client.delete_collection(name)
    except Exception as error:
        raise IndexFault(
            f"The Chroma server at {url} did not delete an old version ({error}): the next `python -m ingest add` or "
            "`remove` tries again."
        ) from error
    finally:
        client.close()


def _client(url: str, seconds: int) -> Any:
    """A client of the server at `url`, which may take `seconds` for a request."""
    import chromadb
    from chromadb.config import Settings

    place = server.address(url)
    server.reach(place)
    quiet = Settings(anonymized_telemetry=False)
    client: Any = chromadb.HttpClient(host=place.host, port=place.port, ssl=place.tls, settings=quiet)
    client._server._session.timeout = seconds  # its own is none: a server that hangs would hang us
    return client


def _space(size: int) -> dict[str, Any]:
    """Settings of a collection for `size` passages.

    Its files are written when it has them all: those beyond a whole number of batches would stay in a log, of which
    each reader builds the graph anew.
    """
    return {"hnsw": SPACE | {"sync_threshold": max(2, size), "batch_size": max(2, min(size, 100))}}


class _Beside:
    """A collection in a folder: made new for `size` passages, or opened."""

    def __init__(self, folder: Path, name: str, size: int = 0) -> None:
        import chromadb_rust_bindings as chroma

        self._engine: Any = chroma.Bindings(
            allow_reset=False,
            sqlite_db_config=chroma.SqliteDBConfig(
                url=str(folder / DATABASE),
                hash_type=chroma.MigrationHash.MD5,
                migration_mode=chroma.MigrationMode.Apply,
            ),
            persist_path=str(folder),
            hnsw_cache_size=1,
        )
        if size:
            made = self._engine.create_collection(name, json.dumps(_space(size)), None, None, False, *_WHOSE)
        else:
            made = self._engine.get_collection(name, *_WHOSE)
        self._id = str(made.id)

    def add(self, ids: list[str], vectors: list[np.ndarray], about: list[dict[str, Any]]) -> None:
        self._engine.add(ids, self._id, vectors, about, None, None, *_WHOSE)

    def get(self, ids: list[str]) -> tuple[list[str], Any]:
        found = self._engine.get(self._id, ids, None, None, 0, None, ["embeddings"], *_WHOSE)
        return found.ids, found.embeddings

    def query(self, vector: np.ndarray, count: int, where: dict[str, Any] | None) -> tuple[list[str], list[float]]:
        asked = json.dumps(where) if where else None
        found = self._engine.query(self._id, None, [vector], count, asked, None, ["distances"], *_WHOSE)
        return found.ids[0], found.distances[0]

    def count(self) -> int:
        return int(self._engine.count(self._id, *_WHOSE))

    def close(self) -> None:
        del self._engine


class _Served:
    """A collection of a server: made new for `size` passages, an unfinished one thrown away, or opened."""

    def __init__(self, url: str, name: str, seconds: int, size: int = 0) -> None:
        self._client = _client(url, seconds)
        weakref.finalize(self, self._client.close).atexit = False
        if size:
            if name in [c.name for c in self._client.list_collections()]:
                self._client.delete_collection(name)
            self._held = self._client.create_collection(name, configuration=_space(size), embedding_function=None)
        else:
            self._held = self._client.get_collection(name, embedding_function=None)

    def add(self, ids: list[str], vectors: list[np.ndarray], about: list[dict[str, Any]]) -> None:
        self._held.add(ids=ids, embeddings=vectors, metadatas=about)

    def get(self, ids: list[str]) -> tuple[list[str], Any]:
        found = self._held.get(ids=ids, include=["embeddings"])
        return found["ids"], found["embeddings"]

    def query(self, vector: np.ndarray, count: int, where: dict[str, Any] | None) -> tuple[list[str], list[float]]:
        found = self._held.query(query_embeddings=[vector], n_results=count, where=where, include=["distances"])
        return found["ids"][0], found["distances"][0]

    def count(self) -> int:
        return int(self._held.count())

    def close(self) -> None:
        self._client.close()


class VectorIndex:
    """One collection, read-only."""

    def __init__(self, folder: Path, name: str, url: str = "") -> None:
        """Open the collection `name` of `folder`, or where there is none of the Chroma server at `url`.

        Raises IndexFault where the collection or the server is missing. Compare the folder's files with their hashes
        before: a damaged one can end the process.
        """
        beside = folder.is_dir()
        where = f"The vector store in {folder}" if beside else f"The Chroma server at {url}"
        try:
            if beside:
                self._copy = tempfile.TemporaryDirectory(prefix="send-chatbot-", ignore_cleanup_errors=True)
                self._collection: Any = _Beside(_opened_elsewhere(folder, Path(self._copy.name)), name)
            elif url:
                self._collection = _Served(url, name, READ_SECONDS)
            else:
                raise IndexFault(
                    f"The index version {name} has no vector store beside it: give the --chroma-url of the server "
                    "that has it, or run `python -m ingest check --repair`."
                )
        except SendError:
            raise
        except Exception as error:
            if getattr(error, "errno", 0) in FULL:
                full = f"The folder for temporary files ({tempfile.gettempdir()}) has no room for a copy of {folder}"
                raise IndexFault(f"{full}: free some, or set TMPDIR to another folder.") from error
            raise IndexFault(
                f"{where} cannot be opened or has not this index: run `python -m ingest check --repair`."
            ) from error

    def read(self, ids: Sequence[str]) -> np.ndarray:
        """The vectors of some passages, a row each in the order asked (float32).

        Raises IndexFault where the store has not all of them or does not answer.
        """
        parts = []
        for start in range(0, len(ids), BATCH):
            part = [str(id_) for id_ in ids[start : start + BATCH]]
            try:
                found, vectors = self._collection.get(part)
            except Exception as error:
                raise _silent(error) from error
            place = {id_: number for number, id_ in enumerate(found)}
            if missing := [id_ for id_ in part if id_ not in place]:
                raise IndexFault(
                    f"The vector store has not passage {missing[0]}: run `python -m ingest check --repair`."
                )
            parts.append(np.asarray(vectors, dtype=np.float32)[[place[id_] for id_ in part]])
        return np.concatenate(parts) if parts else np.zeros((0, 0), dtype=np.float32)

    def nearest(self, vector: np.ndarray, count: int, where: dict[str, Any] | None = None) -> list[tuple[str, float]]:
        """The nearest passages as (id, cosine similarity), best first; fewer where fewer pass `where`.

        Raises IndexFault where the store does not answer.
        """
        try:
            ids, distances = self._collection.query(np.asarray(vector, dtype=np.float32), count, where)
        except Exception as error:
            raise _silent(error) from error
        return [(id_, 1.0 - distance) for id_, distance in zip(ids, distances, strict=True)]

    def count(self) -> int:
        """How many passages the collection holds. Raises IndexFault where the store does not answer."""
        try:
            return int(self._collection.count())
        except Exception as error:
            raise _silent(error) from error


def _silent(error: Exception) -> IndexFault:
    told = " ".join(str(error).split())
    return IndexFault(f"The vector store does not answer ({told}): see that it runs and is whole.")


def _opened_elsewhere(folder: Path, copy: Path) -> Path:
    """Fill `copy` so that Chroma can open it for the collection in `folder`: its database, and links to all else.

    The graph of a single passage stays in Chroma's log and is written when it is opened: that folder is copied too.
    """
    for path in folder.iterdir():
        if path.is_file():
            shutil.copyfile(path, copy / path.name)
            continue
        if not ((path / WRITTEN).exists() and _linked(copy / path.name, path)):
            shutil.copytree(path, copy / path.name)
    return copy


def _linked(link: Path, folder: Path) -> bool:
    """Whether a link could be made: Windows gives them to administrators only."""
    try:
        link.symlink_to(folder.absolute(), target_is_directory=True)
    except OSError:
        return False
    return True
