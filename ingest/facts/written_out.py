"""Actions that no table holds: listed under a heading of their own, or written out field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.records import Block

HEADING = re.compile(
    r"(?:\d[\d.]* ?)?(?:summary of |agreed |key |list of )?actions?"
    r"(?: (?:points?|agreed|arising|log|list|required|summary|from (?:the|this) meeting))*:?",
    re.IGNORECASE,
)
DOER = re.compile(
    r"(?P<who>[A-Z][\w.,’'&()/ -]{1,70}?)(?: (?:to|will|should|must)(?= [a-z])|(?: ?[:–]| -)(?= ?\S))", re.DOTALL
)
FIELD = re.compile(r"(?:^|(?<=\s))(?P<name>[A-Z][A-Za-z ]{1,24}): ")
THEME = re.compile(
    r"(?:priority|theme|objective|strand|work ?stream|outcome|aim|goal|area of focus|improvement)\b.{3,}", re.IGNORECASE
)


def is_listed(block: Block) -> bool:
    """Whether a block is an item under a heading that says that actions follow."""
    if not block.headings or not HEADING.fullmatch(block.headings[-1].strip()) or block.text[-1:] == ":":
        return False
    return block.kind == "bullet" or block.kind == "paragraph" and bool(doer(block.text))


def doer(text: str) -> str:
    """Who an item names before what is to be done ("Clerk to write ...", "ICB: share ..."); may be empty."""
    match = DOER.match(text)
    return match["who"].strip() if match else ""


def theme_over(headings: Sequence[str]) -> str:
    """The heading over a table that says what its actions are about; empty where none does."""
    return headings[-1] if headings and THEME.match(headings[-1]) else ""


def fields_of(block: Block) -> Iterator[list[tuple[str, int, str]]]:
    """The fields of each action that is written out ("Action: ... Owner: ..."): name, place and value.

    The field that comes first begins each action.
    """
    if block.kind != "paragraph" or not block.breaks:
        return
    own: list[tuple[str, int, str]] = []
    for start, end in pairwise([0, *block.breaks, len(block.text)]):
        match = FIELD.match(block.text[start:end])
        if match is None:
            return
        field = (match["name"], start + match.end(), block.text[start + match.end() : end].strip())
        if own and field[0] == own[0][0]:
            yield own
            own = []
        own.append(field)
    if own:
        yield own
