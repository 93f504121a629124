"""Gate scores of question files, for calibration, with where they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from eval.errors import EvalError
from eval.questions import golden
from eval.runs.answers import answer_from
from eval.runs.provenance import file_sha256, now, source_hash
from eval.runs.systems import System
from eval.threshold.calibrate import Calibration, Scored

Progress = Callable[[str, int, int], None]


def scores(files: Sequence[Path], system: System, progress: Progress) -> list[Scored]:
    """Put every question; off-topic ones too, as far as they come to the gate. Raises EvalError for sealed ones."""
    questions = [question for file in files for question in golden.load(file)]
    if sealed := next((question.id for question in questions if question.sealed), None):
        raise EvalError(f"{sealed} is sealed: a question that judges must not choose the threshold.")
    found = []
    for question in questions:
        answer = answer_from(system.answer(question.as_input()))
        found.append(Scored(question.id, question.answerable, answer.gate_score))
        progress("questions", 1, len(questions))
    return found


def provenance(files: Sequence[Path], fingerprint: str, c: Calibration) -> dict[str, str]:
    """Date, question files with their hashes, index, code and number of questions behind a threshold."""
    return {
        "date": now(),
        "golden": " + ".join(f"{file.name}@{file_sha256(file)[:12]}" for file in files),
        "index": fingerprint,
        "source": source_hash(),
        "to answer": str(len(c.answer)),
        "to refuse": str(len(c.refuse)),
        "weight": f"{c.weight:g}",
    }
