"""The figures of a sentence, read number by number with the words between each and its neighbours.

The words that tell what a number counts are in prompts/figures.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.facts import amounts, times
from ingest.facts.amounts import Amount
from ingest.facts.times import Time
from ingest.records import Figure
from prompts import table

ACTUAL, TARGET, EARLIER = "actual", "target", "earlier"
LONG = frozenset({"days", "weeks", "months", "years", "hours", "minutes", "terms"})
STATUTORY = frozenset({"20 weeks", "twenty weeks"})  # of a new plan: what it is measured by
OF_LABEL = 3  # statistics that the label of a row may tell: median, average, longest
CLOSE = 60  # characters beside a count within which what it counts has to stand
BESIDE = 48  # characters between a number and the time after it that it is of


def of_sentence(text: str, before: tuple[str, str], written: str | None, label: str = "") -> list[Figure]:
    """The figures of one sentence. `before` is the one before it and the heading, `label` the words of its row."""
    made: list[Figure] = []
    found, limits = _parted(text, amounts.find(text, label))
    named = times.find(text, written)
    for place, amount in enumerate(found):
        left = text[found[place - 1].end if place else 0 : amount.start]
        right = text[amount.end : found[place + 1].start if place + 1 < len(found) else len(text)]
        has_next = place + 1 < len(found)
        time = _time(amount, left, right, named, has_next)
        if amount.unit == amounts.COUNT:  # what is counted stands beside it
            near, wide = f"{left[-CLOSE:]} {text[amount.start : amount.end]} {right[:CLOSE]}", tuple[str, ...]()
        else:
            near = f"{left} {text[amount.start : amount.end]} {right}"
            wide = (text, f"{before[0]} {near}", f"{before[1]} {near}")
        back = (f"{before[0]} {near}",) if form("points_back").search(text) else ()
        context = (near, *(wide or back))
        role = _role(left, text[amount.end :], time, written)
        if role == TARGET and time and time.start < amount.start and not _is_later(time, written):
            time = None  # of what is measured by the target
        told = [f"{label} {words}".strip() for words in context]
        measure = "" if form("nobody").search(left) else measure_of(amount.unit, told)
        figure = Figure(
            amount.start,
            amount.end,
            amount.value,
            amount.unit,
            role,
            amount.of,
            text[time.start : time.end] if time else "",
            time.at if time else "",
            time.span if time else "",
            measure,
            _statistic(_without_limits(left), _without_limits(right), label),
            _groups(
                label,
                left,
                re.split(r"[(;,]", right)[0] if has_next else right,
                _measures()[measure].signs if measure else (),
            ),
            limits.get(place, ""),
        )
        goes_on = place and re.search(r"\bto (?:\w+ ){0,2}$", left) and amount.unit == found[place - 1].unit
        made.append(carried(figure, made[-1]) if goes_on else figure)
    return made


def _parted(text: str, found: list[Amount]) -> tuple[list[Amount], dict[int, str]]:
    """The amounts that stand for themselves, and the limits that belong to them ("91 % within six weeks")."""
    limits = [a for a in found if a.unit in LONG and form("limited").search(text[: a.start])]
    own = [a for a in found if a not in limits]
    if not own and all(text[a.start : a.end].lower() in STATUTORY for a in limits):
        return [], {}
    if not any(a.unit not in LONG for a in own):
        return found, {}
    told: dict[int, str] = {}
    for limit in limits:
        counted = [n for n, a in enumerate(own) if a.unit not in LONG]
        place = min(counted, key=lambda n: abs(own[n].start - limit.start))
        told.setdefault(place, text[limit.start : limit.end])
    return own, told


def _time(amount: Amount, left: str, right: str, named: Sequence[Time], has_next: bool) -> Time | None:
    """The time that a number is of: the first after it, else the last before it, with no other number between."""
    end = amount.end + len(right)  # a time just before the next number is of that ("83 % (2024/25: 71 %)")
    after = [t for t in named if amount.end <= t.start < end and (not has_next or end - t.end > len(": "))]
    if after and after[0].start - amount.end <= BESIDE and ";" not in right[: after[0].start - amount.end]:
        return after[0]
    before = [t for t in named if amount.start - len(left) <= t.start < amount.start]
    return before[-1] if before else None


def _role(left: str, right: str, time: Time | None, written: str | None) -> str:
    if form("target").search(left) or re.match(r" target\b", right) or _is_later(time, written):
        return TARGET
    was = form("earlier").search(left) or re.search(r"\bfrom $", left) and form("to_later").search(right)
    return EARLIER if was and time is None else ACTUAL


def _is_later(time: Time | None, written: str | None) -> bool:
    """Whether a time is still to come when the paper is written."""
    return bool(time and written and time.at[: len(written)] > written[: len(time.at)])


def measure_of(unit: str, contexts: Sequence[str]) -> str:
    """What is counted: the first measure that the words nearest to the number tell, else those of its sentence."""
    for words in contexts:
        for name, measure in _measures().items():
            fits = unit in measure.units and all(sign.search(words) for sign in measure.says)
            if fits and not (measure.lacks and measure.lacks.search(words)):
                return name
    return ""


def _statistic(left: str, right: str, label: str) -> str:
    """Of the words that tell average, longest and the like those nearest to the number."""
    told = [(m.end(), name) for name, sign in _signs("statistic") for m in sign.finditer(left)]
    after = [(m.start(), name) for name, sign in _signs("statistic") for m in sign.finditer(right[:BESIDE])]
    if not told and after:
        return min(after)[1]
    return (
        max(told)[1]
        if told
        else next((name for name, sign in _signs("statistic")[:OF_LABEL] if sign.search(label)), "")
    )


def _without_limits(words: str) -> str:
    """The words without limits that belong to what is counted ("within 20 weeks")."""
    ends = [a for a in amounts.find(words) if a.unit in LONG and form("limited").search(words[: a.start])]
    for limit in reversed(ends):
        words = words[: limit.start].rsplit(" ", 2)[0] + words[limit.end :]
    return words


def _groups(label: str, left: str, right: str, also: Sequence[str]) -> tuple[str, ...]:
    """Of whom, told by the row, else by the words after or before the number: children, or England for comparison.

    `also` names what else tells one figure of its measure from another.
    """

    def told(words: str) -> list[str]:
        found = [name for sort in ("group", *also) for name, sign in _signs(sort) if sign.search(words)]
        return [*found, *(["elsewhere"] if form("elsewhere").search(words) else [])]

    return tuple(dict.fromkeys([*told(label), *(told(right) or told(left))]))


def carried(figure: Figure, last: Figure | None) -> Figure:
    """A figure of a sentence that points back, with what the one before it says of what they both count."""
    if last is None or figure.unit != last.unit or figure.measure not in ("", last.measure):
        return figure
    return replace(figure, measure=last.measure, statistic=figure.statistic or last.statistic)


@dataclass(frozen=True, slots=True)
class _Measure:
    """What tells a measure: its units, signs that all have to be found and one that must not, and groups of its own."""

    units: frozenset[str]
    says: tuple[re.Pattern[str], ...]
    lacks: re.Pattern[str] | None
    signs: tuple[str, ...]


@cache
def _measures() -> dict[str, _Measure]:
    def made(form: str) -> re.Pattern[str]:
        return re.compile(form, re.IGNORECASE)

    return {
        m["id"]: _Measure(
            frozenset(m["units"]),
            tuple(map(made, m["says"])),
            made(m["lacks"]) if "lacks" in m else None,
            tuple(m.get("also", ())),
        )
        for m in table("figures")["measure"]
    }


@cache
def _signs(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((key, re.compile(form, re.IGNORECASE)) for key, form in table("figures")[name].items())


@cache
def form(name: str) -> re.Pattern[str]:
    """An expression of prompts/figures.toml by its name."""
    return re.compile(table("figures")[name], re.IGNORECASE)
