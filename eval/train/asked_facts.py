"""Makes the vectors of the examples in prompts/asked_facts.toml; without them each program embeds the examples anew."""

from __future__ import annotations

import numpy as np

from chatbot.national import packaged
from chatbot.national.asking import VECTORS, embedded, made_of
from ingest.encoder.embedder import Embedder


def make(embedder: Embedder) -> str:
    """Write them; a line on how many examples there were."""
    vectors = embedded(embedder).astype(np.float16)
    packaged.write(VECTORS, "examples", vectors, made_of(embedder.sha256))
    return f"{len(vectors)} examples of asked facts: {VECTORS.name}"
