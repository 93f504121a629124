"""JSON lines on the disk: written in one go, and each read again when it is asked for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np


def write(path: Path, rows: Iterable[dict[str, Any]]) -> list[int]:
    """Write one JSON object a line; the byte offset of each line, and of the end."""
    starts, offset = [], 0
    with open(path, "wb") as file:
        for row in rows:
            starts.append(offset)
            offset += file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return [*starts, offset]


class Lines:
    """Lines of a file that stays open.

    It is not mapped into memory: a file that is cut short under a map ends the process, under a read it is told.
    """

    def __init__(self, path: Path, starts: np.ndarray) -> None:
        """Open the file whose lines begin at `starts`, its last item being the end. Raises OSError."""
        self._file = open(path, "rb", buffering=0)  # noqa: SIM115  open as long as this object is
        self._starts = starts
        self._one_at_a_time = threading.Lock()

    def __getitem__(self, row: int) -> Any:
        """The object of a line. Raises OSError, ValueError or IndexError where the file is not as it was written."""
        start, end = int(self._starts[row]), int(self._starts[row + 1])
        with self._one_at_a_time:
            self._file.seek(start)
            return json.loads(self._file.read(end - start))
