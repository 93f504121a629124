"""Builders for small cases: one area, two documents, answers as the contract has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.records import Case, Corpus, CorpusDocument, Evidence, GoldenQuestion
from eval.runs.answers import answer_from

REPORT = "ashby-report-2024.pdf"
LETTER = "ashby-letter-2016.pdf"
OTHER = "bramley-report-2023.pdf"
WAITS = "Some children wait for more than 52 weeks for a first appointment with a speech therapist."
PLANS = "Leaders have issued 61% of new plans within the time that the law allows."
NOISE = "The partnership meets every quarter and keeps its register of risks up to date."


def corpus() -> Corpus:
    """Three documents of two areas with their pages."""
    documents = {
        "ashby-report-2024": CorpusDocument(REPORT, "Report", "inspection_report", ("Ashby",), "2024"),
        "ashby-letter-2016": CorpusDocument(LETTER, "Letter", "inspection_letter", ("Ashby",), "2016"),
        "bramley-report-2023": CorpusDocument(OTHER, "Report", "inspection_report", ("Bramley",), "2023"),
    }
    pages = {("ashby-report-2024", 2): f"Heading\n{WAITS}\n• {PLANS}\n{NOISE}", ("ashby-letter-2016", 1): PLANS}
    return Corpus(documents, pages)


def asked(*evidence: str, **changes: Any) -> GoldenQuestion:
    """An answerable question about Ashby's report, page 2, each piece of evidence needed."""
    gold = tuple(Evidence(REPORT, 2, words, n) for n, words in enumerate(evidence or (WAITS,), 1))
    values: dict[str, Any] = {"kind": "fact", "answerable": True, "area": "Ashby", "gold": gold} | changes
    return GoldenQuestion("q1", "How long is the wait?", **values)


def unanswerable(kind: str = "unanswerable", area: str | None = "Ashby") -> GoldenQuestion:
    """A question that should be refused."""
    return GoldenQuestion("q1", "What does it cost?", kind, False, area)


def answer(
    quotes: tuple[str, ...] = (),
    passages: tuple[str, ...] = (),
    status: str = "answered",
    document: str = REPORT,
    **more: Any,
) -> dict[str, Any]:
    """An answer of the contract's form, all quotes and passages from one document's page 2."""
    return {
        "id": "q1", "question": "How long is the wait?", "status": status, "answer": " ".join(quotes),
        "citations": [
            {"marker": n, "document": document, "page": 2, "quote": q, "area": "Ashby"} for n, q in enumerate(quotes, 1)
        ],
        "passages": [{"rank": n, "document": document, "page": 2, "text": t} for n, t in enumerate(passages, 1)],
        "understood": {"areas": ["Ashby"], "unknown_areas": []}, "reason": "chosen", "index": "abc",
        "seconds": {"total": 0.1},
    } | more  # fmt: skip


def case(expected: GoldenQuestion, row: Mapping[str, Any]) -> Case:
    """Both together, with the corpus."""
    return Case(expected, answer_from(row), corpus())


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Rows as JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


class Scripted:
    """A system that gives prepared answers by question id, and counts how often it is asked."""

    name = "scripted"

    def __init__(self, answers: Mapping[str, Any], version: str = "1") -> None:
        self.answers, self.version, self.asked = answers, version, 0

    def identity(self) -> dict[str, Any]:
        """See System."""
        return {"system": self.name, "version": self.version}

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """See System; an exception among the answers is raised."""
        self.asked += 1
        found = self.answers[question["id"]]
        if isinstance(found, Exception):
            raise found
        return {**found, "id": question["id"]}
