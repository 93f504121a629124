"""The frame around every view: head, skip link, menu, footer. Served views are whole pages made here."""

from __future__ import annotations

from chatbot import wording
from chatbot.page.service import Service, say
from chatbot.page.views.markup import Html, hidden, join, tag, text, web_address

MENU = (
    ("ask", "/"), ("documents", "/documents"), ("areas", "/areas"), ("themes", "/themes"), ("new", "/new"),
    ("compare", "/compare"), ("enquiry", "/enquiry"), ("promises", "/promises"), ("help", "/help"),
)  # fmt: skip
STATIC = "/own"


def head() -> Html:
    """Our own style and script; nothing from another host."""
    return join(
        [
            tag("link", rel="stylesheet", href=f"{STATIC}/page.css"),
            tag("link", rel="icon", href=f"{STATIC}/icon.svg", type="image/svg+xml"),
            tag("meta", name="referrer", content="same-origin"),
            tag("meta", name="robots", content="noindex"),
            tag("script", src=f"{STATIC}/page.js", defer=True),
        ]
    )


def top(service: Service, current: str) -> Html:
    """Skip link, name and menu; the view's own entry is marked as current."""
    items = [
        tag("li", tag("a", say(f"frame.{key}"), href=address, aria_current="page" if key == current else None))
        for key, address in MENU
    ]
    name = tag("p", tag("a", service.page.title, href="/"), class_="site")
    return join(
        [
            tag("a", say("frame.skip"), href="#start", class_="skip"),
            tag(
                "header",
                tag("div", name, tag("nav", tag("ul", *items), aria_label=say("frame.nav")), class_="wide"),
                class_="top",
            ),
        ]
    )


def bottom(service: Service) -> Html:
    """Who runs the page, what it is not, and where to turn; the same on every view."""
    page, manifest = service.page, service.library.manifest
    lines = [tag("p", say("frame.about"))]
    if page.operator:
        lines.append(tag("p", say("frame.run_by", operator=page.operator)))
    if page.contact:
        lines.append(tag("p", sentence_with("frame.contact", contact=contact(service))))
    links = [
        ("accessibility", "/help/accessibility"),
        ("privacy", "/help/privacy"),
        ("sources", "/help/sources"),
        ("report", "/help/report"),
    ]
    menu = tag("ul", *[tag("li", tag("a", say(f"frame.{key}"), href=to)) for key, to in links])
    made = wording.date(manifest.made[:10])
    return tag(
        "footer",
        tag(
            "div",
            menu,
            *lines,
            tag("p", say("frame.index", index=manifest.fingerprint, made=made), class_="small"),
            class_="wide",
        ),
        class_="bottom",
    )


def sentence_with(key: str, **parts: Html) -> Html:
    """A text of page.toml with markup in the place of its {names}."""
    places = {name: f"\x00{number}\x00" for number, name in enumerate(parts)}
    written = str(text(say(key, **places)))
    for place, part in zip(places.values(), parts.values(), strict=True):
        written = written.replace(place, part)
    return Html(written)


def contact(service: Service) -> Html:
    """The operator's contact, as a link where it is an address."""
    to = service.page.contact
    if "@" in to and " " not in to and ":" not in to:
        return tag("a", to, href=f"mailto:{to}")
    return tag("a", to, href=to) if web_address(to) else text(to)


def outside(label: object, url: str | None) -> Html | None:
    """A link to another site, opened in a new tab and saying so; None where the address is not an ordinary one."""
    address = web_address(url)
    return new_tab(label, address) if address else None


def new_tab(label: object, address: str) -> Html:
    """A link that leaves this view in place."""
    return tag("a", label, " ", hidden(say("frame.new_tab")), href=address, target="_blank", rel="noopener noreferrer")


def page(service: Service, title: str, content: object, current: str = "", wide: bool = False) -> Html:
    """A whole page with one h1. `content` stands below it."""
    main = tag("main", tag("h1", title, id="start", tabindex="-1"), content, class_="wide" if wide else "wide text")
    return join(
        [
            Html("<!doctype html>"),
            tag(
                "html",
                tag(
                    "head",
                    tag("meta", charset="utf-8"),
                    tag("title", f"{title} - {service.page.title}"),
                    tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
                    head(),
                ),
                tag("body", top(service, current), main, bottom(service), class_="own"),
                lang="en-GB",
            ),
        ]
    )


def nowhere(service: Service) -> Html:
    """The page for an address that leads nowhere, with the ways on."""
    ways = [tag("li", tag("a", say(f"frame.{key}"), href=address)) for key, address in MENU]
    body = join([tag("p", say("documents.missing")), tag("ul", *ways)])
    return page(service, say("documents.missing_title"), body)
