"""Mends typing errors against the words of the collection."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from chatbot.vocabulary import thesaurus
from chatbot.vocabulary.concepts import frame
from ingest.encoder.model import english_words
from ingest.index.words import WordIndex, stem

WORD = re.compile(r"\b[A-Za-z]{4,}\b(?!['’]t\b)")  # "mustn" of "mustn't" is no word


def mend(text: str, words: WordIndex) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with words that are neither English nor in the papers put right, and what was changed.

    A word is changed only where one word of the papers or the thesaurus is near: one slip in four or five
    letters, two in longer ones. Short forms and names with capitals inside stay.
    """
    changed: list[tuple[str, str]] = []

    def fix(match: re.Match[str]) -> str:
        word = match.group()
        lower = word.lower()
        if (
            lower in frame()
            or lower in english_words()
            or not word[1:].islower()
            or words.document_frequency(stem(lower))
            or lower in _known_words()
        ):
            return word
        if any(lower[:cut] in english_words() and lower[cut:] in english_words() for cut in range(3, len(lower) - 2)):
            return word  # two words written as one ("helpline") are no error
        near = _nearest(lower, words)
        if near is None:
            return word
        changed.append((word, near))
        return near

    return WORD.sub(fix, text), tuple(changed)


@cache
def _known_words() -> dict[str, None]:
    """Single words of the thesaurus, the ones most often meant."""
    return {w.lower(): None for t in thesaurus.terms() for p in t.printed for w in re.findall(r"[A-Za-z]{4,}", p)}


def _nearest(word: str, words: WordIndex) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = 1 if len(word) < 6 else 2
    candidates = _candidates(words)
    best = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=slips, limit=4)
    best = [b for b in best if b[0][0] == word[0]] or best
    if not best:
        return None
    nearest = min(distance for _, distance, _ in best)
    equal = [w for w, distance, _ in best if distance == nearest]
    return max(equal, key=lambda w: words.document_frequency(stem(w)))


@lru_cache(maxsize=2)
def _candidates(words: WordIndex) -> tuple[str, ...]:
    """Words of at least four letters that may be meant, in one order: of the thesaurus, and English ones in the papers.

    Of two words equally near, the first is taken, so their order must not change from run to run.
    """
    in_papers = set(words.vocabulary())
    english = [w for w in sorted(english_words()) if len(w) > 3 and stem(w) in in_papers]
    return (*_known_words(), *english)
