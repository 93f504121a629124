"""The sections that known kinds of paper are made of, and the headings that say which stands under them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import prompts


@dataclass(frozen=True, slots=True)
class Heading:
    """A known heading: `section` and `polarity` hold for what stands under it; `level` is 2 or 3."""

    pattern: re.Pattern[str]
    section: str
    polarity: str = "neutral"
    level: int = 2


@cache
def headings() -> tuple[Heading, ...]:
    """All known headings, in the order in which they are tried."""
    rows = [dict(row) for row in prompts.table("papers")["heading"]]
    return tuple(Heading(re.compile(row.pop("is"), re.IGNORECASE), **row) for row in rows)


@cache
def having(trait: str) -> tuple[str, ...]:
    """The names of the sections that have a trait of papers.toml ("formal", "low", ...), in its order."""
    return tuple(row["name"] for row in prompts.table("papers")["section"] if row.get(trait))


@cache
def shown(section: str) -> str | None:
    """How a section is called in a line of context; empty where it is not, None where its own heading stands for it."""
    return next((row.get("shown") for row in prompts.table("papers")["section"] if row["name"] == section), None)


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


def known(heading: str) -> Heading | None:
    """What a heading is known as, None for those that say nothing by themselves."""
    text = re.sub(r"\s+", " ", heading).strip()
    return next((one for one in headings() if one.pattern.search(text)), None)


def is_whole(heading: str) -> bool:
    """Whether a heading is known and cannot go on in the next line."""
    found = known(heading)
    ends = found is not None and found.pattern.pattern.endswith("$") and found.section != "experience"
    return ends or heading.endswith("?")
