"""Splits British official prose into sentences, by offsets, so that the text itself is never changed."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Words after which a full stop ends no sentence (compared in lower case, without the stop).
ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof rev hon rt sir st cllr cllrs councillors para paras p pp s ss sec sch reg regs art "
    "nos vol ed eds e.g i.e eg ie etc cf viz vs v approx dept est ext fig inc ltd plc co tel max min "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun a.m p.m".split()
)
# ...unless they also end sentences; then a capital and more decide.
MAY_END = frozenset("etc a.m p.m inc ltd plc".split())
END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s|$)")
OPENING = re.compile(r"[\"'“‘(\[]{0,8}+[A-Z0-9£]")
NEXT_WORD = re.compile(r"[\"'“‘(]*+[A-Z][a-z’']*+\s")
LAST_WORD = re.compile(r"(?<![\w.'’/-])[\w.'’/-]++$")
REACH = 200  # characters before and after a stop that may tell whether it ends a sentence
LONGEST = 110  # words of a sentence that is still quoted whole
PART = 60
RUN = 12  # signs of an address or a script without blanks that count as a word
BLANK = re.compile(rf"\s|\S{{{RUN}}}(?=\S{{100}})")
TOGETHER = re.compile(r"[A-Z0-9£]\S*\s[A-Z0-9]")  # parts of a name, a day or a figure
JOINING = re.compile(r"(?:and|but|or|which|who|while|as|so|that|with|for|because)\s")
ITEM = re.compile(r"\s(?=(?:[◼▪■□●•◦‣·]\s)|(?:o\s[A-Z]))")


def split(text: str, breaks: Iterable[int] = ()) -> list[tuple[int, int]]:
    """Sentences of collapsed text as (start, end) offsets without white space at their ends.

    The sentences cover everything but the blanks between them. A bullet glyph inside the text (a row of a
    table with its points) starts a sentence of its own, and so does every offset of `breaks`. Empty text gives
    an empty list.
    """
    cuts = sorted(
        {match.end() for match in END.finditer(text) if _ends(text, match)}
        | {match.start() for match in ITEM.finditer(text)}
        | set(breaks)
    )
    sentences, start = [], 0
    for cut in [*cuts, len(text)]:
        begin, end = start, cut
        while begin < end and text[begin].isspace():
            begin += 1
        while end > begin and text[end - 1].isspace():
            end -= 1
        if end > begin:
            sentences.append((begin, end))
        start = cut
    return sentences


def shortened(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """A sentence as it is, or one too long to be quoted in about equal parts, parted where it pauses."""
    if end - begin <= 2 * LONGEST:
        return [(begin, end)]
    blanks = [begin, *(hit.end() for hit in BLANK.finditer(text, begin, end)), end]
    words = len(blanks) - 1
    if words <= LONGEST:
        return [(begin, end)]
    size = words / -(-words // PART)
    cuts = [0]
    while words - cuts[-1] > 1.5 * size:
        reach = range(cuts[-1] + int(0.6 * size), min(cuts[-1] + int(1.4 * size), words - 1))
        cuts.append(min(reach, key=lambda n: (_pause(text, blanks[n]), abs(n - cuts[-1] - size))))
    bounds = [blanks[n] for n in cuts]
    return [(a, b - (b < end and text[b - 1].isspace())) for a, b in zip(bounds, [*bounds[1:], end], strict=True)]


def _pause(text: str, place: int) -> int:
    """How badly a text is parted before `place`: 0 after a semicolon, most between two words that belong together."""
    if TOGETHER.match(text, text.rfind(" ", 0, place - 1) + 1):
        return 5
    before, after = text[place - 2 : place - 1], text[place : place + 8]
    if before in ";:":
        return 0
    joins = JOINING.match(after) is not None
    return 1 if before in ",–|)" and joins else 2 if before in ",–|" else 3 if joins else 4


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether the punctuation at `match` ends a sentence."""
    rest = text[match.end() : match.end() + REACH].lstrip()
    if not rest:
        return True
    if not OPENING.match(rest):
        return False
    if match.group()[0] != ".":
        return True
    word = LAST_WORD.search(text[max(0, match.start() - REACH) : match.start()])
    last = word.group().lower().lstrip("'’") if word else ""
    if last == "no":
        return not rest[0].isdigit()
    if last in MAY_END:
        return bool(NEXT_WORD.match(rest))
    if last in ABBREVIATIONS:
        return False
    if re.fullmatch(r"[a-z]", last):  # an initial: "J. Smith"
        return word is not None and word.group()[0].islower()
    if re.fullmatch(r"(\d{1,3}|[ivx]{1,4})", last) and match.start() <= len(last):
        return False  # a paragraph number at the very start
    return True
