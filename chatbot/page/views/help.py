"""The longer texts: help, privacy, accessibility, sources. All words stand in prompts/help.toml."""

from __future__ import annotations

from itertools import groupby

from chatbot.page.service import Service
from chatbot.page.views import summary as summary_view
from chatbot.page.views.layout import contact
from chatbot.page.views.markup import Html, text
from chatbot.page.views.templates import render
from prompts import table

POINT = "- "


def topics() -> list[str]:
    """The texts in the order of their menu."""
    return list(table("help")["order"])


def title(topic: str) -> str:
    """The heading of a text."""
    return str(table("help")[topic]["title"])


def body(service: Service, topic: str) -> Html:
    """One text, with the menu of all."""
    data = table("help")
    blocks = [
        (points, [_filled(service, line.removeprefix(POINT)) for line in lines])
        for points, lines in groupby(data[topic]["text"], lambda line: line.startswith(POINT))
    ]
    return render(
        "help",
        menu=data["menu"],
        topics=[(address(t), title(t), t == topic) for t in topics()],
        told=summary_view.notice(service) if topic in ("about", "privacy") else "",
        blocks=blocks,
    )


def address(topic: str) -> str:
    """Where a text is shown."""
    return "/help" if topic == topics()[0] else f"/help/{topic}"


def _filled(service: Service, line: str) -> Html:
    """A line with who runs the page put in."""
    data, page = table("help"), service.page
    who = text(page.operator or data["no_operator"])
    where = contact(service) if page.contact else text(data["no_contact"])
    return Html(str(text(line)).replace("{operator}", who).replace("{contact}", where))
