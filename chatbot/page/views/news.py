"""What is new: by the run that brought it, as a page and as the items of a feed."""

from __future__ import annotations

from itertools import groupby

from chatbot import wording
from chatbot.export.atom import Item
from chatbot.national.news import Entry, entries, unrecorded
from chatbot.page.service import Service, document_id
from chatbot.page.views.markup import Html, path
from chatbot.page.views.templates import render
from ingest.registry import kinds
from prompts import words

SHOWN = 200  # entries on the page and in the feed


def say(key: str, **values: object) -> str:
    """A text of news.toml."""
    return words("news", key, **values)


def body(service: Service) -> Html:
    """The page below its heading."""
    found = entries(service.library)
    return render(
        "news",
        told=say,
        papers=len(service.library.documents),
        days=[(wording.date(day), list(map(_row, own))) for day, own in groupby(found[:SHOWN], lambda e: e.at[:10])],
        more=say("more", shown=SHOWN, count=len(found)) if len(found) > SHOWN else "",
        unrecorded=_unrecorded(service),
    )


def _unrecorded(service: Service) -> str:
    count = unrecorded(service.library)
    return say("unrecorded", papers=wording.number_of("paper", count)) if count else ""


def _row(entry: Entry) -> tuple[str, str, str, str]:
    """What happened, the paper's title and address (empty for one that is gone), and what else is said of it."""
    if entry.about is None:
        return say("removed"), "", "", say("removed_paper", kind=kinds.called(entry.kind))
    facts = entry.about.facts
    return say(entry.what), facts.title, path("documents", document_id(facts.document)), _named(entry)


def _named(entry: Entry) -> str:
    """The paper as people would name it: area, kind and date."""
    facts = entry.about.facts if entry.about else None
    if facts is None:
        return say("summary_removed")
    return wording.document(facts.kind, ", ".join(facts.areas), facts.date, facts.date_basis)


def items(service: Service) -> list[Item]:
    """The newest entries for the feed."""
    return [_item(entry) for entry in entries(service.library)[:SHOWN]]


def _item(entry: Entry) -> Item:
    if entry.about is None:
        return Item(entry.id, entry.at, say("told_removed", kind=kinds.called(entry.kind)), _named(entry))
    title = say(f"told_{entry.what}", title=entry.about.facts.title)
    return Item(entry.id, entry.at, title, _named(entry), path("documents", document_id(entry.about.facts.document)))
