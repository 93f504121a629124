"""Papers of other areas, made from those at hand: other names, other words, every offset where it was.

A copy's area names and a share of its words are replaced by others of the same length, so that pages, passages and
sentences keep their bounds. Copies serve as load; they are no papers of any place, and nothing in them is true.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.prepare import Prepared
from ingest.records import DocumentFacts, Passage

AREA_SETS = 9  # so many sets of names beside the real ones, used in turn: about 150 areas with many papers each
SHARE = 0.15  # of the words of a copy that are others than in its original
VOWELS, CONSONANTS = "aeiou", "bcdfghklmnprstvw"
WORD = re.compile(r"[A-Za-z]+")


def copies(documents: Sequence[Prepared], number: int) -> list[Prepared]:
    """The `number`-th set of copies; 0 gives the documents themselves."""
    if number == 0:
        return list(documents)
    changes = _changes(documents, number)
    return [_copy(document, number, changes) for document in documents]


def _changes(documents: Sequence[Prepared], number: int) -> dict[str, str]:
    """Old word to new word of the same length: every part of an area's name, and some of the common words."""
    dice = random.Random(number)
    by_length: dict[int, list[str]] = {}
    for word in sorted(set(_plain_words(documents))):
        by_length.setdefault(len(word), []).append(word)
    changes: dict[str, str] = {}
    for same in by_length.values():
        moved = dice.sample(same, round(SHARE * len(same)))
        changes |= dict(zip(moved, moved[1:] + moved[:1], strict=True))
    naming = random.Random(number % AREA_SETS)
    names = {part for d in documents for area in d.facts.areas for part in WORD.findall(area) if part[0].isupper()}
    return changes | {name: _disguised(name, naming) for name in sorted(names)}


def _plain_words(documents: Sequence[Prepared]) -> Iterator[str]:
    for document in documents:
        for passage in document.passages:
            yield from (w for w in WORD.findall(passage.text) if w.islower() and len(w) > 3)


def _disguised(name: str, dice: random.Random) -> str:
    """A name of the same length that can be spoken."""
    letters = [dice.choice(VOWELS if c in VOWELS else CONSONANTS) for c in name.lower()]
    return "".join(letters).capitalize()


def _copy(document: Prepared, number: int, changes: dict[str, str]) -> Prepared:
    def other(text: str) -> str:
        return WORD.sub(lambda m: changes.get(m.group(), m.group()), text)

    name = f"copy-{number:04d}-{document.facts.document}"
    passages = tuple(_passage(p, name, other) for p in document.passages)
    pages = tuple(replace(page, text=other(page.text)) for page in document.pages)
    digest = hashlib.sha256(f"{number} {document.sha256}".encode()).hexdigest()
    return replace(document, facts=_facts(document.facts, name, other), sha256=digest, pages=pages, passages=passages)


def _facts(facts: DocumentFacts, name: str, other: Callable[[str], str]) -> DocumentFacts:
    areas = tuple(other(area) for area in facts.areas)
    return replace(facts, document=name, title=other(facts.title), areas=areas)


def _passage(passage: Passage, name: str, other: Callable[[str], str]) -> Passage:
    text = other(passage.text)
    digest = hashlib.sha256(f"{name} {passage.id}".encode()).hexdigest()[:16]
    return replace(
        passage,
        id=digest,
        document=name,
        text=text,
        headings=tuple(map(other, passage.headings)),
        context=other(passage.context),
        lead_in=other(passage.lead_in),
    )
