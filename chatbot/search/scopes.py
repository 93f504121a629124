"""Where a question is looked for, and the sides of a comparison: areas, years, or kinds of document and so voices."""

from __future__ import annotations

from chatbot.library import Library
from chatbot.records import About, Question, Scope
from ingest.registry import kinds

MOST_SCOPES = 12  # of a comparison


def of(question: Question, library: Library) -> tuple[Scope, ...]:
    """The scopes of a question, one only where nothing is compared.

    Several areas are always scopes. Within one area a comparison is by the kinds it names, else by the years, else by
    the years of the papers there are.
    """
    documents = library.in_areas(question.areas)
    if len(question.areas) > 1:
        return tuple(Scope(area, tuple(library.in_areas([area]))) for area in question.areas[:MOST_SCOPES])
    dated = tuple(d for d in documents if question.days and d.facts.date in question.days)
    if dated:
        return (Scope("", dated),)
    whole = (Scope(question.areas[0] if question.areas else "", tuple(documents)),)
    if not (question.areas or len(library.areas) < 2):
        return whole
    by_kind = _by_kind(question, documents)
    if question.intent != "compare":
        inspectors = all(kinds.kind(name).full for name in question.kinds)  # both kinds are meant by "inspectors"
        return by_kind if len(by_kind) > 1 and not inspectors else whole
    for found in (by_kind, _by_year(question, documents)):
        if len(found) > 1:
            return found
    return whole


def narrowing(question: Question, scope: Scope) -> tuple[tuple[About, ...], ...]:
    """The papers to try in turn: those of the years and kinds that a question names, then all of the scope."""
    of_year = tuple(d for d in scope.documents if d.year in question.years)
    of_kind = tuple(d for d in scope.documents if d.facts.kind in question.kinds)
    both = tuple(d for d in of_year if d in of_kind)
    found = [both, of_year if question.years else of_kind, scope.documents]
    return tuple(f for n, f in enumerate(found) if f and f not in found[:n]) or (scope.documents,)


def _by_kind(question: Question, documents: list[About]) -> tuple[Scope, ...]:
    """A scope a kind where the question names several that exist; the years it names narrow the reports."""
    named = [k for k in question.kinds if any(d.facts.kind == k for d in documents)]
    if len(named) < 2:
        return ()
    found = []
    for kind in named:
        own = [d for d in documents if d.facts.kind == kind]
        found.append(Scope(kind, tuple(own)))
    return tuple(sorted(found, key=lambda s: min(d.facts.date or "" for d in s.documents)))


def _by_year(question: Question, documents: list[About]) -> tuple[Scope, ...]:
    """A scope a year, oldest first: the years named and the newest, or all where none is named."""
    years = sorted({d.year for d in documents if d.year})
    if len(years) < 2:
        return ()
    if question.years:
        wanted = [y for y in years if y in question.years]
        others = [y for y in years if y not in question.years]
        if not wanted:
            wanted = years
        elif len(wanted) < 2:
            groups = [Scope(str(y), tuple(d for d in documents if d.year == y)) for y in wanted]
            rest = tuple(d for d in documents if d.year in others)
            return tuple(sorted([*groups, Scope(_span(rest), rest)], key=lambda s: s.label)) if rest else tuple(groups)
        years = wanted
    return tuple(Scope(str(y), tuple(d for d in documents if d.year == y)) for y in years)


def _span(documents: tuple[About, ...]) -> str:
    years = sorted({d.year for d in documents if d.year})
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
