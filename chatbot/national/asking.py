"""Which stored fact a question asks for, told by the nearest of the examples in prompts/asked_facts.toml."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np

from chatbot.national import packaged
from ingest.facts import places
from prompts import table

VECTORS = Path(__file__).parent / "weights" / "asked_facts.safetensors"  # made by `python -m eval.train.national`
NEAR = 0.70  # likeness from which on a question is taken for its nearest example's: chosen on 518 public questions
APART = 0.03  # by which an example that asks for something else has to be farther: "best" and "worst" are near
ANY = "the area"  # stands for the name of a place


class Embeds(Protocol):
    """What turns a question into a unit vector."""

    def embed_query(self, text: str) -> np.ndarray:
        """The vector of a question."""


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact that is asked for: of "one" area to be quoted, or of all "areas", of which those with `value` count."""

    of: str
    fact: str
    value: str = ""


class FactModel:
    """The examples as vectors; safe to ask from several threads.

    `model_sha256` names the embedder's model: the packaged vectors serve only for the model and the examples they were
    made of. With others the examples are embedded at the first question, which takes a second or so.
    """

    def __init__(self, embedder: Embeds, model_sha256: str) -> None:
        """Nothing is loaded before the first question."""
        self._embedder, self._made_of = embedder, made_of(model_sha256)

    @cached_property
    def _vectors(self) -> np.ndarray:
        stored = _stored(self._made_of)
        return stored if stored is not None else embedded(self._embedder)

    def _of_width(self, width: int) -> np.ndarray:
        """The examples as vectors; made anew where the packaged ones are not as wide as the embedder's."""
        if self._vectors.shape[1] != width:
            self._vectors = embedded(self._embedder)
        return self._vectors

    def asked(self, text: str, loaded: tuple[str, ...]) -> AskedFact | None:
        """The fact a question asks for; None where it is searched as any other. `loaded` are areas with papers."""
        vector = self._embedder.embed_query(without_names(text, loaded))
        likeness = self._of_width(len(vector)) @ vector
        best: dict[AskedFact | None, float] = {}
        for (_, meant), near in zip(examples(), likeness, strict=True):
            best[meant] = max(best.get(meant, -1.0), float(near))
        first = max(best, key=lambda meant: best[meant])
        others = max((near for meant, near in best.items() if meant != first), default=-1.0)
        return first if best[first] >= NEAR and best[first] - others >= APART else None


def examples() -> list[tuple[str, AskedFact | None]]:
    """Every example with what it asks for; None for those that are searched."""
    found: list[tuple[str, AskedFact | None]] = []
    for entry in table("asked_facts")["asked"]:
        meant = None if entry["of"] == "none" else AskedFact(entry["of"], entry["fact"], entry.get("value", ""))
        found += [(example, meant) for example in entry["examples"]]
    return found


def embedded(embedder: Embeds) -> np.ndarray:
    """The examples as unit vectors, a row each."""
    return np.stack([embedder.embed_query(example) for example, _ in examples()]).astype(np.float32)


def made_of(model_sha256: str) -> str:
    """What the vectors of the examples depend on, as a hash."""
    return hashlib.sha256("\n".join([model_sha256, *[text for text, _ in examples()]]).encode()).hexdigest()


def _stored(expected: str) -> np.ndarray | None:
    found = packaged.read(VECTORS, "examples", expected)
    return None if found is None else np.asarray(found, dtype=np.float32)


def without_names(text: str, loaded: tuple[str, ...]) -> str:
    """A question with one word for every place it names."""
    for mention in reversed(places.named(text, loaded)):
        text = f"{text[: mention.start]}{ANY}{text[mention.end :]}"
    return text
