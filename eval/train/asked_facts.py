"""Makes the vectors of the examples in prompts/asked_facts.toml: `python -m eval.train.asked_facts`.

To be run after the examples or the encoder changed; until then the examples are embedded anew by every program.
"""

from __future__ import annotations

import sys

import numpy as np
from safetensors.numpy import save_file

from chatbot.national.asking import VECTORS, embedded, made_of
from ingest.encoder import model
from ingest.encoder.question_embedder import for_questions
from ingest.settings import Settings


def main() -> None:
    """Write them for the packaged encoder."""
    settings = Settings()
    vectors = embedded(for_questions(settings.model)).astype(np.float16)
    VECTORS.parent.mkdir(exist_ok=True)
    save_file({"examples": vectors}, VECTORS, {"made_of": made_of(model.locate(settings.model).sha256)})
    sys.stdout.write(f"{len(vectors)} examples written to {VECTORS}.\n")


if __name__ == "__main__":
    main()
