"""The areas that have papers, a row each: who was found what, what came since, when inspectors are next expected.

Nothing is counted here that a paper does not state: every value comes from a stored fact, which says where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from chatbot.library import Library
from chatbot.question.places import resolve
from chatbot.records import About
from prompts import table

FULL = frozenset({"inspection_report", "inspection_letter"})
FOLLOW_UP = frozenset({"monitoring_report", "revisit_letter"})
REQUIRED = "statement_of_action_required"  # the outcome of a letter of the first framework, where it has one
VERDICTS = ("progress", "effective_action")  # facts of a revisit and of a monitoring inspection
GOOD = frozenset({"sufficient", "taken"})
WITHIN = re.compile(r"(?<![\w-])([\w-]++) (year|month)s?$")
NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A visit after a full inspection: of the verdicts that its paper gives (`given`, maybe none) how many are good."""

    about: About
    good: int
    given: int


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area with its papers, oldest first and undated ones before. Both lists of inspections may be empty.

    `follow_ups` are those after the last full inspection. Values that no paper states are None.
    """

    area: str
    region: str | None
    papers: tuple[About, ...]
    inspections: tuple[About, ...]
    follow_ups: tuple[FollowUp, ...]

    @property
    def last(self) -> About | None:
        """The report or letter of the last full inspection."""
        return self.inspections[-1] if self.inspections else None

    @property
    def visits(self) -> tuple[About, ...]:
        """Every inspection and every visit after one, oldest first."""
        return tuple(d for d in self.papers if d.facts.kind in FULL | FOLLOW_UP)

    @property
    def outcome(self) -> str | None:
        """What the last full inspection found, as `outcome_of` names it."""
        return outcome_of(self.last) if self.last else None

    @property
    def next_expected(self) -> str | None:
        """The month by which the last report expects the next full inspection ("2027-12")."""
        return expected(self.last, "next_full_inspection")

    @property
    def next_monitoring(self) -> str | None:
        """The month by which the last report expects a monitoring inspection, where none has come yet."""
        return None if self.follow_ups else expected(self.last, "next_monitoring")

    @property
    def newest(self) -> str | None:
        """The date of the newest dated paper."""
        return self.papers[-1].facts.date if self.papers else None

    def as_json(self) -> dict[str, Any]:
        """The row as the contract prints it, with what is ours after it. The outcome is that of the last inspection."""
        inspection = self.last.facts.inspection if self.last else None
        visit = self.follow_ups[-1] if self.follow_ups else None
        return {
            "area": self.area,
            "region": self.region,
            "inspection_start": inspection.start if inspection else None,
            "inspection_end": inspection.end if inspection else None,
            "framework": inspection.framework if inspection else None,
            "outcome": self.outcome,
            "monitoring": verdict(visit) if visit else None,
            "next_expected": self.next_expected,
            "papers": len(self.papers),
            "newest": self.newest,
            "monitoring_date": visit.about.facts.date if visit else None,
            "next_monitoring": self.next_monitoring,
            "inspections": len(self.inspections),
        }


def areas(library: Library) -> tuple[AreaRow, ...]:
    """A row for each area that has papers, by name; a paper of two areas stands in both. Empty for an empty index."""
    own: dict[str, list[About]] = {}
    for about in library.documents:
        for area in about.facts.areas:
            own.setdefault(area, []).append(about)
    return tuple(_row(area, own[area]) for area in sorted(own))


def row_of(area: str, library: Library) -> AreaRow | None:
    """The row of one area by any of its names, None where it has no papers."""
    name = area if area in library.areas else resolve(area, library.areas)
    return _row(name, library.in_areas([name])) if name else None


def _row(area: str, papers: Iterable[About]) -> AreaRow:
    dated = tuple(sorted(papers, key=lambda d: (d.facts.date or "", d.facts.document)))
    full = tuple(d for d in dated if d.facts.kind in FULL)
    since = (full[-1].facts.date or "") if full else ""
    later = tuple(follow_up(d) for d in dated if d.facts.kind in FOLLOW_UP and (d.facts.date or "") >= since)
    return AreaRow(area, regions().get(area), dated, full, later)


def follow_up(about: About) -> FollowUp:
    """A visit with its verdicts counted."""
    values = [fact.value for fact in about.facts.stated if fact.name in VERDICTS]
    return FollowUp(about, sum(value in GOOD for value in values), len(values))


def verdict(visit: FollowUp) -> str:
    """A verdict as one word and its count ("sufficient 3 of 4"), or "not stated"."""
    if not visit.given:
        return "not stated"
    word = "effective action" if visit.about.facts.kind == "monitoring_report" else "sufficient progress"
    return f"{word} {visit.good} of {visit.given}"


def outcome_of(about: About) -> str | None:
    """What a report or letter found: one of the three outcomes, or that a statement of action is required."""
    if about.facts.told("statement_of_action") == "required":
        return REQUIRED
    return about.facts.inspection.outcome if about.facts.inspection else None


def expected(about: About | None, fact: str) -> str | None:
    """The month that a report names by how far off it is ("within approximately three years"), None for none."""
    within = WITHIN.search(about.facts.told(fact) or "") if about else None
    end = about.facts.inspection.end if about and about.facts.inspection else None
    if within is None or not end:
        return None
    number = NUMBERS.get(within[1].lower()) or (int(within[1]) if within[1].isdigit() else 0)
    months = number * (12 if within[2] == "year" else 1)
    if not months:
        return None
    month = int(end[:4]) * 12 + int(end[5:7]) - 1 + months
    return f"{month // 12}-{month % 12 + 1:02d}"


@cache
def regions() -> dict[str, str]:
    """The region of each area of England."""
    return {area: region for region, names in table("regions")["regions"].items() for area in names}


COLUMNS = tuple(AreaRow("", None, (), (), ()).as_json())  # of the table as a file
