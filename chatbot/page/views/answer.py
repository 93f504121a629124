"""An answer as HTML: a heading for the question, quotes with all that belongs to them, what was searched."""

from __future__ import annotations

import json
from collections.abc import Sequence

from chatbot import serialise, wording
from chatbot.library import Library
from chatbot.page.service import MOST_AFTER, Asked, Service, document_id, say
from chatbot.page.views import reply as reply_view
from chatbot.page.views import summary as summary_view
from chatbot.page.views.chips import carried, chips
from chatbot.page.views.markup import Html, hidden, join, path, tag
from chatbot.page.views.searched import searched
from chatbot.page.views.take import take_form
from chatbot.page.views.templates import render
from chatbot.page.views.terms import Glossary
from chatbot.records import Answer, Citation


def turn(service: Service, asked: Asked, answer: Answer, number: int, earlier: Sequence[Asked] = ()) -> Html:
    """One question and its answer; `number` counts from 1 and keeps ids apart."""
    prefix = f"turn-{number}"
    glossary = Glossary(prefix)
    counted = hidden(f"{say('turn.question', number=number)}: ")
    body: list[object] = [
        tag("h2", counted, answer.question.text, id=f"{prefix}-heading", tabindex="-1", dir="auto"),
        chips(asked, answer.question, earlier) if answer.reason != "screened" else None,
    ]
    body.append(summary_view.summary(answer, prefix))
    if said := answer.translation:
        body.append(tag("p", said.text, class_="lead", lang=said.language, dir="auto"))
    if answer.reply:
        body.append(reply_view.said(answer.reply, prefix, bool(answer.citations or answer.papers)))
    if answer.reply is None or answer.lead != answer.reply.say:
        body.append(tag("p", answer.lead, class_="lead"))
    if answer.citations:
        body += _groups(answer, service, prefix, glossary)
        body.append(_voices(answer))
    if answer.notes:
        body.append(tag("ul", *[tag("li", note) for note in answer.notes], class_="notes"))
    if answer.papers:
        body += [
            tag("h3", say("reply.papers")),
            tag("p", answer.papers.lead),
            *_groups(answer.papers, service, prefix, glossary),
        ]
    if answer.reply:
        body.append(reply_view.helpers(answer.reply, prefix))
    body.append(glossary.listing())
    if answer.reason != "screened":
        body.append(searched(answer, service.library))
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
        data_number=number,
        data_asked=json.dumps(asked.as_json()),
        data_after=json.dumps([a.question for a in earlier[-MOST_AFTER:]] if carried(answer.question) else []),
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
    """Who is quoted how often, so that a one-sided answer shows; it stands below the quotes, which come first."""
    counts: dict[str, int] = {}
    for citation in answer.citations:
        name = wording.speaker(citation.speaker, citation.kind)
        counts[name] = counts.get(name, 0) + 1
    said = ", ".join(f"{name} ({count})" for name, count in counts.items())
    return tag("p", tag("strong", say("turn.voices")), " ", said, ".", class_="voices")


def _groups(answer: Answer, service: Service, prefix: str, glossary: Glossary) -> list[Html]:
    by_marker = {c.marker: c for c in answer.citations}
    made: list[Html] = []
    named: set[str] = set()
    for group in answer.groups:
        items = [tag("li", quotation(by_marker[m], service, prefix, glossary, False), value=m) for m in group.markers]
        made.append(
            join(
                [
                    tag("h3", shown) if (shown := _heading(group.heading, answer)) else None,
                    _title(by_marker[group.markers[0]], named),
                    tag("p", group.note) if group.note else None,
                    tag("ol", *items, class_="quotes", role="list"),
                ]
            )
        )
    return made


def _title(citation: Citation, named: set[str]) -> Html | None:
    """The title of a group's paper, once in an answer; `named` keeps the papers that have had theirs."""
    if citation.document in named:
        return None
    named.add(citation.document)
    return tag("p", tag("cite", citation.title), class_="title")


def _heading(heading: str, answer: Answer) -> str:
    """A group's heading without the paper's name where the answer's first line has just said it."""
    first = answer.citations[0]
    where = wording.document(first.kind, first.area, first.date, first.date_basis)
    told = answer.lead.startswith(where) and all(c.document == first.document for c in answer.citations)
    return heading.removeprefix(where).lstrip(": ") if told else heading


def quotation(citation: Citation, service: Service, prefix: str, glossary: Glossary, titled: bool = True) -> Html:
    """A quote with its voice, place and check, and the way to its page; with its paper's title and date if `titled`.

    Without them they stand above it: in the heading of its group and the line below that.
    """
    date, place = wording.dated(citation.date, citation.date_basis), serialise.place(citation)
    id_ = f"{prefix}-quote-{citation.marker}"
    return render(
        "quotation",
        id=id_,
        quote=citation,
        words=glossary.mark(citation.quote),
        before=say("turn.columns") if " | " in citation.lead_in else say("turn.lead_in"),
        speaker=_capital(wording.speaker(citation.speaker, citation.kind)),
        title=citation.title if titled else "",
        date=date,
        place=place,
        check=check(citation),
        link=evidence_link(citation, service, id_),
        reference=f"“{citation.quote}” ({', '.join(filter(None, (citation.title, date, place)))})",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def check(citation: Citation) -> Html | None:
    """That the quote was found again on its page; from the check of the answer and from nothing else."""
    if not citation.verified:
        return None
    return tag("span", tag("span", "✓", aria_hidden="true"), " ", say("turn.found"), ".", class_="found")


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
    share = tag(
        "p",
        tag("button", say("copy.share"), type="button", class_="second", data_share=True),
        " ",
        tag("span", say("copy.share_hint"), class_="hint"),
        class_="scripted share",
    )
    return tag("div", share, take, feedback_form(service, asked, answer, prefix), class_="tools")
