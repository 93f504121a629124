"""The view of promises: the areas, or one area's promises, each with its place and what later papers say near it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from chatbot import wording
from chatbot.national.promises import Later, Promise, counts
from chatbot.page.service import Service, document_id
from chatbot.page.views.markup import Html, hidden, join, options, path, tag
from chatbot.records import About
from ingest.records import Passage
from prompts import words

FORMATS = ("csv", "xlsx", "docx")


def say(key: str, **values: object) -> str:
    """A text of promises.toml."""
    return words("promises", key, **values)


def body(service: Service, area: str, found: Sequence[Promise], today: date) -> Html:
    """The page below its heading. `area` is one with papers, or empty; `found` are its promises."""
    if not service.library.documents:
        return tag("p", say("empty"), class_="notes")
    parts = [tag("p", say("intro"), class_="intro"), _form(service, area)]
    if not area:
        parts.append(_areas(service))
    elif not found:
        parts.append(tag("p", say("none", area=area), class_="notes", role="status"))
    else:
        parts += [_summary(area, found, today), *_papers(found, today), _take(area)]
    return join(parts)


def unknown(service: Service, area: str, nearest: Sequence[str]) -> Html:
    """That an area has no papers, with those of similar name."""
    links = join((tag("a", name, href=_address(name)) for name in nearest), ", ")
    told = [tag("p", say("unknown", area=area), class_="problem", role="status")]
    if nearest:
        before, after = say("nearest", areas="\0").split("\0")
        told.append(tag("p", before, links, after))
    return join([*told, _form(service, "")])


def _address(area: str, kind: str = "") -> str:
    return path("promises", area) + (f"/tracker.{kind}" if kind else "")


def _form(service: Service, area: str) -> Html:
    choices = [(name, name) for name in service.library.areas]
    return tag(
        "form",
        tag(
            "p", tag("label", say("choose"), for_="area"), tag("select", options(choices, area), name="area", id="area")
        ),
        tag("p", tag("button", say("button"), class_="first")),
        action="/promises",
        class_="row-form",
    )


def _areas(service: Service) -> Html:
    rows = [
        tag("tr", tag("th", tag("a", name, href=_address(name)), scope="row"), tag("td", count))
        for name, count in counts(service.library).items()
    ]
    heads = tag("tr", tag("th", say("area_column"), scope="col"), tag("th", say("count_column"), scope="col"))
    table = tag("table", tag("caption", say("areas_caption")), tag("thead", heads), tag("tbody", *rows))
    return tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=say("areas_caption"))


def _summary(area: str, found: Sequence[Promise], today: date) -> Html:
    past = sum(_is_open(promise, today) for promise in found)
    papers = len({promise.about.number for promise in found})
    return join(
        [
            tag("h2", say("title", area=area), id="result", tabindex="-1"),
            tag("p", tag("strong", say("count", count=len(found), papers=papers, area=area, past=past)), role="status"),
            tag("p", say("rule")),
        ]
    )


def _is_open(promise: Promise, today: date) -> bool:
    return promise.is_past(today) and not promise.later


def _papers(found: Sequence[Promise], today: date) -> list[Html]:
    return [
        tag(
            "section",
            tag("h3", _name(about)),
            tag("ol", *[_promise(p, today) for p in own], class_="quotes", role="list"),
        )
        for about, own in ((a, list(ps)) for a, ps in groupby(found, key=lambda p: p.about))
    ]


def _name(about: About) -> str:
    return say("paper", title=about.facts.title, date=wording.dated(about.facts.date, about.facts.date_basis))


def _promise(promise: Promise, today: date) -> Html:
    own = promise.own
    facts = [
        ("sort", say(f"sort.{own.sort}")),
        ("number", own.number),
        ("theme", own.theme),
        ("who", own.who),
        ("due", f"{own.due} ({wording.date(own.by)})" if own.by and own.by != own.due else own.due),
        ("status", own.status),
    ]
    told = [tag("div", tag("dt", say(f"column.{name}")), tag("dd", value)) for name, value in facts if value]
    quote = join(
        [tag("blockquote", tag("p", promise.quote)), _link(promise.about, promise.passage, own.start, own.end)]
    )
    return tag("li", quote, tag("dl", *told, class_="facts"), _later(promise, today))


def _later(promise: Promise, today: date) -> Html:
    if not promise.later:
        silent = say("no_later", count=promise.compared) if promise.compared else say("no_papers")
        late = tag("p", tag("strong", say("past")), class_="notes") if _is_open(promise, today) else None
        return join([late, tag("p", silent, class_="nothing") if late is None else None])
    return join([tag("h4", say("later")), tag("ul", *[tag("li", _quoted(later)) for later in promise.later])])


def _quoted(later: Later) -> Html:
    text = later.passage.text
    link = _link(later.about, later.passage, 0, len(text))
    return join([tag("blockquote", tag("p", text)), tag("p", _name(later.about), " ", link)])


def _link(about: About, passage: Passage, start: int, end: int) -> Html:
    address = path("documents", document_id(about.facts.document), "passages", passage.id)
    name = hidden(f" ({about.facts.title}, {passage.id[:6]})")
    return tag("a", say("see"), name, href=f"{address}?quote={start}-{end}")


def _take(area: str) -> Html:
    links = [tag("li", tag("a", say(f"take_{kind}"), href=_address(area, kind))) for kind in FORMATS]
    return tag("section", tag("h2", say("take")), tag("ul", *links))
