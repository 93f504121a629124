"""Chroma behind LlamaIndex's vector store. The only module that imports chromadb.

Chroma's score from LlamaIndex is exp(-distance); here it is turned back into cosine similarity once.
Adding a known id silently keeps the old text, so a version's collection is always made new.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import numpy as np

from ingest.errors import IndexFault
from ingest.records import DocumentFacts, Passage

SPACE: Any = {"hnsw": {"space": "cosine", "ef_construction": 200, "max_neighbors": 24, "ef_search": 200}}
BATCH = 1000


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


class VectorIndex:
    """Nearest neighbours over one version's collection."""

    def __init__(self, folder: Path, name: str, url: str = "", create: bool = False) -> None:
        """Open the collection `name` in `folder`, or in the Chroma server at `url`.

        With `create` it is made new, an unfinished one of the same name thrown away.
        Raises IndexFault where the collection or the server is missing.
        """
        import chromadb
        from chromadb.config import Settings
        from llama_index.vector_stores.chroma import ChromaVectorStore

        quiet = Settings(anonymized_telemetry=False)
        try:
            if url:
                address = urlparse(url)
                self.client = chromadb.HttpClient(
                    host=address.hostname or "localhost",
                    port=address.port or 8000,
                    ssl=address.scheme == "https",
                    settings=quiet,
                )
            else:
                self.client = chromadb.PersistentClient(path=str(folder), settings=quiet)
            if create:
                if name in [c.name for c in self.client.list_collections()]:
                    self.client.delete_collection(name)
                self.collection = self.client.create_collection(name, configuration=SPACE, embedding_function=None)
            else:
                self.collection = self.client.get_collection(name, embedding_function=None)
        except Exception as error:
            where = f"The Chroma server at {url}" if url else f"The vector store in {folder}"
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
            part = passages[start : start + size]
            try:
                self.store.add(nodes(part, facts, vectors[start : start + size]))
            except Exception as error:
                raise IndexFault(
                    f"The vector store could not be written ({error}): free disk space and add again; "
                    "the old index is still in use."
                ) from error
            progress(len(part))

    def nearest(self, vector: np.ndarray, count: int) -> list[tuple[str, float]]:
        """The nearest passages as (id, cosine similarity), best first; fewer where the index is smaller."""
        from llama_index.core.vector_stores import VectorStoreQuery

        total = self.count()
        if total == 0:
            return []
        found = self.store.query(
            VectorStoreQuery(query_embedding=[float(v) for v in vector], similarity_top_k=min(count, total))
        )
        return [
            (id_, 1.0 + math.log(max(score, 1e-9)))
            for id_, score in zip(found.ids or [], found.similarities or [], strict=True)
        ]

    def count(self) -> int:
        """How many passages the collection holds."""
        return int(self.collection.count())

    def drop(self, name: str) -> None:
        """Delete a collection of a server; one that is not there is no fault."""
        if name in [c.name for c in self.client.list_collections()]:
            self.client.delete_collection(name)
