"""The Compare view: what is to be compared, and the comparison as a table or a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from chatbot import wording
from chatbot.page.service import Asked, Service, document_id, say
from chatbot.page.views.answer import check, evidence_link
from chatbot.page.views.ask import year_choice
from chatbot.page.views.markup import Html, path
from chatbot.page.views.take import take_form
from chatbot.page.views.templates import render
from chatbot.page.views.terms import Glossary
from chatbot.records import About
from chatbot.search.filters import Filters
from chatbot.serialise import place
from chatbot.topics.compare import Cell, Comparison, Row

MOST_COLUMNS = 6  # papers beside each other; more stand below each other
SHAPES = ("table", "timeline")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a visitor wants compared; `shape` is "table" or "timeline"."""

    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    filters: Filters = Filters()
    shape: str = "table"


def form(service: Service, chosen: Chosen, done: bool) -> Html:
    """The form; folded away under a comparison."""
    ticks = [
        ("areas", [(a, a) for a in service.library.areas], chosen.areas),
        ("kinds", [(k, name.capitalize()) for k, name in service.kinds()], chosen.filters.kinds),
    ]
    return render(
        "compare",
        topics="\n".join(chosen.topics),
        ticks=[group for group in ticks if len(group[1]) > 1],
        years=year_choice(service, Asked("", None, chosen.filters)),
        shapes=[(shape, say(f"compare.{shape}"), shape == chosen.shape) for shape in SHAPES],
        done=done,
    )


def result(service: Service, chosen: Chosen, found: Comparison) -> Html:
    """The comparison with its summary, what was looked for, and the way to take it along."""
    glossary = Glossary("compare")
    table = "across" if len(found.documents) <= MOST_COLUMNS else "down"
    fields = {
        "what": "comparison",
        "topic": "\n".join(chosen.topics),
        "areas": "\n".join(chosen.areas),
        "kinds": "\n".join(chosen.filters.kinds),
        "first": str(chosen.filters.first or ""),
        "last": str(chosen.filters.last or ""),
        "shape": chosen.shape,
        "index": found.index,
    }
    # The cells go first: the list of words explained holds those that they met.
    rows = [(row, _summary(row), [_cell(service, row, cell, glossary) for cell in row.cells]) for row in found.rows]
    return render(
        "compare_result",
        found=found,
        rows=rows,
        papers=[_paper(about) for about in found.documents],
        shape=table if chosen.shape == "table" else chosen.shape,
        terms=glossary.listing(),
        take=take_form(say("take.comparison"), fields, "compare"),
    )


def _summary(row: Row) -> tuple[str, str]:
    """How many papers speak of a topic, and the names of those that do not where some do."""
    spoken = len(row.cells) - len(row.silent)
    said = say("compare.summary", with_mention=spoken, count=len(row.cells), topic=row.topic)
    names = "; ".join(_name(about) for about in row.silent)
    return said, say("compare.silent", topic=row.topic, papers=names) if names and spoken else ""


def _name(about: About) -> str:
    facts = about.facts
    if facts.kind in ("local_offer", "other"):
        return f"{facts.title}, {wording.dated(facts.date, facts.date_basis)}"
    return wording.document(facts.kind, ", ".join(facts.areas), facts.date, facts.date_basis)


def _paper(about: About) -> tuple[str, str, str]:
    """The name of a paper, its date and its address."""
    facts = about.facts
    date = wording.dated(facts.date, facts.date_basis) if facts.date else say("compare.undated")
    return _name(about), date, path("documents", document_id(facts.document))


def _cell(service: Service, row: Row, cell: Cell, glossary: Glossary) -> Html:
    """Quotes and the way to all of them, or that there is no mention and how many passages were looked at."""
    quotes = []
    for citation in cell.citations:
        marker = f"compare-quote-{citation.marker}"
        speaker = wording.speaker(citation.speaker, citation.kind)
        quotes.append(
            {
                "id": marker,
                "words": glossary.mark(citation.quote),
                "said_by": f"{speaker[:1].upper()}{speaker[1:]}",
                "place": place(citation),
                "check": check(citation),
                "link": evidence_link(citation, service, marker),
            }
        )
    nothing = say("compare.none_detail", count=cell.looked) if cell.looked != 1 else say("compare.none_detail_one")
    everything = f"{path('documents', document_id(cell.about.facts.document))}?{urlencode({'topic': row.topic})}"
    return render("compare_cell", cell=cell, quotes=quotes, nothing=nothing, near=_near(cell), everything=everything)


def _near(cell: Cell) -> str:
    """Which ideas of the topic a silent paper does speak of; empty where none."""
    if cell.partly and cell.missing:
        return say("compare.near_words", found=wording.listed(cell.partly), missing=wording.listed(cell.missing))
    return say("compare.apart", found=wording.listed(cell.partly)) if cell.partly else ""
