"""What visitors say about answers, kept only where the operator wants it: one JSON line each, in one file.

A line holds the month, the verdict, the answer's status and the passages shown. The question's words are in it only
where the visitor agreed. It can be turned into a golden question by hand.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock

VERDICTS = ("right", "wrong_source", "not_answered", "missing")
MOST_BYTES = 20_000_000  # of the file; beyond that nothing more is kept


@dataclass(frozen=True, slots=True)
class Feedback:
    """One visitor's word on one answer; `question` is None where they did not agree to keep it."""

    verdict: str
    status: str
    index: str
    shown: tuple[tuple[str, str], ...]
    question: str | None = None


def keep(feedback: Feedback, file: Path, today: date | None = None) -> bool:
    """Append to the file, which only its owner can read; False where the file is full.

    Raises ValueError for a verdict that does not exist.
    """
    if feedback.verdict not in VERDICTS:
        raise ValueError(f"unknown verdict {feedback.verdict!r}")
    row = {"month": (today or date.today()).isoformat()[:7], **asdict(feedback)}
    if feedback.question is None:
        del row["question"]
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{file}.lock"):
        if file.exists() and file.stat().st_size > MOST_BYTES:
            return False
        file.touch(mode=0o600)
        with open(file, "a", encoding="utf-8") as lines:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    return True


def read(file: Path) -> Sequence[dict[str, object]]:
    """All that was kept, oldest first; nothing where there is no file."""
    lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    return [json.loads(line) for line in lines if line]  # a question may hold what `splitlines` takes for a line's end
