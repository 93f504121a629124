"""A library seen through the reader's own filters: kinds of document and years.

Everything that searches sees only the documents that pass; the list of areas stays whole, so that a place whose
papers are filtered out is not taken for a place without papers.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.library import Library
from chatbot.records import About, Question
from ingest.records import Passage


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader chose beside the box; empty or None where nothing was chosen. Years are inclusive.

    `apart` are areas that a question leaves out ("and in other areas?").
    """

    kinds: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    apart: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.kinds or self.first or self.last or self.apart)

    def passes(self, about: About) -> bool:
        """Whether a document is to be searched; one without a date is left out where years are chosen."""
        if self.kinds and about.facts.kind not in self.kinds:
            return False
        if self.apart and set(about.facts.areas) <= set(self.apart):
            return False
        if self.first is None and self.last is None:
            return True
        return about.year is not None and (self.first or 0) <= about.year <= (self.last or 9999)


def speaks_of(passage: Passage, about: About, years: Sequence[int]) -> bool:
    """Whether a passage is from one of some years or speaks of it ("2021", "2021/22"); True where none is named."""
    if not years or is_of(about, years):
        return True
    words = f"{passage.section} {passage.text}"
    forms = {form for y in years for form in (str(y), f"{y - 1}/{y % 100:02}", f"{y - 1}-{y % 100:02}")}
    return any(form in words for form in forms)


def is_of(about: About, years: Sequence[int]) -> bool:
    """Whether a paper is from one of some years, or tells of a visit in one."""
    visit = about.facts.inspection
    visited = {int(day[:4]) for day in (visit.start, visit.end) if day} if visit else set()
    return about.year in years or bool(visited & set(years))


def is_meant(about: About, question: Question) -> bool:
    """Whether a paper is of the kinds and years that a question names; of any where it names none."""
    of_kind = not question.kinds or about.facts.kind in question.kinds
    return of_kind and (not question.years or about.year in question.years)


def narrowed(library: Library, filters: Filters) -> Library:
    """The library with only the documents that pass; the same object where nothing is filtered."""
    if not filters.any:
        return library
    view = copy.copy(library)
    view.__dict__["areas"] = library.areas
    view.__dict__.pop("newest", None)
    view.documents = [about for about in library.documents if filters.passes(about)]
    return view
