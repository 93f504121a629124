"""The real model on a few texts, and Chroma against counting by hand."""

from pathlib import Path

import numpy as np
import pytest

from ingest import model
from ingest.embed import SentenceTransformerEmbedder
from ingest.errors import IndexFault, SettingsError
from ingest.records import DocumentFacts, Passage, Span
from ingest.settings import Model
from ingest.vectors import VectorIndex


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


def test_chroma_finds_what_counting_finds(tmp_path: Path) -> None:
    generator = np.random.default_rng(3)
    matrix = generator.standard_normal((400, 24)).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    passages = [
        Passage(f"id{n}", "a.pdf", n, f"text {n}", (Span(0, n, n + 1),), (1,), "paragraph", (), ((0, 1),), "")
        for n in range(400)
    ]
    index = VectorIndex(tmp_path, "some-version", create=True)
    index.add(passages, {"a.pdf": DocumentFacts("a.pdf", "A", "other")}, matrix)
    assert index.count() == 400
    for query in matrix[:20] + 0.3 * generator.standard_normal((20, 24)).astype(np.float32) / 5:
        query = query / np.linalg.norm(query)
        exact = sorted(range(400), key=lambda n: -float(matrix[n] @ query))[:5]
        found = index.nearest(query, 5)
        assert [id_ for id_, _ in found] == [f"id{n}" for n in exact]
        assert found[0][1] == pytest.approx(float(matrix[exact[0]] @ query), abs=1e-4)
    with pytest.raises(IndexFault, match="cannot be opened"):
        VectorIndex(tmp_path, "another-version")
