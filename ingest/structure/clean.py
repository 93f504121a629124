"""Takes away the lines that are not the document's own: running headers, page numbers, last-page boilerplate.

Page text stays whole; only the lines that become blocks are chosen here.
"""

from __future__ import annotations

import re
from collections import Counter

from ingest.records import Line, ReadDocument
from ingest.registry.sections import CRUMBS, LAST_PAGE, known

EDGE_LINES = 4  # a running header or footer is at most this many lines
RUNNING = re.compile(r"^(area send )?inspection report: ", re.IGNORECASE)
BROWSER = re.compile(  # what it prints round a page
    r"(?:\d{1,4} of \d{1,4} )?\d{1,2}/\d{1,2}/\d{2,4}, \d\d?:\d\d\b|(?:https?|file)://\S{1,500}+ \d{1,4}/\d{1,4}$"
)
NUMBER_ONLY = re.compile(r"^(page )?[-–]?\s*\d{1,4}\s*[-–]?( of \d+)?$", re.IGNORECASE)
LEADERS = re.compile(r"(?:\. ?){4}\s*+\d{1,4}$|…{2}\s*+\d{1,4}$|^[\s.…_·-]{8,}$")  # an entry of the list of contents
HEADER_DATE = re.compile(r"(.{0,50}\b)?(20\d\d)( \d{1,3})?")  # the header's second line: dates, page number
FIRST_LAST_PAGE = 0.5  # boilerplate may begin in the second half of a document, nowhere before


def body_lines(document: ReadDocument) -> tuple[Line, ...]:
    """The lines of the document proper, in reading order."""
    running = _running(document) if document.media == "pdf" else set()
    kept: list[Line] = []
    for index in range(len(document.pages)):
        lines = [line for line in document.lines if line.span.page == index]
        if document.media == "pdf":
            top = _edge(lines[:EDGE_LINES], running)
            end = len(lines) - _edge(lines[top:][-EDGE_LINES:][::-1], running)
            first, last = (_spared(edge, document, index) for edge in (lines[:top], lines[end:]))
            lines = [*(first if index == 0 else ()), *lines[top:end], *(last if index else ())]
        kept += [
            line
            for line in lines
            if not CRUMBS.match(line.text) and not LEADERS.search(line.text) and re.search(r"\w", line.text)
        ]
    return tuple(_without_last_page(kept, document))


def _edge(lines: list[Line], running: set[str]) -> int:
    """How many of these lines, outermost first, are running headers or footers."""
    for count, line in enumerate(lines):
        beside = any(RUNNING.match(other.text) for other in lines[max(0, count - 1) : count + 2])
        repeats = _key(line.text) in running and known(line.text) is None and line.role != "row"
        header = repeats or any(sign.match(line.text) for sign in (RUNNING, BROWSER, NUMBER_ONLY))
        if not (header or beside and HEADER_DATE.fullmatch(line.text)):
            return count
    return len(lines)


def _spared(edge: list[Line], document: ReadDocument, index: int) -> list[Line]:
    """Sentences at an outer edge of two pages that say the same on both: these are too few to tell a running head.

    The other two edges go without them: there they would stand in the middle of what runs on.
    """
    if len(document.pages) != 2:
        return []
    other = {line.text for line in document.lines if line.span.page != index}
    return [line for line in edge if line.text in other and line.text.endswith((".", "!", "?"))]


def _key(text: str) -> str:
    """A line as it repeats from page to page: digits alike, case and blanks gone."""
    return re.sub(r"\W+", " ", re.sub(r"\d+", "#", text.lower())).strip()


def _running(document: ReadDocument) -> set[str]:
    """Keys of the edge lines that stand on at least half of the pages (two at the least), their numbers steady."""
    found: dict[str, dict[int, list[int]]] = {}
    for index in range(len(document.pages)):
        lines = [line for line in document.lines if line.span.page == index]
        for line in [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]:
            found.setdefault(_key(line.text), {})[index] = list(map(int, re.findall(r"\d+", line.text)))
    needed = max(2, (len(document.pages) + 1) // 2)
    return {key for key, numbers in found.items() if key and len(numbers) >= needed and _steady(numbers, needed)}


def _steady(numbers: dict[int, list[int]], needed: int) -> bool:
    """Whether each number of a line is the same on these pages, or counts them: the rows of a table repeat too."""
    for place in range(max(map(len, numbers.values()))):
        found = [(own[place], own[place] - page) for page, own in numbers.items() if len(own) > place]
        same, counting = (Counter(values).most_common(1)[0][1] for values in zip(*found, strict=True))
        if len(found) >= needed > max(same, counting):
            return False
    return True


def _without_last_page(lines: list[Line], document: ReadDocument) -> list[Line]:
    """The lines before the publisher's own closing text; all of them where there is none."""
    for position, line in enumerate(lines):
        if position >= len(lines) * FIRST_LAST_PAGE and LAST_PAGE.match(line.text):
            return lines[:position]
    return lines
