"""The papers that can be quoted: the list with its search, filters and pictures, and each paper whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

from chatbot import wording
from chatbot.page.service import Service, document_id, say
from chatbot.page.views import evidence, pictures
from chatbot.page.views.layout import new_tab, outside
from chatbot.page.views.markup import Html, path, tag, web_address
from chatbot.page.views.templates import render
from chatbot.records import About
from chatbot.topics.compare import mentions, topic_of
from ingest.records import Passage
from ingest.registry import kinds
from prompts import words

A_PAGE = 40  # papers listed at once
GAP = 2  # years without a paper that are worth saying
SORTS = ("newest", "oldest", "title", "area")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be listed: words of the title or text, area, kind, year, the order, the page of the list (from 1)."""

    text: str = ""
    area: str = ""
    kind: str = ""
    year: str = ""
    sort: str = "newest"
    page: int = 1

    @property
    def address(self) -> str:
        """The address of this list; what was not chosen is left out of it."""
        chosen = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        return f"/documents?{urlencode(chosen)}"


def listing(service: Service, wanted: Wanted, left_out: tuple[str, ...] = ()) -> Html:
    """The list, with the parts of its address that were `left_out`; without a paper yet, how to bring some in."""
    everything = service.library.documents
    if not everything:
        return render("first_run", index=service.library.index, add=service.operators.wanted)
    found = _sorted([d for d in everything if _fits(service, d, wanted)], wanted.sort)
    last = max(1, -(-len(found) // A_PAGE))
    told = [say("documents.left_out", names=wording.listed(left_out))] if left_out else []
    if wanted.page > last:
        told.append(say("documents.beyond", page=wanted.page, last=last))
        wanted = replace(wanted, page=last)
    first = (wanted.page - 1) * A_PAGE
    key, counts = ("count_some", {"shown": len(found)}) if len(found) < len(everything) else ("count_all", {})
    return render(
        "documents",
        wanted=wanted,
        add=service.operators.wanted,
        told=told,
        areas=[("", say("documents.any_area")), *[(a, a) for a in service.library.areas]],
        kinds=[("", say("documents.any_kind")), *service.kinds()],
        years=[("", say("filters.any_year")), *[(str(y), str(y)) for y in reversed(service.years())]],
        sorts=[(name, say(f"documents.sort_{name}")) for name in SORTS],
        gaps=_gaps(service, wanted.area),
        unread=[(about.facts.title, _address(about), said) for about in found if (said := _warnings(service, about))],
        timeline=pictures.timeline(found),
        count=say(f"documents.{key}", count=len(everything), **counts),
        papers=[(about.facts.title, _address(about), facts(service, about)) for about in found[first : first + A_PAGE]],
        later=replace(wanted, page=wanted.page + 1).address if first + A_PAGE < len(found) else "",
        earlier=replace(wanted, page=wanted.page - 1).address if wanted.page > 1 else "",
    )


def _sorted(found: Sequence[About], sort: str) -> list[About]:
    """In the order wanted; papers without a date come last of those that go by it."""
    by_title = sorted(found, key=lambda d: (d.facts.title.casefold(), d.facts.document))
    if sort == "title":
        return by_title
    if sort == "area":
        return sorted(by_title, key=lambda d: ", ".join(d.facts.areas) or "~")
    dated = sorted((d for d in by_title if d.facts.date), key=lambda d: d.facts.date or "", reverse=sort != "oldest")
    return [*dated, *[d for d in by_title if not d.facts.date]]


def _fits(service: Service, about: About, wanted: Wanted) -> bool:
    facts = about.facts
    if wanted.area and wanted.area not in facts.areas or wanted.kind and wanted.kind != facts.kind:
        return False
    if wanted.year and str(about.year or "") != wanted.year:
        return False
    sought = wanted.text.casefold().split()
    shown = f"{facts.title} {facts.document} {facts.publisher or ''}".casefold()
    if all(word in shown for word in sought):
        return True
    return bool(mentions(topic_of(wanted.text, service.library), [about], service.library))


def _gaps(service: Service, only: str) -> list[str]:
    """Years without papers between others of an area, the newest of each, those without a date; `only` of one area."""
    lines = []
    for area in [only] if only in service.library.areas else service.library.areas:
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
    return lines


def _warnings(service: Service, about: About) -> list[str]:
    """What could not be read of a paper, and why."""
    return list(service.library.rows.documents[about.number]["warnings"])


def _address(about: About, *rest: object) -> str:
    return path("documents", document_id(about.facts.document), *rest)


def facts(service: Service, about: About) -> Html:
    """What is known of a paper; dates with their basis, licence and link."""
    known = about.facts
    date = f"{wording.date(known.date)} ({say(f'date.{known.date_basis}')})" if known.date else say("date.unknown")
    meeting = [known.committee, wording.date(known.meeting) or known.meeting]
    pages = max((page.number or 0 for page in service.library.pages_of(known.document)), default=0)
    basis = words("answers", f"basis.{service.library.publisher_basis(known.document)}")
    rows: list[tuple[str, object]] = [
        ("kind", kinds.called(known.kind).capitalize()),
        ("area", ", ".join(known.areas) or "-"),
        ("date", date),
        ("published", wording.date(known.published) if known.published != known.date else ""),
        ("meeting", ", ".join(part for part in meeting if part)),
        *_inspection(about),
        ("publisher", f"{known.publisher} ({basis})" if known.publisher else ""),
        ("rivals", ", ".join(service.library.rivals.get(known.document, ()))),
        ("pages", pages),
        ("passages", about.count),
        ("licence", known.licence or say("documents.no_licence")),
        ("link", outside(urlsplit(known.url or "").netloc if web_address(known.url) else "", known.url)),
    ]
    return render("facts", rows=[(say(f"documents.{name}"), value) for name, value in rows if value])


def _inspection(about: About) -> list[tuple[str, object]]:
    inspection = about.facts.inspection
    if inspection is None:
        return []
    start, end = wording.date(inspection.start), wording.date(inspection.end)
    return [
        ("inspected", f"{start} to {end}" if start and end and end != start else start),
        ("outcome", words("page", f"outcome.{inspection.outcome}") if inspection.outcome else ""),
        ("next_inspection", inspection.next_full_inspection),
    ]


def paper(service: Service, about: About, topic: str = "") -> Html:
    """A paper whole: its facts, a search in it, its text by pages."""
    links = []
    if service.original(about).exists():
        label = say("documents.pdf") if about.media == "pdf" else say("documents.original")
        file = _address(about, "file")
        links.append(new_tab(label, file) if about.media == "pdf" else tag("a", label, href=file))
    links.append(tag("a", say("documents.back"), href="/documents"))
    pages = [page for page in service.library.pages_of(about.facts.document) if page.number]
    found = mentions(topic_of(topic, service.library), [about], service.library) if topic.strip() else []
    key = {0: "found_none", 1: "found_one"}.get(len(found), "found")
    everything = service.library.passages_of(about.facts.document)
    return render(
        "paper",
        facts=facts(service, about),
        warnings=_warnings(service, about),
        links=links,
        pages=[(page.label or page.number, _address(about, "pages", page.number)) for page in pages],
        here=_address(about),
        topic=topic,
        said=say(f"documents.{key}", topic=topic, count=len(found)),
        strip=pictures.strip(found, len(pages)),
        found=[(passage.text, *_way(about, passage)) for passage in found],
        parts=[(page, evidence.heading(page), _beginning(everything, page.number)) for page in pages],
        whole=evidence.passages(everything) if not pages else "",
        picture=about.media == "pdf" and service.original(about).exists(),
    )


def _way(about: About, passage: Passage) -> tuple[str, str]:
    """What the link to a passage says, and where it leads."""
    label = say("turn.see_page", page=passage.page) if passage.page else say("turn.see_text")
    return label, f"{_address(about, 'passages', passage.id)}#quote"


def _beginning(found: Sequence[Passage], number: int | None) -> Html:
    """The passages that begin on a page, so that none is shown twice."""
    return evidence.passages([p for p in found if p.page == number])
