"""What markup shows and does not spell out: the labels of numbered lists and the borders between cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.records import BORDER

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

_LONGEST_HEADING = 120
_LONGEST_NUMBERED = 60
# A cover report's own particulars are often bold and never head what follows them.
_FIELD = re.compile(
    r"(?:meeting|date|report|author|cabinet member|portfolio|contact|lead|version|status|wards?)\b[^:]{0,30}: *\S",
    re.IGNORECASE,
)


def looks_like_heading(text: str, numbered: bool = False) -> bool:
    """Whether a paragraph that is bold throughout heads what follows: short, and neither a sentence nor a field.

    Bold numbered paragraphs are recommendations as often as headings: only very short ones count.
    """
    longest = _LONGEST_NUMBERED if numbered else _LONGEST_HEADING
    return len(text) <= longest and not text.endswith((".", ";", ",")) and not _FIELD.match(text)


def roman(number: int) -> str:
    """Lower-case Roman numeral; digits outside 1 to 3999, where there is none."""
    if not 0 < number < 4000:
        return str(number)
    letters = []
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        letters.append(sign * count)
    return "".join(letters)


def letters(number: int) -> str:
    """a to z, then aa, ab (as browsers count); digits for numbers below 1."""
    if number < 1:
        return str(number)
    label = ""
    while number:
        number, rest = divmod(number - 1, 26)
        label = chr(ord("a") + rest) + label
    return label


def repeated_letter(number: int) -> str:
    """a to z, then aa, bb (as Word counts); digits for numbers below 1 or absurdly long labels."""
    if not 0 < number <= 26 * 20:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def joined(cells: Sequence[str]) -> str:
    """The cells of a row as one line; empty ones keep their place between others, not at the ends."""
    filled = [place for place, cell in enumerate(cells) if cell.strip()]
    return BORDER.join(cells[filled[0] : filled[-1] + 1]) if filled else ""
