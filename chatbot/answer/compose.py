"""Arranges quotes: what comes first, under which heading, and what has to be said beside them."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot import wording
from chatbot.answer import whereabouts
from chatbot.library import Library
from chatbot.records import Citation, Finding, Group, Pick, Question
from chatbot.vocabulary import thesaurus
from chatbot.vocabulary.concepts import Idea, ideas
from chatbot.vocabulary.patterns import pattern
from ingest.facts import doubt
from ingest.registry import kinds
from prompts import words

OLD_YEARS = 4
# Reader's score by which the best sentence of a newer paper may fall behind that of an older one and still lead. The
# first quote is evidence for 71 of 178 answers from several papers with .5, 69 with 0, 62 with 1.5, 35 with any.
AS_GOOD = 0.5
# Below it an answer says that it may be none. Of 61 questions near to what papers say, which they do not answer, 28 are
# refused and 14 more told so; of 228 that can be answered 14 are told so without need. None was learned from.
SURE = 0.5
NAMED = ("peer_review", "monitoring_report", "revisit_letter")  # papers that people ask for by name


def ordered(question: Question, sides: Sequence[Sequence[Pick]], library: Library) -> list[Pick]:
    """All picks in the order in which they are read.

    Sides stay apart, as the question names them. Within one, the quotes of a document stand together, best first.
    Where change is asked, documents come oldest first. Else the newest of those that answer as well as any leads, and
    the others follow, newest first.
    """
    read: list[Pick] = []
    for picks in sides:
        documents = list(dict.fromkeys(p.hit.passage.document for p in picks))
        worth = {d: max(_worth(p) for p in picks if p.hit.passage.document == d) for d in documents}
        change = asks_change(question)
        dated = sorted(documents, key=lambda d: library.by_name[d].facts.date or "", reverse=not change)
        led = dated if change else sorted(dated, key=lambda d: worth[d] < max(worth.values()) - AS_GOOD)
        order = {name: n for n, name in enumerate(led)}
        signs = {(p.hit.passage.document, p.hit.passage.polarity): n for n, p in reversed(list(enumerate(picks)))}
        read += sorted(
            picks, key=lambda p: (order[p.hit.passage.document], signs[p.hit.passage.document, p.hit.passage.polarity])
        )
    return read


def _worth(pick: Pick) -> float:
    """What the best of a pick's sentences scored; the items of a list that is given whole were not read."""
    return max(pick.hit.sentences[pick.first : pick.last + 1], default=float("-inf"))


def asks_change(question: Question) -> bool:
    """Whether a question asks how something changed, so that it is read from old to new."""
    return question.intent == "compare" or bool(pattern("question", "asks.change").search(question.text))


def groups(citations: Sequence[Citation]) -> tuple[Group, ...]:
    """One group a document and polarity, in the order of the citations."""
    found: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        found.setdefault((citation.document, citation.polarity), []).append(citation)
    made = []
    for (_, polarity), own in found.items():
        where = wording.document(own[0].kind, own[0].area, own[0].date, own[0].date_basis)
        sign = words("answers", f"polarity.{polarity}")
        made.append(Group(f"{where}: {sign}" if sign else where, tuple(c.marker for c in own)))
    return tuple(made)


def lead(question: Question, citations: Sequence[Citation], library: Library, findings: Sequence[Finding] = ()) -> str:
    """Our one line above the quotes; it claims nothing that they do not say.

    It says so where no reading of the findings that were answered is sure; none are given for stored facts.
    """
    first = citations[0]
    where = wording.document(first.kind, first.area, first.date, first.date_basis)
    documents = {c.document for c in citations}
    meanings = definitions(question)
    if meanings:
        return " ".join(
            [
                *(
                    words("answers", "lead.definition", term=t[:1].upper() + t[1:], means=means)
                    for t, means in meanings
                ),
                words("answers", "lead.definition_plain"),
            ]
        )
    if question.intent == "compare":
        return words("answers", "lead.compare")
    if findings and all(1 - f.reading.none < SURE for f in findings):
        return words("answers", "lead.unsure", where=where)
    if question.intent == "list" and len(documents) == 1 and len(citations) > 2:
        count = len(citations)
        return words("answers", "lead.list_one", where=where, count=f"{count} point{'s' if count > 1 else ''}")
    if len(documents) > 1:
        return words("answers", "lead.several", count=str(len(documents)))
    return words("answers", "lead.fact", where=where)


def definitions(question: Question) -> list[tuple[str, str]]:
    """The jargon whose meaning a question asks, with our plain lines; empty where it asks for none.

    "What is a WSoA?" asks for a meaning, "what is said about SENDIASS?" does not: the whole of what follows "what
    is" has to be a known term.
    """
    asked = pattern("question", "asks.meaning").search(question.text)
    words_asked = (asked["term"] or asked["meant"] or "") if asked else ""
    known = thesaurus.stems_of(words_asked) in thesaurus.phrases() or words_asked in thesaurus.exact_forms()
    if not asked or not known:
        return []
    found = [idea for idea in ideas(question.text, lambda stem: True) if idea.jargon]
    terms = [term for idea in found if (term := _term(idea))]
    return list(dict.fromkeys((t.name, t.means) for t in terms))


def _term(idea: Idea) -> thesaurus.Term | None:
    """The thesaurus term that an idea's own words stand for; None for everyday words."""
    own = [w for w, s in idea.wordings if s >= 1.0]
    matches = thesaurus.phrases().get(own[0], ()) if own else ()
    return matches[0][0] if matches and matches[0][0].means and matches[0][1] >= thesaurus.EQUAL else None


def notes(
    question: Question, results: Sequence[Finding], citations: Sequence[Citation], library: Library
) -> tuple[str, ...]:
    """What a reader must know beside the quotes: silent sides, dates not stated, minutes, mended spelling."""
    said = []
    if question.corrected:
        said.append(
            words("answers", "note.spelling", pairs=wording.listed([f"{a} as {b}" for a, b in question.corrected]))
        )
    newest = max((d.year or 0 for r in results for d in r.scope.documents), default=0)
    if question.relative and newest:
        said.append(words("answers", "note.relative", time=question.relative, year=str(newest)))
    asked = list(dict.fromkeys(r.part for r in results))
    said += [
        words("answers", "note.part", part=part)
        for part in asked
        if len(asked) > 1 and not any(r.picks for r in results if r.part == part)
    ]
    for result in results:
        if not result.picks and len(results) > len(asked) and result.part == asked[0]:
            side = _side_name(result)
            said.append(words("answers", "note.silent", side=side))
    said += [words("answers", "note.unknown_side", side=area) for area in question.unknown_areas]
    said += whereabouts.told(question, library)
    said += _absent_kinds(question, results)
    if pattern("question", "asks.entitled").search(question.text):
        said.append(words("answers", "note.entitled"))
    if any(c.kind == "minutes" for c in citations):
        said.append(words("answers", "note.minutes"))
    said += _doubts(citations, library)
    years = [int(c.date[:4]) for c in citations if c.date]
    newest = max((d.year or 0 for d in library.documents), default=0)
    if years and newest - max(years) >= OLD_YEARS and not question.years:
        said.append(words("answers", "note.old", year=str(max(years))))
    return tuple(said)


def _doubts(citations: Sequence[Citation], library: Library) -> list[str]:
    """Where a report quoted has a rival, both with how their publisher is known; words that command an assistant.

    A report that may stand before the true one is told too: of a day to come, or the one whose publisher is unknown.
    """
    said = []
    for document in dict.fromkeys(c.document for c in citations):
        if others := library.rivals.get(document):
            basis = {name: words("answers", f"basis.{library.publisher_basis(name)}") for name in (document, *others)}
            named = [
                words("answers", "note.rival", document=name, basis=known) for name, known in sorted(basis.items())
            ]
            said.append(words("answers", "note.rivals", papers=wording.listed(named)))
        elif _is_unproved(document, library):
            said.append(words("answers", "note.unproved", document=document))
        if doubt.ahead(library.by_name[document].facts, library.manifest.made):
            said.append(words("answers", "note.ahead", document=document))
    if any(doubt.commands(c.quote) for c in citations):
        said.append(words("answers", "note.commands"))
    return list(dict.fromkeys(said))


def _is_unproved(document: str, library: Library) -> bool:
    """Whether a report's publisher is unknown where that of another report on one of its areas is known."""
    facts = library.by_name[document].facts
    if not kinds.kind(facts.kind).full or not facts.areas or library.publisher_basis(document) != "unknown":
        return False
    reports = [d.facts for d in library.in_areas(facts.areas) if kinds.kind(d.facts.kind).full]
    return any(library.publisher_basis(other.document) != "unknown" for other in reports)


def _absent_kinds(question: Question, results: Sequence[Finding]) -> list[str]:
    """That a paper which the question names is not here: the quotes are other papers' words."""
    there = {d.facts.kind for r in results for d in r.scope.documents}
    if there & set(question.kinds):
        return []
    return [words("answers", "note.no_kind", kind=kinds.called(k)) for k in question.kinds if k in NAMED]


def _side_name(result: Finding) -> str:
    label = result.scope.label
    if label in kinds.kinds():
        return f"the {kinds.called(label)}"
    return f"the papers of {label}" if label[:1].isdigit() else f"the papers about {label}"
