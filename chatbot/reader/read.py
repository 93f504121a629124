"""Reads candidates with the question: which of their sentences answer, in what order, or that none does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from chatbot.reader.model import ReaderModel
from chatbot.records import Hit, Question, Reading

DEPTH = 12  # passages read; of 16 the answer is hardly ever better (none: area .909, of 12 .904) and a third later
# What a passage's nearness counts beside the reader's scores. On five areas set aside, with select.BELOW of 3: evidence
# cited / quotes that are evidence .85 / .62 with 15, .84 / .63 with 20, .83 / .65 with 25, .82 / .66 with 30.
NEAR = 25.0
USUAL = 26  # sentences of DEPTH passages


class Reader:
    """The learned reader with the threshold below which nothing is answered."""

    def __init__(self, model: ReaderModel, threshold: float) -> None:
        self._model, self._threshold = model, threshold

    def read(self, question: Question, hits: Sequence[Hit], depth: int = DEPTH) -> Reading:
        """The reading of the first `depth` ranked hits; dropped ones are not read. Of no hits nothing answers."""
        usable = [h for h in hits if not h.dropped][:depth]
        scored = self._model.scores(question.standalone, [(h.passage.context, sentences(h)) for h in usable])
        read = [_read(hit, scores) for hit, scores in zip(usable, scored, strict=True)]
        read.sort(key=lambda h: (-h.score, h.passage.document, h.passage.ordinal))
        return Reading(tuple(read), none(scored), self._threshold)


def _read(hit: Hit, scores: tuple[float, ...]) -> Hit:
    """A hit with the worth of each sentence: the reader's score and the nearness of its passage."""
    worth = tuple(round(score + NEAR * hit.features.get("near", 0.0), 4) for score in scores)
    return replace(hit, score=max(worth), sentences=worth, features={**hit.features, "reader": max(scores)})


def sentences(hit: Hit) -> list[str]:
    """The sentences of a hit's passage, at least one."""
    text = hit.passage.text
    return [text[a:b] for a, b in hit.passage.sentences] or [text]


def none(scored: Sequence[Sequence[float]]) -> float:
    """How likely no sentence answers, from 0 to 1: one over one and the sum of all odds, as of USUAL sentences.

    Many weak sentences speak for an answer too, so a small paper with few of them would be refused more: the sum is
    divided by the square root of their number. On areas set aside, of 9 sentences: answered .84 before, .92 with it.
    """
    scores = [score for own in scored for score in own]
    if not scores:
        return 1.0
    shift = max(0.0, max(scores))
    odds = sum(math.exp(score - shift) for score in scores) * math.sqrt(USUAL / len(scores))
    return round(math.exp(-shift) / (math.exp(-shift) + odds), 4)
