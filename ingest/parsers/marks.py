"""Raised signs: which belong to a word ("25th", "m2") and which only point to a note."""

from __future__ import annotations

import re

_ORDINAL = re.compile(r"(?:st|nd|rd|th)", re.IGNORECASE)
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:m|km|cm|mm|ft|in|mi|yd|CO|\d ?m)$")
_ONE = r"[\[(]?(?:[Nn]otes? ?|n\.? ?)?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶#]{1,3})[\])]?"
_POINTER = re.compile(rf"{_ONE}(?:(?: ?[,;–-] ?| ){_ONE}){{0,5}}")


_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_DIGITS = re.compile(rf"(?<=\S)[{_SUPERSCRIPTS}]{{1,3}}")
_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")


def without_note_digits(text: str) -> str:
    """`text` without raised digits that are signs of their own ("150²"), those of units ("40 m²") excepted."""

    def kept(hit: re.Match[str]) -> str:
        return hit[0] if raised(text[max(0, hit.start() - 9) : hit.start()], hit[0].translate(_DIGITS)) else ""

    return _RAISED_DIGITS.sub(kept, text)


def raised(before: str, text: str) -> str:
    """What to write for `text` that stands raised after `before`; nothing where it is the mark of a note.

    A mark that joined the figure before it would make another figure of it ("150" and a raised 2). One at the
    beginning of a line is the label of the note itself and stays.
    """
    text, before = " ".join(text.split()), before.rstrip()
    if not before:
        return f"{text} "
    if _ORDINAL.fullmatch(text) and before[-1].isdigit() or _UNIT.search(before) and text in ("2", "3"):
        return text
    name = text.isalpha() and before[-1].isupper()  # the c of "McKay"
    return "" if _POINTER.fullmatch(text) and not name else text
