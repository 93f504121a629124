"""Failures of an evaluation that a person can act on.

SendError
+-- EvalError            an evaluation cannot go on
    +-- GoldenError      a question file cannot be read as one
    +-- RunError         a saved run is missing, damaged, or not to be compared
    +-- ServerError      a running server did not answer a question
"""

from __future__ import annotations

from ingest.errors import SendError


class EvalError(SendError):
    """An evaluation cannot go on; the message says what to change."""


class GoldenError(EvalError):
    """A question file has faults; `faults` tells each with its row and column."""

    def __init__(self, message: str, faults: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join([message, *faults]))
        self.faults = faults


class RunError(EvalError):
    """A saved run is missing, damaged or not comparable."""


class ServerError(EvalError):
    """The server at --url did not give an answer; trying again may help."""
