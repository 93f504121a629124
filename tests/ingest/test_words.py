"""The word index: what counts as a word, and scores."""

from pathlib import Path

import pytest

from ingest import words
from ingest.errors import IndexFault


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Waiting waits waited", ["wait", "wait", "wait"]),
        ("co-production", ["coproduct", "co", "product"]),
        ("63% of s.20 in 2023/24", ["63%", "of", "s.20", "in", "2023/24"]),
        ("£1,200 and £50k", ["£1200", "and", "£50k"]),
        ("children’s plans", ["children", "s", "plan"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert words.tokens(text) == expected


def test_scores_and_frequencies(tmp_path: Path) -> None:
    words.build(tmp_path, ["therapy waits are long", "plans are clear", "therapy for plans"])
    index = words.WordIndex(tmp_path)
    scores = index.scores(words.tokens("therapy zebra"), [1.0, 1.0])
    assert [score > 0 for score in scores] == [True, False, True]
    assert index.scores(["zebra"], [1.0]).tolist() == [0, 0, 0]
    assert (index.document_frequency("plan"), index.document_frequency("zebra")) == (2, 0)


def test_an_empty_corpus_knows_no_word(tmp_path: Path) -> None:
    words.build(tmp_path, [])
    assert words.WordIndex(tmp_path).document_frequency("plan") == 0


def test_a_damaged_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexFault, match="--repair"):
        words.WordIndex(tmp_path)
