"""The health boards that were joined on 1 April 2026: a paper names the board of its day, and keeps doing so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import prompts

_BODY = r"(?:Integrated Care (?:Boards?|Systems?)|ICBs?|ICSs?)\b"
_NO_TRUST = r"(?!\s+(?:\w+\s+){0,3}(?:Trust|Foundation|Hospitals?)\b)"
_WHOLE = "".join(rf"(?<!{side}\s)" for side in ("East", "West", "North", "South"))  # no part of a longer name


@dataclass(frozen=True, slots=True)
class Board:
    """A board by the name it goes by, without "NHS" and "ICB".

    `after` are the boards that took its place, `before` those whose place it took, one that was divided marked so.
    """

    name: str
    after: tuple[str, ...] = ()
    before: tuple[tuple[str, bool], ...] = ()


@cache
def boards() -> dict[str, Board]:
    """The boards that ended or began on that day, by name."""
    after: dict[str, list[str]] = prompts.table("places")["boards"]
    begun = dict.fromkeys(new for own in after.values() for new in own)
    found = {name: Board(name, tuple(own)) for name, own in after.items()}
    for name in begun:
        before = tuple((old, len(own) > 1) for old, own in after.items() if name in own)
        if name not in prompts.table("places")["boards_before"]:
            found[name] = Board(name, before=before)
    return found


def named(text: str) -> list[Board]:
    """Those of them that a text names with what they are ("NHS Frimley", "BLMK ICB"), in order, each once."""
    return list({board.name: board for board, _ in mentions(text)}.values())


def mentions(text: str) -> list[tuple[Board, tuple[int, int]]]:
    """Each of them that a text names so, and where."""
    return [(boards()[_names()[_plain(hit["a"] or hit["b"])]], hit.span()) for hit in _pattern().finditer(text)]


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("&", "and").replace(",", " ").split())


@cache
def _names() -> dict[str, str]:
    short: dict[str, str] = prompts.table("places")["board_names"]
    return {_plain(name): name for name in boards()} | {_plain(name): whole for name, whole in short.items()}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((*boards(), *prompts.table("places")["board_names"]), key=len, reverse=True)
    any_of = "|".join(r",?\s+".join(_word(word) for word in re.findall(r"[^\s,]+", name)) for name in names)
    return re.compile(
        rf"{_WHOLE}\b(?:NHS\s+(?P<a>{any_of})\b{_NO_TRUST}|(?P<b>{any_of})\s+(?:NHS\s+)?{_BODY})", re.IGNORECASE
    )


def _word(word: str) -> str:
    return "(?:and|&)" if word == "and" else re.escape(word)
