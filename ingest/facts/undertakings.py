"""Sentences of minutes in which somebody undertakes something, and items that a meeting resolves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import prompts
from ingest.facts import due
from ingest.records import Block, Commitment, DocumentFacts
from ingest.structure import sentences

_NAME_WORD = r"(?:[A-Z][\w’'.-]*+|\([A-Z]\w*+\))"
_LINK = r"(?:,? (?:and|&)|,? of(?: the)?|,? for(?: the)?|,? at(?: the)?|,)"
_TITLE = rf"(?:[Tt]he |[Aa] )?{_NAME_WORD}(?:(?:{_LINK})? {_NAME_WORD}){{0,30}}"
_MUST = (
    r"(?: (?:also|now|jointly|collectively|together|urgently))? (?:should|must|shall|needs? to|is to|are to)\b(?! be\b)"
)
OBLIGED = re.compile(r"\b(?:should|must|shall|needs? to|will|to ensure|ensure that)\b", re.IGNORECASE)
STARTS = re.compile(
    rf"(?:^|(?<=[.;:] ))(?P<who>(?!(?:There|This|These|It|They|To|With|In|By|When|If|Further|Where|For|You|We)\b)"
    rf"[A-Z][^.;:,]{{1,90}}?(?:, [^.;:]{{1,90}}?)?)(?<! the)(?<! a)(?<! no)(?<! any){_MUST}"
)
UNDERTAKER = re.compile(
    rf"(?<![\w’'.-])[\d’'.-]*+(?P<who>{_TITLE})(?: then| also)?,? "
    r"(?:agreed to|undertook|promised|committed|offered|(?:would|will)(?! be\b)|"
    r"to (?:be asked|write|bring|find out|report|send|provide|check|circulate|invite|contact|arrange|look)|provides?)\b"
)
ASKED = re.compile(
    rf"\b(?:[Rr]equest(?:ed|s)?|asked|recommended) (?:that|for)? ?(?P<who>{_TITLE}) (?:be |to |provides? )"
)
RESOLVES = re.compile(
    r"^(?:it was )?(?:unanimously )?(?:resolved|agreed|recommended)\b[^:–-]{0,40}?[:–-]+ *", re.IGNORECASE
)
ITEM = re.compile(r"(?:^|(?<=[;.:] )|(?<=; and )|(?<=, and ))(?:\((?:[a-z]|\d{1,2}|[ivx]+)\)|\d{1,2}[.)]) +(?=\S)")
NUMBERED = re.compile(r"^\(?([a-z]|R?\d{1,2}|[ivx]+)[.)]\s+")
LABEL = re.compile(r"^Actions?: ?(?P<who>[^.;:]{2,60})\.?$", re.IGNORECASE)
SHORTEST = 4  # words of an item that says something


def obliged(text: str) -> str:
    """Who should, must or needs to, as written before these words in the first sentence that has them; may be empty."""
    match = STARTS.search(text)
    return match["who"].strip() if match else ""


def printed_number(text: str) -> str:
    """The number that an item begins with; empty where it has none."""
    number = NUMBERED.match(text)
    return number.group(1) if number else ""


def spoken(block: Block, facts: DocumentFacts) -> Iterator[Commitment]:
    """The sentences of minutes that undertake something, or ask or require it."""
    rules = prompts.table("commitments")
    if facts.kind not in rules["kinds"]["spoken"] or " | " in block.text:
        return
    last = None
    for start, end in sentences.split(block.text, block.breaks):
        text = block.text[start:end]
        if last and (label := LABEL.match(text)):  # "... would circulate it. Action: Head of Inclusion"
            last = replace(last, who=label["who"].strip())
            continue
        if last:
            yield last
        said = _signs().search(text) and not _lacks().search(text) and text[-1:] not in "?:"
        last = _one("action", text, start, facts) if said else None
    if last:
        yield last


def resolved(block: Block, facts: DocumentFacts, listed: bool) -> Iterator[Commitment]:
    """What a meeting resolves should be done; what it does by resolving (noting, approving) is left out."""
    opening = RESOLVES.match(block.text)
    if not listed and not opening:
        yield from spoken(block, facts)
        return
    at = opening.end() if opening else 0
    for start, end in _items(block.text, at, listed):
        text = block.text[start:end]
        if len(text.split()) >= SHORTEST and not text.endswith(":") and not is_done_by_resolving(text):
            yield _one("decision", text, start, facts, block.number or printed_number(text))


def is_done_by_resolving(text: str) -> bool:
    """Whether an item asks for nothing more: "that the report be noted"."""
    rules = prompts.table("commitments")["spoken"]
    opening = " ".join(text.split()[: rules["noted_words"]])
    return bool(re.search(rules["noted"], opening, re.I)) and not re.search(rules["also"], text, re.I)


def _items(text: str, at: int, listed: bool) -> list[tuple[int, int]]:
    """The items of a resolution: those that are counted in it, else its parts by semicolons."""
    if listed:
        return [(at, len(text))]
    starts = [at + match.start() for match in ITEM.finditer(text[at:])]
    if not starts:
        starts = [at, *(at + match.end() for match in re.finditer(r"; (?:and )?", text[at:]))]
    bounds = list(zip(starts, [*starts[1:], len(text)], strict=True))
    return [(a, a + len(text[a:b].rstrip(" ;"))) for a, b in bounds]


def _one(sort: str, text: str, start: int, facts: DocumentFacts, number: str = "") -> Commitment:
    words, by = due.said(text, facts.date)
    match = ASKED.search(text) or UNDERTAKER.search(text)
    return Commitment(
        sort, start, start + len(text), who=match["who"] if match else "", due=words, by=by, number=number
    )


@cache
def _signs() -> re.Pattern[str]:
    return re.compile("|".join(prompts.table("commitments")["spoken"]["signs"]), re.IGNORECASE)


@cache
def _lacks() -> re.Pattern[str]:
    return re.compile(prompts.table("commitments")["spoken"]["lacks"], re.IGNORECASE)
