"""The word index: BM25 over stemmed words of each passage and its context.

Each segment of a version holds how often its words stand in its passages and no score: scores depend on all segments,
and one is not written again when others come or go."""

from __future__ import annotations

import math
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from ingest.errors import IndexFault

FILE = "words.npz"
K1, B = 1.2, 0.6

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


class _Segment:
    """The postings of one segment: for each of its words the passages it stands in and how often."""

    def __init__(self, path: Path, first: int) -> None:
        with np.load(path, allow_pickle=False) as held:
            vocabulary = held["vocabulary"].tobytes().decode().split("\n")
            self.numbers = {word: number for number, word in enumerate(vocabulary) if word}
            self.starts, self.lengths = held["starts"], held["lengths"]
            self.passages, self.counts = held["passages"], held["counts"]
        self.first = first

    def postings(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        own = slice(int(self.starts[number]), int(self.starts[number + 1]))
        return self.passages[own], self.counts[own].astype(np.float32)


class WordIndex:
    """BM25 scores of all passages for a bag of stems, held in memory; Lucene's form (Kamphuis and others 2020)."""

    def __init__(self, folders: Sequence[Path], order: np.ndarray) -> None:
        """Open the segments of a version; `order` tells each row's place among the passages of all of them in turn.

        Raises IndexFault where one is missing or cannot be read; its hash is for the caller to compare.
        """
        self._segments: list[_Segment] = []
        self._order, first = order, 0
        for folder in folders:
            try:
                self._segments.append(_Segment(folder / FILE, first))
            except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
                raise IndexFault(
                    f"The word index in {folder} is damaged ({type(error).__name__}): "
                    "run `python -m ingest check --repair`."
                ) from error
            first += len(self._segments[-1].lengths)
        self._standing: Counter[str] = Counter()
        for segment in self._segments:
            found = np.diff(segment.starts).tolist()
            self._standing.update(dict(zip(segment.numbers, found, strict=True)))
        lengths = np.concatenate([s.lengths for s in self._segments]) if self._segments else np.ones(0)
        self._slowing = K1 * ((1 - B) + B * lengths / lengths.mean()) if len(lengths) else lengths

    def scores(self, stems: Sequence[str], weights: Sequence[float]) -> np.ndarray:
        """One score a passage (float32), by row: the sum of each known stem's BM25 times its weight."""
        total = np.zeros(len(self._slowing), dtype=np.float32)
        for stem, weight in zip(stems, weights, strict=True):
            standing = self._standing.get(stem, 0)
            rarity = np.float32(math.log(1 + (len(total) - standing + 0.5) / (standing + 0.5)))
            for segment in self._segments:
                if (number := segment.numbers.get(stem)) is not None:
                    passages, counts = segment.postings(number)
                    places = passages + segment.first
                    share = counts / (self._slowing[places] + counts)
                    total[places] += weight * (rarity * share).astype(np.float32)
        return total[self._order]

    def document_frequency(self, token: str) -> int:
        """In how many passages a stem stands; 0 for unknown ones."""
        return self._standing.get(token, 0)

    def vocabulary(self) -> Sequence[str]:
        """All stems of the index."""
        return list(self._standing)


def build(folder: Path, texts: Sequence[str]) -> None:
    """Write the postings of the `texts` of a segment, in order, into its folder."""
    bags = [Counter(tokens(text)) for text in texts]
    vocabulary = sorted({word for bag in bags for word in bag})
    numbers = {word: number for number, word in enumerate(vocabulary)}
    sizes = [len(bag) for bag in bags]
    words = np.fromiter((numbers[word] for bag in bags for word in bag), np.int32, sum(sizes))
    order = np.argsort(words, kind="stable")
    np.savez(
        folder / FILE,
        vocabulary=np.frombuffer("\n".join(vocabulary).encode(), np.uint8),
        starts=np.searchsorted(words[order], np.arange(len(vocabulary) + 1)),
        passages=np.repeat(np.arange(len(bags), dtype=np.int32), sizes)[order],
        counts=np.fromiter((count for bag in bags for count in bag.values()), np.int32, sum(sizes))[order],
        lengths=np.asarray([max(1, bag.total()) for bag in bags], dtype=np.int32),
    )
