"""Questions to saved answers: one line each, at once, so that a stopped run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eval.records import GoldenQuestion
from eval.runs.answers import read_lines, without_times, write_lines
from eval.runs.systems import System
from ingest.errors import SendError

NAME = "answers.jsonl"
AGAIN_EVERY = 5


def answer_each(
    questions: Sequence[GoldenQuestion], system: System, folder: Path, identity: Any
) -> Iterator[dict[str, Any]]:
    """Put every question to the system, one at each step, and give its saved answer.

    An answer is kept when the question, its area and history, and `identity` are as they were: what decides the
    answers of all systems that take turns, so that none keeps a time measured on another occasion.
    A question that fails becomes an answer of status "error"; it is asked again in the next run. When the last
    step is done `answers.jsonl` holds the answers in order and nothing else.
    """
    path = folder / NAME
    before = read_lines(path) if path.exists() else {}
    rows = []
    write_lines(path, list(before.values()))  # without the torn line that a stopped run leaves
    with open(path, "a", encoding="utf-8") as file:
        for number, question in enumerate(questions):
            key = _key(question, identity)
            row = before.get(question.id)
            if not row or row.get("evaluation", {}).get("key") != key or row["status"] == "error":
                row = _ask(system, question, again=number % AGAIN_EVERY == 0)
                row["evaluation"]["key"] = key
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                file.flush()
            rows.append(row)
            yield row
    write_lines(path, rows)


def _key(question: GoldenQuestion, identity: Any) -> str:
    told = json.dumps([question.as_input(), identity], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _ask(system: System, question: GoldenQuestion, again: bool) -> dict[str, Any]:
    """One answer with what only the evaluation knows of it under "evaluation"."""
    told = question.as_input()
    start = time.perf_counter()
    try:
        row = system.answer(told)
        waited = time.perf_counter() - start
        same = without_times(system.answer(told)) == without_times(row) if again else None
    except Exception as error:
        # Whatever goes wrong is this question's result, and the others still have theirs.
        sentence = str(error) if isinstance(error, SendError) else f"{type(error).__name__}: {error}"
        return {
            **told,
            "status": "error",
            "answer": "",
            "citations": [],
            "passages": [],
            "evaluation": {"error": sentence},
        }
    return {**row, "evaluation": {"waited": round(waited, 4), "same_again": same}}
