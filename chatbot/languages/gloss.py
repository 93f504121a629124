"""A question in another language as English words, one after the other: no translation, but enough to judge by.

Each stretch of one to three words becomes the English word or term whose vector is nearest, where one is near. "home
education children with SEND is well meetings" is what the reader then reads with each passage.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import numpy as np

from ingest.encoder import multilingual
from prompts import table

LONGEST = 3  # words that become one
LONGER = 0.03  # nearness that each further word of a stretch is worth
NEAR = 0.5  # nearness from which a stretch becomes an English word
OFTEN = 4  # examples of questions that a word stands in
# A word, or where no spaces part them two signs: most Chinese words have two.
UNIT = re.compile(r"[^\W\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff_]+|[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]{1,2}")
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]")


@cache
def _lexicon() -> tuple[list[str], np.ndarray]:
    """The words of our examples of questions and the wordings of the thesaurus, with their vectors, one a row."""
    texts = [text for texts in table("question_kinds")["examples"].values() for text in texts]
    counted = Counter(word for text in texts for word in set(re.findall(r"[a-z]{2,}", text.lower())))
    terms = table("thesaurus")["term"]
    wordings = {w for term in terms for own in term.values() if isinstance(own, list) for w in own}
    named = {term["name"] for term in terms} | {word for word, count in counted.items() if count >= OFTEN}
    words = sorted(named | {w for w in wordings if isinstance(w, str)})
    return words, multilingual.embed(words)


def gloss(text: str) -> str:
    """The English words; empty where none is near. Short forms in capitals (SEND, CAMHS) stay as they are."""
    units = UNIT.findall(text)
    between = "" if UNSPACED.search(text) else " "
    stretches = [(n, k) for n in range(len(units)) for k in range(1, LONGEST + 1) if n + k <= len(units)]
    if not stretches:
        return ""
    words, vectors = _lexicon()
    near = multilingual.embed([between.join(units[n : n + k]) for n, k in stretches]) @ vectors.T
    best = {
        s: (float(row.max()) + LONGER * (s[1] - 1), words[int(row.argmax())])
        for s, row in zip(stretches, near, strict=True)
    }
    said: list[str] = []
    place = 0
    while place < len(units):
        unit, length = units[place], 1
        if unit.isascii() and unit.isupper():
            said.append(unit)
        else:
            worth, word, length = max((*best[place, k], k) for k in range(1, LONGEST + 1) if (place, k) in best)
            if worth < NEAR:
                length = 1
            elif word not in said[-2:]:
                said.append(word)
        place += length
    return " ".join(said)
