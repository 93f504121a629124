"""What an area has to do by its last report, and which papers one would expect of it that are not here."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot import wording
from chatbot.library import Library
from chatbot.national.areas import FULL, REQUIRED, AreaRow
from ingest.records import Passage
from prompts import words

PARTS = ("priority", "improvement")
PLANS = frozenset({"action_plan", "reform_plan", "strategy"})


@dataclass(frozen=True, slots=True)
class Demand:
    """An area for priority action or improvement: its passage and the bodies named for it (empty where none are)."""

    part: str
    bodies: str
    passage: Passage


def demands(row: AreaRow, library: Library) -> tuple[Demand, ...]:
    """The formal list of the last report in its order; empty for letters, which have none."""
    if row.last is None or row.last.facts.kind not in FULL:
        return ()
    found: list[Demand] = []
    for passage in library.passages_of(row.last.facts.document):
        if passage.part in PARTS and passage.kind != "cell":
            found.append(Demand(passage.part, _bodies(passage), passage))
    return tuple(found)


def _bodies(passage: Passage) -> str:
    """Who is named: the cell beside a demand; none where the words that open a list stand there."""
    lead_in = passage.lead_in.split(": ")[-1]
    return lead_in if passage.kind == "row" and not lead_in.endswith(":") else ""


def missing(row: AreaRow, library: Library) -> list[str]:
    """What is not here and would be expected, in sentences: reports, required plans, later visits, families, dates."""
    said = []
    if row.last is None:
        said.append(words("national", "missing.inspection"))
    newest = row.newest or ""
    last = row.last.facts if row.last else None
    due = row.next_monitoring
    if due and newest > due:
        said.append(words("national", "missing.monitoring", month=wording.date(due)))
    demanded = row.outcome in ("systemic_failings", REQUIRED)
    plans = [d for d in row.papers if d.facts.kind in PLANS and last and (d.facts.date or "") >= (last.date or "")]
    if demanded and not plans:
        said.append(words("national", "missing.plan"))
    if last and newest <= (last.date or ""):
        said.append(words("national", "missing.later", date=wording.date(last.date)))
    if not any(p.speaker == "families" for d in row.papers for p in library.passages_of(d.facts.document)):
        said.append(words("national", "missing.families"))
    undated = sum(d.facts.date is None for d in row.papers)
    if undated:
        said.append(words("national", "missing.undated", count=str(undated)))
    return said
