"""How truly promises are found: the rows of an index against golden rows that a person made of the same papers.

A golden row names a paper and a few words of the promise, and where they stand "who", the due date "by" (ISO) and
passages of later papers on the same thing ("later"). All promises of each paper named must be in the file: what is
found beside them counts as wrong.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chatbot.library import Library
from eval.errors import EvalError
from ingest.records import Commitment, Passage, collapse
from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Golden:
    """A golden row; `later` are (document, words)."""

    document: str
    words: str
    who: str = ""
    by: str = ""
    later: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Two counts and what lies under the line: `right` of `expected` were found, `right` of `given` are right."""

    right: int
    expected: int
    given: int
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def recall(self) -> float | None:
        """The share of what was expected that was found; None where nothing was expected."""
        return self.right / self.expected if self.expected else None

    @property
    def precision(self) -> float | None:
        """The share of what was given that is right; None where nothing was given."""
        return self.right / self.given if self.given else None


def read(path: Path) -> list[Golden]:
    """The rows of a golden file of promises (JSONL). Raises EvalError naming the line that is wrong."""
    rows = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(f"The file {path} cannot be read: {error}.") from error
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            later = tuple((entry["document"], entry["words"]) for entry in row.pop("later", ()))
            rows.append(Golden(**row, later=later))
        except (ValueError, TypeError, KeyError) as error:
            raise EvalError(f"{path}, line {number}: a row needs document and words ({error}).") from error
    return rows


def rows_found(library: Library, golden: Sequence[Golden]) -> tuple[Found, Found]:
    """What was found of the promises of the papers that the golden rows name, and whose "who" and "by" are right.

    Raises EvalError where a paper is not in the index.
    """
    missed, wrong, faults, fields = [], [], [], 0
    given = {name: _commitments(library, name) for name in dict.fromkeys(row.document for row in golden)}
    matched: set[tuple[str, int]] = set()
    for row in golden:
        match = next((n for n, (_, text) in enumerate(given[row.document]) if row.words.lower() in text.lower()), None)
        if match is None:
            missed.append(f"{row.document}: {row.words}")
            continue
        matched.add((row.document, match))
        found = given[row.document][match][0]
        for name, expected in (("who", row.who), ("by", row.by)):
            fields += bool(expected)
            if expected and getattr(found, name) != expected:
                faults.append(f"{row.document}: {row.words}: {name} is {getattr(found, name)!r}")
    for name, own in given.items():
        wrong += [f"{name}: {text[:80]}" for n, (_, text) in enumerate(own) if (name, n) not in matched]
    right = len(golden) - len(missed)
    rows = Found(right, len(golden), right + len(wrong), tuple(missed), tuple(wrong))
    return rows, Found(fields - len(faults), fields, fields, wrong=tuple(faults))


def _commitments(library: Library, document: str) -> list[tuple[Commitment, str]]:
    if document not in library.by_name:
        raise EvalError(f"{document} is not in the index {library.index}: add it first.")
    return [(c, text_of(p, c)) for p in library.passages_of(document) for c in p.commitments]


def text_of(passage: Passage, commitment: Commitment) -> str:
    """The words of a commitment."""
    return collapse(passage.text[commitment.start : commitment.end])


def opened(index: Path) -> Library:
    """The index to judge."""
    return Library(index, Settings())
