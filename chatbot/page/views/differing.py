"""What differs between the last inspection of an area and the one before: earlier words beside later words."""

from __future__ import annotations

from chatbot import wording
from chatbot.national.areas import AreaRow
from chatbot.national.differences import Side, are_alike, sides
from chatbot.page.service import Service, document_id
from chatbot.page.views.markup import Html, join, path, tag
from prompts import words


def say(key: str, **values: object) -> str:
    """A text of [differs] in news.toml."""
    return words("news", f"differs.{key}", **values)


def view(service: Service, row: AreaRow) -> Html | None:
    """The table; None for an area without two inspections."""
    both = sides(row, service.library)
    if both is None:
        return None
    heads = [
        tag("th", say(name), tag("br"), _named(side), scope="col")
        for name, side in zip(("earlier", "later"), both, strict=True)
    ]
    table = tag(
        "table",
        tag("thead", tag("tr", tag("td", say("heading")), *heads)),
        tag(
            "tbody",
            tag("tr", tag("th", say("finding"), scope="row"), *[tag("td", _finding(side)) for side in both]),
            tag("tr", tag("th", say("priority"), scope="row"), *[tag("td", _priority(side)) for side in both]),
        ),
    )
    note = None if are_alike(*both) else tag("p", say("apart"), class_="notes")
    scrolling = tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=say("heading"))
    return join([note, scrolling])


def _named(side: Side) -> str:
    facts = side.about.facts
    return wording.document(facts.kind, "", facts.date, facts.date_basis)


def _finding(side: Side) -> Html:
    if side.finding is None:
        return tag("p", say("no_finding"))
    start, end = side.finding.bounds
    address = path("documents", document_id(side.about.facts.document), "passages", side.finding.hit.passage.id)
    link = tag("a", say("see"), href=f"{address}?quote={start}-{end}")
    return join([tag("blockquote", tag("p", side.finding.text)), tag("p", link)])


def _priority(side: Side) -> str:
    return say("no_list") if side.priority is None else str(side.priority)
