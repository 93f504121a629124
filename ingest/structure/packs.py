"""Agenda packs: one PDF of a meeting with its front sheet and all its papers, taken apart into these.

Only a file that begins with an agenda is one, and only where its bookmarks or the pages named in the agenda say where
each paper begins. What is not given there (an exempt item, an item taken by word of mouth) is no paper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.records import Line, Page, ReadDocument, Span
from ingest.registry import kinds

TOLD = "It is a pack: its {count} papers are listed by themselves, by the page on which they begin."
FEWEST_PAGES = 12
FRONT_PAGES = 6  # in which the agenda stands
SIGNS_NEEDED = 2
_SIGNS = tuple(
    re.compile(sign, re.IGNORECASE)
    for sign in (
        r"^agenda(?: pack)?$|\bagenda (?:for|and papers|frontsheet|front sheet|reports pack)\b|^agenda item",
        r"\bapologies(?: for absence)?\b",
        r"\bdeclarations? of (?:\w+ )?(?:pecuniary )?interests?\b",
        r"\bminutes of the (?:last|previous)?\s?meeting\b|^(?:\d+\.?\s+)?minutes\b",
        r"\bexclusion of (?:the )?(?:press|public)\b|\bany other (?:urgent )?business\b",
        r"\bdate of (?:the )?next meeting\b",
    )
)
_PAGES = re.compile(r"\(?\bPages?:? (\d{1,3})(?: ?[-–] ?\d{1,3})?\)?$", re.IGNORECASE)
_LEADER = re.compile(r"(?:\.{3}|…|(?: \.){3}) ?(\d{1,3})$")
_STAMP = re.compile(r"(?:agenda )?page (\d{1,3})", re.IGNORECASE)
_PRINTED = re.compile(r"(?:page )?(\d{1,3})(?: ?(?:of|/) ?\d{1,3})?", re.IGNORECASE)
_EDGE = 2  # lines at the head and foot of a page in which its number stands
_MOSTLY = 0.7
_OWN = re.compile(
    r"\s*(?:agenda )?(?:item )?(?:appendi(?:x|ces)|annex|enclosure|minutes|report|paper)\b", re.IGNORECASE
)


def parts_of(document: ReadDocument) -> list[ReadDocument]:
    """The papers of a pack, the front sheet first, with what is to be told; any other document as its only part."""
    agenda = document.media == "pdf" and len(document.pages) >= FEWEST_PAGES and _begins_with_agenda(document)
    starts = _starts(document) if agenda else []
    if not starts:
        return [document]
    first, *others = (_slice(document, *edges) for edges in pairwise([0, *starts, len(document.pages)]))
    told = (*document.warnings, TOLD.format(count=len(others)))
    return [
        replace(first, warnings=told, hints={"kind": kinds.OTHER}),
        *(replace(other, warnings=()) for other in others),
    ]


def _begins_with_agenda(document: ReadDocument) -> bool:
    lines = [line.text for line in document.lines if line.span.page < FRONT_PAGES]
    return sum(any(sign.search(line) for line in lines) for sign in _SIGNS) >= SIGNS_NEEDED and any(
        _SIGNS[0].search(line) for line in lines
    )


def _starts(document: ReadDocument) -> list[int]:
    """Where papers begin, as indexes of pages: by bookmarks, else by the pages that the agenda names."""
    marked = [mark.page for mark in document.bookmarks if mark.level == 1 or mark.level == 2 and _OWN.match(mark.title)]
    for found in (marked, _named(document)):
        starts = sorted({page for page in found if 0 < page < len(document.pages)})
        if len(starts) >= 2:
            return starts
    return []


def _named(document: ReadDocument) -> list[int]:
    """The pages that the agenda names, as far as they rise; the numbers stamped on pages say how far they are off."""
    listed = [line.text for line in document.lines if line.span.page < FRONT_PAGES]
    told = [text for text in listed if not _STAMP.fullmatch(text)]
    named = [int(hit[1]) for text in told if (hit := _PAGES.search(text) or _LEADER.search(text))]
    off = Counter(
        line.span.page - int(hit[1]) for line in _edges(document.lines) if (hit := _STAMP.fullmatch(line.text))
    )
    shift = off.most_common(1)[0][0] if off else -1
    rising = [number for before, number in pairwise([0, *named]) if number > before]
    return [number + shift for number in rising] if len(rising) >= _MOSTLY * len(named) else []


def _edges(lines: Sequence[Line]) -> list[Line]:
    """The first and last lines of each page."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.span.page, []).append(line)
    return [line for own in pages.values() for line in dict.fromkeys([*own[:_EDGE], *own[-_EDGE:]])]


def _slice(document: ReadDocument, first: int, end: int) -> ReadDocument:
    """The pages from `first` up to `end` as a document of its own, with the numbers that are printed on them."""
    lines = tuple(
        replace(line, span=Span(line.span.page - first, line.span.start, line.span.end))
        for line in document.lines
        if first <= line.span.page < end
    )
    pages = _labelled(document.pages[first:end], lines)
    numbers = {page.number for page in pages}
    return replace(
        document,
        pages=pages,
        lines=lines,
        hints={},
        bookmarks=(),
        scanned_pages=tuple(n for n in document.scanned_pages if n in numbers),
        unread_pages=tuple(n for n in document.unread_pages if n in numbers),
    )


def _labelled(pages: Sequence[Page], lines: Sequence[Line]) -> tuple[Page, ...]:
    """The pages with their printed numbers, where these count on from page to page."""
    seen = Counter(int(hit[1]) - line.span.page for line in _edges(lines) if (hit := _PRINTED.fullmatch(line.text)))
    off, count = seen.most_common(1)[0] if seen else (0, 0)
    if count < max(2, _MOSTLY * (len(pages) - 1)):
        return tuple(pages)
    printed = zip(pages, range(off, off + len(pages)), strict=True)
    return tuple(replace(page, label=str(n)) if 0 < n != page.number else page for page, n in printed)
