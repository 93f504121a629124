"""Which themes a sentence speaks of: a linear classifier of its words and pairs of words, as stems.

It learned from the examples in prompts/themes.toml and from labelled sentences (`python -m eval.train.themes`).
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
from safetensors import safe_open

from ingest.index.words import tokens
from prompts import table

WEIGHTS = Path(__file__).parent / "weights" / "themes.safetensors"
CARD = WEIGHTS.with_name("themes.toml")


class ThemeModel:
    """The classifier. Only themes that were found precise enough on sentences set aside are told."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Read the weights."""
        with safe_open(weights, "numpy") as file:
            words = bytes(file.get_tensor("vocabulary")).decode().split("\n")
            self._rarity = file.get_tensor("rarity").astype(np.float32)
            self._weights = file.get_tensor("weights").astype(np.float32)  # a row a word, a column a theme
            self._bias, self._least = file.get_tensor("bias"), file.get_tensor("least")
        self._number = {word: number for number, word in enumerate(words)}
        self._names = ids()

    def of(self, sentence: str) -> tuple[str, ...]:
        """The ids of a sentence's themes; mostly one, often none."""
        counts = Counter(n for word in features(sentence) if (n := self._number.get(word)) is not None)
        if not counts:
            return ()
        places = np.fromiter(counts, np.int64)
        values = np.asarray([1 + math.log(c) for c in counts.values()], dtype=np.float32) * self._rarity[places]
        scores = (values / np.linalg.norm(values)) @ self._weights[places] + self._bias
        return tuple(self._names[n] for n in np.flatnonzero(scores >= self._least))


def features(sentence: str) -> list[str]:
    """A sentence as stems and pairs of neighbouring ones: the same for fitting and serving."""
    words = tokens(sentence)
    return [*words, *(f"{one} {next_}" for one, next_ in zip(words, words[1:], strict=False))]


def ids() -> tuple[str, ...]:
    """The ids of all themes, in the registry's order."""
    return tuple(theme["id"] for theme in table("themes")["theme"])


@cache
def names() -> dict[str, str]:
    """The name of each theme."""
    return {theme["id"]: theme["name"] for theme in table("themes")["theme"]}


@cache
def figures() -> dict[str, dict[str, float]]:
    """What was measured of each theme: precision and recall when fitted, and of the sentences set aside."""
    found: dict[str, dict[str, float]] = tomllib.loads(CARD.read_text(encoding="utf-8"))["theme"]
    return found


@cache
def shown() -> tuple[str, ...]:
    """The themes that are precise enough to be shown, in the registry's order."""
    return tuple(name for name in ids() if figures()[name]["shown"])
