"""From when a paper is: the day it gives itself in its head, never a day to come, a review, or an event it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts import dates
from ingest.facts.front import LONGEST, Front, is_prose
from ingest.records import collapse

LABELLED = 60  # lines from the start in which a label can give the date
_TO = r"(?:\W{0,6}|\W{1,4}(?:on|held on|held|of|from|is|as at|at)\W{1,3}(?:the )?)"
_WORDS = r"[^.;\n]{0,70}?\W"  # who met, approved ..., between a label and its date
_BODY = r"(?:committee|board|cabinet|panel|forum|council|executive|commission|group|governors|governing body|meeting)"


def _label(words: str, between: str = _TO) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words}){between}(?P<when>{dates.WRITTEN})", re.IGNORECASE)


# In the order in which they are believed. The first list holds wherever a line begins so; the second only in the head,
# where a sentence says such things of the paper itself.
# Only in the head: further down the minutes of the meeting before are agreed.
OF_MEETING = _label(r"(?:minutes|notes?|record)\b[^.;\n]{0,60}?\bmeeting\b(?:[^.;\n]|\.(?=\d)){0,60}?\W")
_BY = r"(?: by [^.:\n\d]{2,40})?"
LINES = (
    _label(
        r"(?:meeting date|(?:date )?held(?: on)?[:|]|date of (?:the )?(?:meeting|committee|board|panel)|"
        r"date (?:and|&) (?:time(?: of meeting)?|venue))"
    ),
    _label(r"(?:decision date|date of (?:the )?decision)"),
    OF_MEETING,
    _label(r"(?:meeting|minutes|agenda item|issue - meetings)\s?[:|–-]", r"[^.;\n]{0,60}?\W"),
    _label(
        r"date(?: of (?:this )?(?:report|issue|notice|letter|response|reply|document|paper|version|publication|policy|"
        r"plan))?"
        r"\s?[:|]?",
        r"\W{0,4}",
    ),
    _label(
        r"(?:date )?(?:first )?(?:published|publication(?: date)?|issued|issue date|"
        rf"(?:for immediate )?release(?:d| date)?|sent|dated|written|created|posted|uploaded|produced|prepared)"
        rf"{_BY}\s?[:|]?"
    ),
    _label(
        r"(?:version date|this version\b[^.;\n]{0,50}?\bas at|"
        r"(?:position|progress|data|information|correct|figures) (?:as )?(?:at|to))"
    ),
    _label(r"(?:this )?(?:version|draft|revision|v)\W{0,2}\d[\d.]*\b\W{0,4}(?:dated|of|draft|final)?"),
    _label(
        r"(?:(?:this )?page (?:was )?|date |content )?(?:last )?(?:updated|reviewed|revised|modified)"
        rf"{_BY}(?: on)?\s?[:|]?"
    ),
    _label(r"(?:date )?(?:adopted|approved|agreed|ratified|signed off|endorsed|authorised)\b", _WORDS),
    _label(r"(?:\w+ )?(?:approval|adoption|sign[ -]off)(?: date)?\s?[:|]"),
    _label(r"submitted (?:by|to)\b", r"[^.;\n]{0,90}? on (?:the )?"),
    _label(r"(?:considered (?:by|at)|presented (?:to|at)|report(?:ed)? to|submitted to)\b[^:|\n]{0,30}[:|]", _WORDS),
)
MET = _label(rf"{_BODY}\b", r"(?:\)|’s|'s)?[ ,:–-]{1,4}(?:held )?(?:on )?")
HEAD = (
    _label(r"(?:published|issued|sent|shared|dated)\b[^.;\n]{0,60}?\W"),
    _label(r"as at|version \d[\d.]*\b[^.;\n]{0,40}?\W"),
    _label(r"(?:adopted|approved|agreed|ratified|signed off|endorsed)\b", _WORDS),
    _label(r"submitted\b", _WORDS),
)
# Words just before a label that make it another day's: the next meeting's, the end of a call-in ...
NOT_OWN = re.compile(
    r"\b(?:next|previous|last|future|review|renewal|closing|expiry|expires|end|start|due|target|effective|birth|call-?in|"
    r"return|to be|will be|not yet|being|replaces?d?|supersedes|until|before|by)\W*(?:the )?$",
    re.IGNORECASE,
)
OWN_ANYWAY = re.compile(r"^(?:updated|reviewed|revised|modified)", re.IGNORECASE)  # "last reviewed" is
SAYS_NEXT = re.compile(
    r"\b(?:next|to be|due|deadline|closing|until|effect|review date|replaces|previous|supersedes)\b", re.IGNORECASE
)
DEADLINE = re.compile(r"\b(?:by|before|until|till|after|for|from|since)\s+(?:the )?$", re.IGNORECASE)
ALONE = re.compile(
    rf"^(?:[^\d\n|]{{0,60}}[,|(–-] ?)?(?P<when>{dates.WRITTEN})\W{{0,3}}"
    r"(?:[|,(–-].{0,80}|at .{0,60}|\d{1,2}[.:]\d\d.{0,60})?$",
    re.IGNORECASE,
)
_ISSUE = r"(?:refresh|update|edition|version|revision|draft|final|issue)"
ENDS = re.compile(rf"^[^|]{{0,100}}?[ ,(–-](?P<when>{dates.WRITTEN})\)?(?: {_ISSUE})?\.?$", re.IGNORECASE)
ANY = re.compile(dates.WRITTEN, re.IGNORECASE)
OWN_SENTENCE = re.compile(rf"^.{{0,120}}\. (?P<when>{dates.WRITTEN})\.?$", re.IGNORECASE)
OPENING = re.compile(rf"(?P<when>{dates.WRITTEN})\.(?=\s)", re.IGNORECASE)
COLUMNS = 3  # marks between cells from which a line is a row of a table, not a label and its value
DAY = 2  # marks in a date that has its day
MANY = 3  # dates alone on their lines: a list of meetings


OPENS = re.compile(r"^\W{0,4}(?:last |page last |final, |status: )?$", re.IGNORECASE)
OPENS_CELL = re.compile(r"(?:^|\| ?)\W{0,4}(?:last |page last |final, |status: )?$", re.IGNORECASE)
OPENS_PART = re.compile(r"(?:^|[.|;·•(\]] ?)(?:\W{0,3}(?:last|page last|final,|status:) )?\W{0,2}$", re.IGNORECASE)


def stated(front: Front) -> str | None:
    """The date a paper gives itself, as precise as it is printed; None where it gives none."""
    rest = tuple(line[:LONGEST] for line in front.lines[len(front.head) : LABELLED])
    for pattern in LINES:
        for lines, opens in ((front.head, OPENS_PART), (rest, OPENS), (front.tail, OPENS_CELL)):
            if pattern is OF_MEETING and lines is not front.head:
                break
            if found := _first(pattern, lines, opens, front.rows):
                return found
    titled = tuple(line for line in front.head if not is_prose(line))
    plain = tuple(line for line in titled if line not in front.rows)
    if found := _first(MET, titled, None, front.rows) or _alone(ALONE, titled) or _in_a_cell(plain):
        return found
    opening = _first(OPENING, front.head, OPENS, front.rows)
    if opening is not None and opening.count("-") == DAY:
        return opening
    for pattern in HEAD:
        if found := _first(pattern, front.head, None, front.rows):
            return found
    return opening or _alone(ENDS, titled) or _alone(OWN_SENTENCE, front.head)


def _first(
    pattern: re.Pattern[str], lines: tuple[str, ...], opens: re.Pattern[str] | None, rows: frozenset[str]
) -> str | None:
    """The date behind the first such label; `opens` must fit what stands before it in its line."""
    for line in lines:
        if line.count(" | ") >= COLUMNS and (line in rows or ":" not in line):
            continue  # a row of a table: its days are those of what the row is about
        for match in pattern.finditer(line):
            before = line[: match.start()]
            if opens is not None and not opens.search(before):
                continue
            if NOT_OWN.search(before) and not OWN_ANYWAY.match(match.group()) or _of_another(match):
                continue
            if found := dates.printed(match["when"]):
                return found
    return None


def _of_another(match: re.Match[str]) -> bool:
    """Whether the words between a label and its date make it another day ("approved, next review 5 May")."""
    between = match.group()[: match.start("when") - match.start()]
    return bool(SAYS_NEXT.search(between) or DEADLINE.search(between))


def _alone(pattern: re.Pattern[str], lines: tuple[str, ...]) -> str | None:
    """The date alone on a line of the head, or at the end of one; none where many stand there: a list."""
    found = [day for line in lines for day in _days(pattern, collapse(line))]
    return found[0] if found and len(found) < MANY else None


def _in_a_cell(lines: tuple[str, ...]) -> str | None:
    """The date that stands alone between the marks of a line ("Our news | Issue 3 | May 2026")."""
    cells = [cell for line in lines if len(ANY.findall(line)) == 1 for cell in line.split(" | ")]
    return next((day for cell in cells if ANY.fullmatch(cell) and (day := dates.printed(cell))), None)


def _days(pattern: re.Pattern[str], line: str) -> Iterator[str]:
    """The date of a line that has just the one."""
    match = pattern.match(line)
    if match is None or len(ANY.findall(line)) > 1:
        return
    before = line[: match.start("when")]
    if SAYS_NEXT.search(before) or DEADLINE.search(before):
        return
    if day := dates.printed(match["when"]):
        yield day
