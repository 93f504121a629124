"""Passages as stems, and how well they speak of a topic by words: for comparing papers, not for answering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from chatbot.records import Concept
from ingest.index.words import tokens
from ingest.records import Passage
from ingest.registry.sections import having

LOW_PARTS, FORMAL = frozenset(having("low")), frozenset(having("formal"))


@dataclass(frozen=True, slots=True)
class Bag:
    """A passage as stems: of each sentence, of its context, joined by blanks for phrase search."""

    sentences: tuple[str, ...]
    text: str
    context: str


@lru_cache(maxsize=50_000)
def _bag(passage_id: str, text: str, context: str, bounds: tuple[tuple[int, int], ...]) -> Bag:
    parts = tuple(f" {' '.join(tokens(text[a:b]))} " for a, b in bounds)
    return Bag(parts, f" {' '.join(tokens(text))} ", f" {' '.join(tokens(context))} ")


def bag(passage: Passage) -> Bag:
    """The stems of a passage, remembered."""
    return _bag(passage.id, passage.text, f"{passage.context}. {passage.lead_in}", passage.sentences)


def strength(concept: Concept, stems: str) -> float:
    """How well a joined string of stems speaks of a concept: 1 in its own words, less in others, 0 not at all."""
    for needle, value in concept.needles:
        if needle in stems:
            return value
    return 0.0


def coverage(concepts: Sequence[tuple[Concept, float]], stems: str) -> float:
    """The weighted share of concepts that a string of stems covers, from 0 to 1; 0 where there are none."""
    total = sum(weight for _, weight in concepts)
    return sum(weight * strength(c, stems) for c, weight in concepts) / total if total else 0.0
