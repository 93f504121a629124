"""The passages worth reading for a question: those nearest in meaning and those that share its words, fused by rank.

Reciprocal rank fusion: Cormack, Clarke and Buettcher 2009.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from chatbot.library import Library
from chatbot.records import About, Hit, Question
from ingest.index.words import tokens

DEPTH = 24  # candidates given
ARM = 60  # ranks of each list that are fused
RANK = 10.0  # the constant of rank fusion: the smaller, the more the first ranks count
WORDS = 0.5  # what a rank by words counts beside one by meaning
WIDER = 4  # times as many neighbours are asked of Chroma, which cannot tell every document from others
SAME = 0.92  # share of words from which on two passages are twins


def candidates(question: Question, documents: Sequence[About], vector: np.ndarray, library: Library) -> list[Hit]:
    """The best passages of some documents, best first, at most DEPTH; empty where there are none.

    `vector` is the question's. Twins of a passage above come last, marked.
    """
    rows = library.rows_of(documents)
    if len(rows) == 0:
        return []
    order = _by_meaning(rows, documents, vector, library)
    words = library.words.scores(stems := list(dict.fromkeys(tokens(question.standalone))), [1.0] * len(stems))[rows]
    by_words = [place for place in best(words) if words[place] > 0]
    fused: dict[int, float] = {}
    for weight, ranked in ((1.0, order), (WORDS, by_words)):
        for rank, place in enumerate(ranked):
            fused[int(place)] = fused.get(int(place), 0.0) + weight / (RANK + rank)
    ranks = {int(place): rank for rank, place in enumerate(by_words, 1)}
    nearness = {int(place): rank for rank, place in enumerate(order, 1)}
    hits = []
    for (place, score), own in zip(fused.items(), library.vectors_of(rows[list(fused)]), strict=True):
        passage = library.passage(int(rows[place]))
        signals = {
            "near": round(float(own @ vector), 4),
            "near_rank": nearness.get(place, 0),
            "words_rank": ranks.get(place, 0),
        }
        hits.append(Hit(passage, score, signals, kind=library.by_name[passage.document].facts.kind))
    hits.sort(key=lambda h: (-h.score, h.passage.document, h.passage.ordinal))
    return without_twins(hits)[:DEPTH]


def _by_meaning(rows: np.ndarray, documents: Sequence[About], vector: np.ndarray, library: Library) -> list[int]:
    """The places of the nearest among the rows, best first."""
    if library.compares(rows):
        return best(library.vectors_of(rows) @ vector)
    places = {int(row): place for place, row in enumerate(rows)}
    found = library.neighbours(documents, vector, WIDER * ARM)
    return [places[row] for row in found if row in places][:ARM]


def best(scores: np.ndarray) -> list[int]:
    """Places of the ARM highest scores, best first; of equal ones the first, whatever the machine."""
    if len(scores) > ARM:
        edge = np.partition(scores, len(scores) - ARM)[len(scores) - ARM]
        places = np.flatnonzero(scores >= edge)
    else:
        places = np.arange(len(scores))
    return [int(p) for p in places[np.argsort(-np.round(scores[places], 5), kind="stable")]][:ARM]


def without_twins(hits: Sequence[Hit]) -> list[Hit]:
    """Passages whose words were already seen higher up are marked and moved to the end."""
    seen: list[frozenset[str]] = []
    kept, twins = [], []
    for hit in hits:
        words = frozenset(hit.passage.text.lower().split())
        if len(words) > 6 and any(len(words & s) > SAME * max(len(words), len(s)) for s in seen):
            twins.append(replace(hit, dropped="the same words as a passage above"))
            continue
        seen.append(words)
        kept.append(hit)
    return kept + twins
