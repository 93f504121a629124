"""The answer to a question in another language: the English passages nearest in meaning, and that nobody checked them.

The reader that judges whether a passage answers reads English only: it is given the question word by word, and what it
says counts beside how near the best passage comes. That refuses less well than in English (docs/languages.md): so what
is quoted is said to be the nearest, not the answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from chatbot.answer import compose, refusals
from chatbot.answer.quotes import cite, joined
from chatbot.answer.replies import DANGER, reply
from chatbot.answer.select import leans
from chatbot.languages import danger, identify
from chatbot.languages.gloss import gloss
from chatbot.library import Library
from chatbot.question import places
from chatbot.question.read import years_of
from chatbot.reader.read import Reader
from chatbot.records import Answer, Finding, Hit, Pick, Question, Reading, Scope
from chatbot.search.candidates import best, without_twins
from chatbot.search.filters import speaks_of
from chatbot.signposts import Translation
from chatbot.wording import listed
from ingest.encoder import multilingual
from prompts import words

READER = 0.3  # what the reader's verdict counts beside the best passage's nearness
# Both together, from which passages are shown: docs/languages.md. Chosen on 92 questions about seven areas.
SURE = 0.28
PASSAGES = 4  # quoted
SENTENCES = 2  # of each
BESIDE = 0.1  # below a passage's best sentence down to which a second one is quoted
BLOCK = 20_000  # rows whose vectors are widened at a time
SUFFIX = re.compile(r"['’](?=\w)")  # "Bexley'de": what a name is joined to its ending with


class OtherLanguages:
    """Answers what is not asked in English. Loads the models when first needed; safe to use from several threads."""

    def __init__(self, reader: Reader) -> None:
        """Raises SettingsError where the extra is not installed or its weights are not ours."""
        identify.require()
        danger.weights()
        self._reader = reader

    def asked_in(self, text: str, library: Library) -> str:
        """The code of the language of a cleaned question; empty where it may be English."""
        return identify.asked_in(text, library)

    def answer(self, text: str, code: str, area: str | None, library: Library) -> Answer:
        """The nearest passages, or that none comes near. It stands by itself: no earlier question is looked at."""
        if code == identify.UNKNOWN or library.languages is None:
            return _not_read(text, code, library)
        question, topic = _understood(text, area, library)
        vector = multilingual.embed([topic])[0]
        if danger.tells_of_danger(vector):
            told = refusals.screened(question, ("safeguarding", "safeguarding"), reply(DANGER), library)
            return replace(told, translation=Translation(code, _said(code, "danger")))
        if question.unknown_areas and not question.areas:
            return replace(refusals.unknown_place(question, library), translation=_translated(code, "none"))
        documents = library.in_areas(question.areas)
        hits = _nearest(library.rows_of(documents), vector, library)
        hits = [h for h in hits if speaks_of(h.passage, library.by_name[h.passage.document], question.years)]
        reading = self._read(question, hits)
        picks = _picks(hits[:PASSAGES], vector) if reading.answers else []
        finding = Finding(question.standalone, Scope("", tuple(documents)), tuple(hits), tuple(picks), reading)
        language = identify.languages()[code]["name"]
        if not picks:
            refused = refusals.after_search(question, [finding], hits, documents, library, "nearest_unchecked")
            lead = words("languages", "said.none", language=language)
            return replace(refused, lead=lead, reason="languages", translation=_translated(code, "none"))
        citations = tuple(cite(pick, number, library) for number, pick in enumerate(picks, 1))
        return Answer(
            question=question,
            status="answered",
            lead=words("languages", "said.found", language=language),
            citations=citations,
            groups=compose.groups(citations),
            notes=compose.notes(question, [finding], citations, library),
            hits=tuple(hits),
            searched=library.searched(documents),
            index=library.fingerprint,
            reason="languages",
            gate=refusals.recorded([finding]),
            translation=_translated(code, "found"),
        )

    def _read(self, question: Question, hits: list[Hit]) -> Reading:
        """Whether passages are worth showing: nearness, and what the reader says of the question word by word."""
        if not hits:
            return Reading((), 1.0, SURE)
        verdict = self._reader.read(replace(question, standalone=gloss(question.standalone)), hits)
        sure = (hits[0].score + READER * (1 - verdict.none)) / (1 + READER)
        return Reading(tuple(hits), round(1 - sure, 4), SURE)


def _said(code: str, key: str) -> str:
    return words("languages", f"language.{code}.{key}")


def _translated(code: str, key: str) -> Translation:
    """What is said in the asker's language, and whom to call in danger: one who cannot read the page may need that."""
    joint = "" if code in ("zh", "ja") else " "
    return Translation(code, joint.join((_said(code, key), _said(code, "danger"))))


def _not_read(text: str, code: str, library: Library) -> Answer:
    """That a language is not known here, or that the index holds no vectors for others than English."""
    question = Question(text, text, "finding", standalone=text)
    answer = refusals.screened(question, ("clarify", "language"), None, library)
    if code != identify.UNKNOWN:
        return answer
    known = listed([own["name"] for own in identify.languages().values() if not own.get("weak")])
    return replace(answer, lead=words("languages", "said.unknown", languages=known))


def _understood(text: str, area: str | None, library: Library) -> tuple[Question, str]:
    """The question with its places and years, and its text without the places: a name outweighs what is asked of it."""
    spaced = SUFFIX.sub(" ", text)
    # A word that is no place of our tables is taken for none: in another language every word is one we do not know.
    found = places.find(spaced, library.areas, lambda stem: True)
    areas, unknown = found.areas, found.unknown
    if not areas and not unknown and (chosen := " ".join((area or "").split())):
        own = places.resolve(chosen, library.areas)
        areas, unknown = ((own,), ()) if own else ((), (chosen,))
    topic = spaced
    for start, end in sorted(found.spans, reverse=True):
        topic = f"{topic[:start]} {topic[end:]}"
    topic = " ".join(topic.split()) or text
    whole = text if found.spans or not areas else f"{text} ({listed(list(areas))})"
    years = years_of(text)
    return Question(text, whole, "finding", areas, unknown, years=years, standalone=topic), topic


def _nearest(rows: np.ndarray, vector: np.ndarray, library: Library) -> list[Hit]:
    """The passages of some rows that come nearest, best first, each with its nearness as score."""
    assert library.languages is not None
    blocks = [library.languages[rows[n : n + BLOCK]].astype(np.float32) @ vector for n in range(0, len(rows), BLOCK)]
    scores = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
    hits = []
    for place in best(scores):
        passage = library.passage(int(rows[place]))
        near = round(float(scores[place]), 4)
        hits.append(Hit(passage, near, {"near": near}, kind=library.by_name[passage.document].facts.kind))
    return without_twins(hits)


def _picks(hits: Sequence[Hit], vector: np.ndarray) -> list[Pick]:
    """The nearest sentences of the nearest passages, those of a document together."""
    bounds = [hit.passage.sentences or ((0, len(hit.passage.text)),) for hit in hits]
    texts = [hit.passage.text[a:b] for hit, own in zip(hits, bounds, strict=True) for a, b in own]
    scores = iter((multilingual.embed(texts) @ vector).tolist())
    picks: list[Pick] = []
    for hit, own in zip(hits, bounds, strict=True):
        worth = [next(scores) for _ in own]
        order = sorted(range(len(own)), key=lambda n: -worth[n])[:SENTENCES]
        for number in sorted(n for n in order if worth[n] >= worth[order[0]] - BESIDE):
            first = number - 1 if number and leans(hit.passage.text[slice(*own[number])]) else number
            picks.append(Pick(hit, first, number))
    documents = list(dict.fromkeys(pick.hit.passage.document for pick in picks))
    return sorted(joined(picks), key=lambda pick: documents.index(pick.hit.passage.document))
