"""Blocks to passages that read well alone.

A passage is one paragraph, bullet or table row, or some whole sentences of a long one. It never crosses a
heading, never begins or ends inside a sentence, and fits the embedding model with its line of context.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.facts import commitments, speakers
from ingest.records import BORDER, Block, DocumentFacts, Page, Passage, Span, collapse, slices
from ingest.registry import kinds, sections
from ingest.structure import sentences

CUTTER = "21"  # raise when passages or facts come out differently: every index then has to be built anew
ROW_WORDS = 150  # a row of a formal table is one demand: it stays whole for longer
SHORT_ROW = 80  # words of a row of cells that is one quote
LABEL_WORDS = 8
MOST_LABELS = 6
MAX_WORDS = 90  # a paragraph up to here stays whole; a longer one is cut into equal parts of whole sentences

GLYPH = re.compile(r"^[◼▪■□●•◦‣·]\s+")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Passages and what had to be told about them."""

    passages: tuple[Passage, ...]
    cut_for_model: int  # passages whose single sentence was longer than the model reads


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a block from character `start`: whole sentences, and whether the model reads it all."""

    start: int
    spans: tuple[Span, ...]
    text: str
    sentences: tuple[tuple[int, int], ...]
    fits: bool


def cut(
    facts: DocumentFacts,
    pages: tuple[Page, ...],
    blocks: tuple[Block, ...],
    count_tokens: Callable[[str], int],
    limit: int,
) -> Pieces:
    """The passages of a document in order.

    `count_tokens` and `limit` are the embedding model's own; context and text together stay within the
    limit wherever a single sentence does.
    """
    passages: list[Passage] = []
    seen: dict[str, int] = {}
    too_long, frame, resolving = 0, "front", False
    title = blocks[0].text if blocks and blocks[0].kind == "heading" and blocks[0].level == 1 else facts.title
    for number, block in enumerate(blocks):
        if block.kind in ("heading", "header"):
            continue
        headings = _path(block, {title, facts.title})
        resolving = (
            bool(sections.RESOLVES.search(block.text[-120:]))
            and block.text.endswith((":", "-"))
            or (resolving and (block.number is not None or block.kind == "bullet" or block.text == "That:"))
        )
        part, polarity = ("decision", "neutral") if resolving else _part(headings, block)
        if kinds.kind(facts.kind).letter:
            frame = "team" if sections.SIGNED.match(block.text) else "" if block.text.startswith("Dear ") else frame
            if frame == "team":  # whoever signs stands under no heading of the findings
                headings, part, polarity = (), frame, "neutral"
            part = part or frame
        context = _context(facts, headings, part, block)

        def fits(text: str, context: str = context) -> bool:
            return count_tokens(f"{context}\n{text}") <= limit

        pieces = _pieces(block, fits)
        too_long += sum(not piece.fits for piece in pieces)
        parted = block.kind == "row" and BORDER in block.text and len(pieces) > 1
        lead_in = _row_label(block) if parted else block.lead_in
        committed = commitments.of(block, part, facts)
        for piece in pieces:
            text = piece.text
            key = hashlib.sha256(
                f"{facts.document}\x00{block.number}\x00{' > '.join(headings)}\x00{text}".encode()
            ).hexdigest()[:16]
            seen[key] = seen.get(key, 0) + 1
            passages.append(
                Passage(
                    id=key if seen[key] == 1 else f"{key}-{seen[key]}",
                    document=facts.document,
                    ordinal=len(passages),
                    text=text,
                    spans=piece.spans,
                    pages=tuple(dict.fromkeys(n for s in piece.spans if (n := pages[s.page].number) is not None)),
                    kind=block.kind,
                    headings=headings,
                    sentences=piece.sentences,
                    context=context,
                    lead_in=lead_in,
                    number=block.number,
                    polarity=polarity,
                    speaker=speakers.speaker(facts.kind, text, part),
                    part=part,
                    block=number,
                    group=block.group,
                    commitments=commitments.within(committed, piece.start, len(text)),
                )
            )
            if block.kind == "row" and len(pieces) > 1:
                lead_in = lead_in or _opening(text)
    return Pieces(tuple(passages), too_long)


def _path(block: Block, titles: set[str]) -> tuple[str, ...]:
    """The headings above a block without the document's own title."""
    return tuple(h for h in block.headings if not any(_is_title(h, title) for title in titles))


def _is_title(heading: str, title: str) -> bool:
    plain = re.sub(r"\W+", " ", heading).lower().strip()
    title = re.sub(r"\W+", " ", title).lower().strip()
    return plain == title or plain.startswith("area send inspection of") or plain.endswith(title) and len(title) > 10


def _part(headings: tuple[str, ...], block: Block) -> tuple[str, str]:
    """Part and polarity: by the words that open the list, else by the innermost heading that is known."""
    opening = block.lead_in or block.text[:80]
    if sections.RESOLVES.search(opening):
        return "decision", "neutral"
    if block.lead_in and sections.RECOMMENDS.search(block.lead_in):
        return "recommendations", "neutral"
    for heading in reversed(headings):
        if found := sections.known(heading):
            return found.section, found.polarity
    return "", "neutral"


def _context(facts: DocumentFacts, headings: tuple[str, ...], part: str, block: Block) -> str:
    """Our own line about where the passage stands: area, kind, year, section, the words that open its list."""
    year = (facts.date or "")[:4]
    named = [_shown(h) for h in headings]
    where = " ".join(filter(None, [" and ".join(facts.areas), kinds.kind(facts.kind).shown, year]))
    title = facts.title if kinds.kind(facts.kind).titled else ""
    parts = [where, title, *[n for n in named if n]]
    if block.lead_in and block.lead_in not in block.text:
        parts.append(block.lead_in)
    return ". ".join(collapse(p).rstrip(".:") for p in parts if p)


def _shown(heading: str) -> str:
    """A heading as a line of context gives it: by its section's name where that has one."""
    found = sections.known(heading)
    name = sections.shown(found.section) if found else None
    return heading if name is None else name


def _opening(text: str) -> str:
    """The sentence of a row that opens its points; empty where it has none."""
    return next((text[a:b] for a, b in sentences.split(text) if text[a:b].endswith(":")), "")


def _pieces(block: Block, fits: Callable[[str], bool]) -> list[_Piece]:
    """The block in as few and as equal parts of whole sentences as are short enough and fit the model."""
    bounds = _bounds(block)
    if not bounds:
        return []
    words = [max(len(block.text[a:b].split()), (b - a) // sentences.RUN) for a, b in bounds]
    parts = max(1, -(-sum(words) // (ROW_WORDS if block.kind == "row" else MAX_WORDS)))
    while True:
        pieces = [_piece(block, bounds[i:j], fits) for i, j in _balanced(words, parts)]
        if all(piece.fits or len(piece.sentences) == 1 for piece in pieces):
            return pieces
        parts += 1 + parts // 20  # one sentence too long among a thousand short ones must not take for ever


def _bounds(block: Block) -> list[tuple[int, int]]:
    """The sentences of a block without the glyphs before them; a sentence too long to be quoted in parts."""
    whole = [(0, len(block.text))] if _is_short_row(block) else sentences.split(block.text, block.breaks)
    bounds: list[tuple[int, int]] = []
    for begin, end in whole:
        glyph = GLYPH.match(block.text[begin:end])
        bounds += sentences.shortened(block.text, begin + (glyph.end() if glyph else 0), end)
    return bounds


def _is_short_row(block: Block) -> bool:
    """Whether a row is quoted whole: a cell without the label and the heads of its row says little."""
    return block.kind == "row" and BORDER in block.text and not block.breaks and len(block.text.split()) <= SHORT_ROW


def _row_label(block: Block) -> str:
    """What goes with each part of a row that has to be cut: its heads, and its short cells (label, owner, date)."""
    short = [cell for cell in block.text.split(BORDER) if 0 < len(cell.split()) <= LABEL_WORDS]
    return ": ".join(filter(None, (block.lead_in, BORDER.join(short[:MOST_LABELS]))))


def _piece(block: Block, bounds: list[tuple[int, int]], fits: Callable[[str], bool]) -> _Piece:
    start, end = bounds[0][0], bounds[-1][1]
    text = block.text[start:end]
    spans = slices(block.spans, start, end)
    return _Piece(start, spans, text, tuple((a - start, b - start) for a, b in bounds), fits(text))


def _balanced(words: list[int], parts: int) -> list[tuple[int, int]]:
    """Sentence ranges of about equal length in words, at most `parts` of them."""
    groups: list[tuple[int, int]] = []
    left, start, sum_ = sum(words), 0, 0
    for index, count in enumerate(words):
        if index > start and len(groups) < parts - 1 and sum_ + count / 2 > left / (parts - len(groups)):
            groups.append((start, index))
            start, left, sum_ = index, left - sum_, 0
        sum_ += count
    groups.append((start, len(words)))
    return groups
