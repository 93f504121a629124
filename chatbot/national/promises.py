"""Promises: what papers of an area say must or will be done, and what later papers of the area say that is near it.

Nothing is judged here: whether a promise was kept is for the reader of the later passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from chatbot.library import Library
from chatbot.records import About
from ingest.records import Commitment, Passage

# How near a later passage must be (cosine of their vectors). Of 17 later passages that a person laid beside promises of
# real papers .55 finds .18, and nothing else; .50 finds .24, and as much again and half that is something else.
NEAR = 0.55
SAME_NUMBER = 0.4  # ...and one that bears the promise's own number
MOST_LATER = 3
SHORTEST = 8  # words of a later passage
NO_EVIDENCE = frozenset({"team", "details", "method", "template", "context", "outcome"})


@dataclass(frozen=True, slots=True)
class Later:
    """A passage of a later paper of the same area."""

    about: About
    passage: Passage


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment with its paper and passage; `later` is empty where no later passage is near.

    `compared` counts the later papers that were looked at.
    """

    area: str
    about: About
    passage: Passage
    own: Commitment
    later: tuple[Later, ...]
    compared: int

    @property
    def quote(self) -> str:
        """What is to be done, in the paper's words."""
        return self.passage.text[self.own.start : self.own.end]

    def is_past(self, today: date) -> bool:
        """Whether the due date has passed; a month or year has when it is over."""
        return bool(self.own.by) and self.own.by < today.isoformat()[: len(self.own.by)]


def counts(library: Library) -> dict[str, int]:
    """How many passages of each area promise something; areas with papers and none have 0."""
    found = dict.fromkeys(library.areas, 0)
    for about in library.documents:
        for area in about.facts.areas:
            found[area] += int(library.rows.commits[about.first : about.first + about.count].sum())
    return found


def of_area(library: Library, area: str) -> tuple[Promise, ...]:
    """The promises of an area's papers, the newest paper first, in the order in which they stand."""
    papers = library.in_areas([area])
    found: list[Promise] = []
    for about in sorted(papers, key=lambda a: (a.facts.date or "", a.facts.document), reverse=True):
        rows = [row for row in _rows(about) if library.rows.commits[row]]
        if not rows:
            continue
        later = [other for other in papers if _is_later(other, about)]
        candidates = [(row, o) for o in later for row in _rows(o) if library.rows.parts[row] not in NO_EVIDENCE]
        near = library.vectors_of(np.asarray(rows)) @ _vectors(library, candidates).T if candidates else None
        for place, row in enumerate(rows):
            passage = library.passage(row)
            found += [
                Promise(
                    area,
                    about,
                    passage,
                    own,
                    () if near is None else _near(library, own, candidates, near[place]),
                    len(later),
                )
                for own in passage.commitments
            ]
    return tuple(found)


def _rows(about: About) -> range:
    return range(about.first, about.first + about.count)


def _vectors(library: Library, candidates: Sequence[tuple[int, About]]) -> np.ndarray:
    return library.vectors_of(np.asarray([row for row, _ in candidates]))


def _is_later(other: About, about: About) -> bool:
    """Whether a paper is later, as far as both dates are known: a day is not later than its own month."""
    first, second = about.facts.date or "", other.facts.date or ""
    known = min(len(first), len(second))
    return bool(known) and second[:known] > first[:known]


def _near(
    library: Library, own: Commitment, candidates: Sequence[tuple[int, About]], near: np.ndarray
) -> tuple[Later, ...]:
    """The nearest later passages, in order of nearness."""
    found: list[Later] = []
    for place in np.argsort(-near, kind="stable"):
        if near[place] < SAME_NUMBER or len(found) == MOST_LATER:
            break
        row, about = candidates[int(place)]
        passage = library.passage(row)
        is_near = near[place] >= NEAR or _has_number(passage, own.number)
        if is_near and len(passage.text.split()) >= SHORTEST:
            found.append(Later(about, passage))
    return tuple(found)


def _has_number(passage: Passage, number: str) -> bool:
    """Whether a later row of a plan or tracker bears a number such as "2b"; a bare "1" says nothing."""
    return len(number) > 1 and any(other.number == number for other in passage.commitments)
