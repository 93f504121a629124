"""The figures of an area: what is followed from paper to paper as tables with a picture beside them, and all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from chatbot import wording
from chatbot.national.areas import AreaRow
from chatbot.national.figures import TARGET, Followed, Said, as_written, base, counted, names, of_area, when
from chatbot.page.service import Service, document_id
from chatbot.page.views.markup import Html, path
from chatbot.page.views.templates import render
from prompts import words

WIDTH, HEIGHT = 620, 250  # of a picture, in pixels
LEFT, RIGHT, TOP, BOTTOM = 24, 110, 24, 40  # the room around its lines
MOST_YEARS = 8  # that are written below it


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of a table: the time in words, the number, its address, the letter and words of its way, its paper."""

    time: str
    number: str
    is_target: bool
    address: str
    letter: str
    counted: str
    paper: str


def say(key: str, **values: object) -> str:
    """A text of [figures] in national.toml."""
    return words("national", f"figures.{key}", **{name: str(value) for name, value in values.items()})


def view(service: Service, row: AreaRow) -> Html:
    """The section below the heading of an area."""
    followed, others = of_area(row, service.library)
    papers = [(_named(own[0]), own) for own in (list(g) for _, g in groupby(others, lambda one: one.about.number))]
    return render(
        "figures",
        told=say,
        area=row.area,
        followed=[(f, _table(f), _apart(f), _picture(f)) for f in followed],
        papers=[
            (name, [(one.number, names().get(one.own.measure, ""), one.quote, address(one)) for one in own])
            for name, own in papers
        ],
        others=len(others),
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


def _letters(followed: Followed) -> dict[str, str]:
    """A letter for each way of counting; none where there is one way."""
    ways = [line.counted for line in followed.lines]
    return {way: letter if len(ways) > 1 else "" for way, letter in zip(ways, ascii_uppercase * 2, strict=False)}


def _table(followed: Followed) -> list[Shown]:
    letters = _letters(followed)
    found = []
    for one in followed.said:
        way, is_target = counted(one.own), one.own.role == TARGET
        letter = "" if is_target else letters[way]
        found.append(Shown(when(one), as_written(one), is_target, address(one), letter, way, _named(one)))
    return found


def _apart(followed: Followed) -> str:
    """Why its figures make no one line; empty where they are all counted in the same way."""
    if len(followed.lines) < 2:
        return ""
    letters = _letters(followed)
    ways = [
        say("way", letter=letters[line.counted], counted=line.counted, count=len(line.said)) for line in followed.lines
    ]
    return say("apart", ways="; ".join(ways))


def _picture(followed: Followed) -> Html | None:
    """The lines of what is counted alike, with their targets; None where there is no line."""
    drawn = [line for line in followed.lines if line.joins]
    if not drawn:
        return None
    bases = {line.base for line in drawn}
    targets = [one for one in followed.targets if base(one.own) in bases]
    dated = [one for one in (*(one for line in drawn for one in line.said), *targets) if one.year is not None]
    first, last = min(one.year or 0 for one in dated), max(one.year or 0 for one in dated)
    most = max(one.own.value for one in (*dated, *targets))

    def across(year: float) -> float:
        return round(LEFT + (year - first) / ((last - first) or 1) * (WIDTH - LEFT - RIGHT), 1)

    def down(one: Said) -> float:
        return round(TOP + (1 - one.own.value / (most or 1)) * (HEIGHT - TOP - BOTTOM), 1)

    def points(said: Sequence[Said]) -> list[tuple[float, float, str]]:
        return [(across(one.year), down(one), one.number) for one in said if one.year is not None]

    letters = _letters(followed)
    return render(
        "figure_lines",
        told=say,
        followed=followed.name,
        width=WIDTH,
        height=HEIGHT,
        base=HEIGHT - BOTTOM,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        years=[(year, across(year)) for year in _years(first, last)],
        lines=[(letters[line.counted], points([s for s in line.said if s.own.role != TARGET])) for line in drawn],
        targets=points(targets),
        levels=[(down(one), one.number) for one in targets if one.year is None],
        points="; ".join(say("point", number=one.number, time=when(one)) for one in dated),
    )


def _years(first: float, last: float) -> Sequence[int]:
    """The beginnings of years between two times, few enough to be read."""
    years = range(int(first) + 1, int(last) + 1)
    return years[:: max(1, len(years) // MOST_YEARS)]
