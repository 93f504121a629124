"""Chooses the sentences that answer: for the question, not just from the best passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot import forms
from chatbot.quotes import Pick, joined
from chatbot.records import Concept, Hit, Question
from chatbot.retrieve import bag, coverage

LEANS = re.compile(
    r"^(This|These|Those|They|It|Its|Their|He|She|Such|However|But|Consequently|As a result|For example|In addition|Additionally|Also|"
    r"Despite this|Therefore|Because of this|In response|Others?|Similarly|While this|Although this|When|Of these|Instead|Nevertheless|Here|There)\b"
)
BUDGET = {"fact": 75, "finding": 135, "list": 150, "compare": 75, "definition": 60, "ask": 150, "promises": 150}
MOST = {"fact": 3, "finding": 5, "list": 5, "compare": 3, "definition": 2, "ask": 6, "promises": 6}
NEAR_TOP = 0.62  # share of the best hit's score from which on another is quoted too
SAME_SENTENCE = 0.8  # share of the best sentence's coverage from which on a second one of the passage is quoted
MAX_QUOTE = 70  # words; longer runs of sentences are not quoted as one


@dataclass(frozen=True, slots=True)
class Choice:
    """The picks of one side in order of worth, and the share of ideas they cover."""

    picks: tuple[Pick, ...]
    covered: float


def choose(question: Question, hits: Sequence[Hit], weighted: Sequence[tuple[Concept, float]], intent: str) -> Choice:
    """The sentences to quote from ranked hits; empty where there are no hits."""
    usable = [h for h in hits if not h.dropped and h.passage.sentences][:12]
    if not usable:
        return Choice((), 0.0)
    top = usable[0].score
    picks: list[Pick] = []
    words = 0
    for hit in usable:
        if picks and (len(picks) >= MOST[intent] or hit.score < NEAR_TOP * top or (words >= BUDGET[intent])):
            break
        pick = _of(question, hit, weighted)
        if pick is None or (picks and words + pick.words > BUDGET[intent] + 30):
            continue
        picks.append(pick)
        words += pick.words
    merged = joined(picks)
    stems = " ".join(bag(p.hit.passage).text for p in merged)
    return Choice(tuple(merged), coverage(list(weighted), stems))


def _of(question: Question, hit: Hit, weighted: Sequence[tuple[Concept, float]]) -> Pick | None:
    """The sentences of one passage that answer: the best, its like beside it, and the one it leans on."""
    sentences, stems = hit.passage.sentences, bag(hit.passage).sentences
    texts = [hit.passage.text[a:b] for a, b in sentences]
    scores = [
        coverage(list(weighted), s) + (0.35 if question.wants and forms.has_form(t, question.wants) else 0.0) + 0.002 * min(len(t.split()), 30)
        for s, t in zip(stems, texts, strict=True)
    ]
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    first = last = best
    while first > 0 and (LEANS.match(texts[first]) or texts[first][:1] in "▪•◼●") and _length(texts, first - 1, last) <= MAX_QUOTE:
        first -= 1
    if last + 1 < len(texts) and texts[last].endswith(":"):
        while last + 1 < len(texts) and texts[last + 1][:1] in "▪•◼●" and _length(texts, first, last + 1) <= MAX_QUOTE + 40:
            last += 1
    for neighbour in (last + 1, first - 1):
        if 0 <= neighbour < len(texts) and scores[neighbour] >= SAME_SENTENCE * scores[best] and scores[neighbour] > 0.25:
            low, high = min(first, neighbour), max(last, neighbour)
            if _length(texts, low, high) <= MAX_QUOTE:
                first, last = low, high
    return Pick(hit, first, last)


def _length(texts: Sequence[str], first: int, last: int) -> int:
    return sum(len(t.split()) for t in texts[first : last + 1])
