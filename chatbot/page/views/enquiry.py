"""The view "What should I ask?": choose a topic and an area, get lines of enquiry tied to quotes."""

from __future__ import annotations

from chatbot.page.service import Service, say
from chatbot.page.views.answer import quotation
from chatbot.page.views.markup import Html
from chatbot.page.views.take import take_form
from chatbot.page.views.templates import render
from chatbot.page.views.terms import Glossary
from chatbot.topics.enquiry import Enquiry


def form(service: Service, topic: str, area: str) -> Html:
    """Topic and area."""
    return render("enquiry", topic=topic, area=area, areas=[(a, a) for a in service.library.areas])


def result(service: Service, found: Enquiry) -> Html:
    """The lines, or that nothing can be tied to the papers' words."""
    glossary = Glossary("enquiry")
    lines = [
        (line, [(c.marker, quotation(c, service, "enquiry", glossary)) for c in line.citations]) for line in found.lines
    ]
    fields = {"what": "enquiry", "topic": found.topic, "areas": found.area, "index": found.index}
    take = take_form(say("take.enquiry"), fields, "enquiry")
    return render("enquiry_result", found=found, lines=lines, terms=glossary.listing(), take=take)
