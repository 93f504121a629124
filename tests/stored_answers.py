"""The sample's answers, stored word for word: what people are told changes on purpose only, and is seen in review.

`python -m tests.stored_answers --renew` writes them anew. Scores, ranks and times are left out, because the last figure
of a score may differ between processors; what is quoted, from where, in what order and with what said beside it is not.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, SAMPLE

QUESTIONS = ROOT / "eval" / "golden" / "sample.jsonl"
STORE = ROOT / "tests" / "stored_answers.jsonl"
EVERY = 3  # each third question: all kinds are among them, and a slow machine is not kept long
PLACE = ("document", "page", "paragraph", "section", "speaker", "date")


def rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]


def asked() -> list[dict[str, Any]]:
    """The golden questions whose answers are stored."""
    return rows(QUESTIONS)[::EVERY]


def told(assistant: Any, question: dict[str, Any]) -> dict[str, Any]:
    """What a person is told for a golden question: the whole text, and where each quote stands."""
    from chatbot.serialise import plain_text

    answer = assistant.answer(question["question"], question["area"], tuple(question["history"]))
    return {
        "id": question["id"],
        "status": answer.status,
        "reason": answer.reason,
        "text": plain_text(answer),
        "quotes": [{name: getattr(c, name) for name in PLACE} for c in answer.citations],
    }


def renew() -> int:
    """Answer the questions anew over an index of the sample; how many answers are other than before."""
    from chatbot.conversation import Assistant
    from ingest import pipeline
    from ingest.settings import Settings

    before = {row["id"]: row for row in rows(STORE)} if STORE.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        pipeline.add([SAMPLE], Path(folder) / "index", Settings())
        assistant = Assistant(Path(folder) / "index", Settings())
        found = [told(assistant, question) for question in asked()]
    STORE.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in found), encoding="utf-8")
    return sum(before.get(row["id"]) != row for row in found)


if __name__ == "__main__":
    if sys.argv[1:] != ["--renew"]:
        sys.exit("usage: python -m tests.stored_answers --renew")
    sys.stdout.write(f"{renew()} answers are other than they were: read `git diff {STORE.relative_to(ROOT)}`.\n")
