"""Sealed questions judge: asked at most once of each version of the program, every asking kept on record.

The record stands beside the question file, so that it goes where the questions go.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.errors import RunError
from eval.records import GoldenQuestion
from eval.runs.provenance import now

ENDING = ".asked.json"


def record(golden_file: Path, questions: Sequence[GoldenQuestion], identity: Any, folder: Path) -> int:
    """Note that sealed questions are asked for this run; how often they have been by now (0 where none is sealed).

    `identity` is what decides the answers. Raises RunError where another run has asked the same version already, or
    the record cannot be kept.
    """
    if not any(question.sealed for question in questions):
        return 0
    path = golden_file.with_name(golden_file.name + ENDING)
    version = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:16]
    try:
        asked = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        before = next((entry for entry in asked if entry["version"] == version), None)
        if before and before["run"] != str(folder.resolve()):
            raise RunError(
                f"The sealed questions of {golden_file.name} were asked of this version on {before['made']}: they are "
                f"asked once a version. Read that run again with `eval show {before['run']}`."
            )
        if not before:
            asked.append({"version": version, "made": now(), "run": str(folder.resolve())})
            path.write_text(json.dumps(asked, indent=1) + "\n", encoding="utf-8")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(f"The record of sealed questions {path} cannot be kept: {error}.") from error
    return len(asked)
