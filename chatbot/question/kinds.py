"""What kind of question one is, and whether it needs the one before it.

Learned from the examples in prompts/question_kinds.toml and follow_ups.toml (`python -m eval train`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from ingest.encoder import model, tuning
from ingest.encoder.transformer import Transformer, base_weights

WEIGHTS = Path(__file__).parent / "weights"
SEARCH, MORE = "search", "more"
# In the order of the classifier's outputs.
KINDS = (
    SEARCH, "list", "compare", "across", "report", "definition", "social", MORE, "tool", "danger", "private", "advice",
    "steering", "other",
)  # fmt: skip
TOKENS = 128
DEPENDS = 0.5  # likelihood from which on a text is held to need the question before it
FEWEST_WORDS = 3  # of a sentence that is looked at by itself
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True, slots=True)
class Guess:
    """How likely a text is of each kind (they sum to 1), and how likely it needs the question before it."""

    kinds: dict[str, float]
    depends: float

    @property
    def leans(self) -> bool:
        """Whether a text is to be read together with the question before it."""
        return self.depends >= DEPENDS

    @property
    def kind(self) -> str:
        """The likeliest kind."""
        return max(KINDS, key=self.kinds.__getitem__)


class KindModel:
    """The classifiers; safe to use from several threads."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Load the packaged base model with our changes. Raises SettingsError where weights are missing or altered."""
        folder = model.packaged_folder()
        own = tuning.read(weights)
        self._transformer = Transformer(own.over(tuning.read(model.TUNED).over(base_weights(folder))))
        self._heads = [(own.tensors[f"head.{n}.weight"], own.tensors[f"head.{n}.bias"]) for n in ("kind", "depends")]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(TOKENS)
        self.guess = lru_cache(maxsize=2000)(self._guess)

    def _guess(self, text: str) -> Guess:
        mean = self._transformer.hidden(self._tokenizer.encode(text).ids).mean(axis=0)
        kinds, depends = (_shares(weight @ mean + bias) for weight, bias in self._heads)
        return Guess(
            {kind: round(float(s), 4) for kind, s in zip(KINDS, kinds, strict=True)}, round(float(depends[1]), 4)
        )


def sentences(text: str) -> list[str]:
    """The sentences of what a person typed, very short ones left out."""
    return [part for part in SENTENCE_END.split(text) if len(part.split()) >= FEWEST_WORDS]


def _shares(scores: Sequence[float] | np.ndarray) -> np.ndarray:
    powers = np.exp(np.asarray(scores) - np.max(scores))
    return np.asarray(powers / powers.sum())
