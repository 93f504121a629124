"""What a paper states of itself, each fact with the place of its words: outcome, days, verdicts, who led.

The facts are found in the text of the blocks, one block a line, so that a sentence may run over a page's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.facts import dates
from ingest.facts.places import plain_signs
from ingest.records import Block, Fact, Span, slices

OUTCOMES = (
    ("systemic_failings", re.compile(r"widespread and/?\s?(?:or)? systemic failings", re.IGNORECASE)),
    ("inconsistent", re.compile(r"lead to inconsistent experiences and outcomes", re.IGNORECASE)),
    ("positive", re.compile(r"typically lead to positive experiences and outcomes", re.IGNORECASE)),
)
_WITHIN = r"(?P<within>within (?:approximately )?[\w-]+ (?:years?|months?))"
NEXT_FULL = re.compile(rf"next full (?:area SEND )?(?:re-?)?inspection[^.]{{0,40}}? {_WITHIN}", re.IGNORECASE)
NEXT_MONITORING = re.compile(rf"\bmonitoring inspection will[^.]{{0,40}}? {_WITHIN}", re.IGNORECASE)
PREVIOUS = re.compile(r"Dates? of (?:the )?previous inspections?:\s*(?P<when>.{0,80})", re.IGNORECASE)
PREVIOUS_SENTENCE = re.compile(
    r"previous (?:full )?(?:area SEND )?inspection was (?:on|from|in) (?P<when>.{0,60})", re.IGNORECASE
)
NEVER = re.compile(r"not previously|n/?a|none", re.IGNORECASE)
INSPECTED = re.compile(r"Inspection dates?:\s*(?P<when>.{0,70})", re.IGNORECASE)
LETTER_INSPECTED = re.compile(
    r"\b(?:From|Between|On) (?P<when>.{4,60}?),? (?:Ofsted|the Care Quality Commission|Her Majesty)", re.IGNORECASE
)
STATEMENT = re.compile(
    r"\b(?:HMCI|Chief Inspector)\b[^.]{0,60}\b(?P<verb>determined|requires?|required|asks?|asked|not required?)\b"
    r"[^.]{0,80}\bwritten statement of action\b(?P<rest>[^.]{0,30})",
    re.IGNORECASE,
)
NO_STATEMENT = re.compile(r"\b(?:not|no)\b", re.IGNORECASE)
_NOT = r"(?P<verdict>not (?:yet )?)?"
PROGRESS = re.compile(rf"\b(?:has|have) {_NOT}made sufficient progress\b", re.IGNORECASE)
ACTION = re.compile(rf"\b(?:has|have) {_NOT}taken effective action\b", re.IGNORECASE)
ASKS = re.compile(r"\b(?:whether|if)\b[^.]*$", re.IGNORECASE)  # what the visit was for, no verdict
OF_ONE = re.compile(r"[^.]{0,60}\bth(?:is|ese) (?:\w+ ){0,3}(?:weakness|area|priority|action)", re.IGNORECASE)
REACH = 200  # characters about a verdict in which its sentence is looked at
LEAD = re.compile(r"\blead inspector\b", re.IGNORECASE)
_NAME = r"[A-Z][\w’'-]+"
LEADER = re.compile(rf"^(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?(?P<name>{_NAME}(?: {_NAME}){{1,3}}?)(?=,| HMI\b| Ofsted\b)")
TEAM = re.compile(r"^Inspection team$", re.IGNORECASE | re.MULTILINE)
OUTCOME_HEADING = re.compile(r"^Inspection outcome", re.IGNORECASE | re.MULTILINE)
AFTER_OUTCOME = re.compile(r"^(?:Information about the local area|What is it like to be)", re.IGNORECASE | re.MULTILINE)
FRONT = 4000  # characters from the start in which a report or letter says what it is
OPENING = 900  # characters from "Dear" in which a letter says when inspectors came
OUTCOME = 1800  # ...and from "Inspection outcome" in which a report gives it
TEAM_TEXT = 1500  # ...and from "Inspection team" in which it names its team
PRINTED = re.compile(dates.WRITTEN, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Flat:
    """The text of all blocks, one a line, invisible signs left out; `spans` leads from it back to the pages."""

    text: str
    blocks: tuple[Block, ...]
    starts: tuple[int, ...]

    @property
    def flowing(self) -> str:
        """The same text, the same length, without lines: what is looked for may run over their ends."""
        return self.text.replace("\n", " ")

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The page slices behind characters `start` to `end`, whole lines apart from the first and the last."""
        found: list[Span] = []
        for block, first in zip(self.blocks, self.starts, strict=True):
            low, high = max(start - first, 0), min(end - first, len(plain_signs(block.text)))
            if low < high:
                found += slices(block.spans, _printed_at(block.text, low), _printed_at(block.text, high))
        return tuple(found)

    def fact(self, name: str, value: str, start: int, end: int) -> Fact:
        """A fact whose words stand from `start` to `end`."""
        return Fact(name, value, self.spans(start, end))


def flat(blocks: Iterable[Block]) -> Flat:
    """The blocks as one text."""
    kept, starts, texts, at = tuple(blocks), [], [], 0
    for block in kept:
        text = plain_signs(block.text)
        starts.append(at)
        texts.append(text)
        at += len(text) + 1
    return Flat("\n".join(texts), kept, tuple(starts))


def _printed_at(text: str, offset: int) -> int:
    """Where in a block's own text a character of its plain text stands."""
    if len(plain_signs(text)) == len(text):
        return offset
    seen = 0
    for place, letter in enumerate(text):
        if seen == offset and plain_signs(letter):
            return place
        seen += len(plain_signs(letter))
    return len(text)


def of_report(paper: Flat, monitoring: bool) -> tuple[Fact, ...]:
    """Facts of a report of the 2023 framework; one of a `monitoring` inspection has a verdict and no outcome."""
    opens = OUTCOME_HEADING.search(paper.text)
    low, high = (opens.start(), opens.start() + OUTCOME) if opens else (0, FRONT * 2)
    closes = AFTER_OUTCOME.search(paper.text, low)
    high = min(high, closes.start()) if closes else high
    found = [*_inspected(paper, INSPECTED.finditer(paper.text)), *_previous(paper)]
    if monitoring:
        found += _verdicts(paper, "effective_action", ACTION, ("taken", "not_taken"))
    else:  # a monitoring inspection tells the old outcome again and gives no new one
        found += _outcome(paper, low, high)
    for name, pattern in (("next_full_inspection", NEXT_FULL), ("next_monitoring", NEXT_MONITORING)):
        if match := pattern.search(paper.flowing, low, high):
            found.append(paper.fact(name, " ".join(match["within"].split()), *match.span()))
    return tuple([*found, *_leaders(paper)])


def of_letter(paper: Flat, revisit: bool) -> tuple[Fact, ...]:
    """Facts of a letter of the first framework: no outcome of three, but whether a statement of action is asked for."""
    found = list(_inspected(paper, LETTER_INSPECTED.finditer(paper.flowing)))
    if not found:
        opening = max(paper.text.find("\nDear "), 0)
        if period := dates.find_period(paper.text[opening : opening + OPENING]):
            start, end, (low, high) = period
            found.append(paper.fact("inspection_dates", f"{start}/{end}", opening + low, opening + high))
    if revisit:
        found += _verdicts(paper, "progress", PROGRESS, ("sufficient", "not_sufficient"))
    elif match := STATEMENT.search(paper.flowing):
        value = "not_required" if NO_STATEMENT.search(match.group()) else "required"
        found.append(paper.fact("statement_of_action", value, *match.span()))
    return tuple(found)


def day(paper: Flat, date: str) -> tuple[Fact, ...]:
    """The first place where a day that is known of a paper is printed; nothing where it is printed nowhere."""
    for match in PRINTED.finditer(paper.text):
        if dates.printed(match.group()) == date:
            return (paper.fact("date", date, *match.span()),)
    return ()


def _inspected(paper: Flat, matches: Iterator[re.Match[str]]) -> list[Fact]:
    match = next(matches, None)
    period = dates.period(match["when"]) if match else None
    if match is None or period is None:
        return []
    return [paper.fact("inspection_dates", "/".join(period), *_line_part(paper, match))]


def _line_part(paper: Flat, match: re.Match[str]) -> tuple[int, int]:
    """What a pattern found, without the next line that it may have run into."""
    return match.start(), match.start() + len(match.group().rstrip())


def _previous(paper: Flat) -> list[Fact]:
    """The previous inspection as an ISO interval (or day), or "not previously inspected"."""
    sentence = PREVIOUS_SENTENCE.search(paper.text[:FRONT])
    match = PREVIOUS.search(paper.text) or sentence
    if match is None:
        return []
    if NEVER.search(match["when"]):
        return [paper.fact("previous_inspection", "not previously inspected", *_line_part(paper, match))]
    for tried in filter(None, (match, sentence)):
        if period := dates.period(tried["when"]):
            value = period[0] if period[0] == period[1] else "/".join(period)
            return [paper.fact("previous_inspection", value, *_line_part(paper, tried))]
    return []


def _outcome(paper: Flat, low: int, high: int) -> list[Fact]:
    for name, pattern in OUTCOMES:
        if match := pattern.search(paper.flowing, low, high):
            return [paper.fact("outcome", name, *match.span())]
    return []


def _verdicts(paper: Flat, name: str, pattern: re.Pattern[str], values: tuple[str, str]) -> list[Fact]:
    """Every sentence that gives a verdict, in order: `values` are the good one and the other.

    Where each weakness has a verdict of its own, the sentences that sum them up are left out: they would count twice.
    """
    text = paper.flowing
    given = [m for m in pattern.finditer(text) if not ASKS.search(text[max(0, m.start() - REACH) : m.start()])]
    own = [m for m in given if OF_ONE.match(text[m.end() : m.end() + REACH])]
    return [paper.fact(name, values[1] if match["verdict"] else values[0], *match.span()) for match in own or given]


def _leaders(paper: Flat) -> list[Fact]:
    """Who led for each of the inspectorates, of the lines that name the team."""
    team = TEAM.search(paper.text)
    found: list[Fact] = []
    at = team.end() + 1 if team else len(paper.text)
    for line in paper.text[at : at + TEAM_TEXT].split("\n"):
        name = LEADER.match(line)
        if name and LEAD.search(line):
            found.append(paper.fact("lead_inspector", name["name"], at, at + len(line)))
        at += len(line) + 1
    return found
