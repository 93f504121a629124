"""Passages as plain JSON values, and back; and the facts of documents."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ingest.records import Commitment, DocumentFacts, Fact, Inspection, Passage, Span


def passage_row(passage: Passage) -> dict[str, Any]:
    """A passage as plain JSON values."""
    row = asdict(passage)
    row["spans"] = [[s.page, s.start, s.end] for s in passage.spans]
    return row


def passage_from(row: dict[str, Any]) -> Passage:
    """The passage behind a JSON row; the inverse of `passage_row`."""
    row = dict(row)
    row["spans"] = tuple(Span(*s) for s in row["spans"])
    row["sentences"] = tuple((a, b) for a, b in row["sentences"])
    row["pages"], row["headings"] = tuple(row["pages"]), tuple(row["headings"])
    row["commitments"] = tuple(Commitment(**found) for found in row.get("commitments", ()))
    row.pop("figures", None)  # an index of 0.4.0 has them
    return Passage(**row)


def facts_from(row: dict[str, Any]) -> DocumentFacts:
    """The facts behind a JSON row."""
    row = row | {name: tuple(row.get(name, ())) for name in ("areas", "scanned_pages", "unread_pages")}
    row["inspection"] = Inspection(**row["inspection"]) if row["inspection"] else None
    row["stated"] = tuple(
        Fact(fact["name"], fact["value"], tuple(Span(**s) for s in fact["spans"])) for fact in row.get("stated", ())
    )
    return DocumentFacts(**row)
