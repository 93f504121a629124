"""The papers that can be quoted: the list with its search and filters, and each paper whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from chatbot import wording
from chatbot.page.service import KINDS, Service, document_id, say
from chatbot.page.views import evidence as evidence_view
from chatbot.page.views.layout import new_tab, outside
from chatbot.page.views.markup import Html, join, options, path, tag, web_address
from chatbot.records import About
from chatbot.topics.compare import mentions, topic_of
from prompts import words

A_PAGE = 40  # papers listed at once
GAP = 2  # years without a paper that are worth saying


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be listed: words of the title or text, an area, a kind, the page of the list (from 1)."""

    text: str = ""
    area: str = ""
    kind: str = ""
    page: int = 1


def listing(service: Service, wanted: Wanted) -> Html:
    """The list, newest first."""
    everything = service.library.documents
    found = sorted(
        (d for d in everything if _fits(service, d, wanted)),
        key=lambda d: (d.facts.date or "", d.facts.title),
        reverse=True,
    )
    first = (wanted.page - 1) * A_PAGE
    shown = found[first : first + A_PAGE]
    count = (
        say("documents.count_all", count=len(found))
        if len(found) == len(everything)
        else say("documents.count_some", shown=len(found), count=len(everything))
    )
    items = [tag("li", _entry(service, about)) for about in shown]
    body = tag("ul", *items, class_="papers", role="list") if items else tag("p", say("documents.none"))
    return join(
        [
            tag("p", say("documents.lead"), class_="intro"),
            _filter_form(service, wanted),
            _gaps(service),
            tag("p", tag("strong", count), " ", say("documents.by_date"), ".", role="status"),
            body,
            _more(wanted, first + A_PAGE < len(found)),
        ]
    )


def _fits(service: Service, about: About, wanted: Wanted) -> bool:
    facts = about.facts
    if wanted.area and wanted.area not in facts.areas or wanted.kind and wanted.kind != facts.kind:
        return False
    sought = wanted.text.casefold().split()
    shown = f"{facts.title} {facts.document} {facts.publisher or ''}".casefold()
    if all(word in shown for word in sought):
        return True
    return bool(mentions(topic_of(wanted.text, service.library), [about], service.library))


def _filter_form(service: Service, wanted: Wanted) -> Html:
    areas = [("", say("documents.any_area")), *[(a, a) for a in service.library.areas]]
    kinds = [("", say("documents.any_kind")), *[(k, name) for k, name in service.kinds()]]
    fields = [
        tag(
            "p",
            tag("label", say("documents.search"), for_="find"),
            tag("input", type="search", name="text", id="find", value=wanted.text),
        ),
        tag(
            "p",
            tag("label", say("documents.area"), for_="area"),
            tag("select", options(areas, wanted.area), name="area", id="area"),
        ),
        tag(
            "p",
            tag("label", say("documents.kind"), for_="kind"),
            tag("select", options(kinds, wanted.kind), name="kind", id="kind"),
        ),
    ]
    button = tag("p", tag("button", say("documents.filter"), class_="first"))
    return tag("form", *fields, button, method="get", action="/documents", role="search", class_="row-form")


def _more(wanted: Wanted, later: bool) -> Html | None:
    """The next page of the list, as the same form with another number."""
    if not later:
        return None
    fields = [("text", wanted.text), ("area", wanted.area), ("kind", wanted.kind), ("page", str(wanted.page + 1))]
    inputs = [tag("input", type="hidden", name=name, value=value) for name, value in fields]
    return tag(
        "form", *inputs, tag("button", say("documents.later"), class_="second"), method="get", action="/documents"
    )


def _gaps(service: Service) -> Html | None:
    """Years without papers between others of an area, the newest of each, and papers without a date."""
    lines = []
    for area in service.library.areas:
        own = service.library.in_areas([area])
        dates = sorted(d.facts.date for d in own if d.facts.date)
        years = sorted({int(d[:4]) for d in dates})
        if dates:
            lines.append(say("documents.newest", area=area, date=wording.date(dates[-1])))
        lines += [
            say("documents.gap", area=area, years=str(a + 1) if a + 2 == b else f"{a + 1} to {b - 1}")
            for a, b in zip(years, years[1:], strict=False)
            if b - a > GAP
        ]
        if len(dates) < len(own):
            lines.append(say("documents.undated", area=area, count=len(own) - len(dates)))
    if not lines:
        return None
    return tag(
        "details",
        tag("summary", say("documents.gaps")),
        tag("ul", *[tag("li", line) for line in lines]),
        class_="more",
        open=len(lines) <= 6,
    )


def _entry(service: Service, about: About) -> Html:
    """One paper in the list."""
    address = path("documents", document_id(about.facts.document))
    return tag("article", tag("h2", tag("a", about.facts.title, href=address)), facts(service, about))


def facts(service: Service, about: About) -> Html:
    """What is known of a paper; dates with their basis, licence and link."""
    known = about.facts
    date = f"{wording.date(known.date)} ({say(f'date.{known.date_basis}')})" if known.date else say("date.unknown")
    rows: list[tuple[str, object]] = [
        ("kind", KINDS.get(known.kind, known.kind).capitalize()),
        ("area", ", ".join(known.areas) or "-"),
        ("date", date),
    ]
    if known.published and known.published != known.date:
        rows.append(("published", wording.date(known.published)))
    if known.committee or known.meeting:
        rows.append(
            (
                "meeting",
                ", ".join(
                    filter(None, [known.committee, known.meeting and wording.date(known.meeting) or known.meeting])
                ),
            )
        )
    rows += _inspection(about)
    if known.publisher:
        basis = words("answers", f"basis.{service.library.publisher_basis(known.document)}")
        rows.append(("publisher", f"{known.publisher} ({basis})"))
    if rivals := service.library.rivals.get(known.document):
        rows.append(("rivals", ", ".join(rivals)))
    pages = max((page.number or 0 for page in service.library.pages_of(known.document)), default=0)
    rows += [(name, count) for name, count in (("pages", pages), ("passages", about.count)) if count]
    rows.append(("licence", known.licence or say("documents.no_licence")))
    link = outside(urlsplit(known.url).netloc if web_address(known.url) else "", known.url)
    if link is not None:
        rows.append(("link", link))
    return tag(
        "dl",
        *[tag("div", tag("dt", say(f"documents.{name}")), tag("dd", value)) for name, value in rows],
        class_="facts",
    )


def _inspection(about: About) -> list[tuple[str, object]]:
    inspection = about.facts.inspection
    if inspection is None:
        return []
    rows: list[tuple[str, object]] = []
    if inspection.start:
        end = inspection.end
        rows.append(
            (
                "inspected",
                f"{wording.date(inspection.start)} to {wording.date(end)}"
                if end and end != inspection.start
                else wording.date(inspection.start),
            )
        )
    if inspection.outcome:
        rows.append(("outcome", words("page", f"outcome.{inspection.outcome}")))
    if inspection.next_full_inspection:
        rows.append(("next_inspection", inspection.next_full_inspection))
    return rows


def paper(service: Service, about: About, topic: str = "") -> Html:
    """A paper whole: its facts, a search in it, its text by pages."""
    id_ = document_id(about.facts.document)
    links = []
    if service.original(about).exists():
        label = say("documents.pdf") if about.media == "pdf" else say("documents.original")
        file = path("documents", id_, "file")
        links.append(new_tab(label, file) if about.media == "pdf" else tag("a", label, href=file))
    links.append(tag("a", say("documents.back"), href="/documents"))
    return join(
        [
            facts(service, about),
            _warnings(service, about),
            tag("ul", *[tag("li", link) for link in links], class_="ways"),
            _find_form(id_, topic),
            _found(service, about, topic) if topic.strip() else None,
            tag("h2", say("documents.text")),
            tag("p", say("documents.text_lead"), class_="small"),
            *_text(service, about, id_),
        ]
    )


def _warnings(service: Service, about: About) -> Html | None:
    said = service.library.rows.documents[about.number]["warnings"]
    if not said:
        return None
    return join([tag("h2", say("documents.warnings")), tag("ul", *[tag("li", line) for line in said], class_="notes")])


def _find_form(id_: str, topic: str) -> Html:
    field = tag(
        "p",
        tag("label", say("documents.find"), for_="topic"),
        tag("input", type="search", name="topic", id="topic", value=topic),
    )
    button = tag("p", tag("button", say("documents.filter"), class_="first"))
    return tag("form", field, button, method="post", action=path("documents", id_), role="search", class_="row-form")


def _found(service: Service, about: About, topic: str) -> Html:
    """Every passage that mentions a topic, or that none does."""
    found = mentions(topic_of(topic, service.library), [about], service.library)
    if not found:
        return tag("p", say("documents.found_none", topic=topic), role="status", class_="notes")
    said = (
        say("documents.found_one", topic=topic)
        if len(found) == 1
        else say("documents.found", count=len(found), topic=topic)
    )
    id_ = document_id(about.facts.document)
    items = []
    for passage in found:
        label = say("turn.see_page", page=passage.page) if passage.page else say("turn.see_text")
        items.append(
            tag(
                "li",
                tag("blockquote", tag("p", passage.text)),
                tag("p", tag("a", label, href=path("documents", id_, "passages", passage.id))),
            )
        )
    return join([tag("p", tag("strong", said), role="status"), tag("ol", *items, class_="quotes", role="list")])


def _text(service: Service, about: About, id_: str) -> list[Html]:
    """The text, page by page where the paper has pages."""
    found = service.library.passages_of(about.facts.document)
    numbers = sorted({n for p in found for n in p.pages})
    if not numbers:
        return [evidence_view.passages(found)]
    parts: list[Html] = []
    for number in numbers:
        parts.append(tag("h3", say("documents.from_page", page=number), id=f"page-{number}"))
        if about.media == "pdf" and service.original(about).exists():
            parts.append(
                tag(
                    "p",
                    new_tab(say("documents.page_link", page=number), path("documents", id_, "page", f"{number}.png")),
                    class_="small",
                )
            )
        parts.append(evidence_view.passages(_starting(found, number)))
    return parts


def _starting(found: Sequence, number: int) -> list:  # type: ignore[type-arg]
    """The passages that begin on a page, so that none is shown twice."""
    return [p for p in found if p.page == number]
