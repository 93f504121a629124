"""From a Question to ranked Hits.

All passages of the areas asked for are scored where there are few; at national size the best by words and by
meaning are taken first. Each passage is then scored by the ideas its words cover, its nearness in meaning and what
the question wishes of its source. The weights were fitted on questions of our own (eval/weights.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from chatbot import forms
from chatbot.library import About, Library
from chatbot.patterns import opening
from chatbot.records import Concept, Hit, Question
from chatbot.weights import WEIGHTS
from ingest.embed import Embedder
from ingest.records import Passage
from ingest.words import tokens

ALL_SCORED = 700  # up to so many passages every one is scored; beyond, the best of each arm
ARM = 220  # passages taken from each arm
# Chroma searches a graph and finds other neighbours from run to run; up to so many rows all are compared instead,
# which takes less time too and gives the same answer each time.
EXACT = 300_000
SHORT = 7  # words; shorter passages say little by themselves
LOW_PARTS = frozenset({"outcome", "template", "details", "method", "front", "team"})
FORMAL = frozenset({"priority", "improvement", "recommendations", "decision"})


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


def goes_on_from(passage: Passage, hits: Sequence[Hit]) -> Hit | None:
    """The hit of the passage before it in the document, where a passage's first words point back to it ("These ...").

    None where they do not, where the one before stands under another heading, and where it is not among the hits.
    """
    if not opening("question", "pointing_back").match(passage.text):
        return None
    place = (passage.document, passage.ordinal - 1)
    before = next((h for h in hits if (h.passage.document, h.passage.ordinal) == place), None)
    if before is None or not before.passage.sentences:
        return None
    same_place = (before.passage.section, before.passage.lead_in) == (passage.section, passage.lead_in)
    return before if same_place else None


class Retriever:
    """Ranks the passages of a library for questions."""

    def __init__(self, library: Library, embedder: Embedder) -> None:
        self.library, self.embedder = library, embedder

    def query_vector(self, question: Question) -> np.ndarray:
        """The vector of the resolved question with its short forms written out."""
        names = [c.label for c in question.concepts]
        known = [self._name(c) for c in question.concepts]
        extra = [k for k, n in zip(known, names, strict=True) if k and k.lower() != n.lower()]
        return self.embedder.embed_query(" ".join([question.resolved, *extra]))

    @staticmethod
    def _name(concept: Concept) -> str:
        from chatbot import thesaurus

        own = next((w for w, s in concept.phrases if s >= 1.0), ())
        terms = thesaurus.phrases().get(own, ())
        return terms[0][0].name if terms and terms[0][0].means and terms[0][1] >= thesaurus.EQUAL else ""

    def hits(self, question: Question, documents: list[About], vector: np.ndarray) -> list[Hit]:
        """The passages of some documents, best first. Empty where there are none."""
        rows = self.library.rows_of(documents)
        if len(rows) == 0:
            return []
        words = self._word_scores(question)
        rows = self._narrow(rows, words, vector, whole=len(documents) == len(self.library.documents))
        near = self._nearness(rows, vector)
        lexical = words[rows]
        top = float(lexical.max()) or 1.0
        passages = [self.library.passage(int(row)) for row in rows]
        weighted = self.weighted(question, passages)
        hits = [
            self._hit(question, p, float(n), float(w) / top, weighted)
            for p, n, w in zip(passages, near, lexical, strict=True)
        ]
        hits.sort(key=lambda h: (-h.score, h.passage.document, h.passage.ordinal))
        return _without_twins(hits)

    def weighted(self, question: Question, passages: Sequence[Passage]) -> list[tuple[Concept, float]]:
        """Concepts with their weights: rarer among the passages at hand counts for more."""
        found = []
        for concept in question.concepts:
            count = sum(strength(concept, bag(p).text) >= 0.7 for p in passages)
            rarity = math.log(1 + (len(passages) + 1) / (count + 0.5)) / math.log(1 + (len(passages) + 1) / 0.5)
            found.append((concept, concept.weight * max(0.08, rarity)))
        return found

    def _word_scores(self, question: Question) -> np.ndarray:
        """BM25 of the question's stems and of the equal wordings of its ideas."""
        weights: dict[str, float] = {}
        for concept in question.concepts:
            for wording, value in concept.phrases:
                for stem in wording:
                    if value >= 0.75:
                        weights[stem] = max(
                            weights.get(stem, 0.0), concept.weight * (1.0 if value >= 1 else 0.5 * value)
                        )
        for term in question.terms:
            weights.setdefault(term, 0.15)
        return self.library.words.scores(list(weights), list(weights.values()))

    def _narrow(self, rows: np.ndarray, words: np.ndarray, vector: np.ndarray, whole: bool) -> np.ndarray:
        """The rows worth scoring one by one."""
        if len(rows) <= ALL_SCORED:
            return rows
        best_words = rows[best(words[rows])]
        found = self.library.neighbours(vector, ARM) if whole and len(rows) > EXACT else None
        if found is None:
            best_near = rows[best(self._nearness(rows, vector))]
        else:
            best_near = np.asarray(found, dtype=rows.dtype)
        return np.unique(np.concatenate([best_words[words[best_words] > 0], best_near]))

    def _nearness(self, rows: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """Cosine similarity of some rows, in order. All rows are compared where they lie, without a copy of them."""
        vectors = self.library.rows.vectors
        return np.asarray(vectors @ vector if len(rows) == len(vectors) else vectors[rows] @ vector)

    def _hit(
        self, question: Question, passage: Passage, near: float, lexical: float, weighted: list[tuple[Concept, float]]
    ) -> Hit:
        """One passage with its features and score."""
        features = self.features(question, passage, near, lexical, weighted)
        score = sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())
        stems = bag(passage)
        covered = tuple(c.label for c, _ in weighted if strength(c, stems.text + stems.context) >= 0.4)
        return Hit(
            passage,
            score,
            {k: round(v, 4) for k, v in features.items()},
            covered,
            kind=self.library.by_name[passage.document].facts.kind,
        )

    def features(
        self, question: Question, passage: Passage, near: float, lexical: float, weighted: list[tuple[Concept, float]]
    ) -> dict[str, float]:
        """What speaks for a passage, each from 0 to 1 or so."""
        about = self.library.by_name[passage.document]
        stems = bag(passage)
        own = [coverage(weighted, s) for s in stems.sentences] or [0.0]
        text = coverage(weighted, stems.text)
        top = max(range(len(own)), key=own.__getitem__)
        asked = [(c, w) for c, w in weighted if c.asked]
        sentence = passage.text[slice(*passage.sentences[top])] if passage.sentences else passage.text
        return {
            "near": near,
            "lexical": lexical,
            "text": text,
            "sentence": own[top],
            "context": coverage(weighted, stems.text + stems.context) - text,
            "asked": coverage(asked, stems.text),
            "form": float(bool(question.wants) and forms.has_form(sentence, question.wants)),
            "form_anywhere": float(bool(question.wants) and forms.has_form(passage.text, question.wants)),
            "kind": float(about.facts.kind in question.kinds) if question.kinds else 0.0,
            "other_kind": float(about.facts.kind not in question.kinds) if question.kinds else 0.0,
            "year": float(about.year in question.years) if question.years else 0.0,
            "other_year": float(about.year not in question.years) if question.years else 0.0,
            "speaker": float(passage.speaker in question.speakers) if question.speakers else 0.0,
            "formal": float(passage.part in FORMAL) if "formal" in question.parts else 0.0,
            "formal_unasked": float(passage.part in FORMAL) if "formal" not in question.parts else 0.0,
            "low_part": float(passage.part in LOW_PARTS),
            "short": float(len(passage.text.split()) < SHORT),
            "long": min(1.0, len(passage.text.split()) / 90),
            "newness": self._newness(about, question),
        }

    def _newness(self, about: About, question: Question) -> float:
        """From 0 (ten years or more older than the newest paper) to 1; less unless the latest is asked for."""
        if about.year is None or question.years:
            return 0.0
        newest = max(self.library.newest[area] for area in about.facts.areas or ("",))
        fresh = max(0.0, 1 - (newest - about.year) / 10)
        return fresh if question.latest else 0.4 * fresh


def best(scores: np.ndarray) -> np.ndarray:
    """Places of the `ARM` highest scores in no order; of equal ones at the edge, the first, whatever the machine."""
    if len(scores) <= ARM:
        return np.arange(len(scores))
    edge = np.partition(scores, len(scores) - ARM)[len(scores) - ARM]
    above = np.flatnonzero(scores > edge)
    return np.concatenate([above, np.flatnonzero(scores == edge)[: ARM - len(above)]])


def _without_twins(hits: list[Hit]) -> list[Hit]:
    """Passages whose words were already seen higher up are marked and moved to the end."""
    seen: list[frozenset[str]] = []
    kept, twins = [], []
    for hit in hits:
        words = frozenset(bag(hit.passage).text.split())
        if len(seen) < 40 and len(words) > 6 and any(len(words & s) > 0.92 * max(len(words), len(s)) for s in seen):
            twins.append(replace(hit, dropped="the same words as a passage above"))
            continue
        seen.append(words)
        kept.append(hit)
    return kept + twins
