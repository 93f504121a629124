"""The system that users would build themselves: plain LlamaIndex on Chroma, every setting at its default.

A Document a page (text files as one page), the default SentenceSplitter, VectorStoreIndex with the same embedding
model, the ten nearest chunks; the text of the first three is the answer. It never refuses.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.errors import EvalError
from eval.runs.provenance import file_sha256
from ingest.encoder.model import packaged_folder
from ingest.records import DocumentFacts, Passage

TEXT = (".txt", ".md", ".html", ".htm", ".json")
KNOWN = (".pdf", ".docx", *TEXT)
TOP, QUOTED = 10, 3
Progress = Callable[[str, int, int], None]


class PlainLlamaIndex:
    """Reads and indexes the folder when made; `built` tells the seconds both took and the chunks made."""

    name = "plain LlamaIndex"

    def __init__(self, folder: Path, progress: Progress = lambda stage, done, total: None) -> None:
        """Read and index every document of a folder. Raises EvalError where it has none."""
        files = files_of(folder)
        start = time.perf_counter()
        pages = [page for path in files for page in pages_of(path)]
        progress("baseline: reading", 1, 1)
        read = time.perf_counter()
        chunks = cut(pages)
        self._retriever = retriever_over(chunks)
        progress("baseline: indexing", 1, 1)
        self.built = {
            "documents": len(files),
            "pages": len(pages),
            "chunks": len(chunks),
            "seconds_reading": round(read - start, 2),
            "seconds_indexing": round(time.perf_counter() - read, 2),
        }
        hashes = "".join(file_sha256(path) for path in files)
        self.fingerprint = "baseline-" + hashlib.sha256(hashes.encode()).hexdigest()[:12]

    def identity(self) -> dict[str, Any]:
        """See System."""
        return {"system": self.name, "index": self.fingerprint}

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """See System. Area and history go into the question's text, as anyone would try first."""
        start = time.perf_counter()
        resolved = " ".join([*question["history"], question["question"], question["area"] or ""]).strip()
        nodes = self._retriever.retrieve(resolved)
        passages = [
            {
                "rank": rank,
                "document": node.metadata["document"],
                "page": node.metadata.get("page"),
                "section": "",
                "text": node.get_content(),
                "score": round(node.score or 0.0, 4),
            }
            for rank, node in enumerate(nodes, 1)
        ]
        citations = [
            {"marker": p["rank"], "document": p["document"], "page": p["page"], "quote": p["text"], "verified": False}
            for p in passages[:QUOTED]
        ]
        return {
            "id": question["id"],
            "question": question["question"],
            "resolved_question": resolved,
            "status": "answered",
            "answer": "\n\n".join(f"{c['quote']} [{c['marker']}]" for c in citations),
            "citations": citations,
            "passages": passages,
            "index": self.fingerprint,
            "seconds": {"total": round(time.perf_counter() - start, 4)},
        }


def files_of(folder: Path) -> list[Path]:
    """The files that can be read, in order. Raises EvalError where there are none."""
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in KNOWN and p.name != "README.md")
    if not files:
        raise EvalError(f"{folder} holds no document that the baseline can read ({', '.join(KNOWN)}).")
    return files


def pages_of(path: Path) -> list[tuple[str, int | None, str]]:
    """Document, page number and text of each page."""
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        from pypdf import PdfReader

        return [(path.name, n, page.extract_text()) for n, page in enumerate(PdfReader(path).pages, 1)]
    if suffix == ".docx":
        import docx

        return [(path.name, None, "\n".join(p.text for p in docx.Document(str(path)).paragraphs))]
    return [(path.name, None, path.read_text(encoding="utf-8", errors="replace"))]


def cut(pages: list[tuple[str, int | None, str]], chunk: int = 0) -> list[Any]:
    """The pages as LlamaIndex nodes of at most `chunk` tokens; 0 is its own default."""
    from llama_index.core import Document
    from llama_index.core.node_parser import SentenceSplitter

    documents = [
        Document(text=text, metadata={"document": name} | ({"page": number} if number else {}))
        for name, number, text in pages
        if text.strip()
    ]
    splitter = SentenceSplitter(chunk_size=chunk, chunk_overlap=0) if chunk else SentenceSplitter()
    return list(splitter.get_nodes_from_documents(documents))


def as_nodes(passages: Sequence[Passage], facts: dict[str, DocumentFacts], vectors: np.ndarray) -> list[Any]:
    """Passages of ours with their vectors as LlamaIndex nodes; `facts` by document."""
    from llama_index.core.schema import TextNode

    return [
        TextNode(
            id_=passage.id,
            text=passage.text,
            embedding=vector.tolist(),
            metadata={
                "document": passage.document,
                "area": ", ".join(facts[passage.document].areas),
                "page": passage.page or 0,
            },
        )
        for passage, vector in zip(passages, vectors, strict=True)
    ]


def retriever_over(nodes: list[Any]) -> Any:
    """A retriever over nodes; those without a vector are embedded. Chroma keeps them in a folder that goes with it."""
    import chromadb
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    place = tempfile.TemporaryDirectory(prefix="baseline-", ignore_cleanup_errors=True)
    client = chromadb.PersistentClient(place.name, settings=chromadb.Settings(anonymized_telemetry=False))
    store = ChromaVectorStore(chroma_collection=client.create_collection("baseline"))
    model = HuggingFaceEmbedding(model_name=str(packaged_folder()), device="cpu", show_progress_bar=False)
    index = VectorStoreIndex(nodes, storage_context=StorageContext.from_defaults(vector_store=store), embed_model=model)
    retriever = index.as_retriever(similarity_top_k=TOP)
    retriever.folder = place  # type: ignore[attr-defined]  # lives as long as the retriever
    return retriever
