"""Typing errors are mended against the papers; words that are right or nobody's business stay."""

from __future__ import annotations

import pytest

from chatbot.library import Library
from chatbot.vocabulary.spelling import _candidates, _known_words, mend


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("spech", "speech"), ("theraphy", "therapy"), ("famlies", "families"), ("assesment", "assessment")],
)
def test_one_slip_is_mended(typed: str, meant: str, sample: Library) -> None:
    text, changed = mend(f"waits for {typed}", sample.words)
    assert text == f"waits for {meant}"
    assert changed == ((typed, meant),)


@pytest.mark.parametrize(
    "word", ["therapy", "zebra", "SENDIASS", "helpline", "Lantern", "EHCP", "xqzwkv", "cat", "mustn't"]
)
def test_these_stay(word: str, sample: Library) -> None:
    assert mend(f"about {word} here", sample.words) == (f"about {word} here", ())


def test_of_two_words_equally_near_always_the_same(sample: Library) -> None:
    """The candidates come from sets, whose order changes from run to run."""
    candidates = _candidates(sample.words)
    english = candidates[len(_known_words()) :]
    assert list(english) == sorted(english) and english
