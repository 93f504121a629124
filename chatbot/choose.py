"""Chooses the sentences that answer: for the question, not just from the best passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatbot import forms
from chatbot.patterns import opening
from chatbot.quotes import Pick, joined
from chatbot.records import Concept, Hit, Question
from chatbot.retrieve import bag, coverage, goes_on_from
from ingest.words import tokens

BUDGET = {"fact": 105, "finding": 140, "list": 150, "compare": 95, "definition": 70, "ask": 150}
MOST = {"fact": 3, "finding": 4, "list": 4, "compare": 3, "definition": 2, "ask": 6}
FEWEST_WORDS = 6  # a passage of fewer words is a label, not an answer
ASKED_KIND = 0.6  # share of the best score from which on a hit of the kind asked for drives out the others
ASKED_FORM = 0.72  # the same for hits that have the wanted figure, date or name
FORM_COVERS = 0.55  # share of what the first one's figure covers that the figures of others must cover
NEAR_TOP = 0.72  # share of the best hit's score from which on another is quoted too
LONGEST_LIST = 14  # items
LEAD_COVERS = 0.4  # share of the question's ideas that the words opening a list must cover
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
    usable = [h for h in hits if not h.dropped and len(h.passage.text.split()) >= FEWEST_WORDS and h.passage.sentences]
    usable = _of_asked_form(question, _of_asked_kind(question, usable), weighted)[:12]
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
    picks = _whole_list(question, picks, hits, weighted) or [_without_opener(p) for p in picks]
    merged = joined(_with_sentence_before(picks, hits))
    stems = " ".join(bag(p.hit.passage).text for p in merged)
    return Choice(tuple(merged), coverage(list(weighted), stems))


def _of_asked_kind(question: Question, hits: list[Hit]) -> list[Hit]:
    """Only hits of the kinds of paper asked for ("what did inspectors say"), where one of them is any good."""
    asked = [h for h in hits if h.kind in question.kinds]
    return asked if asked and asked[0].score >= ASKED_KIND * hits[0].score else hits


def _of_asked_form(question: Question, hits: list[Hit], weighted: Sequence[tuple[Concept, float]]) -> list[Hit]:
    """Only hits with a date, number or name where one is asked for and such a hit is nearly as good as the best.

    After the first, only those whose figure stands in a sentence that speaks of the topic about as much.
    """
    if question.wants not in forms.STRICT:
        return hits
    quotable = [h for h in hits if h.score >= ASKED_FORM * NEAR_TOP * hits[0].score]  # no worse one can be quoted
    formed = [h for h in quotable if forms.has_form(h.passage.text, question.wants, question.text)]
    if not formed or formed[0].score < ASKED_FORM * hits[0].score:
        return hits
    least = max(0.01, FORM_COVERS * _form_covers(question, formed[0], weighted))
    return [formed[0], *(h for h in formed[1:] if _form_covers(question, h, weighted) >= least)]


def _form_covers(question: Question, hit: Hit, weighted: Sequence[tuple[Concept, float]]) -> float:
    """How much of the question's ideas the sentences of a hit cover that have the wanted form."""
    sentences = zip(hit.passage.sentences, bag(hit.passage).sentences, strict=True)
    return max(
        (
            coverage(weighted, stems)
            for (a, b), stems in sentences
            if forms.has_form(hit.passage.text[a:b], question.wants, question.text)
        ),
        default=0.0,
    )


def _whole_list(
    question: Question, picks: Sequence[Pick], hits: Sequence[Hit], weighted: Sequence[tuple[Concept, float]]
) -> list[Pick]:
    """Every item of the list that the best pick opens or, for a list question, belongs to; empty where there is none.

    A list with more items than `LONGEST_LIST` is not given whole.
    """
    best = picks[0].hit.passage
    opens = best.text.endswith((":", "-"))
    if not opens and not (question.intent == "list" and best.lead_in and best.group is not None):
        return []
    lead = best.text if opens else best.lead_in
    if not opens and coverage(list(weighted), f" {' '.join(tokens(lead))} ") < LEAD_COVERS:
        return []
    items = sorted(
        (
            h
            for h in hits
            if h.passage.document == best.document and h.passage.lead_in and lead.endswith(h.passage.lead_in)
        ),
        key=lambda h: h.passage.ordinal,
    )
    if not 1 < len(items) <= LONGEST_LIST:
        return []
    whole = [Pick(h, 0, len(h.passage.sentences) - 1) for h in items]
    return [picks[0], *whole] if opens else whole


def _with_sentence_before(picks: Sequence[Pick], hits: Sequence[Hit]) -> list[Pick]:
    """The picks, and before the first the sentence that its first words point back to ("They have ...").

    That sentence ends the passage before it; nothing is put before where another pick quotes that passage.
    """
    before = goes_on_from(picks[0].hit.passage, hits)
    if before is None or picks[0].first or before.passage.id in {p.hit.passage.id for p in picks}:
        return list(picks)
    last = len(before.passage.sentences) - 1
    return [Pick(before, last, last), *picks]


def _without_opener(pick: Pick) -> Pick:
    """The pick without a last sentence that opens a list which is not quoted with it ("This includes:")."""
    return Pick(pick.hit, pick.first, pick.last - 1) if pick.last > pick.first and pick.text.endswith(":") else pick


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
    while first > 0 and leans(texts[first]) and _length(texts, first - 1, last) <= limit:
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


def leans(sentence: str) -> bool:
    """Whether a sentence begins as one that needs the one before it."""
    return bool(opening("question", "leaning_openings").match(sentence))
