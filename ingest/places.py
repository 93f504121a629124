"""Recognises English local authority areas in text."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import prompts

# Bodies that bear the names of several areas say nothing of which one a paper is about.
BODIES = re.compile(
    r"(?:NHS )?(?:(?!Council\b|NHS\b|Partnership\b)[A-Z][\w’'-]{0,40}+,? (?:and |of |upon |the |& )?){1,9}"
    r"(?:Integrated Care Board|ICB\b|NHS Foundation Trust|NHS Trust|Clinical Commissioning Group|CCG\b)"
)
_NAME = r"(?P<name>[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2}(?: and [A-Z][a-z]+)?)"
# Where the name of an area no list knows may stand: councils reorganise, and the sample's areas are invented.
NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_NAME} (?:County |City |Borough |District |Metropolitan Borough )?Council\b",
        rf"\b{_NAME}(?:[’']s)? (?:[Ll]ocal (?:[Aa]rea|[Oo]ffer)|SENDIASS|Parent Carer (?:Forum|Voice))\b",
        rf"\b(?:[Ll]ocal [Aa]rea (?:[Pp]artnership )?of|SEND (?:services )?(?:in|across|of)) {_NAME}\b",
        rf"\b(?:[Ii]nspection|[Rr]eview|[Rr]evisit|families)\b[\w ,()/-]{{0,60}}? in {_NAME}\b",
        rf"\b(?:lives?|living|resident) in {_NAME}\b",
    )
)
NOT_A_PLACE = frozenset(
    "The This That County City Borough District Parish Town Local Full Our Your Each Any Every Arts British Research "
    "Youth Health Metropolitan Cabinet Design General Medical Privy Family And Parent Carer Voice Area Joint Year "
    "Years "
    "January February March April May June July August September October November December Part Section Appendix "
    "England Britain London Reception Key School Schools Education Children Young".split()
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


def full_name(printed: str) -> str:
    """The name of an area as the list has it ("the London Borough of Bexley": "Bexley"), else as printed."""
    name = re.sub(
        r"^(?:the )?(?:(?:London|Royal|Metropolitan) Borough|City|County) of ", "", printed.replace("&", "and")
    )
    return gazetteer().get(name.lower(), name)


def count_areas(text: str) -> str | None:
    """The area a paper is about: the one most named, bodies of several areas left out; None where none is."""
    plain = BODIES.sub(" ", text)
    counts = Counter(name for name, _, _ in mentions(plain))
    for name in _unlisted(plain):
        counts[name] = len(re.findall(rf"\b{re.escape(name)}\b", plain))
    for name in list(counts):  # "Carer Voice and Westmarch" is no place, "Telford and Wrekin" is one
        last = name.rsplit(" and ", 1)[-1]
        if last != name and 2 * counts[name] < counts[last]:
            del counts[name]
        elif last != name:
            counts.pop(last, None)
    return counts.most_common(1)[0][0] if counts else None


def _unlisted(text: str) -> set[str]:
    """Names that stand where an area's would and that the list of areas does not have."""
    found = set()
    for pattern in NAMED:
        for match in pattern.finditer(text):
            words = match["name"].split()
            while words and (words[0] in NOT_A_PLACE or words[0] == "and"):
                words = words[1:]
            name = " ".join(words)
            found |= {name, name.rsplit(" and ", 1)[-1]}
    return {name for name in found if name and name.split()[-1] not in NOT_A_PLACE and name.lower() not in gazetteer()}
