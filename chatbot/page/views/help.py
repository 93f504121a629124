"""The longer texts: help, privacy, accessibility, sources. All words stand in prompts/help.toml."""

from __future__ import annotations

from chatbot.page.service import Service
from chatbot.page.views import summary as summary_view
from chatbot.page.views.layout import contact
from chatbot.page.views.markup import Html, join, tag, text
from prompts import table


def topics() -> list[str]:
    """The texts in the order of their menu."""
    return list(table("help")["order"])


def title(topic: str) -> str:
    """The heading of a text."""
    return str(table("help")[topic]["title"])


def body(service: Service, topic: str) -> Html:
    """One text, with the menu of all."""
    data = table("help")
    menu = tag(
        "ul",
        *[
            tag("li", tag("a", title(t), href=address(t), aria_current="page" if t == topic else None))
            for t in topics()
        ],
    )
    told = summary_view.notice(service)
    parts: list[Html] = [tag("p", told, class_="notes")] if told and topic in ("about", "privacy") else []
    points: list[Html] = []
    for line in data[topic]["text"]:
        if line.startswith("- "):
            points.append(tag("li", _filled(service, line[2:])))
            continue
        parts += [tag("ul", *points)] if points else []
        points = []
        parts.append(tag("p", _filled(service, line)))
    parts += [tag("ul", *points)] if points else []
    return join(
        [
            tag(
                "nav",
                tag("p", tag("strong", data["menu"]), id="help-menu"),
                menu,
                aria_labelledby="help-menu",
                class_="side",
            ),
            tag("div", *parts),
        ]
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
