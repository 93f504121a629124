"""Answers from stored facts: one area's fact in its paper's words, or every area that meets a condition, counted.

Nothing is counted that is not quoted: an area stands in the list with the words its paper states the fact in.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from chatbot import wording
from chatbot.answer import compose, facts
from chatbot.answer.quotes import cite, joined
from chatbot.library import Library
from chatbot.national import bodies
from chatbot.national.areas import VERDICTS, AreaRow, areas, expected, regions
from chatbot.national.asking import AskedFact
from chatbot.records import About, Answer, Citation, Group, Pick, Question
from chatbot.search.filters import is_of
from ingest.facts import places
from prompts import words

NEVER = "not previously inspected"
INSPECTED = frozenset({"inspection_report", "inspection_letter", "monitoring_report", "revisit_letter"})
Found = list[tuple[About, str]]  # papers that meet a condition, each with the fact that says so


def answer(question: Question, library: Library, asked: Sequence[AskedFact | None]) -> Answer | None:
    """The answer from facts, `asked` for by each part of the question; None where one part asks for something else.

    None too where the papers state no such fact of what is asked: then it is searched.
    """
    known = [fact for fact in asked if fact is not None]
    if len(known) == len(asked) == 1 and known[0].of == "body":
        named = named_of(question, library)
        found = _quoted(question, library, named, bodies.picks(question, named, known[0].value, library))
        return replace(found, notes=(words("national", "body.note"), *found.notes)) if found else None
    if len(known) < len(asked) or any(kind not in INSPECTED for kind in question.kinds):
        return None  # another question, or a fact of another paper than an inspector's
    if all(fact.of == "one" for fact in known):
        return _one(question, library, list(dict.fromkeys(fact.fact for fact in known)))
    return _many(question, library, known[0]) if len(known) == 1 and known[0].of == "areas" else None


def _one(question: Question, library: Library, names: list[str]) -> Answer | None:
    """Facts of each area that is named, from its newest paper that states them, or those of the years named."""
    named = named_of(question, library)
    picks: list[Pick] = []
    for area, name in itertools.product(named, names):
        own = [d for d in library.in_areas([area]) if d.facts.told(name) is not None]
        if question.years:
            own = [d for d in own if is_of(d, question.years)]
        ordered = sorted(own, key=lambda d: d.facts.date or "")
        found = facts.picks(ordered if question.years else ordered[-1:], [name], library)
        if not found:
            return None
        picks += found
    return _quoted(question, library, named, picks)


def named_of(question: Question, library: Library) -> tuple[str, ...]:
    """The areas that a question is about, or the only one; none where it names one without papers."""
    return () if question.unknown_areas else question.areas or (library.areas if len(library.areas) == 1 else ())


def _quoted(question: Question, library: Library, named: tuple[str, ...], picks: list[Pick]) -> Answer | None:
    """The answer that quotes these; None where there are none."""
    if not picks:
        return None
    picks = joined(picks)
    citations = [cite(pick, number, library) for number, pick in enumerate(picks, 1)]
    said = compose.notes(replace(question, kinds=()), (), citations, library)
    lead = compose.lead(replace(question, intent="finding", concepts=()), citations, library)
    documents = library.in_areas(named)
    return made(question, library, picks, citations, lead, compose.groups(citations), said, documents)


def _many(question: Question, library: Library, asked: AskedFact) -> Answer | None:
    """All areas that meet the condition, and how many of the others say otherwise or nothing."""
    region, rows = scope(question, library)
    if question.unknown_areas and region is None or question.areas:
        return None
    met: list[tuple[AreaRow, list[Pick]]] = []
    silent: list[str] = []
    other: list[str] = []
    for row in rows:
        found = _meets(row, asked, question)
        picks = [p for about, fact in found or () for p in facts.picks([about], [fact], library)]
        if picks:
            met.append((row, picks))
        else:
            (silent if found is None else other).append(row.area)
    if not met:
        return None
    citations: list[Citation] = []
    groups = []
    for row, picks in met:
        own = [cite(pick, len(citations) + number, library) for number, pick in enumerate(picks, 1)]
        citations += own
        groups.append(Group(row.area, tuple(c.marker for c in own)))
    names = [row.area for row, _ in met]
    what = words("national", f"condition.{asked.fact}_{asked.value}")
    if question.years:
        years = wording.listed([str(year) for year in question.years])
        what = words("national", "condition.years", what=what, years=years)
    counted = {"count": str(len(met)), "of": str(len(rows)), "what": what, "areas": wording.listed(names)}
    lead = words("national", "count.lead", **counted)
    documents = [d for row in rows for d in row.papers]
    searched = library.searched(documents)
    said = [
        words(
            "national", "count.searched", areas=str(len(rows)), papers=str(searched.documents),
            span=f"{searched.first} to {searched.last}" if searched.first else words("national", "count.undated"),
        )
    ]  # fmt: skip
    if region:
        said.insert(0, words("national", "count.region", region=region))
    if other:
        said.append(words("national", "count.other", count=str(len(other))))
    if silent:
        said.append(words("national", "count.silent", count=str(len(silent)), areas=wording.listed(silent)))
    picked = [pick for _, picks in met for pick in picks]
    return made(question, library, picked, citations, lead, tuple(groups), said, documents)


def scope(question: Question, library: Library) -> tuple[str | None, tuple[AreaRow, ...]]:
    """The region that a question names, and the areas it is of: those of the region, else all that have papers."""
    rows = areas(library)
    for mention in places.named(question.text):
        if mention.place.sort == "region":
            inside = set(mention.place.areas)
            return mention.place.name, tuple(row for row in rows if places.full_name(row.area) in inside)
    low = question.text.casefold()
    for region in sorted(set(regions().values())):
        if region.casefold() in low:
            return region, tuple(row for row in rows if row.region == region)
    return None, rows


def _meets(row: AreaRow, asked: AskedFact, question: Question) -> Found | None:
    """The papers that meet the condition; empty where they say otherwise, None where no paper says it."""
    years = question.years
    inspected = [d for d in row.inspections if not years or d.year in years]
    if asked.fact in CONDITIONS:
        return CONDITIONS[asked.fact](row, asked, years)
    stated = [d for d in inspected if d.facts.told(asked.fact) is not None]
    if asked.value and asked.fact in ("outcome", "statement_of_action"):
        newest = stated[-1:] if asked.fact == "outcome" and not years else stated
        return [(d, asked.fact) for d in newest if d.facts.told(asked.fact) == asked.value] if stated else None
    return [(d, asked.fact) for d in stated] or None


def _before(row: AreaRow, asked: AskedFact, years: Iterable[int]) -> Found | None:
    """Whether the last report says that there was an inspection before."""
    told = row.last.facts.told("previous_inspection") if row.last else None
    if row.last is None or told is None:
        return None
    return [(row.last, "previous_inspection")] if (told != NEVER) == (asked.value == "yes") else []


def _visited(row: AreaRow, asked: AskedFact, years: tuple[int, ...]) -> Found | None:
    """Revisits and monitoring inspections, with the verdicts or at least the days that their papers give."""
    visits = [d for d in row.visits if d not in row.inspections and (not years or d.year in years)]
    found = [(d, next((v for v in (*VERDICTS, "inspection_dates") if d.facts.told(v)), "area")) for d in visits]
    return found or (None if row.last is None else [])


def _expected(row: AreaRow, asked: AskedFact, years: tuple[int, ...]) -> Found | None:
    """Whether the next inspection is expected, in the years named where any are."""
    month = expected(row.last, asked.fact)
    if row.last is None or month is None:
        return [] if row.last and asked.fact == "next_monitoring" else None
    return [(row.last, asked.fact)] if not years or int(month[:4]) in years else []


def _inspected(row: AreaRow, asked: AskedFact, years: tuple[int, ...]) -> Found | None:
    """The inspections of the years named, or all."""
    stated = [d for d in row.inspections if d.facts.told("inspection_dates")]
    return [(d, "inspection_dates") for d in stated if not years or d.year in years] if stated else None


CONDITIONS: dict[str, Callable[[AreaRow, AskedFact, tuple[int, ...]], Found | None]] = {
    "previous_inspection": _before,
    "follow_up": _visited,
    "next_monitoring": _expected,
    "next_full_inspection": _expected,
    "inspection_dates": _inspected,
}


def made(
    question: Question,
    library: Library,
    picks: Iterable[Pick],
    citations: Iterable[Citation],
    lead: str,
    groups: Iterable[Group],
    notes: Iterable[str],
    documents: list[About],
    reason: str = "facts",
) -> Answer:
    """The answer with its quotes; without any it says that the documents do not say."""
    citations = tuple(citations)
    return Answer(
        question=question,
        status="answered" if citations else "not_found",
        lead=lead,
        citations=citations,
        groups=tuple(groups),
        notes=tuple(notes),
        hits=tuple(pick.hit for pick in picks),
        searched=library.searched(documents),
        index=library.fingerprint,
        reason=reason,
    )
