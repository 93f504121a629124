"""The head of a paper: the lines in which it says what it is, whose and from when, before its text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts import dates
from ingest.facts.places import plain_signs
from ingest.records import Block, ReadDocument, collapse

MOST_LINES = 16
PROSE = 130  # characters from which a line is a sentence of the text, not a line of the title block
SHORT = 70  # ... and a line of a PDF that ends before the margin
SENTENCE = 7  # words that a short one has
TITLE = 120  # ... and up to which a line can be a title
LONGEST = 600  # characters of a line that are looked at
TAIL = 8  # lines at the end, where pages say when they were reviewed
_MONTHS = "|".join(dates.MONTHS)
SECTION = re.compile(rf"^(?!\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})\b)(\d+(?:\.\d*)*|[A-Z][.)])\s+[A-Z]", re.IGNORECASE)
ADDRESS = re.compile(
    r"^\d{1,4}[a-z]? (?:[A-Z][\w’'-]+ ){1,3}(?:Street|Road|Lane|Place|Way|Square|Avenue|Gate|Close|Drive)\b"
)
LABEL = re.compile(
    r"^(?:(?:report )?title(?: of (?:the )?report)?\s*[:|]|"
    r"(?:subject|re|topic|issue - decisions|name of (?:policy|document)):)\s*(?=\D)",
    re.IGNORECASE,
)
OTHER_LABEL = re.compile(r"^[A-Z][\w’'/ -]{1,32}(?:\([^)]*\) ?)?\s?[:|]")
RUN_ON = re.compile(
    r"(?<=\S )(?=(?:Date|Item|Title|Subject|Author|Sponsor|For|From|To|Sent|Report (?:to|of|by|author)|Meeting|"
    r"Committee|Venue|Time|Classification|Wards?(?: affected)?|Status|Lead(?: officer)?|Owner|Version|Data to|Purpose|"
    r"Present|Apologies|Prepared by|Reference|Decision (?:maker|date|status)|Contact|Approved(?: by)?|"
    r"(?:Next |(?<!Next ))[Rr]eview(?: date)?): \S)"
)
SITE = re.compile(
    r"^(skip to|home\b|you are here|menu\b|agenda item$|agendas, meetings|\[|from:|to:|sent:|cc:|dear |.*\|.*\|)|"
    r"^(?:[\w,& ]+ [>›/»] ){2}", re.IGNORECASE,
)  # fmt: skip
CRUMBS = re.compile(r"^(?:you are here:? )?(?:\S[^>›»/]{0,60} ?[>›»] ?){2,}\S|^Home / \S", re.IGNORECASE)
SMALL = frozenset({"and", "of", "upon", "on", "the", "in", "with", "for", "to", "under", "by", "de", "le", "a"})
SHORT_FORMS = frozenset(
    "NHS ICB ICS CCG SEND SEN SENDIASS EHC EHCP LGA DFE OFSTED CQC LA MBC BC DC PCF WSOA AP FE PRU SEF JSNA UK".split()
)


@dataclass(frozen=True, slots=True)
class Front:
    """`head` are the lines before the text begins, `titles` those of them (and of the first headings) that can name
    the paper; `lines` are all lines, `tail` the last of them, `rows` those that are rows of tables; `crumbs` is the
    way to a web page, if one is shown.
    """

    head: tuple[str, ...]
    titles: tuple[str, ...]
    lines: tuple[str, ...]
    tail: tuple[str, ...]
    crumbs: str
    rows: frozenset[str] = frozenset()


def of(document: ReadDocument, blocks: tuple[Block, ...]) -> Front:
    """The front of a document; the lines of a PDF are broken anywhere, so its blocks stand for them."""
    headings = [collapse(plain_signs(block.text)) for block in blocks if block.kind == "heading"]
    texts = _of_pdf(document, blocks) if document.media == "pdf" else [line.text for line in document.lines]
    whole = list(filter(None, (collapse(plain_signs(text)) for text in texts)))
    lines = tuple(
        part for number, line in enumerate(whole) for part in (_labels_of(line) if number < MOST_LINES else [line])
    )
    rows = frozenset(collapse(plain_signs(line.text)) for line in document.lines if line.role == "row")
    head = _head(lines, headings)
    crumbs = document.hints.get("breadcrumbs") or next((line for line in lines[:12] if CRUMBS.search(line)), "")
    hinted = [document.hints["title"]] if document.hints.get("title") and document.media in ("html", "markdown") else []
    points = {block.text for block in blocks if block.kind == "bullet"}
    points |= {row for row in _below_heads(document) if not LABEL.match(row)}
    titles = [*hinted, *(t for line in head if line not in points and (t := _as_title(line))), *headings[:2]]
    return Front(
        head, tuple(dict.fromkeys(titles)), lines, tuple(line[:LONGEST] for line in lines[-TAIL:]), crumbs, rows
    )


def _below_heads(document: ReadDocument) -> set[str]:
    """The rows of tables with heads: what their cells name is no title."""
    found: set[str] = set()
    headed = False
    for line in document.lines:
        if line.role == "row":
            headed = bool(line.bold) or headed and not line.level
            found |= {collapse(plain_signs(line.text))} if headed else set()
    return found


def _of_pdf(document: ReadDocument, blocks: tuple[Block, ...]) -> list[str]:
    """The blocks of a PDF; one whose lines all end before the margin is no sentence that wraps: line by line."""
    found = []
    for block in blocks:
        lines = [document.pages[s.page].text[s.start : s.end] for s in block.spans]
        found += lines if all(len(line) < SHORT for line in lines) and block.kind == "paragraph" else [block.text]
    return found


def _labels_of(line: str) -> list[str]:
    """A line that several labels were run together in, a label a line; any other as it is."""
    starts = [0, *(match.start() for match in RUN_ON.finditer(line))]
    if len(starts) < 3 or not OTHER_LABEL.match(line):
        return [line]
    return [line[start:end].strip() for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]


def _head(lines: tuple[str, ...], headings: list[str]) -> tuple[str, ...]:
    """The first lines up to the first sentence of the text (included) or its first section."""
    found: list[str] = []
    for line in lines[:MOST_LINES]:
        section = SECTION.match(line) and not ADDRESS.match(line)
        if len(found) > 1 and section and (line in headings or len(line) < PROSE):
            break
        found.append(line[:LONGEST])
        if is_prose(line):
            break
    return tuple(found)


def is_prose(line: str) -> bool:
    """Whether a line is a sentence of the text and no label with what belongs to it."""
    sentence = line[-1:] in ".!?" and len(line.split()) >= SENTENCE
    return (len(line) > PROSE or sentence) and not OTHER_LABEL.match(line)


def _as_title(line: str) -> str:
    """The title that a line can be: short and no label of something else; empty where it is none."""
    if label := LABEL.match(line):
        return line[label.end() :][:TITLE]
    if len(line) > TITLE or SITE.search(line) or OTHER_LABEL.match(line) and line.split(":")[0].lower() != "minutes":
        return ""
    return line


def plain_case(line: str) -> str:
    """A line in capitals with only the first letters of its words large; short forms stay as they are."""
    letters = [letter for letter in line if letter.isalpha()]
    if not letters or sum(letter.isupper() for letter in letters) < 0.7 * len(letters):
        return line
    return re.sub(r"[^\W\d_][\w’']*", lambda match: _word(match.group()), line)


def _word(word: str) -> str:
    if word.upper() in SHORT_FORMS:
        return word
    return word.lower() if word.lower() in SMALL else word[:1].upper() + word[1:].lower()
