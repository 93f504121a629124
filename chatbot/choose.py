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
BUDGET = {"fact": 105, "finding": 140, "list": 150, "compare": 95, "definition": 70, "ask": 150, "promises": 150}
MOST = {"fact": 3, "finding": 4, "list": 4, "compare": 3, "definition": 2, "ask": 6, "promises": 6}
FEWEST_WORDS = 6  # a passage of fewer words is a label, not an answer
NEAR_TOP = 0.72  # share of the best hit's score from which on another is quoted too
FIRST_BONUS = 0.1  # what the first sentence gains: it says what the passage is about
FORM_BONUS = 0.35  # what a sentence gains that has the wanted figure, date or name
WHOLE = (90, 55)  # words up to which the first passage, and those after it, are quoted whole


@dataclass(frozen=True, slots=True)
class Choice:
    """The picks of one side in order of worth, and the share of ideas they cover."""

    picks: tuple[Pick, ...]
    covered: float


def choose(
    question: Question, hits: Sequence[Hit], weighted: Sequence[tuple[Concept, float]], intent: str, most: int
) -> Choice:
    """The sentences to quote from ranked hits, at most `most` quotes; empty where there are no hits."""
    usable = [h for h in hits if not h.dropped and len(h.passage.text.split()) >= FEWEST_WORDS and h.passage.sentences][
        :12
    ]
    if not usable:
        return Choice((), 0.0)
    top = usable[0].score
    picks: list[Pick] = []
    words = 0
    for hit in usable:
        if picks and (len(picks) >= min(most, MOST[intent]) or hit.score < NEAR_TOP * top or (words >= BUDGET[intent])):
            break
        pick = _window(question, hit, weighted, WHOLE[0] if not picks else WHOLE[1])
        if picks and words + pick.words > BUDGET[intent] + 25:
            continue
        picks.append(pick)
        words += pick.words
    merged = joined(picks)
    stems = " ".join(bag(p.hit.passage).text for p in merged)
    return Choice(tuple(merged), coverage(list(weighted), stems))


def _window(question: Question, hit: Hit, weighted: Sequence[tuple[Concept, float]], limit: int) -> Pick:
    """The sentences of one passage that answer: all of a short one, else those around the best, up to `limit` words.

    A sentence that leans on the one before ("This means ...") is not quoted without it.
    """
    sentences, stems = hit.passage.sentences, bag(hit.passage).sentences
    texts = [hit.passage.text[a:b] for a, b in sentences]
    if _length(texts, 0, len(texts) - 1) <= limit:
        return Pick(hit, 0, len(texts) - 1)
    scores = [
        coverage(list(weighted), s) + (FORM_BONUS if question.wants and forms.has_form(t, question.wants) else 0.0)
        for s, t in zip(stems, texts, strict=True)
    ]
    scores[0] += FIRST_BONUS
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    first = last = best
    while first > 0 and LEANS.match(texts[first]) and _length(texts, first - 1, last) <= limit:
        first -= 1
    while True:
        neighbours = [(scores[i], i) for i in (last + 1, first - 1) if 0 <= i < len(texts)]
        fitting = [(s, i) for s, i in neighbours if _length(texts, min(first, i), max(last, i)) <= limit]
        if not fitting:
            return Pick(hit, first, last)
        _, chosen = max(fitting, key=lambda f: (f[0], f[1]))
        first, last = min(first, chosen), max(last, chosen)


def _length(texts: Sequence[str], first: int, last: int) -> int:
    return sum(len(t.split()) for t in texts[first : last + 1])
