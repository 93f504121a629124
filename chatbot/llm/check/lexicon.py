"""The words that a claim must keep, from prompts/claims.toml, as sets to look up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import prompts

_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_UNITS = "one two three four five six seven eight nine".split()
NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {word: str(number) for word, number in {**_TENS, "hundred": 100}.items()}
COMPOUNDS = {f"{tens}-{unit}": str(n + m) for tens, n in _TENS.items() for m, unit in enumerate(_UNITS, 1)}
DEFINED = re.compile(r"(?<!\w)(\w+) \(\1\)")  # "CAMHS (CAMHS)", where a name and its short form became one wording


@cache
def words(section: str, key: str = "words") -> frozenset[str]:
    """A list of claims.toml as a set."""
    return frozenset(prompts.table("claims")[section][key].split())


@cache
def signs(section: str) -> dict[str, str]:
    """Every word of a section's lists, with the name of its list."""
    return {word: name for name, listed in prompts.table("claims")[section].items() for word in listed.split()}


@cache
def _same() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, list[str]] = prompts.table("claims")["same"]
    to = {wording: name for name, wordings in table.items() for wording in wordings}
    longest = sorted(to, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(w)}(?!\w)" for w in longest)), to


def one_wording(text: str) -> str:
    """Lower-case text with each wording of [same] replaced by the one it may stand for.

    A name of several words becomes one word, unless one of them has to be seen by itself ("too long").
    """
    pattern, to = _same()
    text = pattern.sub(lambda m: to[m.group()], re.sub(r"n't\b", " not", text))
    text = DEFINED.sub(r"\1", text)
    return _joined().sub(lambda m: m.group().replace(" ", "_"), re.sub(r"(?<=\d) %", "%", text))


@cache
def _joined() -> re.Pattern[str]:
    seen = {**signs("firm"), **signs("kept")}
    names = [n for n in prompts.table("claims")["same"] if " " in n and not any(w in seen for w in n.split())]
    return re.compile("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in sorted(names, key=len, reverse=True)))


def any_of(found: Iterable[str], section: str) -> bool:
    """Whether one of some words stands in a list."""
    return not words(section).isdisjoint(found)
