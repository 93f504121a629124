"""The parts of the Ask view around the conversation: heading, filters, examples."""

from __future__ import annotations

import json
from collections.abc import Sequence

from chatbot import wording
from chatbot.page.service import Asked, Service, say, turned_round
from chatbot.page.views import summary as summary_view
from chatbot.page.views.markup import Html, join, options, tag
from chatbot.page.views.take import take_form
from chatbot.topics.examples import examples

RADIOS = 7  # up to so many areas are offered as radio buttons, more as a list to choose from


def intro(service: Service) -> Html:
    """What this is, what is loaded, and a warning about private details."""
    return join(
        [
            tag("h1", say("ask.heading"), id="start", tabindex="-1"),
            tag("p", say("ask.lead"), class_="intro"),
            tag("p", loaded(service), " ", say("ask.careful"), class_="small"),
            tag("p", told, class_="notes") if (told := summary_view.notice(service)) else None,
        ]
    )


def loaded(service: Service) -> str:
    """How many papers about which areas and years."""
    library = service.library
    searched = library.searched(library.documents)
    areas = (
        wording.listed(library.areas) if len(library.areas) <= 6 else say("ask.many_areas", count=len(library.areas))
    )
    papers = wording.counts(searched)["papers"]
    if not searched.documents:
        return say("ask.loaded_none")
    if searched.first is None:
        return say("ask.loaded_undated", papers=papers, areas=areas)
    return say("ask.loaded", papers=papers, areas=areas, first=searched.first, last=searched.last)


def filters(service: Service, chosen: Asked | None = None) -> Html:
    """Area, and folded away kinds and years, as native controls; named as the plain form sends them."""
    chosen = chosen or Asked("")
    finer = [part for part in (kind_choice(service, chosen.filters.kinds), year_choice(service, chosen)) if part]
    folded = None
    if finer:
        summary = tag("summary", say("filters.heading"))
        folded = tag("details", summary, *finer, class_="filters", id="filters", open=chosen.filters.any)
    return join([area_choice(service, chosen.area or ""), folded])


def area_choice(service: Service, chosen: str) -> Html | None:
    """Radio buttons for few areas, a field that completes what is typed for many, nothing for one."""
    areas = service.library.areas
    if len(areas) < 2:
        return None
    choices = [("", say("filters.all_areas")), *[(area, area) for area in areas]]
    if len(areas) > RADIOS:
        listed = tag("datalist", *[tag("option", value=area) for area in areas], id="areas")
        field = tag(
            "input",
            type="text",
            name="area",
            id="area",
            value=chosen,
            list="areas",
            autocomplete="off",
            placeholder=say("filters.all_areas"),
            aria_describedby="area-hint",
        )
        hint = tag("span", say("filters.area_hint"), id="area-hint", class_="hint")
        return tag(
            "p", tag("label", say("filters.area"), for_="area"), " ", field, listed, " ", hint, class_="one-area"
        )
    rows = [choice("radio", "area", value, label, value == chosen) for value, label in choices]
    return tag("fieldset", tag("legend", say("filters.area")), *rows, class_="choices")


def kind_choice(service: Service, chosen: Sequence[str]) -> Html | None:
    """A tick box a kind of paper."""
    rows = [
        choice("checkbox", "kinds", kind, name[:1].upper() + name[1:], kind in chosen) for kind, name in service.kinds()
    ]
    if len(rows) < 2:
        return None
    hint = tag("p", say("filters.kinds_hint"), class_="hint", id="kinds-hint")
    return tag(
        "fieldset", tag("legend", say("filters.kinds")), hint, *rows, class_="choices", aria_describedby="kinds-hint"
    )


def year_choice(service: Service, chosen: Asked) -> Html | None:
    """From and to, of the years that papers are dated, and a sentence beside them where they are turned round."""
    years = [str(year) for year in service.years()]
    if len(years) < 2:
        return None
    choices = [("", say("filters.any_year")), *[(year, year) for year in years]]
    wrong = turned_round(chosen.filters)
    ends = (("first", "filters.from", chosen.filters.first), ("last", "filters.to", chosen.filters.last))
    rows = [
        tag(
            "span",
            tag("label", say(key), for_=f"year-{name}"),
            " ",
            tag(
                "select",
                options(choices, str(value or "")),
                name=name,
                id=f"year-{name}",
                aria_describedby="years-told",
                aria_invalid="true" if wrong else None,
            ),
            class_="pair",
        )
        for name, key, value in ends
    ]
    told = tag("p", say("filters.turned_round"), class_="problem", id="years-told", hidden=not wrong)
    return tag("fieldset", tag("legend", say("filters.years")), *rows, told, class_="years")


def choice(kind: str, name: str, value: str, label: str, chosen: bool) -> Html:
    """One native radio button or tick box with its label."""
    id_ = f"{name}-{value}".replace(" ", "-").lower()
    return tag(
        "span",
        tag("input", type=kind, name=name, value=value, id=id_, checked=chosen),
        tag("label", label, for_=id_),
        class_="choice",
    )


def example_list(service: Service) -> Html:
    """Questions to start from; each is a button that asks it."""
    found = examples(service.library)
    if not found:
        return Html("")
    items = [
        tag("li", tag("button", question, type="button", class_="example", data_question=question))
        for question in found
    ]
    return tag(
        "section",
        tag("h2", say("ask.examples"), id="examples-heading"),
        tag("ul", *items, class_="examples", role="list"),
        aria_labelledby="examples-heading",
    )


def conversation(turns: Sequence[tuple[Asked, Html]], index: str) -> Html:
    """All turns, newest first, and the form that takes them all away. The questions are kept on it for the script."""
    asked = json.dumps([a.as_json() for a, _ in turns])
    everything = None
    if len(turns) > 1:
        everything = take_form(say("take.conversation"), {"what": "answers", "turns": asked, "index": index}, "all")
    return tag("div", *[markup for _, markup in reversed(turns)], everything, data_turns=asked, id="turns")
