"""Questions to saved answers: one line each, at once, so that a stopped run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval.answers import read_lines, without_times, write_lines
from eval.records import GoldenQuestion
from eval.systems import System
from ingest.errors import SendError

NAME = "answers.jsonl"
AGAIN_EVERY = 5
Progress = Callable[[str, int, int], None]


def answer_all(questions: Sequence[GoldenQuestion], system: System, folder: Path, progress: Progress) -> int:
    """Put every question to the system and write `answers.jsonl`; gives how many answers were kept from before.

    An answer is kept when the question, its area and history, the index, settings and code are as they were.
    A question that fails becomes an answer of status "error"; it is asked again in the next run.
    """
    path = folder / NAME
    before = read_lines(path) if path.exists() else {}
    identity = system.identity()
    rows, kept = [], 0
    write_lines(path, list(before.values()))  # without the torn line that a stopped run leaves
    with open(path, "a", encoding="utf-8") as file:
        for number, question in enumerate(questions):
            key = _key(question, identity)
            row = before.get(question.id)
            if row and row.get("evaluation", {}).get("key") == key and row["status"] != "error":
                kept += 1
            else:
                row = _ask(system, question, again=number % AGAIN_EVERY == 0)
                row["evaluation"]["key"] = key
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                file.flush()
            rows.append(row)
            progress(system.name, 1, len(questions))
    write_lines(path, rows)
    return kept


def _key(question: GoldenQuestion, identity: dict[str, Any]) -> str:
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
