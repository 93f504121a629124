"""Recognises English local authority areas in text."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import prompts

# Bodies that bear the names of several areas say nothing of which one a paper is about.
BODIES = re.compile(
    r"(?:NHS )?[A-Z][\w&,’' -]{3,60}?(?:Integrated Care Board|\bICB\b|NHS Foundation Trust|NHS Trust|Clinical Commissioning Group)"
)
COUNCIL_OF = re.compile(
    r"\b((?:[A-Z][a-z]+[ -])?[A-Z][a-z]+(?: and [A-Z][a-z]+)?) (?:County |City |Borough |Metropolitan Borough )?Council\b"
)
NOT_A_PLACE = frozenset(
    "The This That County City Borough District Parish Town Local Full Our Your Each Any Every Arts British Research "
    "Youth Health Metropolitan Cabinet Design General Medical Privy Family And".split()
)


@cache
def gazetteer() -> dict[str, str]:
    """Lower-case names and nicknames of areas to their full names."""
    data = prompts.table("areas")
    names = {name.lower(): name for name in data["names"]}
    names |= {name.lower().replace(" and ", " & "): name for name in data["names"] if " and " in name}
    return names | {nick.lower(): name for nick, name in data["nicknames"].items()}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(gazetteer(), key=len, reverse=True)
    return re.compile(r"(?<![\w’'])(" + "|".join(map(re.escape, names)) + r")(?![\w-])", re.IGNORECASE)


def mentions(text: str, capitals: bool = True) -> list[tuple[str, int, int]]:
    """Areas named in a text as (full name, start, end), in order.

    With `capitals` a place must begin with a capital letter. Ambiguous words ("Reading", "Bury") always
    must, and never count after "the".
    """
    ambiguous = set(prompts.table("areas")["ambiguous"])
    found = []
    for match in _pattern().finditer(text):
        name, printed = gazetteer()[match.group().lower()], match.group()
        if (capitals or name in ambiguous) and not printed[:1].isupper():
            continue
        if (
            name in ambiguous
            and re.search(r"\b(the|a|guided|for|of|their)\s$", text[: match.start()], re.IGNORECASE)
            and name in ("Reading", "Bury")
        ):
            continue
        found.append((name, match.start(), match.end()))
    return found


def count_areas(text: str) -> str | None:
    """The area a paper is about: the one most named, bodies of several areas left out; None where none is."""
    plain = BODIES.sub(" ", text)
    counts = Counter(name for name, _, _ in mentions(plain))
    for match in COUNCIL_OF.finditer(plain):
        name = match.group(1)
        if name.split()[0] not in NOT_A_PLACE and name.lower() not in gazetteer():
            counts[name] += 1 + len(re.findall(rf"\b{re.escape(name)}\b", plain))
    return counts.most_common(1)[0][0] if counts else None
