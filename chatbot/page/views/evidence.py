"""The evidence for a quote: the picture of its page with the words marked, the page's text, what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatbot import wording
from chatbot.answer.quotes import quote_spans
from chatbot.page import page_image
from chatbot.page.service import Service, document_id, say
from chatbot.page.views.layout import new_tab, outside
from chatbot.page.views.markup import Html, hidden, join, path, tag
from chatbot.records import About
from ingest.errors import DocumentError
from ingest.records import Passage, Span

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
        return quote_spans(self.passage, self.start, self.end)


def marks(service: Service, place: Place, page: int) -> tuple[page_image.Box, ...]:
    """Where the quoted words stand on a page (an index from 0); empty where that is not certain."""
    stored = service.library.pages_of(place.about.facts.document)[page]
    try:
        return page_image.boxes(service.original(place.about), stored, [s for s in place.spans if s.page == page])
    except DocumentError:
        return ()


def view(service: Service, place: Place) -> Html:
    """All that shows where a quote stands, for the panel and for a page of its own."""
    facts = place.about.facts
    where = wording.document(facts.kind, ", ".join(facts.areas), facts.date, facts.date_basis)
    head = [tag("p", tag("cite", facts.title), tag("br"), where)]
    if place.passage.section:
        head.append(tag("p", f"{say('turn.section')}: {place.passage.section}", class_="section"))
    body = _pages(service, place) if place.about.media == "pdf" else [_around(service, place)]
    return join([*head, *body, _ways(service, place)])


def _pages(service: Service, place: Place) -> list[Html]:
    """The pages a quote stands on: picture, then text."""
    pages = service.library.pages_of(place.about.facts.document)
    parts = []
    for page in dict.fromkeys(span.page for span in place.spans):
        number = pages[page].number or page + 1
        parts.append(tag("h3", say("evidence.page_heading", page=number)))
        parts.append(_picture(service, place, page, number))
        parts.append(
            tag(
                "details",
                tag("summary", say("evidence.text_heading")),
                page_text(service, place.about, number, place),
                class_="more",
                open=True,
            )
        )
    return parts


def _picture(service: Service, place: Place, page: int, number: int) -> Html:
    """The page's picture, or why there is none."""
    if not service.original(place.about).exists():
        return tag("p", say("evidence.no_picture"), class_="notes")
    found = marks(service, place, page)
    address = path("documents", document_id(place.about.facts.document), "page", f"{number}.png")
    source = f"{address}?passage={place.passage.id}&quote={place.start}-{place.end}" if found else address
    title = place.about.facts.title
    alt = (
        say("evidence.picture", page=number, title=title)
        if found
        else say("evidence.picture_plain", page=number, title=title)
    )
    image = tag("img", src=source, alt=alt, class_="page-picture", loading="lazy", width="1000", height="1414")
    larger = tag("p", new_tab(say("evidence.larger"), source), class_="small")
    return join([None if found else tag("p", say("evidence.no_marks"), class_="notes"), image, larger])


def page_text(service: Service, about: About, number: int, place: Place | None = None) -> Html:
    """The text of a page in its passages, the accessible alternative to the picture."""
    on_page = [p for p in service.library.passages_of(about.facts.document) if number in p.pages]
    return passages(on_page, place)


def _around(service: Service, place: Place) -> Html:
    """The passage with those before and after it."""
    everything = service.library.passages_of(place.about.facts.document)
    at = place.passage.ordinal
    near = everything[max(0, at - AROUND) : at + AROUND + 1]
    return join([tag("h3", say("evidence.around_heading")), passages(near, place)])


def passages(found: Sequence[Passage], place: Place | None = None) -> Html:
    """Passages as headings, paragraphs and lists; the quoted words of `place` marked."""
    parts: list[Html] = []
    items: list[Html] = []
    headings: tuple[str, ...] = ()
    for passage in found:
        if passage.headings != headings:
            parts += _list(items)
            items = []
            fresh = [h for n, h in enumerate(passage.headings) if n >= len(headings) or headings[n] != h]
            parts += [tag("p", heading, class_="text-heading") for heading in fresh]
            headings = passage.headings
        words = _marked(passage, place)
        if passage.kind == "bullet":
            items.append(tag("li", words))
            continue
        parts += [
            *_list(items),
            tag("p", tag("span", f"{passage.number} ", class_="number") if passage.number else None, words),
        ]
        items = []
    return tag("div", *parts, *_list(items), class_="text-of-page")


def _list(items: Sequence[Html]) -> list[Html]:
    return [tag("ul", *items)] if items else []


def _marked(passage: Passage, place: Place | None) -> Html:
    """A passage's words, those of the quote within a mark that is told to screen readers too."""
    if place is None or place.passage.id != passage.id:
        return join([passage.text])
    before, after = passage.text[: place.start], passage.text[place.end :]
    return join(
        [
            before,
            tag(
                "mark", hidden(f"({say('evidence.marked')}) "), place.quote, hidden(f" ({say('evidence.marked_end')})")
            ),
            after,
        ]
    )


def _ways(service: Service, place: Place) -> Html:
    """To the original, the place it is published, the passages before and after, the whole paper."""
    about, passage = place.about, place.passage
    id_ = document_id(about.facts.document)
    links: list[Html | None] = []
    if service.original(about).exists():
        address = path("documents", id_, "file")
        if about.media == "pdf":
            links.append(
                new_tab(say("evidence.open_page", page=passage.page or 1), f"{address}#page={passage.page or 1}")
            )
        else:
            links.append(tag("a", say("evidence.open_original"), href=address))
    links.append(outside(f"{say('evidence.published')} {about.facts.url}", about.facts.url))
    for step, key in ((-1, "previous"), (1, "next")):
        row = about.first + passage.ordinal + step
        if about.first <= row < about.first + about.count:
            other = service.library.passage(row)
            links.append(
                tag("a", say(f"evidence.{key}"), href=path("documents", id_, "passages", other.id), data_evidence=True)
            )
    links.append(new_tab(say("evidence.whole"), path("documents", id_)))
    return tag("ul", *[tag("li", link) for link in links if link is not None], class_="ways")
