"""The parts a Paper is made of, before it is a file of any kind. The same parts in the same order for every kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from chatbot.records import Citation
from prompts import words

OWN_LINES = 6  # empty lines for the reader's own questions
LONG = 8  # headings from which on a paper has a list of contents


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (below the title) or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of ours; `strong` for one that stands out."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """A line of ours with the address it leads to; `url` is empty where there is none."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list of lines of ours; `numbered` where others refer to its numbers."""

    items: tuple[Linked, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote with its number through the paper, its reference and the address of its page, where that is known.

    The words are the citation's and are never changed by a writer.
    """

    number: int
    citation: Citation
    source: str
    url: str = ""

    @property
    def text(self) -> str:
        """The paper's own words."""
        return self.citation.quote


@dataclass(frozen=True, slots=True)
class Table:
    """Header cells and rows; a cell is a list of parts, and the first of a row names it.

    `widths` are the columns' in centimetres, for Word; without them the first is wider than the others.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[Text | Quote, ...], ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Room for the reader's own words."""

    label: str
    count: int = OWN_LINES


Part = Heading | Text | Points | Quote | Table | Lines


@dataclass(frozen=True, slots=True)
class Paper:
    """Title, the day it was made, and parts in order; `wide` ones are laid out across the page in Word."""

    title: str
    parts: tuple[Part, ...]
    made: date
    language: str = field(default_factory=lambda: words("page", "paper.language"))
    wide: bool = False

    @property
    def headings(self) -> tuple[Heading, ...]:
        """All headings, in order."""
        return tuple(part for part in self.parts if isinstance(part, Heading))

    @property
    def long(self) -> bool:
        """Whether it wants a list of contents."""
        return len(self.headings) >= LONG

    def quotes(self) -> Iterator[tuple[str, Quote]]:
        """Every quote with the heading of level 1 it stands under, also those inside tables."""
        under = self.title
        for part in self.parts:
            if isinstance(part, Heading) and part.level == 1:
                under = part.text
            elif isinstance(part, Quote):
                yield under, part
            elif isinstance(part, Table):
                cells = (cell for row in part.rows for cell in row)
                yield from ((under, inside) for cell in cells for inside in cell if isinstance(inside, Quote))
