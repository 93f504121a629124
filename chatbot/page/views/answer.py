"""An answer as HTML: a heading for the question, quotes with all that belongs to them, what was searched."""

from __future__ import annotations

import json
from collections.abc import Sequence

from chatbot import serialise, wording
from chatbot.library import Library
from chatbot.page.service import KINDS, Asked, Service, document_id, filters_in_words, say
from chatbot.page.views import reply as reply_view
from chatbot.page.views import summary as summary_view
from chatbot.page.views.markup import Html, hidden, join, path, tag
from chatbot.page.views.take import take_form
from chatbot.page.views.terms import Glossary
from chatbot.records import Answer, Citation

CLOSE = 5  # passages that came close, listed under an answer
CORE_KINDS = ("inspection_report", "minutes", "action_plan", "local_offer")  # named where an area has none of them


def turn(service: Service, asked: Asked, answer: Answer, number: int, earlier: Sequence[Asked] = ()) -> Html:
    """One question and its answer; `number` counts from 1 and keeps ids apart."""
    prefix = f"turn-{number}"
    glossary = Glossary(prefix)
    body: list[object] = [
        tag("h2", hidden(f"{say('turn.question', number=number)}: "), answer.question.text, id=f"{prefix}-heading")
    ]
    if answer.question.resolved != answer.question.text:
        body.append(tag("p", tag("strong", say("turn.understood")), " ", answer.question.resolved, class_="understood"))
    chosen = filters_in_words(None, asked.filters)
    if chosen:
        body.append(tag("p", say("turn.filtered", what=chosen), class_="understood"))
    body.append(summary_view.summary(answer, prefix))
    if answer.reply:
        body.append(reply_view.said(answer.reply, prefix))
    if answer.reply is None or answer.lead != answer.reply.say:
        body.append(tag("p", answer.lead, class_="lead"))
    if answer.citations:
        body += [_voices(answer), *_groups(answer, service, prefix, glossary)]
    if answer.notes:
        body.append(tag("ul", *[tag("li", note) for note in answer.notes], class_="notes"))
    if answer.papers:
        body += [
            tag("h3", say("reply.papers")),
            tag("p", answer.papers.lead),
            *_groups(answer.papers, service, prefix, glossary),
        ]
    body.append(glossary.listing())
    if answer.reason != "screened":
        body.append(_searched(answer, service.library))
    if answer.citations:
        body += [
            tag("p", say("turn.check"), class_="small"),
            _next_steps(service, answer),
            _tools(service, asked, earlier, answer, prefix),
        ]
    return tag(
        "article",
        *body,
        class_=f"turn {answer.status}",
        id=prefix,
        aria_labelledby=f"{prefix}-heading",
        data_summary=summary(answer, number),
    )


def summary(answer: Answer, number: int) -> str:
    """What is announced once when an answer has come."""
    quotes, papers = len(answer.citations), len({c.document for c in answer.citations})
    if not quotes:
        said = answer.lead
    elif quotes == 1:
        said = f"{say('turn.quotes_one')} {answer.lead}"
    else:
        counted = (
            say("turn.quotes_many", quotes=quotes, documents=papers)
            if papers > 1
            else say("turn.quotes_one_paper", quotes=quotes)
        )
        said = f"{counted} {answer.lead}"
    return say("turn.answer_ready", number=number, summary=said)


def _voices(answer: Answer) -> Html:
    """Who is quoted how often, so that a one-sided answer shows."""
    counts: dict[str, int] = {}
    for citation in answer.citations:
        name = wording.speaker(citation.speaker, citation.kind)
        counts[name] = counts.get(name, 0) + 1
    said = ", ".join(f"{name} ({count})" for name, count in counts.items())
    return tag("p", tag("strong", say("turn.voices")), " ", said, ".", class_="voices")


def _groups(answer: Answer, service: Service, prefix: str, glossary: Glossary) -> list[Html]:
    by_marker = {c.marker: c for c in answer.citations}
    made = []
    for group in answer.groups:
        items = [tag("li", quotation(by_marker[m], service, prefix, glossary), value=m) for m in group.markers]
        made.append(
            join(
                [
                    tag("h3", group.heading),
                    tag("p", group.note) if group.note else None,
                    tag("ol", *items, class_="quotes", role="list"),
                ]
            )
        )
    return made


def quotation(citation: Citation, service: Service, prefix: str, glossary: Glossary) -> Html:
    """A quote with its voice, paper, date, place and check, and the way to its page."""
    where = tag("cite", citation.title)
    date = wording.dated(citation.date, citation.date_basis)
    place = serialise.place(citation)
    details = [
        tag(
            "p",
            tag("strong", _capital(wording.speaker(citation.speaker, citation.kind))),
            ". ",
            where,
            ", ",
            date,
            f", {place}" if place else "",
            ".",
        ),
        tag("p", f"{say('turn.section')}: {citation.section}", class_="section") if citation.section else None,
        tag(
            "p",
            check(citation),
            " ",
            evidence_link(citation, service, f"{prefix}-quote-{citation.marker}"),
            class_="check",
        ),
    ]
    before = say("turn.columns") if " | " in citation.lead_in else say("turn.lead_in")
    lead_in = tag("p", f"{before}: “{citation.lead_in}”", class_="lead-in") if citation.lead_in else None
    return tag(
        "figure",
        lead_in,
        tag("blockquote", tag("p", glossary.mark(citation.quote))),
        tag("figcaption", *details),
        class_="quotation",
        id=f"{prefix}-quote-{citation.marker}",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def check(citation: Citation) -> Html | None:
    """That the quote was found again on its page; from the check of the answer and from nothing else."""
    if not citation.verified:
        return None
    words = say("turn.found_page", page=citation.page) if citation.page else say("turn.found_text")
    return tag("span", tag("span", "✓", aria_hidden="true"), " ", words, ".", class_="found")


def evidence_address(document: str, passage_id: str, quote: str, library: Library) -> str:
    """Where the evidence for a quote is shown; the quote is given by its place in the passage."""
    address = path("documents", document_id(document), "passages", passage_id)
    row = library.row_of(passage_id)
    start = library.passage(row).text.find(quote) if row is not None else -1
    return f"{address}?quote={start}-{start + len(quote)}#quote" if start >= 0 else f"{address}#quote"


def evidence_link(citation: Citation, service: Service, back: str) -> Html:
    """The link to the page a quote comes from; the script opens it beside the answer."""
    label = say("turn.see_page", page=citation.page) if citation.page else say("turn.see_text")
    return tag(
        "a",
        label,
        hidden(f" ({say('turn.mark', marker=citation.marker)})"),
        class_="evidence-link",
        data_evidence=True,
        data_back=back,
        href=evidence_address(citation.document, citation.passage_id, citation.quote, service.library),
    )


def _searched(answer: Answer, library: Library) -> Html:
    """What was searched, what kinds are missing, the collection's mark, and what came close."""
    searched = answer.searched
    lines = [tag("p", say("turn.searched_line", documents=searched.documents, passages=searched.passages))]
    if searched.areas:
        areas = (
            wording.listed(searched.areas)
            if len(searched.areas) <= 8
            else say("ask.many_areas", count=len(searched.areas))
        )
        lines.append(tag("p", say("turn.searched_areas", areas=areas)))
    if searched.first and searched.last:
        lines.append(tag("p", say("turn.searched_years", first=searched.first, last=searched.last)))
    lines += _limits(answer, library)
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
        missing = [KINDS[kind] for kind in CORE_KINDS if not any(d.facts.kind == kind for d in documents)]
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


def _next_steps(service: Service, answer: Answer) -> Html | None:
    """On to the comparison and the lines of enquiry with the topic filled in; sent, not put in an address."""
    topic = ", ".join(dict.fromkeys(c.label for c in answer.question.concepts))
    if not topic:
        return None
    areas = answer.question.areas[:6]
    fields = [
        tag("input", type="hidden", name="topic", value=topic),
        *[tag("input", type="hidden", name="areas", value=a) for a in areas],
    ]
    forms = [tag("form", *fields, tag("button", say("turn.compare"), class_="plain"), method="get", action="/compare")]
    if len(areas) == 1 and not service.page.election_period:
        forms.append(
            tag("form", *fields, tag("button", say("turn.enquiry"), class_="plain"), method="get", action="/enquiry")
        )
    return tag("div", *forms, class_="steps")


def _tools(service: Service, asked: Asked, earlier: Sequence[Asked], answer: Answer, prefix: str) -> Html:
    """Taking the answer away, and saying that it is wrong."""
    from chatbot.page.views.feedback import feedback_form

    take = take_form(
        say("take.answer"),
        {"what": "answer", "turns": json.dumps([a.as_json() for a in (*earlier, asked)]), "index": answer.index},
        prefix,
    )
    return tag("div", take, feedback_form(service, asked, answer, prefix), class_="tools")
