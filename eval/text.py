"""How words are compared: folded to lower case and plain marks, then as runs of three words in order."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[a-z0-9%£']+")
WHITE = re.compile(r"\s+")
MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": None})
RUN = 3


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Lower case, straight quotation marks and hyphens, single blanks."""
    return WHITE.sub(" ", text.lower().translate(MARKS)).strip()


@lru_cache(maxsize=50_000)
def word_list(text: str) -> tuple[str, ...]:
    """The words of a text, with figures, per cent and pound signs kept."""
    return tuple(WORD.findall(plain(text)))


@lru_cache(maxsize=50_000)
def runs(text: str, length: int) -> frozenset[tuple[str, ...]]:
    """Every run of `length` words of a text."""
    words = word_list(text)
    return frozenset(words[i : i + length] for i in range(len(words) - length + 1))


def coverage(evidence: str, text: str) -> float:
    """Share of the evidence's words that stand in the text, each within a run of three in the same order.

    Evidence without a word is covered by nothing (0).
    """
    wanted = word_list(evidence)
    if not wanted:
        return 0.0
    if plain(evidence) in plain(text):
        return 1.0
    length = min(RUN, len(wanted))
    present = runs(text, length)
    found: set[int] = set()
    for start in range(len(wanted) - length + 1):
        if wanted[start : start + length] in present:
            found.update(range(start, start + length))
    return len(found) / len(wanted)


def first_words(text: str, count: int) -> str:
    """The first `count` words, single blanks between them."""
    return " ".join(text.split()[:count])
