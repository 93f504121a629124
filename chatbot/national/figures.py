"""The figures of an area's papers: what is followed from paper to paper, and all others.

Nothing is worked out of them: each stands with its quote. Only figures that are counted in the same way make a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from chatbot import wording
from chatbot.answer.select import leans
from chatbot.library import Library
from chatbot.national.areas import AreaRow
from chatbot.records import About
from ingest.records import Figure, Passage
from prompts import table, words

ACTUAL, TARGET, EARLIER = "actual", "target", "earlier"
ONE_PLACE = frozenset({"school_information_report", "policy", "form", "guidance"})  # of one school or service
COLUMNS = (
    "measure",
    "time",
    "at",
    "role",
    "figure",
    "value",
    "unit",
    "counted",
    "title",
    "date",
    "document",
    "page",
    "quote",
)


@dataclass(frozen=True, slots=True)
class Said:
    """A figure with its paper and passage."""

    about: About
    passage: Passage
    own: Figure

    @property
    def number(self) -> str:
        """The number with its unit, as written."""
        return self.passage.text[self.own.start : self.own.end]

    @property
    def bounds(self) -> tuple[int, int]:
        """The characters of the passage to be quoted: the sentence with one that it leans on, or the whole row."""
        sentences = self.passage.sentences
        place = next((n for n, (a, b) in enumerate(sentences) if a <= self.own.start < b), None)
        if place is None or self.passage.kind == "row":
            return 0, len(self.passage.text)
        start, end = sentences[place]
        text = self.passage.text[start:end]
        return sentences[place - 1][0] if place and (leans(text) or _points_back().search(text)) else start, end

    @property
    def quote(self) -> str:
        """The words that are quoted."""
        return self.passage.text[slice(*self.bounds)]

    @property
    def at(self) -> str:
        """The end of the time it is of, else the date of its paper; empty where neither is known, or it is older."""
        return self.own.at or (self.about.facts.date or "" if self.own.role == ACTUAL else "")

    @property
    def year(self) -> float | None:
        """`at` as a year and its part, the middle of what is not known; None where it is empty."""
        if not self.at:
            return None
        if "/" in self.at:
            return int(self.at[:4]) + 0.75
        parts = [int(part) for part in self.at.split("-")]
        month = parts[1] - 1 + (parts[2] / 31 if len(parts) > 2 else 0.5) if len(parts) > 1 else 6
        return parts[0] + month / 12


@dataclass(frozen=True, slots=True)
class Line:
    """Figures that are counted in the same way, oldest first; `counted` says how. `base` is that without the time."""

    counted: str
    base: str
    said: tuple[Said, ...]

    @property
    def joins(self) -> bool:
        """Whether a line may join them: of two times or more, and known to be counted alike.

        Checked samples are each another one, and a time that is not stated may be of any length.
        """
        times = {one.at for one in self.said if one.own.role == ACTUAL and one.at}
        own = self.said[0].own
        return len(times) > 1 and own.unit != "of" and (own.measure not in _running() or bool(own.span))


@dataclass(frozen=True, slots=True)
class Followed:
    """What is followed: its id in prompts/figures.toml, its figures by how they are counted, and its targets."""

    measure: str
    lines: tuple[Line, ...]
    targets: tuple[Said, ...]

    @property
    def said(self) -> tuple[Said, ...]:
        """All of them in order of time; those of no known time last."""
        own = [one for line in self.lines for one in line.said]
        return tuple(sorted((*own, *self.targets), key=_when))

    @property
    def name(self) -> str:
        """Its name."""
        return names()[self.measure]


def of_area(row: AreaRow, library: Library) -> tuple[tuple[Followed, ...], tuple[Said, ...]]:
    """What is followed, in the registry's order, and all other figures by paper, newest first. Both may be empty."""
    everything = _said(reversed(row.papers), library)
    followed = []
    for measure in names():
        own = _once([s for s in everything if s.own.measure == measure and s.about.facts.kind not in ONE_PLACE])
        if len(own) > 1:
            targets = tuple(one for one in own if one.own.role == TARGET)
            followed.append(Followed(measure, _lines([one for one in own if one.own.role != TARGET]), targets))
    taken = {each.measure for each in followed}
    return tuple(followed), tuple(
        s for s in everything if s.own.measure not in taken or s.about.facts.kind in ONE_PLACE
    )


def as_row(said: Said) -> list[str | float | None]:
    """The values of COLUMNS."""
    facts, own = said.about.facts, said.own
    value = f"{own.value:g} of {own.of:g}" if own.of is not None else own.value
    told = [
        names().get(own.measure),
        own.time or None,
        own.at or None,
        own.role,
        said.number,
        value,
        own.unit or "count",
    ]
    return [*told, counted(own), facts.title, facts.date, facts.document, said.passage.page, said.quote]


def counted(own: Figure) -> str:
    """How a figure is counted, in words."""
    if own.role == TARGET or own.measure not in _running():
        return base(own)
    span = words("national", "figures.span", span=own.span) if own.span else words("national", "figures.no_span")
    return f"{base(own)}, {span}"


def base(own: Figure) -> str:
    """How a figure is counted but for the length of its time: unit, average or not, of whom, with what limit."""
    unit = words("national", f"figures.unit_{own.unit}") if own.unit in UNITS else own.unit
    parts = [unit, *([words("national", f"figures.statistic_{own.statistic}")] if own.statistic else [])]
    parts += [words("national", "figures.elsewhere") if name == "elsewhere" else name for name in own.groups]
    if own.bound and own.unit == "":
        parts.append(words("national", "figures.bound", bound=own.bound))
    return ", ".join(parts)


def when(said: Said) -> str:
    """The time of a figure in words: as written, else that its paper is of some date."""
    date = said.about.facts.date
    if said.own.time or not date or said.own.role == TARGET:
        return said.own.time or words("national", "figures.undated")
    return words("national", "figures.of_paper", date=wording.date(date))


def as_written(said: Said) -> str:
    """The number as written, with a word where it is only what another is compared with."""
    return words("national", "figures.before", number=said.number) if said.own.role == EARLIER else said.number


UNITS = ("%", "£", "", "of")


def _said(papers: Iterable[About], library: Library) -> list[Said]:
    return [
        Said(about, passage, figure)
        for about in papers
        for passage in library.passages_of(about.facts.document)
        for figure in passage.figures
    ]


def _once(said: Sequence[Said]) -> list[Said]:
    """Each figure once, though several papers give it: with the newest of them that says its time most exactly."""
    found: dict[tuple[str, ...], Said] = {}
    for one in said:
        key = (one.at[:4], one.own.role, base(one.own), f"{one.own.value}")
        if key not in found or len(one.own.at) > len(found[key].own.at):
            found[key] = one
    return list(found.values())


def _lines(said: Sequence[Said]) -> tuple[Line, ...]:
    found: dict[str, list[Said]] = {}
    for one in said:
        found.setdefault(counted(one.own), []).append(one)
    lines = [Line(name, base(own[0].own), tuple(sorted(own, key=_when))) for name, own in found.items()]
    return tuple(sorted(lines, key=lambda line: -len(line.said)))


def _when(said: Said) -> tuple[bool, str]:
    return not said.at, said.at


@cache
def names() -> dict[str, str]:
    """The name of each measure."""
    return {measure["id"]: measure["name"] for measure in table("figures")["measure"]}


@cache
def _points_back() -> re.Pattern[str]:
    return re.compile(table("figures")["points_back"], re.IGNORECASE)


@cache
def _running() -> frozenset[str]:
    return frozenset(measure["id"] for measure in table("figures")["measure"] if measure.get("runs"))
