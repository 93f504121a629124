"""The kinds of paper, one table for all who ask: names, voices, and the signs by which each is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import prompts

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper; `shown` is its name for readers and for the line of context before a passage.

    `called` is its name for readers where that is another. `speaker` is its own voice. `letter` papers begin with a
    front and end with a signature; `local` ones are always some area's own; in `titled` ones a passage says little
    without the paper's title; `full` ones inspect a whole area; `core` ones are missed where an area has none.
    """

    name: str
    shown: str
    speaker: str
    called: str = ""
    full: bool = False
    core: bool = False
    letter: bool = False
    local: bool = False
    titled: bool = False
    title: tuple[re.Pattern[str], ...] = ()
    says: tuple[re.Pattern[str], ...] = ()
    needs: int = 1


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by name, in the order in which they are looked for."""
    found = {}
    for row in prompts.table("papers")["kind"]:
        signs: dict[str, Any] = {
            key: tuple(re.compile(sign, re.IGNORECASE | re.MULTILINE) for sign in row.get(key, []))
            for key in ("title", "says")
        }
        found[row["name"]] = Kind(**(row | signs))
    return found


def kind(name: str) -> Kind:
    """The kind of a name; one that is not known (an index of a later program) is like "other"."""
    return kinds().get(name, kinds()[OTHER])


def called(name: str) -> str:
    """The name of a kind for readers."""
    return kind(name).called or kind(name).shown
