"""What was searched for an answer, what is missing from it, and what came close."""

from __future__ import annotations

from chatbot import wording
from chatbot.library import Library
from chatbot.page.service import document_id, say
from chatbot.page.views.markup import Html, join, path, tag
from chatbot.records import Answer
from ingest.registry import kinds

CLOSE = 5  # passages that came close, listed under an answer


def searched(answer: Answer, library: Library) -> Html:
    """What was searched, what kinds are missing, the collection's mark, and what came close."""
    what = answer.searched
    lines = [tag("p", say("turn.searched_line", **wording.counts(what)))] if what.documents else []
    if what.areas:
        areas = wording.listed(what.areas) if len(what.areas) <= 8 else say("ask.many_areas", count=len(what.areas))
        lines.append(tag("p", say("turn.searched_areas", areas=areas)))
    if what.first and what.last:
        lines.append(tag("p", say("turn.searched_years", first=what.first, last=what.last)))
    lines += _limits(answer, library) if what.documents else []
    lines.append(tag("p", say("turn.index", index=answer.index)))
    quoted = {c.passage_id for c in answer.citations}
    close = [h.passage for h in answer.hits if h.passage.id not in quoted][:CLOSE]
    if close:
        lines.append(tag("p", tag("strong", say("turn.passages"))))
        lines.append(
            tag(
                "ul",
                *[
                    tag("li", _close(passage.document, passage.id, passage.page, passage.text, library))
                    for passage in close
                ],
            )
        )
    return tag("details", tag("summary", say("turn.searched")), *lines, class_="more")


def _limits(answer: Answer, library: Library) -> list[Html]:
    """The newest paper, and obvious kinds of paper that one area has none of."""
    areas = answer.question.areas
    documents = library.in_areas(areas)
    newest = max((d.facts.date for d in documents if d.facts.date), default=None)
    lines = [tag("p", say("turn.newest", date=wording.date(newest)))] if newest else []
    if len(areas) == 1:
        there = {d.facts.kind for d in documents}
        missing = [kinds.called(name) for name, kind in kinds.kinds().items() if kind.core and name not in there]
        if missing:
            lines.append(tag("p", say("turn.missing_kinds", areas=areas[0], kinds=wording.listed(missing))))
    return lines


def _close(document: str, passage_id: str, page: int | None, words: str, library: Library) -> Html:
    facts = library.by_name[document].facts
    start = " ".join(words.split()[:16])
    where = wording.document(facts.kind, ", ".join(facts.areas), facts.date, facts.date_basis)
    label = f"{where}, page {page}" if page else where
    return join(
        [
            tag("a", label, href=path("documents", document_id(document), "passages", passage_id), data_evidence=True),
            f": “{start} …”",
        ]
    )
