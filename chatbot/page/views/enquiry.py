"""The view "What should I ask?": choose a topic and an area, get lines of enquiry tied to quotes."""

from __future__ import annotations

from chatbot.page.service import Service, say
from chatbot.page.views.answer import quotation
from chatbot.page.views.markup import Html, join, options, tag
from chatbot.page.views.take import take_form
from chatbot.page.views.terms import Glossary
from chatbot.topics.enquiry import Enquiry, Line


def form(service: Service, topic: str, area: str) -> Html:
    """Topic and area."""
    areas = [(a, a) for a in service.library.areas]
    fields = [
        tag(
            "p",
            tag("label", say("enquiry.topic"), for_="topic"),
            tag("input", type="text", name="topic", id="topic", value=topic, required=True),
        ),
        tag(
            "p",
            tag("label", say("enquiry.area"), for_="area"),
            tag("select", options(areas, area), name="areas", id="area"),
        ),
        tag("p", tag("button", say("enquiry.button"), class_="first")),
    ]
    return join(
        [
            tag("p", say("enquiry.lead"), class_="intro"),
            tag("form", *fields, method="post", action="/enquiry", class_="row-form"),
        ]
    )


def result(service: Service, found: Enquiry) -> Html:
    """The lines, or that nothing can be tied to the papers' words."""
    searched = tag("p", say("enquiry.searched", passages=found.passages, documents=found.documents), class_="small")
    if not found.lines:
        return join([tag("p", say("enquiry.none", topic=found.topic), class_="notes", role="status"), searched])
    glossary = Glossary("enquiry")
    fields = {"what": "enquiry", "topic": found.topic, "areas": found.area, "index": found.index}
    return join(
        [
            tag("h2", say("enquiry.results", topic=found.topic), id="result", tabindex="-1"),
            searched,
            *[_line(service, line, glossary) for line in found.lines],
            glossary.listing(),
            tag("div", take_form(say("take.enquiry"), fields, "enquiry"), class_="tools"),
        ]
    )


def _line(service: Service, line: Line, glossary: Glossary) -> Html:
    quotes = [
        tag("li", quotation(citation, service, "enquiry", glossary), value=citation.marker)
        for citation in line.citations
    ]
    return tag(
        "section",
        tag("h3", line.heading),
        tag("p", line.think),
        tag("h4", say("enquiry.prompts")),
        tag("ol", *quotes, class_="quotes", role="list"),
        tag("h4", say("enquiry.silent")),
        tag("p", line.silent),
        tag("h4", say("enquiry.know")),
        tag("p", line.know),
        class_="turn",
    )
