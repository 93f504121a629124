"""The shared nouns of both journeys, in the order a document becomes quotable.

    SourceFile -> ReadDocument (Page, Line) -> Block -> Passage
                                            -> DocumentFacts

All are frozen: a stage takes one noun and returns the next, and changes nothing it was given.
Offsets always count characters of `Page.text`, which is the *canonical* text of a page: the reader's
text with runs of white space collapsed inside a line, lines kept apart by one newline, and words that a
line end had split rejoined. A quote is always a slice (or several slices) of canonical page text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

WHITE = re.compile(r"\s+")
BORDER = " | "  # between the cells of a row


def collapse(text: str) -> str:
    """Text with every run of white space made one blank, and none at the ends."""
    return WHITE.sub(" ", text).strip()


def pages_in_words(numbers: Sequence[int]) -> str:
    """Page numbers in words, neighbours as a range: "Pages 2-6 and 9"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    told = ["-".join(map(str, part)) for part in ranges]
    listed = " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))
    return f"{'Page' if len(numbers) == 1 else 'Pages'} {listed}"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file found on disk: `name` is what people see and what the contract calls `document`.

    `place` is the folder that was given and the way from there to the file ("papers/north/report.md").
    """

    path: Path
    name: str
    sha256: str
    size: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Canonical text of one page.

    `number` is the 1-based physical page of a PDF and None for formats without pages; `label` is the
    number printed on the page where it differs from the physical one.
    """

    number: int | None
    text: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of `pages[page].text` (`page` is an index into the pages, from 0)."""

    page: int
    start: int
    end: int


def slices(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The page slices behind characters `start` to `end` of a text that is its spans' words joined by one blank."""
    found, offset = [], 0
    for span in spans:
        length = span.end - span.start
        low, high = max(start, offset), min(end, offset + length)
        if low < high:
            found.append(Span(span.page, span.start + low - offset, span.start + high - offset))
        offset += length + 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page with what the format told about it.

    `role` is "heading", "bullet", "row", "paragraph" where the format says so (HTML, DOCX, Markdown) and
    None where it has to be inferred (PDF, text). `level` is the heading level (1 = title), the nesting
    of a bullet (1 = outer), or 1 for the first row of a table. `text` is the slice of the page text without its
    ends' white space.
    `starts` is True where a new block certainly starts here (a new element, a gap on the page).
    `x`, `gap` (distance from the line above, in points) and `bold` are None where unknown.
    """

    span: Span
    text: str
    role: str | None = None
    level: int = 0
    starts: bool = False
    x: float | None = None
    gap: float | None = None
    bold: bool | None = None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place that a PDF lists beside its pages: `page` is an index into them, `level` counts from 1."""

    page: int
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a reader gives: pages, their lines in reading order, and what the format itself states.

    `hints` holds facts known from outside the text ("title", "url", "date", "modified", "area",
    "publisher", "status", "kind"); each may be missing. `warnings` are sentences for the ingest table.
    `scanned_pages` are those that were read from a picture, `unread_pages` those that are pictures and were not.
    """

    media: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    hints: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    scanned_pages: tuple[int, ...] = ()
    unread_pages: tuple[int, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, bullet or table row, whole, however many pages it runs over.

    `headings` is the path of headings above it, outermost first. `number` is its printed number ("13",
    "10.2", "4c") or None. `lead_in` is the sentence that opens the list it belongs to, or the header cells of
    its table; empty where none. `group` numbers the list or table it belongs to; blocks outside lists have
    None. `breaks` are offsets into the text where a new field begins although no full stop says so.
    """

    kind: str
    spans: tuple[Span, ...]
    text: str
    level: int = 0
    number: str | None = None
    headings: tuple[str, ...] = ()
    lead_in: str = ""
    group: int | None = None
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a paper states of itself: the `value` as it is read, and where the words for it stand.

    `name` is one that ingest/facts/stated.py gives. Dates are ISO, a period is "start/end".
    """

    name: str
    value: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """Facts of an inspection as the report states them; None where it does not."""

    framework: str | None = None
    start: str | None = None
    end: str | None = None
    previous: str | None = None
    outcome: str | None = None
    next_full_inspection: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of a document, from its content or supplied beside it.

    `date` is ISO as precise as known ("2024-12-06", "2023-02", "2019") and `date_basis` one of stated,
    inferred, supplied, unknown. `meeting` and `committee` are None outside council papers. `scanned_pages` were read
    from pictures, where letters may be mistaken; `unread_pages` are pictures that were not read. `stated` are the facts
    that stand in the paper's own words, each with its place; one that was supplied or inferred is not among them.
    """

    document: str
    title: str
    kind: str
    areas: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    date_basis: str = "unknown"
    published: str | None = None
    inspection: Inspection | None = None
    meeting: str | None = None
    committee: str | None = None
    licence: str | None = None
    url: str | None = None
    scanned_pages: tuple[int, ...] = ()
    unread_pages: tuple[int, ...] = ()
    stated: tuple[Fact, ...] = ()

    def told(self, name: str) -> str | None:
        """The value of a fact that the paper states, None where it does not."""
        return next((fact.value for fact in self.stated if fact.name == name), None)


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something that a paper says must or will be done: a row of a plan, a recommendation, a minuted undertaking.

    `sort` is "priority" or "improvement" (inspectors' formal areas), "recommendation", "decision" or "action". Its
    words are characters `start` to `end` of the passage's text. `who`, `due`, `status` and `theme` are as written in
    the row or over it, `number` as printed; empty where none is. `by` is the due date in ISO, as precise as it is
    written; empty where it cannot be told.
    """

    sort: str
    start: int
    end: int
    who: str = ""
    due: str = ""
    by: str = ""
    status: str = ""
    number: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is found, quoted and traced.

    `text` is verbatim: the page slices of `spans`, white space collapsed, joined by one blank.
    `sentences` are (start, end) offsets into `text`. `context` is our line of area, kind, year and headings:
    it is embedded and searched before the text and never quoted. `part` names the section of a known
    document shape ("outcome", ...; empty elsewhere). `ordinal` counts passages within the document; those cut from one
    block share `block`, those of one list `group`. `commitments` are what it says must or will be done; of a row cut
    into several passages the first has it.
    """

    id: str
    document: str
    ordinal: int
    text: str
    spans: tuple[Span, ...]
    pages: tuple[int, ...]
    kind: str
    headings: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    context: str
    lead_in: str = ""
    number: str | None = None
    polarity: str = "neutral"
    speaker: str = ""
    part: str = ""
    block: int = 0
    group: int | None = None
    commitments: tuple[Commitment, ...] = ()

    @property
    def section(self) -> str:
        """The heading path as one line."""
        return " > ".join(self.headings)

    @property
    def page(self) -> int | None:
        """The first page it stands on, None for formats without pages."""
        return self.pages[0] if self.pages else None
