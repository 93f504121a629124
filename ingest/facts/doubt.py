"""What should make a reader doubt a paper: a second report on one inspection, one of a day to come, an unproved
publisher, commands.

Nothing here decides whether a paper is true; it decides what is told beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import prompts
from ingest.records import DocumentFacts
from ingest.registry import kinds

APART = 24  # months: full inspections of an area lie about three years apart or more
DOMAINS = ("gov.uk", "nhs.uk", "cqc.org.uk")


def rivals(facts: Sequence[DocumentFacts]) -> dict[str, tuple[str, ...]]:
    """For each inspection report the others that cannot stand beside it: one area, less than two years apart.

    Only documents that have such others are named.
    """
    months = {f.document: month for f in facts if kinds.kind(f.kind).full and (month := _month(f)) is not None}
    of_area: dict[str, list[str]] = {}
    for one in facts:
        for area in set(one.areas) if one.document in months else ():
            of_area.setdefault(area, []).append(one.document)
    found: dict[str, tuple[str, ...]] = {}
    for one in facts:
        if month := months.get(one.document):
            near = {other for area in one.areas for other in of_area[area] if abs(months[other] - month) < APART}
            if others := near - {one.document}:
                found[one.document] = tuple(name for name in months if name in others)
    return found


def _month(facts: DocumentFacts) -> int | None:
    """The month of the inspection, else of the report, counted through; the middle of a year known alone."""
    day = (facts.inspection.start if facts.inspection else None) or facts.date
    if not day:
        return None
    year, _, rest = day.partition("-")
    return int(year) * 12 + int(rest[:2] or 6)


def ahead(facts: DocumentFacts, day: str) -> bool:
    """Whether an inspection report says that it is of a time after `day` (ISO), that of its coming here."""
    said = (facts.inspection.start if facts.inspection else None) or facts.date or ""
    return kinds.kind(facts.kind).full and said > day[: len(said)]


def publisher_basis(url: str | None, supplied: Mapping[str, Any]) -> str:
    """How it is known who published a paper: "supplied" or "domain", by what was supplied beside it; else "unknown".

    What a paper says of itself is no basis, its address included.
    """
    if supplied.get("publisher"):
        return "supplied"
    host = (urlsplit(str(supplied.get("url") or "")).hostname or "") if supplied.get("url") == url else ""
    return "domain" if any(host == d or host.endswith(f".{d}") for d in DOMAINS) else "unknown"


def commands(text: str) -> bool:
    """Whether a text holds words addressed to an assistant rather than to its readers."""
    return bool(_commands().search(text))


@cache
def _commands() -> re.Pattern[str]:
    return re.compile("|".join(prompts.table("papers")["commands"]), re.IGNORECASE)
