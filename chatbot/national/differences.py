"""The last two full inspections of an area beside each other: what each report found, in its own words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chatbot.answer.facts import picks
from chatbot.library import Library
from chatbot.national.areas import AreaRow
from chatbot.national.demands import demands
from chatbot.records import About, Pick

FINDINGS = ("outcome", "statement_of_action")  # of a report and of a letter of the first framework


@dataclass(frozen=True, slots=True)
class Side:
    """One report or letter: where it says what it found (None where no sentence does), how much it calls a priority.

    `priority` counts the areas for priority action; letters have no such list: None.
    """

    about: About
    finding: Pick | None
    priority: int | None


def sides(row: AreaRow, library: Library) -> tuple[Side, Side] | None:
    """The inspection before the last and the last; None where there are no two."""
    if len(row.inspections) < 2:
        return None
    return _side(replace(row, inspections=row.inspections[:-1]), library), _side(row, library)


def are_alike(earlier: Side, later: Side) -> bool:
    """Whether both were made under one framework, so that what they found can be measured against each other."""
    one, other = earlier.about.facts.inspection, later.about.facts.inspection
    return one is not None and other is not None and one.framework == other.framework


def _side(row: AreaRow, library: Library) -> Side:
    about = row.inspections[-1]
    found = picks([about], FINDINGS, library)
    own = sum(demand.part == "priority" for demand in demands(row, library))
    has_list = about.facts.kind == "inspection_report"
    return Side(about, found[0] if found else None, own if has_list else None)
