"""The word index: BM25 over stemmed words of each passage and its context. The only module that imports bm25s."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from ingest import store
from ingest.errors import IndexFault

# Keeps "s.20", "2023/24", "co-production", "£50k" and "63%" whole; an apostrophe ends a word.
TOKEN = re.compile(r"£?\d[\d,.]*\d(?:/\d+)?(?:%|k|m)?|£?\d(?:%|k|m)?|s\.\d+|[a-z]+(?:[-/&][a-z]+)*", re.IGNORECASE)

ALIKE: dict[int, str] = str.maketrans(
    {"’": "'", "‘": "'", "‐": "-", "‑": "-", "\xad": "", "\u200b": "", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi",
     "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)  # fmt: skip
FRACTIONS = {"¼": ".25", "½": ".5", "¾": ".75"}
HALF = re.compile(r"(?<!\d)(\d*+)([¼½¾])")


@lru_cache(maxsize=1)
def _stemmer() -> object:
    import Stemmer

    return Stemmer.Stemmer("english")


# Words that a stemmer would take for others: "more appealing services" is no appeal, "universal" no university.
UNSTEMMED = frozenset({"appealing", "universal", "outstanding"})


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The English stem of a lower-case word."""
    return word if word in UNSTEMMED else _stemmer().stemWord(word)  # type: ignore[attr-defined]


def folded(text: str) -> str:
    """The text in lower case as words are compared: accents off, hyphens, quotes and ligatures alike, "2½" as "2.5"."""
    if text.isascii():
        return text.lower()
    text = HALF.sub(lambda hit: f"{hit[1] or 0}{FRACTIONS[hit[2]]}", text.translate(ALIKE))
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)).lower()


def tokens(text: str) -> list[str]:
    """Stemmed lower-case tokens of a text in order.

    A hyphenated word gives itself and its parts ("co-production": "coproduct", "co", "product"), so that
    either spelling is found.
    """
    found: list[str] = []
    for match in TOKEN.finditer(folded(text)):
        word = match.group()
        if word[0].isalpha() and re.search(r"[-/&]", word):
            found.append(stem(re.sub(r"[-/&]", "", word)))
            found += [stem(part) for part in re.split(r"[-/&]", word)]
        else:
            found.append(stem(word) if word[0].isalpha() else word.replace(",", ""))
    return found


class WordIndex:
    """BM25 scores of all passages for a bag of stems, held in memory."""

    def __init__(self, folder: Path) -> None:
        """Open a saved index. Raises IndexFault where it is missing or damaged."""
        import bm25s

        store.prove_files(folder.parent, f"{folder.name}/")
        try:
            self._index = bm25s.BM25.load(str(folder), load_corpus=False)
            self._vocabulary: dict[str, int] = self._index.vocab_dict
        except Exception as error:
            raise IndexFault(
                f"The word index in {folder} is damaged ({type(error).__name__}): "
                "run `python -m ingest check --repair`."
            ) from error

    def scores(self, stems: Sequence[str], weights: Sequence[float]) -> np.ndarray:
        """One score a passage (float32): the sum of each known stem's BM25 times its weight."""
        known = [(self._vocabulary[s], w) for s, w in zip(stems, weights, strict=True) if s in self._vocabulary]
        size = int(self._index.scores["num_docs"])
        total = np.zeros(size, dtype=np.float32)
        indptr, indices, data = (self._index.scores[k] for k in ("indptr", "indices", "data"))
        for token, weight in known:
            low, high = int(indptr[token]), int(indptr[token + 1])
            total[indices[low:high]] += weight * data[low:high]
        return total

    def document_frequency(self, token: str) -> int:
        """In how many passages a stem stands; 0 for unknown ones."""
        number = self._vocabulary.get(token)
        if number is None:
            return 0
        indptr = self._index.scores["indptr"]
        return int(indptr[number + 1] - indptr[number])

    def vocabulary(self) -> Sequence[str]:
        """All stems of the index."""
        return list(self._vocabulary)


def build(folder: Path, texts: Sequence[str]) -> None:
    """Build and save the index of `texts`, in order. An empty corpus gives an index that knows no word."""
    import bm25s

    folder.mkdir(parents=True, exist_ok=True)
    bags = [tokens(text) for text in texts] or [["\x00"]]
    index = bm25s.BM25(k1=1.2, b=0.6)
    index.index([bag or ["\x00"] for bag in bags], show_progress=False)
    index.save(str(folder))
