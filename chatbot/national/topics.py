"""Which areas were told something: every passage of every area is looked at, and each area named stands with a quote.

An area whose papers speak of it otherwise than asked, and one whose papers do not speak of it, are told apart: neither
is said to do well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chatbot import wording
from chatbot.answer.quotes import cite
from chatbot.answer.select import leans
from chatbot.library import Library
from chatbot.national.areas import AreaRow
from chatbot.national.counting import made, scope
from chatbot.national.wanted import BAD, GOOD, IMPROVE, frame
from chatbot.records import About, Answer, Citation, Concept, Group, Hit, Pick, Question, Searched
from chatbot.search.filters import is_meant
from chatbot.vocabulary.stems import bag, strength
from ingest.records import Passage
from prompts import words

# What counts is how much of the subject a sentence speaks of (0 to 1, rare words counting more) and, half, how near its
# passage is to the question in meaning. Of 17 questions on 40 papers .87 of the areas found were right and .91 of the
# right ones found from here on, and of four that no paper answers none found any. The reader's score made it no better.
ENOUGH, NEAR = 0.88, 0.5
LOOKED = 24  # passages of an area that are looked at closely: those with most of the subject's words
IN_CONTEXT = 0.8  # what a word counts that stands over a passage and not in it, for speaking of the subject at all
MEANT = {
    GOOD: frozenset({"strength", "neutral"}),
    BAD: frozenset({"development", "improvement", "priority", "neutral"}),
    IMPROVE: frozenset({"improvement", "priority"}),
}

Weighed = Sequence[tuple[Concept, float]]


@dataclass(frozen=True, slots=True)
class Found:
    """What the papers of an area say as asked: its best sentences, best first, each as (hit, number); may be none.

    `spoken` tells whether they speak of the subject at all.
    """

    area: str
    hits: tuple[tuple[Hit, int], ...]
    spoken: bool


def answer(question: Question, wanted: str, vector: np.ndarray, library: Library) -> Answer | None:
    """The areas that were told what is asked; None where the question has no subject to look for.

    `wanted` is one of wanted.py's classes, `vector` the question's. Years and kinds of paper that it names narrow the
    papers.
    """
    region, rows = scope(question, library)
    subject = _subject(question, library)
    if not subject or question.areas or question.unknown_areas and region is None:
        return None
    papers = [[d for d in row.papers if is_meant(d, question)] for row in rows]
    found = _look(rows, papers, subject, wanted, vector, library)
    topic = wording.listed([concept.label for concept, _ in subject])
    what = words("national", f"topic.{wanted}", topic=topic)
    met = [area for area in found if area.hits]
    shown: list[Pick] = []
    citations: list[Citation] = []
    groups: list[Group] = []
    for area in met:
        picks = [_pick(hit, number) for hit, number in area.hits[: 1 + question.more]]
        own = [cite(pick, len(citations) + number, library) for number, pick in enumerate(picks, 1)]
        shown += picks
        citations += own
        groups.append(Group(area.area, tuple(c.marker for c in own)))
    counted = {"count": str(len(met)), "of": str(len(found)), "areas": wording.listed([area.area for area in met])}
    lead = words("national", "topic.lead", what=what, **counted) if met else words("national", "topic.none", what=what)
    documents = [d for own in papers for d in own]
    notes = _notes(found, library.searched(documents), region)
    return made(question, library, shown, citations, lead, groups, notes, documents, "areas")


def _subject(question: Question, library: Library) -> Weighed:
    """What the areas are asked about, each idea with how rare it is in the papers; words that only ask are left out."""
    found = []
    for concept in question.concepts:
        own = next((stems for stems, value in concept.phrases if value >= 1.0), concept.phrases[0][0])
        if not frame().issuperset(own):
            standing = min(library.words.document_frequency(stem) for stem in own)
            found.append((concept, math.log(1 + len(library.rows) / (1 + standing))))
    return found


def _look(
    rows: Sequence[AreaRow], papers: Sequence[list[About]], subject: Weighed, wanted: str, vector: np.ndarray,
    library: Library,
) -> list[Found]:  # fmt: skip
    """What is found of each area, in order."""
    stems = sorted({stem for concept, _ in subject for phrase, _ in concept.phrases for stem in phrase})
    by_words = library.words.scores(stems, [1.0] * len(stems))
    every = [_most(library.rows_of(own), by_words) for own in papers]
    places = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *every]))
    near = library.vectors_of(places) @ vector if len(places) else np.zeros(0)
    nearness = dict(zip(places.tolist(), near.tolist(), strict=True))
    meant = MEANT.get(wanted)
    found = []
    for row, own in zip(rows, every, strict=True):
        hits, spoken = [], False
        for place in own.tolist():
            passage = library.passage(place)
            number, share, around = _best_sentence(passage, subject)
            worth = NEAR * nearness[place]
            spoken = spoken or around + worth >= ENOUGH
            if share + worth >= ENOUGH and (meant is None or passage.polarity in meant):
                features = {"near": round(nearness[place], 4), "words": round(share, 4)}
                kind = library.by_name[passage.document].facts.kind
                hits.append((Hit(passage, round(share + worth, 4), features, kind=kind), number))
        hits.sort(key=lambda hit: (-hit[0].score, hit[0].passage.document, hit[0].passage.ordinal))
        found.append(Found(row.area, tuple(hits), spoken))
    return found


def _most(rows: np.ndarray, by_words: np.ndarray) -> np.ndarray:
    """The rows with most of the subject's words, none without any."""
    held = rows[by_words[rows] > 0]
    return held[np.argsort(-by_words[held], kind="stable")[:LOOKED]]


def _best_sentence(passage: Passage, subject: Weighed) -> tuple[int, float, float]:
    """The sentence that speaks most of the subject, its share, and that of the passage with what stands over it."""
    stems, total = bag(passage), sum(weight for _, weight in subject)
    shares = [sum(w * strength(c, s) for c, w in subject) / total for s in stems.sentences or (stems.text,)]
    best = max(range(len(shares)), key=lambda n: (shares[n], -n))
    beside = [(max(strength(c, stems.text), IN_CONTEXT * strength(c, stems.context)), w) for c, w in subject]
    return best, shares[best], max(shares[best], sum(share * w for share, w in beside) / total)


def _pick(hit: Hit, number: int) -> Pick:
    """The sentence, and before it the one that it leans on."""
    passage = hit.passage
    leaning = number > 0 and leans(passage.text[slice(*passage.sentences[number])])
    return Pick(hit, number - leaning, number)


def _notes(found: Sequence[Found], searched: Searched, region: str | None) -> list[str]:
    """What was searched; the areas whose papers speak of it otherwise, and those whose papers do not speak of it."""
    span = f"{searched.first} to {searched.last}" if searched.first else words("national", "count.undated")
    papers = str(searched.documents)
    said = [words("national", "topic.searched", areas=str(len(found)), papers=papers, span=span)]
    if region:
        said.insert(0, words("national", "count.region", region=region))
    otherwise = [area.area for area in found if not area.hits and area.spoken]
    silent = [area.area for area in found if not area.hits and not area.spoken]
    for key, names in (("otherwise", otherwise), ("silent", silent)):
        if names:
            said.append(words("national", f"topic.{key}", count=str(len(names)), areas=wording.listed(names)))
    return said
