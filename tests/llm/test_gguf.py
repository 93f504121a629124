"""A model from a file, the whole way and without a network. It invents; what is shown must not."""

from __future__ import annotations

from pathlib import Path

from chatbot.conversation import Assistant
from chatbot.llm.summary import BEGUN
from ingest.encoder.embedder import Embedder
from ingest.settings import LanguageModel, Settings
from ingest.structure.sentences import split
from tests.llm import gguf_file
from tests.llm.server import told

QUESTION = "What did inspectors say about waiting times?"
INVENTED = "Leaders in Westmarch have opened forty new special schools."


def test_a_model_from_a_file_is_held_to_the_quotes(
    tmp_path: Path, sample_index: Path, embedder: Embedder, alone: Assistant
) -> None:
    without = alone.answer(QUESTION)
    quote = without.citations[0].quote
    words = quote[slice(*split(quote)[0])]
    reply = told((INVENTED, 1, INVENTED), (words, 1, words))
    assert reply.startswith(BEGUN)  # a model of this kind goes on from there
    file = gguf_file.write(tmp_path / "small.gguf", reply.removeprefix(BEGUN))
    chosen = LanguageModel("gguf", str(file), timeout=120, context=2048, reply=160, min_survival=0.0)
    found = Assistant(sample_index, Settings(llm=chosen), embedder).answer(QUESTION)
    assert found.citations == without.citations and found.groups == without.groups
    assert found.summary is not None and found.summary.model == file.name
    assert [(c.text, c.markers) for c in found.summary.claims] == [(words, (1,))]
    assert found.summary.dropped == 1
