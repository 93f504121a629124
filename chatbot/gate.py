"""Decides whether what was found answers the question, or the documents do not say.

The score of a side is a sum of what speaks for an answer; the threshold comes from `python -m eval calibrate`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatbot import forms
from chatbot.records import Concept, Hit, Question
from chatbot.retrieve import bag, strength

DEPTH = 6  # hits looked at


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's decision: its score and threshold, why it refused, and the ideas that no near passage speaks of."""

    score: float
    threshold: float
    missing: tuple[str, ...]
    no_form: bool
    features: dict[str, float]

    @property
    def passes(self) -> bool:
        """Whether an answer may be given."""
        return self.score >= self.threshold


def judge(question: Question, hits: Sequence[Hit], weighted: Sequence[tuple[Concept, float]], threshold: float) -> Verdict:
    """The verdict over one side's hits."""
    features, missing, no_form = measure(question, hits, weighted)
    score = sum(GATE.get(name, 0.0) * value for name, value in features.items())
    return Verdict(round(score, 4), threshold, missing, no_form, features)


GATE: dict[str, float] = {"bias": 10.0}


def measure(
    question: Question, hits: Sequence[Hit], weighted: Sequence[tuple[Concept, float]]
) -> tuple[dict[str, float], tuple[str, ...], bool]:
    """Features of the evidence, the ideas missing from it, and whether the wanted form is missing."""
    near_hits = [h for h in hits if not h.dropped][:DEPTH]
    if not near_hits:
        return {"bias": 1.0, "nothing": 1.0}, tuple(c.label for c in question.concepts), bool(question.wants)
    top = near_hits[0]
    texts = [bag(h.passage) for h in near_hits]
    heaviest = sorted(weighted, key=lambda cw: -cw[1])
    asked = [(c, w) for c, w in heaviest if c.asked]
    total = sum(w for _, w in asked) or 1.0
    best_of = {c.label: max(strength(c, t.text + t.context) for t in texts) for c, _ in weighted}
    missing = tuple(c.label for c, _ in asked if best_of[c.label] < 0.4)
    sentence = max((_best_sentence(question, h, weighted) for h in near_hits[:3]), key=lambda x: x[0])
    features = {
        "bias": 1.0,
        "near": top.features.get("near", 0.0),
        "near_best": max(h.features.get("near", 0.0) for h in near_hits),
        "asked": max(h.features.get("asked", 0.0) for h in near_hits),
        "text": max(h.features.get("text", 0.0) for h in near_hits),
        "sentence": sentence[0],
        "missing": sum(w for c, w in asked if best_of[c.label] < 0.4) / total,
        "heaviest": best_of[asked[0][0].label] if asked else 0.0,
        "heaviest_top": strength(asked[0][0], texts[0].text) if asked else 0.0,
        "no_topic": float(not asked),
        "ideas": min(len(asked), 8) / 8,
        "form": float(bool(question.wants) and sentence[1]),
        "no_form": float(question.wants in forms.STRICT and not sentence[1]),
        "wants": float(question.wants in forms.STRICT),
        "follow": float(any(not c.asked for c, _ in weighted)),
    }
    return features, missing, bool(features["no_form"])


def _best_sentence(question: Question, hit: Hit, weighted: Sequence[tuple[Concept, float]]) -> tuple[float, bool]:
    """The best coverage of one sentence of a hit, and whether a sentence about as good has the wanted form."""
    from chatbot.retrieve import coverage

    best, form = 0.0, False
    scored = []
    for (a, b), stems in zip(hit.passage.sentences, bag(hit.passage).sentences, strict=True):
        value = coverage(list(weighted), stems)
        scored.append((value, forms.has_form(hit.passage.text[a:b], question.wants)))
        best = max(best, value)
    form = any(has for value, has in scored if value >= 0.6 * best)
    return best, form
