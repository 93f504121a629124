"""What each paper says about a topic, by looking at every passage of every paper: no ranking cuts anything off.

A passage mentions a topic where the words of all its ideas, or other wordings of the same, stand in the passage with
its headings, and at least one of them in the passage itself. So "no mention found" can be said, and says what was
looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chatbot.answer import quotes
from chatbot.answer.select import leans
from chatbot.library import Library
from chatbot.records import About, Citation, Concept, Hit, Pick, Question
from chatbot.search.filters import Filters
from chatbot.vocabulary import concepts, spelling
from chatbot.vocabulary.stems import FORMAL, LOW_PARTS, bag, coverage, strength
from ingest.records import Passage

SAME = 0.7  # from this strength on a wording means the idea itself; weaker ones are only near it
MOST_TOPICS = 4
MOST_DOCUMENTS = 120
MOST_WORDINGS = 10  # shown of those looked for, for one idea
QUOTED = 4  # quotes in a cell; the way to all of them stands below
WHOLE = 70  # words; a passage of no more is quoted whole


@dataclass(frozen=True, slots=True)
class Cell:
    """One topic in one paper: up to some quotes of `count` passages that mention it, out of `looked`.

    Where there is none, `partly` are the ideas of the topic that it does speak of, `missing` the others.
    """

    about: About
    citations: tuple[Citation, ...]
    count: int
    looked: int
    partly: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One topic over all papers. `wordings` are those looked for, as printed."""

    topic: str
    wordings: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def silent(self) -> tuple[About, ...]:
        """The papers without a mention."""
        return tuple(cell.about for cell in self.cells if not cell.count)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All topics over all papers chosen. `left_out` papers were too many to show."""

    rows: tuple[Row, ...]
    documents: tuple[About, ...]
    left_out: int
    index: str


def compare(
    library: Library, topics: Sequence[str], areas: Sequence[str], filters: Filters, oldest_first: bool = False
) -> Comparison:
    """The comparison; topics without a word to look for are left out. Papers without a date come last."""
    chosen = [about for about in library.in_areas(areas) if filters.passes(about)]
    dated = sorted(
        (a for a in chosen if a.facts.date),
        key=lambda a: (a.facts.date or "", a.facts.document),
        reverse=not oldest_first,
    )
    ordered = [*dated, *[a for a in chosen if not a.facts.date]]
    shown = ordered[-MOST_DOCUMENTS:] if oldest_first else ordered[:MOST_DOCUMENTS]
    questions = [question for topic in topics if (question := topic_of(topic, library)).concepts][:MOST_TOPICS]
    rows, marker = [], 0
    for question in questions:
        cells = []
        for about in shown:
            cells.append(cell(question, about, library, marker))
            marker += len(cells[-1].citations)
        rows.append(Row(question.text, wordings(question), tuple(cells)))
    return Comparison(tuple(rows), tuple(shown), len(ordered) - len(shown), library.fingerprint)


def topic_of(text: str, library: Library) -> Question:
    """A topic understood as a question would be; its `concepts` are empty where it has no word to look for."""
    topic, corrected = spelling.mend(" ".join(text.split()), library.words)
    ideas = concepts.ideas(topic, lambda stem: library.words.document_frequency(stem) > 0)
    found = tuple(Concept(idea.label, idea.wordings, 1.0) for idea in ideas)
    return Question(topic, topic, "finding", concepts=found, corrected=corrected)


def cell(question: Question, about: About, library: Library, marker: int = 0) -> Cell:
    """One topic in one paper; quotes are numbered from `marker` + 1."""
    found = mentions(question, [about], library)
    if not found:
        spoken = _spoken(question.concepts, about, library)
        missing = tuple(c.label for c in question.concepts if c.label not in spoken)
        return Cell(about, (), 0, about.count, spoken, missing)
    weighted = [(concept, concept.weight) for concept in question.concepts]
    hits = sorted((Hit(p, _worth(p, weighted)) for p in found), key=lambda h: (-h.score, h.passage.ordinal))
    picks = [best_part(hit, weighted) for hit in hits[:QUOTED]]
    cited = tuple(quotes.cite(pick, marker + n, library) for n, pick in enumerate(picks, 1))
    return Cell(about, cited, len(found), about.count)


def mentions(question: Question, documents: Sequence[About], library: Library) -> list[Passage]:
    """Every passage of some papers that mentions the topic, in order of paper and place."""
    if not question.concepts:
        return []
    passages = (library.passage(int(row)) for row in _with_a_word(question.concepts, documents, library))
    return [passage for passage in passages if mentioned(question.concepts, passage)]


def mentioned(concepts: Sequence[Concept], passage: Passage) -> bool:
    """Whether a passage mentions all ideas, one of them at least in its own words."""
    stems = bag(passage)
    if not all(strength(c, stems.text) >= SAME or strength(c, stems.context) >= SAME for c in concepts):
        return False
    return any(strength(c, stems.text) >= SAME for c in concepts)


def _with_a_word(concepts: Sequence[Concept], documents: Sequence[About], library: Library) -> np.ndarray:
    """The rows that hold at least one word of one idea: no other can mention it."""
    rows = library.rows_of(list(documents))
    stems = sorted(
        {stem for concept in concepts for wording, value in concept.phrases if value >= SAME for stem in wording}
    )
    return rows[library.words.scores(stems, [1.0] * len(stems))[rows] > 0]


def _spoken(concepts: Sequence[Concept], about: About, library: Library) -> tuple[str, ...]:
    """The ideas that stand somewhere in a paper, by their names."""
    passages = [library.passage(int(row)) for row in _with_a_word(concepts, [about], library)]
    return tuple(c.label for c in concepts if any(strength(c, bag(p).text) >= SAME for p in passages))


def _worth(passage: Passage, weighted: Sequence[tuple[Concept, float]]) -> float:
    """What speaks for quoting a passage: words in one sentence, in the text, a formal place."""
    stems = bag(passage)
    sentence = max((coverage(weighted, s) for s in stems.sentences), default=0.0)
    formal = 0.1 * (passage.part in FORMAL) - 0.6 * (passage.part in LOW_PARTS)
    return 1.0 + sentence + 0.5 * coverage(weighted, stems.text) + formal - 0.3 * (len(passage.text.split()) < 7)


def best_part(hit: Hit, weighted: Sequence[tuple[Concept, float]]) -> Pick:
    """What is quoted of a passage: all of a short one, else the sentence that says most and the one it leans on."""
    passage, stems = hit.passage, bag(hit.passage)
    last = len(passage.sentences) - 1
    if last <= 0 or len(passage.text.split()) <= WHOLE:
        return Pick(hit, 0, max(last, 0))
    scores = [coverage(weighted, s) for s in stems.sentences]
    best = max(range(len(scores)), key=lambda n: (scores[n], -n))
    first = best
    while first > 0 and leans(passage.text[slice(*passage.sentences[first])]):
        first -= 1
    return Pick(hit, first, best)


def wordings(question: Question) -> tuple[str, ...]:
    """The wordings looked for, as people write them, the question's own first."""
    from chatbot.vocabulary import thesaurus

    found: list[str] = []
    for concept in question.concepts:
        found.append(concept.label)
        own = {w for w, value in concept.phrases if value >= SAME}
        printed: list[str] = []
        for term in thesaurus.terms():
            if own & {w for w, value in term.wordings if value >= thesaurus.PLAIN}:
                printed += [form for form in (*term.printed, *term.exact) if thesaurus.stems_of(form) in own]
        found += list(dict.fromkeys(printed))[:MOST_WORDINGS]
    return tuple(dict.fromkeys(found))
