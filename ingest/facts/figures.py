"""The figures of a passage: numbers with what they count, their time, and whether they are a target.

Sentences are read number by number, with the words between it and its neighbours; rows by the heads of their columns.
The words that tell are in prompts/figures.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.facts import amounts, times
from ingest.facts.figure_words import ACTUAL, LONG, TARGET, carried, form, measure_of, of_sentence
from ingest.records import Block, DocumentFacts, Figure
from ingest.structure import sentences

BORDER = " | "
ASIDE = frozenset({"team", "details", "method", "template", "front"})  # sections whose numbers measure nothing
NUMERIC = re.compile(r"\W{0,2}(?:about |around |approx\.? |over |under )?[£(]?\d[^|]{0,60}")
FEW = 6  # words of a cell that is a number with its unit and time
DONE = re.compile(r"\b(?:have|has|had|is|are|was|were|done|so far|to date)\b", re.IGNORECASE)


def of(
    text: str, bounds: Sequence[tuple[int, int]], block: Block, lead_in: str, part: str, facts: DocumentFacts
) -> tuple[Figure, ...]:
    """The figures of a passage's text in their order; `bounds` are its sentences, `lead_in` the heads of a row."""
    if part in ASIDE or not _any_number().search(text):
        return ()
    if block.kind == "row" and BORDER in text:
        return tuple(_of_row(text, lead_in, facts))
    found: list[Figure] = []
    over = " ".join((*block.headings[-1:], lead_in))
    before, last = over, None
    for start, end in bounds:
        own = of_sentence(text[start:end], (before, over), facts.date)
        if form("points_back").search(text[start:end]):
            own = [carried(figure, last) for figure in own]
        found += [replace(figure, start=figure.start + start, end=figure.end + start) for figure in own]
        before, last = text[start:end], own[-1] if own else last
    return tuple(found)


def _of_row(text: str, lead_in: str, facts: DocumentFacts) -> Iterator[Figure]:
    """The figures of a row: numbers under the heads of their columns, and those of the sentences in its cells."""
    heads = lead_in.rsplit(" / ", 1)[-1].split(BORDER) if BORDER in lead_in else []
    cells = _cells(text)
    heads = [*[""] * (len(cells) - len(heads)), *heads][: len(cells)]
    label = next((cell for (_, cell), head in zip(cells, heads, strict=True) if _is_label(cell, head)), "")
    is_plan = any(form("heads_due").search(head) for head in heads)
    due = next((c for (_, c), head in zip(cells, heads, strict=True) if form("heads_due").search(head)), "")
    for (start, cell), head in zip(cells, heads, strict=True):
        if NUMERIC.fullmatch(cell) and len(cell.split()) <= FEW and not form("heads_aside").search(head):
            found = list(_numbers(cell, head, label, facts.date))
        elif form("heads_aside").search(head) or cell == label and not is_plan:
            found = []
        elif cell == label:
            aims = [f for f in _said(cell, "", "", facts.date) if f.unit in LONG or f.unit == amounts.PERCENT]
            found = [f for f in aims if not form("limited").search(cell[: f.start])]
            found = [_due(f, due, facts.date) for f in found]
        else:
            found = list(_said(cell, label, head, facts.date))
        yield from (replace(figure, start=figure.start + start, end=figure.end + start) for figure in found)


def _is_label(cell: str, head: str) -> bool:
    return (
        bool(re.search(r"[A-Za-z]{3}", cell)) and not NUMERIC.fullmatch(cell) and not form("heads_aside").search(head)
    )


def _due(figure: Figure, due: str, written: str | None) -> Figure:
    """What an action is to reach, by when the row says."""
    by = times.find(due, None)
    return replace(
        figure, role=TARGET, time=due if by else "", at=by[0].at if by else "", span=by[0].span if by else ""
    )


def _said(cell: str, label: str, head: str, written: str | None) -> Iterator[Figure]:
    """The figures of a cell of sentences; under a head that sets a target what is not yet reached is one."""
    is_target = bool(form("heads_target").search(head) or form("heads_milestone").search(head))
    for start, end in sentences.split(cell):
        for part in re.finditer(r"[^;]+", cell[start:end]):
            for figure in of_sentence(part.group(), ("", ""), written, label):
                is_open = not figure.at and figure.role == ACTUAL and not DONE.search(part.group()) and not start
                role = TARGET if is_target and is_open else figure.role
                at = start + part.start()
                yield replace(figure, role=role, start=figure.start + at, end=figure.end + at)


def _numbers(cell: str, head: str, label: str, written: str | None) -> Iterator[Figure]:
    """A cell that is a number: its head tells its time and whether it is a target, that or the row its unit."""
    in_head = times.find(head, None)
    told = f"{label} {head}"
    for figure in of_sentence(cell, ("", ""), written, told):
        unit, value = figure.unit, figure.value
        if unit == amounts.COUNT:
            value *= 1000 if "£000" in told else 1
            unit = amounts.POUNDS if "£" in told else amounts.PERCENT if re.search(r"%|per ?cent", told) else unit
            named = re.search(
                r"\b(day|week|month|year)s\b", re.sub(r"(?i)\b(in|within|under|over) \d+ \w+", "", told), re.I
            )
            unit = f"{named[1].lower()}s" if unit == amounts.COUNT and named else unit
        is_target = form("heads_target").search(head) or form("heads_milestone").search(head) and not figure.at
        if not figure.at and in_head:
            figure = replace(
                figure, time=head[in_head[0].start : in_head[0].end], at=in_head[0].at, span=in_head[0].span
            )
        role = TARGET if is_target else figure.role
        yield replace(figure, unit=unit, value=value, role=role, measure=measure_of(unit, [label, told]))


def _cells(text: str) -> list[tuple[int, str]]:
    """The cells of a row, each with the place where it begins."""
    starts = [0, *(match.end() for match in re.finditer(re.escape(BORDER), text))]
    return list(zip(starts, text.split(BORDER), strict=True))


@cache
def _any_number() -> re.Pattern[str]:
    return re.compile(
        rf"\d|\b(?:half|thirds?|quarters?|fifths?|an? (?:year|month|week)|{'|'.join(amounts.WORDS)})\b", re.I
    )
