"""The figures of an area: each topic as a table, with a picture where a line can be drawn, and all others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from chatbot import wording
from chatbot.national.areas import AreaRow
from chatbot.national.figures import Followed, Said, of_area
from chatbot.page.service import Service, document_id
from chatbot.page.views.markup import Html, path
from chatbot.page.views.templates import render
from prompts import words

WIDTH, HEIGHT = 620, 250  # of a picture, in pixels
LEFT, RIGHT, TOP, BOTTOM = 24, 110, 24, 40  # the room around its lines
MOST_YEARS = 8  # that are written below it


def say(key: str, **values: object) -> str:
    """A text of [figures] in national.toml."""
    return words("national", f"figures.{key}", **{name: str(value) for name, value in values.items()})


def view(service: Service, row: AreaRow) -> Html:
    """The section below the heading of an area."""
    followed, others = of_area(row, service.library)
    return render(
        "figures",
        told=say,
        area=row.area,
        followed=[(each, _picture(each)) for each in followed],
        papers=[(_named(own[0]), own) for own in (list(g) for _, g in groupby(others, lambda one: one.about.number))],
        others=len(others),
        address=address,
        named=_named,
        ways=[(say(form), path("areas", row.area, f"figures.{form}")) for form in ("csv", "xlsx")],
    )


def address(said: Said) -> str:
    """Where a figure's quote is shown in its paper."""
    start, end = said.bounds
    place = path("documents", document_id(said.passage.document), "passages", said.passage.id)
    return f"{place}?quote={start}-{end}"


def _named(said: Said) -> str:
    facts = said.about.facts
    return wording.document(facts.kind, "", facts.date, facts.date_basis)


def _picture(followed: Followed) -> Html | None:
    """The lines of what is said alike, with the topic's targets; None where there is no line."""
    if not followed.lines:
        return None
    targets = [one for one in followed.said if one.own.target]
    dated = [one for one in (*(one for line in followed.lines for one in line), *targets) if one.year is not None]
    first, last = min(one.year or 0 for one in dated), max(one.year or 0 for one in dated)
    most = max(one.own.value for one in (*dated, *targets))

    def across(year: float) -> float:
        return round(LEFT + (year - first) / ((last - first) or 1) * (WIDTH - LEFT - RIGHT), 1)

    def down(one: Said) -> float:
        return round(TOP + (1 - one.own.value / (most or 1)) * (HEIGHT - TOP - BOTTOM), 1)

    def points(said: Sequence[Said]) -> list[tuple[float, float, str]]:
        return [(across(one.year), down(one), one.number) for one in said if one.year is not None]

    years = range(int(first) + 1, int(last) + 1)
    return render(
        "figure_lines",
        told=say,
        topic=followed.name,
        width=WIDTH,
        height=HEIGHT,
        base=HEIGHT - BOTTOM,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        years=[(year, across(year)) for year in years[:: max(1, len(years) // MOST_YEARS)]],
        lines=[points(line) for line in followed.lines],
        targets=points(targets),
        levels=[(down(one), one.number) for one in targets if one.year is None],
        points="; ".join(say("point", number=one.number, time=one.when) for one in dated),
    )
