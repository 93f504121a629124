"""Printed numbers of paragraphs and items, with the number of the paragraph they stand in."""

from __future__ import annotations

import re

PRINTED = re.compile(r"^(\d{1,3}(?:\.\d{1,2}){0,3}|[a-z]|[ivx]{1,4})(?:[.)]|(?<=\d)(?=\s))\s+(?=\S)")


def printed_number(text: str) -> tuple[str, int] | None:
    """The number a paragraph begins with and the offset of the words after it; None where there is none.

    A bare number without stop or bracket counts only with an inner stop ("4.2 Waiting times").
    """
    match = PRINTED.match(text)
    if match is None:
        return None
    number, sign = match.group(1), text[match.end(1) : match.end(1) + 1]
    if sign not in ".)" and "." not in number:
        return None
    return number, match.end()


class Numbering:
    """Remembers where the numbers stand, so that "a" under 4 is known as "4a" and "2" under 10 as "10.2"."""

    def __init__(self) -> None:
        self.top: int | None = None
        self.inner: int | None = None

    def leave_list(self) -> None:
        """A heading has ended any list; top-level paragraph numbers run on."""
        self.inner = None

    def expects(self, printed: str) -> bool:
        """Whether a number is the next one, the first of a list, or no plain number; "24)" amid a sentence is none."""
        return not printed.isdigit() or int(printed) in (1, (self.top or 0) + 1, (self.inner or 0) + 1)

    def enter(self, printed: str, level: int, list_is_open: bool) -> str:
        """The full number of an item printed as `printed`.

        `level` is the nesting the format tells (0 where it does not); `list_is_open` whether the words
        before open a list or are an item of one.
        """
        if not printed.isdigit():
            return f"{self.top}{printed}" if self.top is not None and list_is_open and "." not in printed else printed
        value = int(printed)
        nested = level > 1 or (
            level == 0
            and self.top is not None
            and list_is_open
            and value != self.top + 1
            and value == (self.inner or 0) + 1
        )
        if nested and self.top is not None:
            self.inner = value
            return f"{self.top}.{value}"
        self.top, self.inner = value, None
        return printed
