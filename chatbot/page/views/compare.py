"""The Compare view: what is to be compared, and the comparison as a table or a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatbot import wording
from chatbot.page.service import Asked, Service, document_id, say
from chatbot.page.views.answer import check, evidence_link
from chatbot.page.views.ask import choice, year_choice
from chatbot.page.views.markup import Html, hidden, join, path, tag
from chatbot.page.views.take import take_form
from chatbot.page.views.terms import Glossary
from chatbot.records import About, Citation
from chatbot.search.filters import Filters
from chatbot.serialise import place
from chatbot.topics.compare import Cell, Comparison, Row

MOST_COLUMNS = 6  # papers beside each other; more stand below each other


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a visitor wants compared; `shape` is "table" or "timeline"."""

    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    filters: Filters = Filters()
    shape: str = "table"


def form(service: Service, chosen: Chosen, done: bool) -> Html:
    """The form; folded away under a comparison."""
    topic = join(
        [
            tag("label", say("compare.topic"), for_="topic"),
            tag("p", say("compare.topic_hint"), id="topic-hint", class_="hint"),
            tag(
                "textarea",
                "\n".join(chosen.topics),
                name="topic",
                id="topic",
                rows="3",
                aria_describedby="topic-hint",
                required=True,
            ),
        ]
    )
    shapes = [
        choice("radio", "shape", value, say(f"compare.{value}"), chosen.shape == value)
        for value in ("table", "timeline")
    ]
    inner = tag(
        "form",
        tag("div", topic, class_="field"),
        _ticks("areas", [(a, a) for a in service.library.areas], chosen.areas),
        _ticks("kinds", [(k, name.capitalize()) for k, name in service.kinds()], chosen.filters.kinds),
        year_choice(service, Asked("", None, chosen.filters)),
        tag("fieldset", tag("legend", say("compare.shape")), *shapes, class_="choices"),
        tag("p", tag("button", say("compare.button"), class_="first")),
        method="post",
        action="/compare",
        class_="big-form",
    )
    return tag("details", tag("summary", say("compare.change")), inner, class_="more") if done else inner


def _ticks(name: str, values: Sequence[tuple[str, str]], chosen: Sequence[str]) -> Html | None:
    if len(values) < 2:
        return None
    rows = [choice("checkbox", name, value, label, value in chosen) for value, label in values]
    hint = tag("p", say(f"compare.{name}_hint"), class_="hint", id=f"{name}-hint")
    return tag(
        "fieldset",
        tag("legend", say(f"compare.{name}")),
        hint,
        *rows,
        class_="choices long" if len(values) > 24 else "choices",
        aria_describedby=f"{name}-hint",
    )


def result(service: Service, chosen: Chosen, found: Comparison) -> Html:
    """The comparison with its summary, what was looked for, and the way to take it along."""
    if not found.documents:
        return tag("p", say("compare.no_papers"), class_="problem")
    if not found.rows:
        return tag("p", say("compare.no_topic"), class_="problem")
    glossary = Glossary("compare")
    timeline = chosen.shape == "timeline"
    body = (
        [_row_timeline(service, row, glossary) for row in found.rows]
        if timeline
        else [_table(service, found, glossary)]
    )
    heading = say("compare.title_timeline") if timeline else say("compare.title_table")
    left_out = tag("p", say("compare.too_many", count=len(found.documents)), class_="notes") if found.left_out else None
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
    return join(
        [
            tag("h2", heading, id="result", tabindex="-1"),
            *[_summary(row) for row in found.rows],
            left_out,
            *body,
            tag("p", say("compare.rule"), class_="small"),
            _looked_for(found.rows),
            glossary.listing(),
            tag("div", take_form(say("take.comparison"), fields, "compare"), class_="tools"),
            tag("p", say("turn.index", index=found.index), class_="small"),
        ]
    )


def _summary(row: Row) -> Html:
    """How many papers speak of a topic, and the names of those that do not."""
    spoken = len(row.cells) - len(row.silent)
    lines = [
        tag("p", tag("strong", say("compare.summary", with_mention=spoken, count=len(row.cells), topic=row.topic)))
    ]
    if row.silent and spoken:
        lines.append(
            tag(
                "p",
                say("compare.silent", topic=row.topic, papers="; ".join(_name(about) for about in row.silent)),
                class_="small",
            )
        )
    return join(lines)


def _name(about: About) -> str:
    facts = about.facts
    if facts.kind in ("local_offer", "other"):
        return f"{facts.title}, {wording.dated(facts.date, facts.date_basis)}"
    return wording.document(facts.kind, ", ".join(facts.areas), facts.date, facts.date_basis)


def _looked_for(rows: Sequence[Row]) -> Html:
    lines = [tag("li", say("compare.looked_line", topic=row.topic, words=", ".join(row.wordings))) for row in rows]
    return tag("details", tag("summary", say("compare.looked_for")), tag("ul", *lines), class_="more")


def _table(service: Service, found: Comparison, glossary: Glossary) -> Html:
    """A column for each paper where they fit beside each other, else a row for each."""
    papers = found.documents
    if len(papers) <= MOST_COLUMNS:
        head = tag(
            "tr",
            tag("th", say("compare.topic_column"), scope="col"),
            *[tag("th", _link(about), scope="col") for about in papers],
        )
        rows = [
            tag(
                "tr",
                tag("th", row.topic, scope="row"),
                *[_td(service, cell, glossary, _name(cell.about)) for cell in row.cells],
            )
            for row in found.rows
        ]
    else:
        head = tag(
            "tr",
            tag("th", say("compare.paper_column"), scope="col"),
            *[tag("th", row.topic, scope="col") for row in found.rows],
        )
        rows = [
            tag(
                "tr",
                tag("th", _link(about), scope="row"),
                *[_td(service, row.cells[n], glossary, row.topic) for row in found.rows],
            )
            for n, about in enumerate(papers)
        ]
    shape = "across" if len(papers) <= MOST_COLUMNS else "down"
    table = tag(
        "table",
        tag("caption", say("compare.title_table"), class_="unseen"),
        tag("thead", head),
        tag("tbody", *rows),
        class_=f"compared {shape}",
    )
    return tag("div", table, class_="scroll", role="region", aria_label=say("compare.scroll"), tabindex="0")


def _td(service: Service, cell: Cell, glossary: Glossary, label: str) -> Html:
    """A cell with the name of its column, shown where a narrow screen stacks the cells."""
    return tag("td", tag("p", label, class_="stacked"), _cell(service, cell, glossary))


def _link(about: About) -> Html:
    return tag("a", _name(about), href=path("documents", document_id(about.facts.document)))


def _cell(service: Service, cell: Cell, glossary: Glossary) -> Html:
    """Quotes, or that there is no mention and how many passages were looked at."""
    if not cell.citations:
        return _nothing(cell)
    quotes = [_quote(service, citation, glossary) for citation in cell.citations]
    more = None
    if cell.count > len(cell.citations):
        more = tag("p", say("compare.shown", shown=len(cell.citations), count=cell.count), class_="small")
    return join([*quotes, more])


def _nothing(cell: Cell) -> Html:
    near = None
    if cell.partly and cell.missing:
        near = tag(
            "p",
            say("compare.near_words", found=wording.listed(cell.partly), missing=wording.listed(cell.missing)),
            class_="small",
        )
    elif cell.partly:
        near = tag("p", say("compare.apart", found=wording.listed(cell.partly)), class_="small")
    detail = say("compare.none_detail", count=cell.looked) if cell.looked != 1 else say("compare.none_detail_one")
    return tag("div", tag("p", tag("strong", say("compare.none")), " ", detail), near, class_="nothing")


def _quote(service: Service, citation: Citation, glossary: Glossary) -> Html:
    """A quote with who says it, its page, its check and the way there."""
    speaker = wording.speaker(citation.speaker, citation.kind)
    at = place(citation)
    marker = f"compare-quote-{citation.marker}"
    source = tag(
        "p",
        hidden(f"{say('turn.said_by')} "),
        f"{speaker[:1].upper()}{speaker[1:]}",
        f", {at}" if at else "",
        ". ",
        check(citation),
        " ",
        evidence_link(citation, service, marker),
        class_="check",
    )
    return tag(
        "figure",
        tag("blockquote", tag("p", glossary.mark(citation.quote))),
        tag("figcaption", source),
        class_="quotation",
        id=marker,
    )


def _row_timeline(service: Service, row: Row, glossary: Glossary) -> Html:
    """One topic over time: each paper with its date, oldest first, silent papers in their place."""
    items = []
    for cell in row.cells:
        facts = cell.about.facts
        date = wording.dated(facts.date, facts.date_basis) if facts.date else say("compare.undated")
        items.append(
            tag(
                "li",
                tag("h4", tag("span", date, class_="when"), " ", _link(cell.about)),
                _cell(service, cell, glossary),
            )
        )
    return join([tag("h3", row.topic), tag("ol", *items, class_="timeline", role="list")])
