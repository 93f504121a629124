"""Facts that papers state of themselves, as quotes: the sentence that holds the words a fact was read from."""

from __future__ import annotations

from collections.abc import Iterable

from chatbot.library import Library
from chatbot.records import About, Hit, Pick
from ingest.records import Fact, Passage, Span, slices


def picks(documents: Iterable[About], names: Iterable[str], library: Library) -> list[Pick]:
    """What some papers say of some facts, in the order of papers and names, to be cited (`quotes.cite`).

    A fact whose words no passage holds (they stand in a heading) gives none, nor does one that was supplied.
    """
    wanted = tuple(names)
    found = []
    for about in documents:
        for name in wanted:
            facts = [fact for fact in about.facts.stated if fact.name == name]
            found += [pick for fact in facts if (pick := place(about, fact, library))]
    return list({(pick.hit.passage.id, pick.first, pick.last): pick for pick in found}.values())


def place(about: About, fact: Fact, library: Library) -> Pick | None:
    """The sentences of a passage in which a fact's words stand, None where they stand in none."""
    for row in range(about.first, about.first + about.count):
        passage = library.passage(row)
        if not _meet(passage.spans, fact.spans):
            continue
        inside = [n for n, (a, b) in enumerate(passage.sentences) if _meet(slices(passage.spans, a, b), fact.spans)]
        if inside:
            return Pick(Hit(passage, 1.0, {}, kind=about.facts.kind), inside[0], inside[-1])
    return None


def within(about: About, passage: Passage, start: int, end: int) -> Pick:
    """The sentences of a passage that characters `start` to `end` of its text meet; its first where they meet none."""
    inside = [n for n, (a, b) in enumerate(passage.sentences) if a < end and start < b] or [0]
    return Pick(Hit(passage, 1.0, {}, kind=about.facts.kind), inside[0], inside[-1])


def _meet(one: Iterable[Span], other: Iterable[Span]) -> bool:
    return any(a.page == b.page and a.start < b.end and b.start < a.end for a in one for b in other)
