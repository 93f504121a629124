"""The evidence for a quote: the picture of its page with the words marked, the page's text, what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatbot import wording
from chatbot.page import page_image
from chatbot.page.service import Service, document_id, say
from chatbot.page.views.layout import new_tab, outside
from chatbot.page.views.markup import Html, path, tag
from chatbot.page.views.templates import render
from chatbot.records import About
from ingest.errors import DocumentError
from ingest.records import Page, Passage, Span, slices

AROUND = 3  # passages shown before and after where a document has no pages


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of a document and the part of it that is quoted: characters `start` to `end` of its text."""

    about: About
    passage: Passage
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The quoted words."""
        return self.passage.text[self.start : self.end]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where they stand in the stored pages."""
        return slices(self.passage.spans, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it is shown: its heading, its text, its picture with address and words for it (None: there is none).

    `note` says why something is missing. `first` is the page with the place to scroll to.
    """

    heading: str
    text: Html
    picture: page_image.Sheet | None = None
    source: str = ""
    alt: str = ""
    note: str = ""
    first: bool = False


def marks(service: Service, place: Place, page: int) -> tuple[page_image.Box, ...]:
    """Where the quoted words stand on a page (an index from 0); empty where that is not certain."""
    stored = service.library.pages_of(place.about.facts.document)[page]
    try:
        return page_image.boxes(service.original(place.about), stored, [s for s in place.spans if s.page == page])
    except DocumentError:
        return ()


def view(service: Service, place: Place, level: int = 2) -> Html:
    """All that shows where a quote stands; `level` is that of its headings, lower in the panel than on a page."""
    about = place.about
    shown: list[Shown] = []
    if about.media == "pdf":
        pages = service.library.pages_of(about.facts.document)
        for index in dict.fromkeys(span.page for span in place.spans):
            shown.append(_shown(service, about, pages[index], marks(service, place, index), place, not shown))
    else:
        shown.append(Shown(say("evidence.around_heading"), _around(service, place), first=True))
    return _whole(about, shown, _ways(service, place), level, place.passage.section)


def page(service: Service, about: About, number: int, level: int = 2) -> Html | None:
    """A page of a paper with the ways to those before and after it; None where it has no such page."""
    pages = service.library.pages_of(about.facts.document)
    found = next((p for p in pages if p.number == number), None)
    if found is None:
        return None
    ways = [*_turning(service, about, number, number), *_out(service, about, number)]
    return _whole(about, [_shown(service, about, found)], ways, level)


def heading(page: Page) -> str:
    """The page's number in the file, and the one printed on it where that is another."""
    if page.label:
        return say("evidence.page_printed", page=page.number, printed=page.label)
    return say("evidence.page_heading", page=page.number)


def _whole(about: About, shown: Sequence[Shown], ways: Sequence[Html], level: int, section: str = "") -> Html:
    facts = about.facts
    where = wording.document(facts.kind, ", ".join(facts.areas), facts.date, facts.date_basis)
    return render("evidence", title=facts.title, where=where, section=section, shown=shown, ways=ways, level=level)


def _shown(
    service: Service,
    about: About,
    page: Page,
    found: tuple[page_image.Box, ...] = (),
    place: Place | None = None,
    first: bool = False,
) -> Shown:
    """A page of a PDF: its picture with the marks there are, and its text."""
    number = page.number or 1
    on_page = [p for p in service.library.passages_of(about.facts.document) if number in p.pages]
    text = passages(on_page, place, first and not found)
    try:
        picture = page_image.sheet(service.original(about), number, found)
    except DocumentError:
        return Shown(heading(page), text, note=say("evidence.no_picture"), first=first)
    source = path("documents", document_id(about.facts.document), "page", f"{number}.png")
    if found and place:
        source = f"{source}?passage={place.passage.id}&quote={place.start}-{place.end}"
    alt = say("evidence.picture" if found else "evidence.picture_plain", page=number, title=about.facts.title)
    note = say("evidence.no_marks") if place and not found else ""
    return Shown(heading(page), text, picture, source, alt, note, first)


def _around(service: Service, place: Place) -> Html:
    """The passage with those before and after it."""
    everything = service.library.passages_of(place.about.facts.document)
    at = place.passage.ordinal
    return passages(everything[max(0, at - AROUND) : at + AROUND + 1], place, True)


def passages(found: Sequence[Passage], place: Place | None = None, anchor: bool = False) -> Html:
    """Passages as headings, paragraphs and lists; the quoted words of `place` marked, for screen readers too.

    `anchor` makes the mark the place that an address ending in #quote leads to.
    """
    blocks: list[tuple[str, list[Passage] | str]] = []
    headings: tuple[str, ...] = ()
    for passage in found:
        if passage.headings != headings:
            fresh = [h for n, h in enumerate(passage.headings) if n >= len(headings) or headings[n] != h]
            blocks += [("heading", heading) for heading in fresh]
            headings = passage.headings
        last = blocks[-1][1] if blocks and blocks[-1][0] == "list" else None
        if passage.kind == "bullet" and isinstance(last, list):
            last.append(passage)
        else:
            blocks.append(("list" if passage.kind == "bullet" else "paragraph", [passage]))
    return render("passages", blocks=blocks, place=place, anchor=anchor)


def _ways(service: Service, place: Place) -> list[Html]:
    """Around the quote and out of it: pages before and after, or passages where there are no pages."""
    about, passage = place.about, place.passage
    if about.media == "pdf" and passage.pages:
        around = _turning(service, about, passage.pages[0], passage.pages[-1])
        return [*around, *_out(service, about, passage.pages[0])]
    links = []
    for step, key in ((-1, "previous"), (1, "next")):
        row = about.first + passage.ordinal + step
        if about.first <= row < about.first + about.count:
            address = path("documents", document_id(about.facts.document), "passages", service.library.passage(row).id)
            links.append(tag("a", say(f"evidence.{key}"), href=address, data_evidence=True))
    return [*links, *_out(service, about)]


def _turning(service: Service, about: About, first: int, last: int) -> list[Html]:
    """To the page before the first and after the last of some pages."""
    there = {page.number for page in service.library.pages_of(about.facts.document)}
    id_ = document_id(about.facts.document)
    steps = ((first - 1, "page_before"), (last + 1, "page_after"))
    return [
        tag("a", say(f"evidence.{key}", page=n), href=path("documents", id_, "pages", n), data_evidence=True)
        for n, key in steps
        if n in there
    ]


def _out(service: Service, about: About, number: int | None = None) -> list[Html]:
    """To the original, the place it is published, the whole paper."""
    id_ = document_id(about.facts.document)
    links: list[Html | None] = []
    if service.original(about).exists():
        file = path("documents", id_, "file")
        if about.media == "pdf":
            links.append(new_tab(say("evidence.open_page", page=number or 1), f"{file}#page={number or 1}"))
        else:
            links.append(tag("a", say("evidence.open_original"), href=file))
    links.append(outside(f"{say('evidence.published')} {about.facts.url}", about.facts.url))
    links.append(new_tab(say("evidence.whole"), path("documents", id_)))
    return [link for link in links if link is not None]
