"""The real model on a few texts, and Chroma against counting by hand."""

from pathlib import Path

import chromadb
import numpy as np
import pytest

from ingest.encoder import model
from ingest.encoder.embedder import SentenceTransformerEmbedder
from ingest.errors import IndexFault, SettingsError
from ingest.index import vectors
from ingest.records import DocumentFacts, Passage, Span
from ingest.settings import Model


@pytest.mark.slow
def test_the_packaged_model_knows_what_is_near() -> None:
    embedder = SentenceTransformerEmbedder(Model())
    texts = ["Families wait a year for speech therapy.", "The meeting ended.", "Long waits for a therapist."]
    matrix = embedder.embed_texts(texts)
    assert matrix.shape == (3, 384) and np.allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-5)
    query = embedder.embed_query("How long do children wait for therapy?")
    near = matrix @ query
    assert near[1] < min(near[0], near[2])
    assert np.allclose(embedder.embed_texts(texts[:1])[0], matrix[0], atol=1e-5)
    prefixed = SentenceTransformerEmbedder(Model(query_prefix="question: ", text_prefix="passage: "))
    assert np.allclose(prefixed.embed_query("waits"), embedder.embed_query("question: waits"), atol=1e-5)
    assert np.allclose(prefixed.embed_texts(["waits"]), embedder.embed_texts(["passage: waits"]), atol=1e-5)


@pytest.mark.slow
def test_half_precision_is_nearly_the_same_and_of_unit_length() -> None:
    texts = ["Families wait a year for speech therapy.", "The meeting ended."]
    exact = SentenceTransformerEmbedder(Model()).embed_texts(texts)
    half = SentenceTransformerEmbedder(Model(half_precision=True)).embed_texts(texts)
    assert not np.array_equal(exact, half) and np.all((exact * half).sum(axis=1) > 0.999)
    assert np.allclose(np.linalg.norm(half, axis=1), 1, atol=1e-6)


def test_tokens_are_the_models_own() -> None:
    count = model.token_counter(model.packaged_folder())
    assert count("") == 2 and count("waits") == 3 and count("word " * 400) == 402
    assert model.locate(Model()).max_tokens == 256


def test_a_changed_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(model.PACKAGED_HASHES, "tokenizer.json", "0" * 64)
    with pytest.raises(SettingsError, match="is not the published one"):
        model.locate(Model())


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="holds no embedding model"):
        model.locate(Model(folder=str(tmp_path)))


@pytest.fixture
def written() -> vectors.Entries:
    """Four hundred unit vectors; every other passage is of an area of its own beside Elmshire."""
    matrix = np.random.default_rng(3).standard_normal((400, 24)).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    passages = [
        Passage(f"id{n}", f"{n % 2}.pdf", n, f"text {n}", (Span(0, n, n + 1),), (1,), "paragraph", (), ((0, 1),), "",
                speaker="inspectors")
        for n in range(400)
    ]  # fmt: skip
    areas = {"0.pdf": ("Elmshire",), "1.pdf": ("Elmshire", "Westmarch")}
    facts = {name: DocumentFacts(name, "A", "minutes", own, date="2024-05") for name, own in areas.items()}
    return vectors.entries(passages, facts, matrix)


def test_chroma_finds_what_counting_finds(tmp_path: Path, written: vectors.Entries) -> None:
    vectors.write(tmp_path / "chroma", "some-version", "", written)
    index, matrix = vectors.VectorIndex(tmp_path / "chroma", "some-version"), written.vectors
    assert index.count() == 400
    for query in matrix[:20] + 0.3 * np.random.default_rng(4).standard_normal((20, 24)).astype(np.float32) / 5:
        query = query / np.linalg.norm(query)
        exact = sorted(range(400), key=lambda n: -float(matrix[n] @ query))[:5]
        found = index.nearest(query, 5)
        assert [id_ for id_, _ in found] == [f"id{n}" for n in exact]
        assert found[0][1] == pytest.approx(float(matrix[exact[0]] @ query), abs=1e-4)
    only = index.nearest(matrix[0], 400, {"$and": [{"area": {"$contains": "Westmarch"}}, {"year": {"$in": [2024]}}]})
    assert {id_ for id_, _ in only} == {f"id{n}" for n in range(1, 400, 2)}
    assert index.nearest(matrix[0], 3, {"kind": {"$in": ["other"]}}) == []
    with pytest.raises(IndexFault, match="cannot be opened"):
        vectors.VectorIndex(tmp_path / "chroma", "another-version")


@pytest.mark.parametrize("count", [1, 2])
def test_no_reading_changes_a_file_of_very_few(count: int, tmp_path: Path, written: vectors.Entries) -> None:
    few = vectors.Entries(written.ids[:count], written.vectors[:count], written.about[:count])
    vectors.write(tmp_path / "chroma", "some-version", "", few)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for _ in range(2):
        assert vectors.VectorIndex(tmp_path / "chroma", "some-version").nearest(few.vectors[0], 3)[0][0] == few.ids[0]
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_vectors_come_back_as_they_were_in_any_order_and_no_reading_changes_a_file(
    tmp_path: Path, written: vectors.Entries
) -> None:
    vectors.write(tmp_path / "chroma", "some-version", "", written)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    index = vectors.VectorIndex(tmp_path / "chroma", "some-version")
    assert np.array_equal(index.read(written.ids), written.vectors)
    assert np.array_equal(index.read(["id7", "id3"]), written.vectors[[7, 3]])
    index.nearest(written.vectors[0], 3)
    del index
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(IndexFault, match="has not passage id400"):
        vectors.VectorIndex(tmp_path / "chroma", "some-version").read(["id1", "id400"])


def test_any_client_of_chroma_opens_what_was_written(tmp_path: Path, written: vectors.Entries) -> None:
    vectors.write(tmp_path / "chroma", "some-version", "", written)
    client = chromadb.PersistentClient(str(tmp_path / "chroma"), chromadb.Settings(anonymized_telemetry=False))
    collection = client.get_collection("some-version", embedding_function=None)
    row = collection.get(ids=["id1"], include=["metadatas", "embeddings", "documents"])
    assert row["metadatas"] == [
        {"area": ["Elmshire", "Westmarch"], "kind": "minutes", "year": 2024, "speaker": "inspectors"}
    ]
    assert np.array_equal(row["embeddings"][0], written.vectors[1]) and row["documents"] == [None]  # no word of it
    client.close()
