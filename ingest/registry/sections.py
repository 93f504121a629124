"""The sections that known kinds of document are made of.

Every known heading says what stands under it: the part of the document, whether its bullets are strengths
or weaknesses (in the 2016 letters nothing else does), and how deep it sits where type size cannot tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """A known heading: `part` and `polarity` hold for what stands under it; `level` 2 or 3."""

    pattern: re.Pattern[str]
    part: str
    polarity: str = "neutral"
    level: int = 2


def _shape(pattern: str, part: str, polarity: str = "neutral", level: int = 2) -> Shape:
    return Shape(re.compile(pattern, re.IGNORECASE), part, polarity, level)


SHAPES = (
    _shape(r"^inspection outcome$", "outcome"),
    _shape(r"^information about the local area( partnership)?$", "context"),
    _shape(r"^what is it like to be a child or young person\b.{0,90}$", "experience"),
    _shape(r"^what is the (local )?area partnership doing that is effective\b", "effective", "strength"),
    _shape(r"^what does the (local )?area partnership need to do better\b", "better", "development"),
    _shape(r"^the (local )?area( partnership)? need(s|ed) to (improve|do better)\b", "better", "development"),
    _shape(r"^areas? for priority action$", "priority", "priority"),
    _shape(r"^areas? for improvement$", "improvement", "improvement"),
    _shape(r"^local area partnership details$", "details"),
    _shape(r"^information about this inspection$", "method"),
    _shape(r"^inspection team$", "team"),
    _shape(r"^((main|key) )?findings( (of|from) the (peer|review) team)?:?$", "findings"),
    _shape(r"^the effectiveness of the local area in (identifying|assessing|improving)\b", "theme"),
    _shape(r"^the (initial|first) inspection (found|identified)\b", "weakness"),
    _shape(r"^(key )?strengths:?$", "theme", "strength", 3),
    _shape(r"^areas? (for|of) (further )?(development|improvement):?$", "theme", "development", 3),
    _shape(r"^(areas? of )?(significant )?weakness(es)?:?$", "theme", "development", 3),
    _shape(r"^(effective|good) practice\s*[-–:]?$", "effective", "strength"),
    _shape(r"^recommendation\(s\):?$", "proposal"),  # an officer's, at the head of a cover report
    _shape(r"^(key )?recommendations?:?$", "recommendations"),
    _shape(r"^(resolved|decisions?)\b\s*[-–:]*$", "decision"),
    _shape(r"^minutes:?$", "minutes"),
    _shape(
        r"^(equality duty|legal implications|risk management|resource implications|environmental impact|"
        r"community impact|consultees|background papers|appendices|alternative options|wards affected|"
        r"classification|decision type|report reviewers\b.*|equality impact\b.*|data protection\b.*)$",
        "template",
    ),
)
# What opens a list can say what its items are, where no heading does.
SIGNED = re.compile(r"^Yours (sincerely|faithfully)")
RECOMMENDS = re.compile(r"\brecommendations?\b", re.IGNORECASE)
RESOLVES = re.compile(r"^(it was )?(unanimously )?(resolved|agreed|recommended)\b|\bresolved that:?", re.IGNORECASE)
# Words that open a record of talk and say nothing of what follows.
OPENS_TALK = re.compile(
    r"(following( main)? points? (being|were|was)|following was noted|points (being|were) (made|raised))", re.IGNORECASE
)
# Where these begin, the rest of the document is about its publisher, not about the area.
LAST_PAGE = re.compile(
    r"^(if you are not happy with the inspection or the report|"
    r"the office for standards in education, children.s services and skills|"
    r"you may re-?use this information|supporting documents:?$|"
    r"please note this section must be completed)",
    re.IGNORECASE,
)
CRUMBS = re.compile(
    r"^(agenda item|local area partnership report|"
    r"PDF [\d.,]+ ?[KM]B\b.*|click or tap (here )?to enter (text|a date)\.?|"
    r"agendas, meetings and minutes\b.*|"
    r"page \d+( of \d+)?|is this page useful\?.*|skip to (main )?content|back to top|print this page)$",
    re.IGNORECASE,
)


def known(heading: str) -> Shape | None:
    """The shape of a heading, None for headings that say nothing by themselves."""
    text = re.sub(r"\s+", " ", heading).strip()
    return next((shape for shape in SHAPES if shape.pattern.search(text)), None)


def is_whole(heading: str) -> bool:
    """Whether a heading is known and cannot go on in the next line."""
    shape = known(heading)
    ends = shape is not None and shape.pattern.pattern.endswith("$") and shape.part != "experience"
    return ends or heading.endswith("?")
