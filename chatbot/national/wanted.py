"""Whether a question asks which of all areas were told something, and what: told by a classifier of its vector.

It learned from the sentences in prompts/area_questions.toml (`python -m eval.train.national`).
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import numpy as np

from chatbot.national import packaged
from ingest.index.words import tokens
from prompts import table

WEIGHTS = Path(__file__).parent / "weights" / "area_questions.safetensors"
ABOUT, GOOD, BAD, IMPROVE, OTHER = "about", "good", "bad", "improve", "other"
CLASSES = (OTHER, ABOUT, GOOD, BAD, IMPROVE)  # in the order of the classifier's outputs
ACROSS = 1.0  # of both classifiers' likelihoods together from which on a question is one of all areas
SUBJECT = "X"  # stands for what a question is about


class WantedModel:
    """The classifier; it knows nothing where the questions are embedded by another model than it was fitted on."""

    def __init__(self, model_sha256: str) -> None:
        """Read the packaged weights; `model_sha256` names the embedder's model."""
        self._weights = _stored(model_sha256)

    def wanted(self, vector: np.ndarray, across: float) -> str:
        """What a question of this unit vector asks of all areas, as one of CLASSES; "other" where it does not.

        `across` is how likely the classifier of kinds holds it to be one of all areas.
        """
        if self._weights is None or len(vector) != self._weights.shape[1] - 1:
            return ABOUT if across >= ACROSS / 2 else OTHER
        scores = self._weights[:, :-1] @ vector + self._weights[:, -1]
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        if across + 1 - likely[0] < ACROSS:
            return OTHER
        return CLASSES[1 + int(likely[1:].argmax())]


@cache
def sentences() -> dict[str, list[str]]:
    """The example sentences of each class."""
    return {name: table("area_questions")[name]["sentences"] for name in CLASSES}


@cache
def frame() -> frozenset[str]:
    """Stems of the words that ask of all areas and are no subject: they are not looked for in the papers."""
    asked = [sentence for name in CLASSES[1:] for sentence in sentences()[name]]
    return frozenset(stem for sentence in asked for stem in tokens(sentence.replace(SUBJECT, " ")))


def made_of(model_sha256: str) -> str:
    """What the weights depend on, as a hash."""
    told = json.dumps([model_sha256, sentences(), table("area_questions")["subjects"]])
    return hashlib.sha256(told.encode()).hexdigest()


def _stored(model_sha256: str) -> np.ndarray | None:
    return packaged.read(WEIGHTS, "weights", made_of(model_sha256))
