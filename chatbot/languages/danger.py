"""Whether a person tells of danger in another language: a line through the vectors that mean the same in all of them.

It learned from the English examples in prompts/question_kinds.toml (eval/train/languages.py).
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import numpy as np

from chatbot.national import packaged
from ingest.encoder import multilingual
from ingest.errors import SettingsError
from prompts import table

WEIGHTS = Path(__file__).parent / "weights" / "danger.safetensors"
KIND = "danger"
# Of 20 disclosures in five languages 20 are caught; of 17 in eight others, on which nothing was chosen, 15. Of 190
# other questions two are taken for danger.
SURE = 0.1


def examples() -> tuple[list[str], np.ndarray]:
    """The examples of all kinds of question, and whether each is of danger."""
    rows = [(kind, text) for kind, texts in table("question_kinds")["examples"].items() for text in texts]
    return [text for _, text in rows], np.asarray([kind == KIND for kind, _ in rows])


def made_of() -> str:
    """A digest of the encoder and of all examples: weights that were made of others do not serve."""
    texts, danger = examples()
    told = json.dumps([multilingual.weights_sha256(), texts, danger.tolist()], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def weights() -> np.ndarray:
    """One weight a dimension and the bias last. Raises SettingsError where they are missing or of other examples."""
    found = packaged.read(WEIGHTS, "weights", made_of())
    if found is None:
        raise SettingsError(
            f"{WEIGHTS.name} was not made of these examples of danger: run `python -m eval.train.national`."
        )
    return found


def tells_of_danger(vector: np.ndarray) -> bool:
    """Whether the text of a vector tells of danger, rather too often than too seldom."""
    line = weights()
    return bool(1 / (1 + np.exp(-float(vector @ line[:-1] + line[-1]))) >= SURE)
