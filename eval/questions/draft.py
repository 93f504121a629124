"""Feedback saved by the chat page becomes draft golden rows that a person finishes.

A line of feedback is an object with `verdict`, `shown` (document and passage id of each quote) and, where the visitor
agreed to keep it, `question`. What was shown is looked up in the index, if that still has it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvalError
from eval.runs.snapshot import IndexView
from eval.tables import write_rows

EVIDENCE = 3
VERDICTS = {
    "right": "A visitor called this right. Keep only the evidence that is needed; add required facts.",
    "wrong_source": "A visitor called the source wrong. Put the right document, page and words in.",
    "not_answered": "A visitor missed an answer. Add the evidence, or set answerable to no.",
    "missing": "A visitor missed something. Complete the evidence.",
}
COLUMNS = (
    "id", "question", "area", "history", "kind", "answerable",
    *(f"{part} {n}" for n in range(1, EVIDENCE + 1) for part in ("document", "page", "evidence", "group")),
    "must_include", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drafts:
    """Draft rows, and how many lines of feedback gave none because they carry no question."""

    rows: tuple[Mapping[str, Any], ...]
    without_question: int


def drafts(path: Path, view: IndexView | None) -> Drafts:
    """Read feedback; the same question with the same verdict is drafted once. Raises EvalError naming a bad line."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(f"The feedback file {path} cannot be read: {error}.") from error
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    silent = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        entry = _entry(path, number, line)
        question = str(entry.get("question") or "").strip()
        if not question:
            silent += 1
            continue
        verdict = str(entry.get("verdict") or "")
        rows.setdefault((question.lower(), verdict), _row(f"draft{len(rows) + 1:03}", question, verdict, entry, view))
    return Drafts(tuple(rows.values()), silent)


def _entry(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise EvalError(f"{path} is damaged in line {number}: {error.msg}.") from error
    if not isinstance(entry, dict):
        raise EvalError(f"{path}, line {number} is not an object.")
    return entry


def _row(id_: str, question: str, verdict: str, entry: Mapping[str, Any], view: IndexView | None) -> dict[str, Any]:
    """A draft: passages called right become evidence; for anything else a person has to find it."""
    row: dict[str, Any] = {"id": id_, "question": question, "kind": "", "answerable": "yes"}
    shown = entry.get("shown") if verdict == "right" else None
    for n, pair in enumerate(list(shown or ())[:EVIDENCE], 1):
        document, passage_id = (*map(str, pair), "", "")[:2]
        passage = view.passage(passage_id) if view else None
        row |= {f"document {n}": document, f"group {n}": n}
        if passage:
            row |= {f"page {n}": passage.page, f"evidence {n}": passage.text}
    return row | {"note": VERDICTS.get(verdict, f"Feedback: {verdict or 'none'}.")}


def write(found: Drafts, path: Path) -> None:
    """Write the drafts as a table that `eval check` reads back."""
    write_rows(path, COLUMNS, found.rows)
