"""Arranges quotes: what comes first, under which heading, and what has to be said beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatbot import thesaurus, wording
from chatbot.library import Library
from chatbot.records import Citation, Group, Question
from prompts import words

if TYPE_CHECKING:
    from chatbot.conversation import SideResult

OLD_YEARS = 4


def ordered(question: Question, results: Sequence[SideResult]) -> list[SideResult]:
    """Sides as the question names them; years stand oldest first already."""
    return list(results)


def groups(question: Question, result: SideResult, citations: Sequence[Citation], compared: bool) -> list[Group]:
    """One group a document and polarity, in the order in which the quotes were chosen."""
    found: dict[tuple[str, str], list[int]] = {}
    first: dict[tuple[str, str], Citation] = {}
    for citation in citations:
        key = (citation.document, citation.polarity)
        found.setdefault(key, []).append(citation.marker)
        first.setdefault(key, citation)
    made = []
    for key, markers in found.items():
        citation = first[key]
        where = wording.document(citation.kind, citation.area, citation.date, citation.date_basis)
        sign = words("answers", f"polarity.{citation.polarity}")
        made.append(Group(f"{where}: {sign}" if sign else where, tuple(markers)))
    return made


def topic(question: Question) -> str:
    """What the question is about, in its own words; empty where it names no topic."""
    labels = [c.label for c in question.concepts if c.asked] or [c.label for c in question.concepts]
    return wording.listed(list(dict.fromkeys(labels))[:4])


def lead(question: Question, citations: Sequence[Citation], library: Library) -> str:
    """Our one line above the quotes; it claims nothing that they do not say."""
    first = citations[0]
    where = wording.document(first.kind, first.area, first.date, first.date_basis)
    about = topic(question)
    documents = {c.document for c in citations}
    if question.intent == "definition" and question.concepts:
        term = _term(question)
        if term:
            return " ".join([
                words("answers", "lead.definition", term=term[0], means=term[1]), words("answers", "lead.definition_plain"),
            ])
    if question.intent == "compare":
        return words("answers", "lead.compare", topic=about) if about else words("answers", "lead.compare_plain")
    if question.parts and question.parts != ("formal",):
        return words("answers", "lead.meta", where=where)
    if question.parts and len(documents) == 1:
        count = len(citations)
        return words("answers", "lead.list_one", where=where, count=f"{count} point{'s' if count > 1 else ''}")
    if len(documents) > 1 and about:
        return words("answers", "lead.several", count=str(len(documents)), topic=about)
    if about and question.intent != "fact":
        return words("answers", "lead.finding", where=where, topic=about)
    return words("answers", "lead.fact", where=where)


def _term(question: Question) -> tuple[str, str] | None:
    """The jargon a question asks the meaning of, with its plain line."""
    for wordings, _ in sorted(question.concepts[0].phrases, key=lambda p: -p[1]):
        for term, strength in thesaurus.phrases().get(wordings, ()):
            if term.means and strength >= thesaurus.EQUAL:
                return term.name, term.means
    return None


def notes(question: Question, results: Sequence[SideResult], citations: Sequence[Citation], library: Library) -> tuple[str, ...]:
    """What a reader must know beside the quotes: silent sides, dates not stated, minutes, mended spelling."""
    said = []
    if question.corrected:
        said.append(words("answers", "note.spelling", pairs=wording.listed([f"{a} as {b}" for a, b in question.corrected])))
    about = topic(question)
    for result in results:
        if not result.picks and len(results) > 1:
            side = _side_name(result)
            said.append(words("answers", "note.silent", topic=about, side=side) if about else words("answers", "note.silent_plain", side=side))
    said += [words("answers", "note.unknown_side", side=area) for area in question.unknown_areas]
    if any(c.kind == "minutes" for c in citations):
        said.append(words("answers", "note.minutes"))
    years = [int(c.date[:4]) for c in citations if c.date]
    newest = max((d.year or 0 for d in library.documents), default=0)
    if years and newest - max(years) >= OLD_YEARS and not question.years:
        said.append(words("answers", "note.old", year=str(max(years))))
    return tuple(said)


def _side_name(result: SideResult) -> str:
    label = result.side.label
    try:
        return f"the {words('answers', f'kind.{label}')}"
    except Exception:
        return f"the papers of {label}" if label[:1].isdigit() else label
