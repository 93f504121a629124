"""Chroma behind LlamaIndex's vector store. The only module that imports chromadb.

Chroma's score from LlamaIndex is exp(-distance); here it is turned back into cosine similarity once.
Adding a known id silently keeps the old text, so a version's collection is always made new.
A server is given ids and vectors and no word: what it was given once stays in its files after it was deleted.
"""

from __future__ import annotations

import math
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ingest import server
from ingest.errors import IndexFault, SendError
from ingest.records import DocumentFacts, Passage

SPACE: Any = {"hnsw": {"space": "cosine", "ef_construction": 200, "max_neighbors": 24, "ef_search": 200}}
BATCH = 1000
WRITE_SECONDS = 300  # for one request to a server
READ_SECONDS = 10


def nodes(passages: Sequence[Passage], facts: dict[str, DocumentFacts], vectors: np.ndarray) -> list[Any]:
    """Passages as LlamaIndex nodes with their vectors.

    Metadata is flat and small (Chroma stores it twice): what a filter may ask for, nothing else.
    """
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    made = []
    for passage, vector in zip(passages, vectors, strict=True):
        about = facts[passage.document]
        made.append(
            TextNode(
                id_=passage.id,
                text=passage.text,
                embedding=[float(v) for v in vector],
                metadata={
                    "document": passage.document,
                    "area": ", ".join(about.areas),
                    "kind": about.kind,
                    "year": int((about.date or "0")[:4]),
                    "page": passage.page or 0,
                    "section": passage.section[:200],
                },
                excluded_embed_metadata_keys=["document", "page"],
                relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.document)},
            )
        )
    return made


def bare_nodes(passages: Sequence[Passage], vectors: np.ndarray) -> list[Any]:
    """Passages as nodes without a word or a name: their ids and their vectors."""
    from llama_index.core.schema import TextNode

    return [
        TextNode(id_=passage.id, text="", embedding=[float(v) for v in vector])
        for passage, vector in zip(passages, vectors, strict=True)
    ]


def drop(url: str, names: Sequence[str]) -> None:
    """Delete collections of a server; those that are not there are no fault. Raises IndexFault where it fails."""
    client = _client(Path(), url, WRITE_SECONDS)
    try:
        there = {c.name for c in client.list_collections()}
        for name in there & set(names):
            client.delete_collection(name)
    except Exception as error:
        raise IndexFault(
            f"The Chroma server at {url} did not delete an old version ({error}): the next `python -m ingest add` or "
            "`remove` tries again."
        ) from error
    finally:
        client.close()


def _client(folder: Path, url: str, seconds: int) -> Any:
    """A client of the files in `folder`, or of the server at `url`, which may take `seconds` for a request."""
    import chromadb
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    if not url:
        return chromadb.PersistentClient(path=str(folder), settings=quiet)
    place = server.address(url)
    server.reach(place)
    client: Any = chromadb.HttpClient(host=place.host, port=place.port, ssl=place.tls, settings=quiet)
    client._server._session.timeout = seconds  # its own is none: a server that hangs would hang us
    return client


def _not_written(error: Exception) -> IndexFault:
    told = " ".join(str(error).split())
    return IndexFault(
        f"The vector store could not be written ({told}): free disk space and add again; the old index is still in use."
    )


class VectorIndex:
    """Nearest neighbours over one version's collection."""

    def __init__(self, folder: Path, name: str, url: str = "", create: bool = False) -> None:
        """Open the collection `name` in `folder`, or in the Chroma server at `url`.

        With `create` it is made new, an unfinished one of the same name thrown away.
        Raises IndexFault where the collection or the server is missing.
        """
        from llama_index.vector_stores.chroma import ChromaVectorStore

        where = f"The Chroma server at {url}" if url else f"The vector store in {folder}"
        self.bare = bool(url)
        try:
            if not (url or create or folder.is_dir()):  # Chroma would make it
                raise IndexFault(
                    f"The index version {name} has no vector store beside it: give the --chroma-url of the server "
                    "that has it, or run `python -m ingest check --repair`."
                )
            self.client = _client(folder, url, WRITE_SECONDS if create else READ_SECONDS)
            weakref.finalize(self, self.client.close).atexit = False
            if create:
                if name in [c.name for c in self.client.list_collections()]:
                    self.client.delete_collection(name)
                self.collection = self.client.create_collection(name, configuration=SPACE, embedding_function=None)
            else:
                self.collection = self.client.get_collection(name, embedding_function=None)
        except SendError:
            raise
        except Exception as error:
            if create and not url:
                raise _not_written(error) from error
            raise IndexFault(
                f"{where} cannot be opened or has not this index: run `python -m ingest check --repair`."
            ) from error
        self.store = ChromaVectorStore(chroma_collection=self.collection)

    def add(
        self,
        passages: Sequence[Passage],
        facts: dict[str, DocumentFacts],
        vectors: np.ndarray,
        progress: Callable[[int], None] = lambda done: None,
    ) -> None:
        """Add passages in batches the store can take. Raises IndexFault where it takes them not, as on a full disk."""
        size = min(BATCH, self.client.get_max_batch_size())
        for start in range(0, len(passages), size):
            part, own = passages[start : start + size], vectors[start : start + size]
            try:
                self.store.add(bare_nodes(part, own) if self.bare else nodes(part, facts, own))
            except Exception as error:
                raise _not_written(error) from error
            progress(len(part))

    def nearest(self, vector: np.ndarray, count: int) -> list[tuple[str, float]]:
        """The nearest passages as (id, cosine similarity), best first; fewer where the index is smaller.

        Raises IndexFault where the store does not answer.
        """
        from llama_index.core.vector_stores import VectorStoreQuery

        total = self.count()
        if total == 0:
            return []
        query = VectorStoreQuery(query_embedding=[float(v) for v in vector], similarity_top_k=min(count, total))
        try:
            found = self.store.query(query)
        except Exception as error:
            raise IndexFault(f"The vector store does not answer ({error}): see that it runs and is whole.") from error
        return [
            (id_, 1.0 + math.log(max(score, 1e-9)))
            for id_, score in zip(found.ids or [], found.similarities or [], strict=True)
        ]

    def first_other(self, ids: Sequence[str], vectors: np.ndarray) -> str:
        """The first passage whose vector is not the one given here; empty where all are."""
        for start in range(0, len(ids), BATCH):
            part = list(ids[start : start + BATCH])
            found = self.collection.get(ids=part, include=["embeddings"])
            held = dict(zip(found["ids"], found["embeddings"], strict=True))
            for id_, vector in zip(part, vectors[start : start + BATCH], strict=True):
                if id_ not in held or not np.allclose(held[id_], vector, atol=1e-4):
                    return id_
        return ""

    def count(self) -> int:
        """How many passages the collection holds. Raises IndexFault where the store does not answer."""
        try:
            return int(self.collection.count())
        except Exception as error:
            raise IndexFault(f"The vector store does not answer ({error}): see that it runs and is whole.") from error
