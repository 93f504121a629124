"""What a body has to do, by the rows that name it: "What must the ICB do?", "Which actions does the council lead?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.answer import facts
from chatbot.library import Library
from chatbot.records import About, Pick, Question
from chatbot.search.filters import is_meant

MOST = 10  # quotes
PAPERS = 2  # of an area: its newest plan and its newest report, mostly


def picks(question: Question, named: Sequence[str], written: str, library: Library) -> list[Pick]:
    """The rows of each named area's newest papers in which a body is written so; nothing where an area has none."""
    found: list[Pick] = []
    for area in named:
        own = [about for about in library.in_areas([area]) if is_meant(about, question)]
        newest = sorted(own, key=lambda about: (about.facts.date or "", about.facts.document), reverse=True)
        papers = [rows for about in newest if (rows := _rows(about, written, library))]
        if not papers:
            return []
        found += [pick for rows in papers[:PAPERS] for pick in rows]
    return found[:MOST]


def _rows(about: About, written: str, library: Library) -> list[Pick]:
    found = []
    for row in range(about.first, about.first + about.count):
        passage = library.passage(row) if library.rows.commits[row] else None
        for own in passage.commitments if passage else ():
            if passage and re.search(written, own.who, re.IGNORECASE):
                found.append(facts.within(about, passage, own.start, own.end))
    return found
