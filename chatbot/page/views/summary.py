"""What an optional language model wrote, told apart from the quotes; and the notice that one is in use."""

from __future__ import annotations

from chatbot import llm, wording
from chatbot.page.service import Service
from chatbot.page.views.markup import Html, join, tag
from chatbot.records import Answer, Claim
from prompts import words


def summary(answer: Answer, prefix: str) -> Html | None:
    """The checked claims, each with links to the quotes that bear it out; or why there are none."""
    found = answer.summary
    if found is None:
        return None
    note = tag("p", found.note, class_="small") if found.note else None
    if not found.claims:
        return note
    claims = tag("ul", *[tag("li", _claim(answer, claim, prefix)) for claim in found.claims])
    heading = tag("h3", words("model", "say.heading", model=found.model), id=f"{prefix}-summary")
    return tag("section", heading, claims, note, class_="summary", aria_labelledby=f"{prefix}-summary")


def _claim(answer: Answer, claim: Claim, prefix: str) -> Html:
    first = next(c for c in answer.citations if c.marker == claim.markers[0])
    where = wording.document(first.kind, first.area, first.date, first.date_basis)
    links = [tag("a", f"[{marker}]", href=f"#{prefix}-quote-{marker}", class_="marker") for marker in claim.markers]
    return join([claim.text, " ", *links, f" ({where}; {wording.speaker(first.speaker, first.kind)})"])


def notice(service: Service) -> str:
    """That a language model is in use, where it runs and what it is sent; empty where none is."""
    return llm.notice(service.assistant.settings)
