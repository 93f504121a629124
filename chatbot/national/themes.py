"""Themes of the inspection reports: which report names a theme as a strength, to improve, or for priority action.

A sentence counts for where it stands in its report; what stands under none of these headings is not counted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from chatbot.library import Library
from chatbot.national.areas import FULL, outcome_of, regions
from chatbot.national.theme_model import ThemeModel, names, shown
from chatbot.records import About
from ingest.records import Passage

STRENGTH, IMPROVE, PRIORITY = "strength", "improve", "priority"
SIGNS = (STRENGTH, IMPROVE, PRIORITY)
SIGN_OF = {"strength": STRENGTH, "development": IMPROVE, "improvement": IMPROVE, "priority": PRIORITY}
SURE = 1.96  # standard deviations of a 95 % interval


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a report on a theme: characters `start` to `end` of its passage."""

    theme: str
    sign: str
    passage: Passage
    start: int
    end: int

    @property
    def quote(self) -> str:
        """Its words."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Report:
    """A report or letter of a full inspection with all that it says on themes; maybe nothing."""

    about: About
    said: tuple[Said, ...]

    def on(self, theme: str, sign: str) -> tuple[Said, ...]:
        """What it says on a theme with one sign."""
        return tuple(one for one in self.said if one.theme == theme and one.sign == sign)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `of` reports name a theme with one sign. `low` and `high` bound the share (Wilson, 95 %)."""

    reports: tuple[Report, ...]
    of: int

    @property
    def share(self) -> float:
        """The share, 0 where there is no report."""
        return len(self.reports) / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Within which the share of reports like these lies; 0 to 1 where there is none."""
        if not self.of:
            return 0.0, 1.0
        square, n, p = SURE**2, self.of, self.share
        middle = (p + square / (2 * n)) / (1 + square / n)
        half = SURE * math.sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Row:
    """A theme over some reports, a share a sign in the order of SIGNS."""

    theme: str
    shares: tuple[Share, ...]

    def quotes(self) -> list[dict[str, Any]]:
        """The sentences behind its numbers."""
        return [
            {"sign": sign, "document": one.passage.document, "page": one.passage.page, "quote": one.quote}
            for sign, share in zip(SIGNS, self.shares, strict=True)
            for report in share.reports
            for one in report.on(self.theme, sign)
        ]

    def as_json(self) -> dict[str, Any]:
        """The row as a table has it; shares and bounds in three decimals."""
        told: dict[str, Any] = {"theme": self.theme, "name": names()[self.theme], "reports": self.shares[0].of}
        for sign, share in zip(SIGNS, self.shares, strict=True):
            low, high = share.interval
            told |= {sign: len(share.reports), f"{sign}_share": round(share.share, 3)}
            told |= {f"{sign}_low": round(low, 3), f"{sign}_high": round(high, 3)}
        return told


@lru_cache(maxsize=2)
def reports(library: Library) -> tuple[Report, ...]:
    """Every report of a full inspection with what it says, oldest first; worked out once for a version of an index."""
    full = [about for about in library.documents if about.facts.kind in FULL]
    ordered = sorted(full, key=lambda about: (about.facts.date or "", about.facts.document))
    return tuple(Report(about, _said(about, library)) for about in ordered)


def chosen(library: Library, outcome: str = "", region: str = "", year: str = "", area: str = "") -> list[Report]:
    """The reports with an outcome, of a region, a year or an area; an empty name chooses all."""
    return [
        report
        for report in reports(library)
        if outcome in ("", outcome_of(report.about) or "none")
        and (not region or region in {regions().get(own) for own in report.about.facts.areas})
        and year in ("", str(report.about.year))
        and (not area or area in report.about.facts.areas)
    ]


def rows(own: Sequence[Report]) -> list[Row]:
    """A row a theme that can be shown, in the registry's order."""
    told = [(report, {(one.theme, one.sign) for one in report.said}) for report in own]
    return [
        Row(theme, tuple(Share(tuple(r for r, named in told if (theme, sign) in named), len(own)) for sign in SIGNS))
        for theme in shown()
    ]


def _said(about: About, library: Library) -> tuple[Said, ...]:
    found = []
    for passage in library.passages_of(about.facts.document):
        if (sign := SIGN_OF.get(passage.polarity)) and passage.kind != "cell":
            for start, end in passage.sentences:
                themes = model().of(passage.text[start:end])
                found += [Said(theme, sign, passage, start, end) for theme in themes if theme in shown()]
    return tuple(found)


@cache
def model() -> ThemeModel:
    """The classifier, read once."""
    return ThemeModel()
