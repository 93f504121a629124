"""The word index: what counts as a word, and scores."""

from pathlib import Path

import bm25s
import numpy as np
import pytest

from ingest.errors import IndexFault
from ingest.index import words


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
    index = words.WordIndex([tmp_path], np.arange(3))
    scores = index.scores(words.tokens("therapy zebra"), [1.0, 1.0])
    assert [score > 0 for score in scores] == [True, False, True]
    assert index.scores(["zebra"], [1.0]).tolist() == [0, 0, 0]
    assert (index.document_frequency("plan"), index.document_frequency("zebra")) == (2, 0)


def test_scores_are_bm25_as_a_library_has_it_in_whatever_segments_the_passages_lie(tmp_path: Path) -> None:
    texts = ["therapy waits are long", "plans are clear", "", "therapy, therapy for plans", "waits"]
    library = bm25s.BM25(k1=words.K1, b=words.B)
    library.index([words.tokens(text) or ["\x00"] for text in texts], show_progress=False)
    for number, places in enumerate(([0, 1, 2, 3, 4], [3, 0], [4, 1, 2])):
        (tmp_path / str(number)).mkdir()
        words.build(tmp_path / str(number), [texts[place] for place in places])
    one = words.WordIndex([tmp_path / "0"], np.arange(5))
    two = words.WordIndex([tmp_path / "1", tmp_path / "2"], np.asarray([1, 3, 4, 0, 2]))
    for stems in (["therapi"], ["wait", "plan"], ["zebra"]):
        known = [stem for stem in stems if stem in library.vocab_dict]
        expected = sum((library.get_scores([stem]) for stem in known), np.zeros(5, np.float32))
        for index in (one, two):
            assert index.scores(stems, [1.0] * len(stems)).tolist() == expected.tolist()


def test_an_empty_corpus_knows_no_word(tmp_path: Path) -> None:
    assert words.WordIndex([], np.arange(0)).document_frequency("plan") == 0


def test_a_damaged_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexFault, match="--repair"):
        words.WordIndex([tmp_path], np.arange(0))
