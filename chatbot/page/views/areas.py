"""The areas as a table, and each area by itself: papers, what was found when, what has to be done, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlencode

from chatbot import wording
from chatbot.national.areas import COLUMNS, FOLLOW_UP, AreaRow, FollowUp, areas, follow_up, outcome_of, verdict
from chatbot.national.demands import Demand, demands, missing
from chatbot.page.service import Service, document_id, say
from chatbot.page.views import differing, figures, voices
from chatbot.page.views.markup import Html, join, options, path, tag
from chatbot.records import About
from prompts import words

SHOWN = ("area", "region", "inspection_end", "framework", "outcome", "monitoring", "next_expected", "papers", "newest")
DATES = frozenset({"inspection_end", "next_expected", "newest"})
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows, and in which order: words of the name, a region, an outcome, a column, descending or not."""

    text: str = ""
    region: str = ""
    outcome: str = ""
    sort: str = "area"
    descending: bool = False

    def query(self, **changed: str) -> str:
        """The address's question part, with some fields changed."""
        fields = {"text": self.text, "region": self.region, "outcome": self.outcome, "sort": self.sort}
        fields |= {"order": "desc" if self.descending else ""} | changed
        return urlencode({key: value for key, value in fields.items() if value})


def chosen(service: Service, wanted: Wanted) -> list[AreaRow]:
    """The rows that fit, in the order asked for; areas without a value stand last either way."""
    rows = [row for row in areas(service.library) if _fits(row, wanted)]
    column = wanted.sort if wanted.sort in COLUMNS else "area"
    known = [row for row in rows if row.as_json()[column] is not None]
    ordered = sorted(known, key=lambda row: row.as_json()[column], reverse=wanted.descending)
    return [*ordered, *[row for row in rows if row.as_json()[column] is None]]


def _fits(row: AreaRow, wanted: Wanted) -> bool:
    return (
        wanted.text.casefold().strip() in row.area.casefold()
        and wanted.region in ("", row.region or "none")
        and wanted.outcome in ("", row.outcome or "none")
    )


def outcome_words(outcome: str | None) -> str:
    """An outcome in words; for none that no paper states one."""
    return words("page", f"outcome.{outcome}") if outcome else NOTHING


def listing(service: Service, wanted: Wanted) -> Html:
    """The table with its filter and what can be taken away."""
    everything = areas(service.library)
    if not everything:
        return tag("p", say("areas.empty"), class_="notes")
    rows = chosen(service, wanted)
    query = wanted.query()
    ways = [
        tag("a", say(f"areas.{form}"), href=f"/areas.{form}?{query}" if query else f"/areas.{form}")
        for form in ("csv", "xlsx")
    ]
    count = say("areas.count", shown=len(rows), count=len(everything), papers=len(service.library.documents))
    return join(
        [
            tag("p", say("areas.lead"), class_="intro"),
            _form(everything, wanted),
            tag("p", tag("strong", count), role="status"),
            tag("ul", *[tag("li", way) for way in ways], class_="ways"),
            _table(rows, wanted) if rows else tag("p", say("areas.none"), class_="notes"),
            tag("p", say("areas.note"), class_="small"),
        ]
    )


def _form(everything: Sequence[AreaRow], wanted: Wanted) -> Html:
    regions = sorted({row.region or "none" for row in everything})
    outcomes = sorted({row.outcome or "none" for row in everything})
    choices = {
        "region": [("", say("areas.any")), *[(r, r if r != "none" else say("areas.no_region")) for r in regions]],
        "outcome": [("", say("areas.any")), *[(o, say(f"areas.short_{o}")) for o in outcomes]],
    }
    fields = [
        tag(
            "p",
            tag("label", say("areas.text"), for_="find"),
            tag("input", type="search", name="text", id="find", value=wanted.text),
        ),
        *[
            tag(
                "p",
                tag("label", say(f"areas.{name}"), for_=name),
                tag("select", options(choice, getattr(wanted, name)), name=name, id=name),
            )
            for name, choice in choices.items()
        ],
        tag("input", type="hidden", name="sort", value=wanted.sort),
        tag("input", type="hidden", name="order", value="desc" if wanted.descending else ""),
        tag("p", tag("button", say("areas.show"), class_="first")),
    ]
    return tag("form", *fields, method="get", action="/areas", role="search", class_="row-form")


def scrolling(label: str, *rows: Html) -> Html:
    """A table that scrolls by itself where the screen is narrow, by the keyboard too."""
    return tag("div", tag("table", *rows), class_="scroll", tabindex="0", role="region", aria_label=label)


def _table(rows: Sequence[AreaRow], wanted: Wanted) -> Html:
    head = tag("tr", *[_heading(column, wanted) for column in SHOWN])
    body = [
        tag("tr", tag("th", tag("a", row.area, href=path("areas", row.area)), scope="row"), *_cells(row))
        for row in rows
    ]
    return scrolling(say("areas.heading"), tag("thead", head), tag("tbody", *body))


def _heading(column: str, wanted: Wanted) -> Html:
    """A column's name, which sorts by it; once more the other way round."""
    here = wanted.sort == column
    turned = "desc" if here and not wanted.descending else ""
    link = tag("a", say(f"areas.{column}"), href=f"/areas?{wanted.query(sort=column, order=turned)}")
    return tag(
        "th", link, scope="col", aria_sort=("descending" if wanted.descending else "ascending") if here else None
    )


def _cells(row: AreaRow) -> list[Html]:
    values = row.as_json()
    cells: list[object] = []
    for column in SHOWN[1:]:
        value = values[column]
        if column == "outcome":
            cells.append(
                _quoted(row.last, "outcome", say(f"areas.short_{value}")) if value else say("areas.short_none")
            )
        elif column == "inspection_end" and value:
            cells.append(_quoted(row.last, "inspection_dates", wording.date(value)))
        elif column == "next_expected" and value:
            cells.append(_quoted(row.last, "next_full_inspection", wording.date(value)))
        elif column == "monitoring" and row.follow_ups:
            cells.append(_verdict(row.follow_ups[-1]))
        else:
            cells.append(wording.date(value) if column in DATES and value else NOTHING if value is None else value)
    return [tag("td", cell) for cell in cells]


def _quoted(about: About | None, fact: str, label: object) -> object:
    """A value that opens the words it was read from; where the paper has none it is only told."""
    name = "statement_of_action" if about and fact == "outcome" and not about.facts.told(fact) else fact
    if about is None or about.facts.told(name) is None:
        return label
    return tag("a", label, href=path("documents", document_id(about.facts.document), "facts", name))


def _verdict(visit: FollowUp) -> object:
    name = "effective_action" if visit.about.facts.kind == "monitoring_report" else "progress"
    label = say(
        "areas.verdict", verdict=verdict(visit), date=wording.date(visit.about.facts.date) or say("date.unknown")
    )
    return _quoted(visit.about, name, label)


def area(service: Service, row: AreaRow) -> Html:
    """One area with all that its papers state of it: what has to be done first, the long parts folded up."""
    lacking = [tag("li", line) for line in missing(row, service.library)]
    papers = tag("ol", *[tag("li", _paper(about)) for about in row.papers], class_="papers", role="list")
    return join(
        [
            tag("p", tag("a", say("areas.back"), href="/areas")),
            _facts(row),
            *_demands(service, row),
            _folded("history", say("areas.history"), _history(row)),
            _folded("differs", differing.say("heading"), differing.view(service, row)),
            _folded("figures", figures.say("heading"), figures.view(service, row)),
            _folded("voices", voices.say("heading"), voices.view(service, row)),
            _folded("missing", say("areas.missing"), tag("ul", *lacking or [tag("li", say("areas.nothing_missing"))])),
            _folded("papers", say("areas.papers"), papers),
        ]
    )


def _folded(name: str, heading: str, body: Html | None) -> Html | None:
    """A part of the page that opens when it is pressed; None where there is nothing in it."""
    return tag("details", tag("summary", tag("h2", heading, id=name)), body, class_="folded") if body else None


def _facts(row: AreaRow) -> Html:
    names = ("region", "inspection_end", "framework", "outcome", "monitoring", "next_expected", "papers", "newest")
    cells = dict(zip(SHOWN[1:], _cells(row), strict=True))
    pairs = [tag("div", tag("dt", say(f"areas.{n}")), tag("dd", *_inside(cells[n]))) for n in names]
    return tag("dl", *pairs, class_="facts")


def _inside(cell: Html) -> list[Html]:
    return [Html(cell.removeprefix("<td>").removesuffix("</td>"))]


def _history(row: AreaRow) -> Html:
    """Every inspection and visit, oldest first, with what it found."""
    if not row.visits:
        return tag("p", say("areas.no_history"), class_="notes")
    head = tag("tr", *[tag("th", say(f"areas.{n}"), scope="col") for n in ("date", "paper", "found")])
    body = [
        tag(
            "tr",
            tag("td", wording.date(about.facts.date) or NOTHING),
            tag("td", _paper(about)),
            tag("td", _finding(about)),
        )
        for about in row.visits
    ]
    return scrolling(say("areas.history"), tag("thead", head), tag("tbody", *body))


def _finding(about: About) -> object:
    if about.facts.kind in FOLLOW_UP:
        return _verdict(follow_up(about))
    return _quoted(about, "outcome", outcome_words(outcome_of(about)))


def _demands(service: Service, row: AreaRow) -> list[Html]:
    """What the last report demands, in its own words, with the bodies it names; the first of several lists is open."""
    found = demands(row, service.library)
    parts: list[Html] = []
    for part in ("priority", "improvement"):
        own = [demand for demand in found if demand.part == part]
        if own:
            listed = tag("ol", *[_demand(demand) for demand in own], class_="quotes", role="list")
            heading = tag("summary", tag("h2", say(f"areas.{part}"), id=part))
            parts.append(tag("details", heading, listed, class_="folded", open=not parts))
    return parts


def _demand(demand: Demand) -> Html:
    address = path("documents", document_id(demand.passage.document), "passages", demand.passage.id)
    page = demand.passage.page
    label = say("turn.see_page", page=page) if page else say("turn.see_text")
    return tag(
        "li",
        tag("p", say("areas.bodies", bodies=demand.bodies), class_="section") if demand.bodies else None,
        tag("blockquote", tag("p", demand.passage.text)),
        tag("p", tag("a", label, href=address)),
    )


def _paper(about: About) -> Html:
    facts = about.facts
    where = wording.document(facts.kind, "", facts.date, facts.date_basis)
    link = tag("a", facts.title, href=path("documents", document_id(facts.document)))
    return tag("span", link, " ", tag("span", f"({where})", class_="section"))


def unknown(service: Service, name: str) -> Html:
    """That an area has no papers, and those whose names come nearest."""
    known = service.library.areas
    near = get_close_matches(name, known, 3, 0.5)
    links = [tag("li", tag("a", other, href=path("areas", other))) for other in near]
    return join(
        [
            tag("p", say("areas.unknown", area=name), class_="problem"),
            tag("p", say("areas.nearest")) if links else None,
            tag("ul", *links) if links else None,
            tag("p", tag("a", say("areas.back"), href="/areas")),
        ]
    )
