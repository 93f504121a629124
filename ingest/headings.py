"""Tells headings from text."""

from __future__ import annotations

import re

from ingest.records import Line, ReadDocument
from ingest.shapes import known

MAX_WORDS = 24
SHORT_WORDS = 9
FEWEST_WORDS = 4  # of a statement
QUESTION_WORDS = 12  # a shorter question heads its answer
INNER_STOP = re.compile(r"[a-z)]{3}[.?!]\s+[A-Z]")  # two sentences
LARGER = 1.15  # times the usual type: from here on large type says something
NOT_A_HEADING = re.compile(
    r"^([◼▪■□●•◦‣·✓]|dear |yours |cc:|from |to:|\d{1,2} \w+ \d{4}$|(mr|mrs|ms|dr|cllr|councillor)\b|"
    r"https?:|www\.|\S+@\S+)",
    re.IGNORECASE,
)


def is_statement(text: str) -> bool:
    """Whether words set as a heading say something themselves, so that people must be able to quote them.

    Whole paragraphs are set in bold, questions and replies of minutes, and the text of slides in large type.
    """
    words = text.split()
    if known(text) is not None or len(words) < FEWEST_WORDS:
        return False
    ended = bool(re.search(r"[a-z)\d%][.;][\"'”’)]*$", text)) or (len(words) >= QUESTION_WORDS and text.endswith("?"))
    return ended or len(words) > MAX_WORDS or bool(INNER_STOP.search(text))


def is_heading(line: Line, previous: Line | None, following: Line | None, media: str, table_header: bool) -> bool:
    """Whether a line is (the first line of) a heading.

    Markup decides where there is any; in a PDF bold or large type; in plain text a known section name, or
    a short unfinished line that stands before longer text. `table_header` lines never are.
    """
    if line.role is not None:
        return line.role == "heading"
    text, words = line.text, line.text.split()
    if table_header or len(words) > MAX_WORDS or not re.search(r"[A-Za-z]{3}", text) or NOT_A_HEADING.match(text):
        return False
    if media == "pdf" and line.bold is not None:
        return _by_type(line, previous)
    shape = known(text)
    if shape is not None:
        return True
    if following is None or not text[:1].isupper() or re.search(r"[.;,]$", text) or len(words) > SHORT_WORDS:
        return False
    longer = len(following.text.split()) > 12 or bool(re.match(r"[·•◼▪]\s", following.text))
    opens = bool(re.search(r"\s?[-–]$|:-$", text)) and not following.text[:1].islower()
    return (line.starts and following.starts and longer and not text.endswith(":")) or (opens and longer)


def _by_type(line: Line, previous: Line | None) -> bool:
    """Headings of a PDF: bold, or clearly larger than text; a known name in plain type after a gap."""
    if line.bold or (line.size or 0) >= 15:
        return not line.text.endswith((".", ";", ","))
    return known(line.text) is not None and (line.starts or previous is None or line.span.page != previous.span.page)


def level_of(line: Line, document: ReadDocument) -> int:
    """Depth of a heading: from markup, from type size in a PDF (1 = the title), 2 in plain text."""
    if line.role == "heading":
        return max(1, line.level)
    if document.media == "pdf":
        return 1 if (line.size or 0) >= 18 else 2 if (line.size or 0) >= 11 else 3
    shape = known(line.text)
    return 3 if re.search(r"[-–]$", line.text) else shape.level if shape else 2
