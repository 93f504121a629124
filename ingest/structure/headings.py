"""Tells headings from text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.records import Block, Line, ReadDocument
from ingest.registry.sections import known

MAX_WORDS = 24
SHORT_WORDS = 9
FEWEST_WORDS = 4  # of a statement
QUESTION_WORDS = 12  # a shorter question heads its answer
INNER_STOP = re.compile(r"[a-z)]{3}[.?!]\s+[A-Z]")  # two sentences
ENOUGH_LETTERS = 60  # of a page that show its usual type
MANY_LETTERS = 300
LARGE = 15.0  # points
FIELD = re.compile(r"[A-Z][A-Za-z ]{1,24}: \S")  # "Place: Committee Room 2"
VERB = re.compile(
    r"(?<!\bwho )(?<!\bthat )(?<!\bwhich )\b(is|are|was|were|has|have|had|will|would|should|must|can|could|rose|fell|"
    r"grew|said|asked|told|agreed|noted|opened|closed|started)\b"
)
ASKS = re.compile(r"^\W*+(?:\d[\d.]*+\s*+)?(what|how|why|who|where|when|which|whether)\b", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Type:
    """The type that most of a text is set in: its size, and whether it is bold. Large slides are no headings."""

    size: float = 0.0
    bold: bool = False


def usual_types(document: ReadDocument) -> list[Type]:
    """The usual type of each page of a PDF: its own where it has enough text, else the document's."""
    if document.media != "pdf":
        return [Type() for _ in document.pages]
    whole = _usual(document.lines) or Type()
    pages: list[list[Line]] = [[] for _ in document.pages]
    for line in document.lines:
        pages[line.span.page].append(line)
    few = [MANY_LETTERS, *(ENOUGH_LETTERS for _ in pages[1:])]  # the first page may hold the title alone
    return [_usual(lines, enough) or whole for lines, enough in zip(pages, few, strict=True)]


def _usual(lines: Iterable[Line], enough: int = 1) -> Type | None:
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[round(line.size or 0.0)] += len(line.text)
        bold += len(line.text) if line.bold else 0
    letters = sum(sizes.values())
    return Type(sizes.most_common(1)[0][0], 2 * bold > letters) if letters >= enough else None


def with_idle_headings(found: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those headings that nothing stands under as text: nobody could quote them else.

    Not the lines that open a document, which are its title. A heading that says something and has text under it is
    given as both.
    """
    opening = True
    for block, following in zip(found, [*found[1:], None], strict=False):
        opening = opening and block.kind == "heading"
        idle = following is None or (following.kind == "heading" and following.level <= block.level)
        if block.kind == "heading" and idle and not opening and _says_enough(block.text):
            yield _as_text(block)
            continue
        yield block
        if block.kind == "heading" and not opening and _asserts(block.text):
            yield _as_text(block)


def _as_text(heading: Block) -> Block:
    return replace(heading, kind="paragraph", level=0, headings=heading.headings[:-1])


def _asserts(text: str) -> bool:
    """Whether a heading is a sentence without its full stop ("Reply: 31 pupils are waiting")."""
    return _says_enough(text) and bool(VERB.search(text)) and not ASKS.match(text) and not text.endswith("?")


def _says_enough(text: str) -> bool:
    return known(text) is None and len(text.split()) >= FEWEST_WORDS


def is_heading(
    line: Line, previous: Line | None, following: Line | None, media: str, table_header: bool, usual: Type
) -> bool:
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
        return _by_type(line, previous, usual)
    shape = known(text)
    if shape is not None:
        return True
    if following is None or not text[:1].isupper() or re.search(r"[.;,]$", text) or len(words) > SHORT_WORDS:
        return False
    if FIELD.match(text):
        return False
    longer = len(following.text.split()) > 12 or bool(re.match(r"[·•◼▪]\s", following.text))
    opens = bool(re.search(r"\s?[-–]$|:-$", text)) and not following.text[:1].islower()
    return (line.starts and following.starts and longer and not text.endswith(":")) or (opens and longer)


def _by_type(line: Line, previous: Line | None, usual: Type) -> bool:
    """Headings of a PDF: bold, or clearly larger than text; a known name in plain type after a gap."""
    if (line.bold and not usual.bold) or (line.size or 0) >= max(LARGE, LARGER * usual.size):
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
