"""Builders for small cases: concepts, passages, hits, citations, questions."""

from __future__ import annotations

from chatbot.records import Answer, Citation, Concept, Hit, Question, Searched
from chatbot.vocabulary.thesaurus import stems_of
from ingest.records import Passage

NOTHING_SEARCHED = Searched(0, 0, (), None, None)


def concept(label: str, weight: float = 1.0) -> Concept:
    """An idea that only its own words stand for."""
    return Concept(label, ((stems_of(label), 1.0),), weight)


def passage(*sentences: str, id_: str = "p1", context: str = "", document: str = "report.pdf") -> Passage:
    """A passage of some sentences, on no page."""
    bounds, start = [], 0
    for sentence in sentences:
        bounds.append((start, start + len(sentence)))
        start += len(sentence) + 1
    text = " ".join(sentences)
    return Passage(id_, document, 0, text, (), (1,), "paragraph", (), tuple(bounds), context)


def hit(*sentences: str, score: float = 5.0, near: float = 0.6, id_: str = "p1", dropped: str = "") -> Hit:
    """A hit of some sentences."""
    return Hit(passage(*sentences, id_=id_), score, {"near": near}, dropped=dropped, kind="inspection_report")


def question(text: str, *concepts: Concept, **values: object) -> Question:
    """A question about some ideas."""
    return Question(text, text, "finding", concepts=concepts, standalone=text, **values)  # type: ignore[arg-type]


def weighted(*concepts: Concept) -> list[tuple[Concept, float]]:
    """Ideas with their own weights."""
    return [(c, c.weight) for c in concepts]


def citation(*, quote: str = "Waits are long.", verified: bool = True, marker: int = 1) -> Citation:
    """A citation of a report."""
    return Citation(
        marker, "report.pdf", "Report", "inspection_report", "Ashby", "2024-06-14", "stated", "inspectors", 2, None,
        "", quote, verified, "p1",
    )  # fmt: skip


def answer(status: str = "answered", citations: tuple[Citation, ...] = ()) -> Answer:
    """An answer with nothing but its status and quotes."""
    asked = Question("q", "q", "finding")
    return Answer(asked, status, "Lead.", citations, (), (), (), NOTHING_SEARCHED, "index", "chosen")
