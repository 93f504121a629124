"""A question without something that was understood of it, because the person who asked took it away."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from chatbot.records import Question

AREA, YEARS, KINDS, SPEAKERS, BEFORE = "area", "years", "kinds", "speakers", "before"
PARTS = (AREA, YEARS, KINDS, SPEAKERS, BEFORE)  # BEFORE, what was asked before, is left out by not giving it


def without(question: Question, parts: Collection[str]) -> Question:
    """The question as if it had not named these `parts`; an area's name is taken out of its words too."""
    if AREA in parts:
        names = "|".join(re.escape(name) for name in (*question.areas, *question.unknown_areas))
        named = re.compile(rf"\s*\b(?:(?:in|of|for|at|from|about)\s+)?(?:{names})\b(?:['’]s)?", re.IGNORECASE)
        words = named.sub("", question.standalone).strip() if names else question.standalone
        question = replace(question, areas=(), unknown_areas=(), standalone=words or question.standalone)
    if YEARS in parts:
        question = replace(question, years=(), days=())
    if KINDS in parts:
        question = replace(question, kinds=())
    return replace(question, speakers=()) if SPEAKERS in parts else question
