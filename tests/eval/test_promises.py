"""Judging promises: what is found of golden rows, what is found beside them, whether who and when are right."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from eval import promises
from eval.errors import EvalError
from ingest.records import Commitment, Passage


@dataclass
class Papers:
    """An index of one paper, as far as judging needs it."""

    passages: list[Passage]
    index: Path = Path("index")
    by_name: dict[str, Any] = field(default_factory=lambda: {"minutes.txt": None})

    def passages_of(self, document: str) -> list[Passage]:
        return self.passages


def passage(text: str, **more: str) -> Passage:
    found = (Commitment("action", 0, len(text), **more),)  # type: ignore[arg-type]
    return Passage("x", "minutes.txt", 0, text, (), (), "bullet", (), ((0, len(text)),), "", commitments=found)


SLIDES = passage("The slides would be circulated.", who="The Clerk", by="2025-01")
LETTER = passage("The Chair to write to the trust.")
GOLDEN = [
    promises.Golden("minutes.txt", "Slides would be", who="The Clerk", by="2025-02"),
    promises.Golden("minutes.txt", "survey be run"),
]


def test_right_missed_and_wrong_are_counted() -> None:
    rows, fields = promises.rows_found(Papers([SLIDES, LETTER]), GOLDEN)  # type: ignore[arg-type]
    assert (rows.right, rows.expected, rows.given, rows.recall, rows.precision) == (1, 2, 2, 0.5, 0.5)
    assert rows.missed == ("minutes.txt: survey be run",)
    assert rows.wrong == ("minutes.txt: The Chair to write to the trust.",)
    assert (fields.right, fields.expected) == (1, 2)
    assert fields.wrong == ("minutes.txt: Slides would be: by is '2025-01'",)


def test_nothing_expected_has_no_share() -> None:
    rows, fields = promises.rows_found(Papers([]), [GOLDEN[1]])  # type: ignore[arg-type]
    assert (rows.recall, rows.precision, fields.recall) == (0.0, None, None)


def test_a_paper_that_is_not_there_is_told() -> None:
    with pytest.raises(EvalError, match="other.txt is not in the index"):
        promises.rows_found(Papers([]), [promises.Golden("other.txt", "slides")])  # type: ignore[arg-type]


def test_reading_golden_rows(tmp_path: Path) -> None:
    file = tmp_path / "promises.jsonl"
    file.write_text('{"document": "a", "words": "b", "later": [{"document": "c", "words": "d"}]}\n')
    assert promises.read(file) == [promises.Golden("a", "b", later=(("c", "d"),))]
    file.write_text('{"document": "a"}\n')
    with pytest.raises(EvalError, match="line 1"):
        promises.read(file)
    with pytest.raises(EvalError, match="cannot be read"):
        promises.read(tmp_path / "none.jsonl")


def test_the_projects_golden_rows_are_well_formed() -> None:
    rows = promises.read(Path(promises.__file__).parent / "golden" / "promises.jsonl")
    assert len(rows) >= 40
    assert all(len(row.words.split()) <= 8 for row in rows)
