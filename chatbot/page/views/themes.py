"""Themes over all reports as a table and a picture of it, and the quotes behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from chatbot import wording
from chatbot.national.areas import outcome_of, regions
from chatbot.national.theme_model import figures, ids, names, shown
from chatbot.national.themes import SIGNS, Report, Row, Said, Share, chosen, reports, rows
from chatbot.page.service import Service, document_id
from chatbot.page.service import say as say_page
from chatbot.page.views.areas import scrolling
from chatbot.page.views.markup import Html, join, options, path, tag
from prompts import words

BAR, LABEL, LINE, PLOT = 10, 400, 44, 480  # of the picture: a bar's height, room for names, a row, the bars


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports; empty fields choose all."""

    outcome: str = ""
    region: str = ""
    year: str = ""

    def query(self) -> str:
        """The address's question part, with its mark; empty where all are chosen."""
        fields = {"outcome": self.outcome, "region": self.region, "year": self.year}
        told = urlencode({name: value for name, value in fields.items() if value})
        return f"?{told}" if told else ""


def say(key: str, **values: object) -> str:
    """A text of [themes] in national.toml."""
    return words("national", f"themes.{key}", **{name: str(value) for name, value in values.items()})


def listing(service: Service, wanted: Wanted) -> Html:
    """The table, the picture and what is left out."""
    everything = reports(service.library)
    if not everything:
        return tag("p", say("empty"), class_="notes")
    own = chosen(service.library, wanted.outcome, wanted.region, wanted.year)
    found = rows(own)
    left = [names()[name] for name in ids() if name not in shown()]
    parts = [
        tag("p", say("intro"), class_="intro"),
        _form(everything, wanted),
        tag("p", tag("strong", say("count", shown=len(own), count=len(everything))), role="status"),
    ]
    if own:
        parts += [
            tag("p", tag("a", say("csv"), href=f"/themes.csv{wanted.query()}")),
            _table(found, wanted),
            tag("h2", say("picture")),
            _picture(found),
        ]
    else:
        parts.append(tag("p", say("none"), class_="notes"))
    parts += [tag("h2", say("how")), tag("p", _measured()), tag("p", say("left_out", themes=wording.listed(left)))]
    return join(parts)


def _measured() -> str:
    judged = [figures()[name] for name in shown()]
    found, right, every = (int(sum(one[f"set_aside_{key}"] for one in judged)) for key in ("found", "right", "all"))
    return say("measured", found=found, right=right, all=every)


def _form(everything: Sequence[Report], wanted: Wanted) -> Html:
    every = ("", say_page("areas.any"))
    outcomes = sorted({outcome_of(report.about) or "none" for report in everything})
    places = sorted({own for r in everything for area in r.about.facts.areas if (own := regions().get(area))})
    years = sorted({str(report.about.year) for report in everything if report.about.year})
    choices = {
        "outcome": [every, *[(name, say_page(f"areas.short_{name}")) for name in outcomes]],
        "region": [every, *[(name, name) for name in places]],
        "year": [every, *[(name, name) for name in years]],
    }
    fields = [
        tag(
            "p",
            tag("label", say(name), for_=name),
            tag("select", options(own, getattr(wanted, name)), name=name, id=name),
        )
        for name, own in choices.items()
    ]
    button = tag("p", tag("button", say_page("areas.show"), class_="first"))
    return tag("form", *fields, button, method="get", action="/themes", class_="row-form")


def _table(found: Sequence[Row], wanted: Wanted) -> Html:
    head = tag("tr", *[tag("th", say(name), scope="col") for name in ("theme", *SIGNS)])
    body = [
        tag(
            "tr",
            tag("th", names()[row.theme], scope="row"),
            *[tag("td", _cell(row.theme, sign, share, wanted)) for sign, share in zip(SIGNS, row.shares, strict=True)],
        )
        for row in found
    ]
    return scrolling(say("heading"), tag("thead", head), tag("tbody", *body))


def _cell(theme: str, sign: str, share: Share, wanted: Wanted) -> object:
    """A share with its interval, which opens its quotes."""
    if not share.reports:
        return say("nobody", of=share.of)
    return tag("a", in_words(share), href=f"{path('themes', theme, sign)}{wanted.query()}")


def in_words(share: Share) -> str:
    """A share in words: how many of how many, per cent, within what."""
    low, high = (round(100 * bound) for bound in share.interval)
    return say("share", count=len(share.reports), of=share.of, share=round(100 * share.share), low=low, high=high)


def _picture(found: Sequence[Row]) -> Html:
    """The same as bars, three a theme, the first above; the table says it in words."""
    drawn = []
    for number, row in enumerate(found):
        top = number * LINE
        drawn.append(tag("text", names()[row.theme], x=0, y=top + 22))
        for place, share in enumerate(row.shares):
            width = max(1, round(PLOT * share.share))
            bar = {"x": LABEL, "y": top + 4 + place * (BAR + 2), "width": width, "height": BAR}
            drawn.append(tag("rect", class_=f"bar{place}", **bar))
            drawn.append(tag("text", len(share.reports), x=LABEL + width + 5, y=bar["y"] + BAR - 1, class_="count"))
    size = f"0 0 {LABEL + PLOT + 40} {LINE * len(found)}"
    picture = tag("svg", *drawn, viewBox=size, width=LABEL + PLOT + 40, role="img", aria_label=say("picture_label"))
    scroll = tag("div", picture, class_="scroll", tabindex="0", role="region", aria_label=say("picture"))
    return tag("figure", scroll, tag("figcaption", say("picture_words")), class_="picture")


def quotes(service: Service, theme: str, sign: str, wanted: Wanted) -> Html | None:
    """The sentences behind a number, report by report; None for a theme or sign there is not."""
    if theme not in shown() or sign not in SIGNS:
        return None
    own = chosen(service.library, wanted.outcome, wanted.region, wanted.year)
    share = Share(tuple(report for report in own if report.on(theme, sign)), len(own))
    parts: list[Html] = [
        tag("p", tag("a", say("back"), href=f"/themes{wanted.query()}")),
        tag("p", tag("strong", say(sign), ": ", in_words(share) if share.reports else say("nobody", of=share.of))),
    ]
    for report in share.reports:
        facts = report.about.facts
        parts.append(tag("h2", ", ".join(facts.areas) or facts.title))
        parts.append(tag("p", wording.document(facts.kind, "", facts.date, facts.date_basis), class_="section"))
        parts.append(
            tag("ol", *[tag("li", _quote(one)) for one in report.on(theme, sign)], class_="quotes", role="list")
        )
    return join(parts)


def _quote(said: Said) -> Html:
    address = path("documents", document_id(said.passage.document), "passages", said.passage.id)
    page = said.passage.page
    label = say_page("turn.see_page", page=page) if page else say_page("turn.see_text")
    link = tag("a", label, href=f"{address}?quote={said.start}-{said.end}")
    return join([tag("blockquote", tag("p", said.quote)), tag("p", link)])
