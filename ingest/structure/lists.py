"""Short items put back together: points of a list that is read as one, fields of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.records import Block, Page, Span, collapse
from ingest.registry import sections
from ingest.structure.collect import OPENS_LIST

MERGED_WORDS = 110  # a list this short is read as one...
POINT_WORDS = 30  # ...where each of its points is as short as this
FIELDS_WORDS = 90  # fields are put together up to here
ROW_WORDS = 12
FIELD_WORDS = 40
PRINTED_GLYPH = re.compile(r"(?:^|\n)([^\w\s(‘“\"'£]|[o§])\s+$")
LABEL = re.compile(r"^[A-Z][^.:|?!]{1,40}:\s")
SENTENCE = re.compile(r"[.!?][\"'”’)]*$")


def with_short_lists(found: list[Block], pages: Sequence[Page]) -> list[Block]:
    """Blocks with short unnumbered lists put back, whole, into the words that open them.

    The points keep the glyphs printed before them: the text stays what stands on the page, sign for sign.
    """
    merged: list[Block] = []
    index = 0
    while index < len(found):
        block = found[index]
        points = _points(found, index)
        words = sum(len(b.text.split()) for b in [block, *points])
        if points and words <= MERGED_WORDS and all(len(p.text.split()) <= POINT_WORDS for p in points):
            spans = (*block.spans, *(span for p in points for span in _with_glyph(p.spans, pages)))
            text = collapse(" ".join(pages[s.page].text[s.start : s.end] for s in spans))
            block = replace(block, spans=spans, text=text)
            index += len(points)
        merged.append(block)
        index += 1
    return merged


def _with_glyph(spans: tuple[Span, ...], pages: Sequence[Page]) -> tuple[Span, ...]:
    """The spans of a point, the first begun where its glyph stands."""
    first = spans[0]
    glyph = PRINTED_GLYPH.search(pages[first.page].text[: first.start])
    return (replace(first, start=glyph.start(1)), *spans[1:]) if glyph else spans


def _points(found: list[Block], index: int) -> list[Block]:
    """The unnumbered points of the list that the block at `index` opens; none where it opens no such list."""
    opener, points = found[index], []
    if opener.kind not in ("bullet", "paragraph") or not OPENS_LIST.search(opener.text):
        return []
    for block in found[index + 1 :]:
        inside = block.level > opener.level if opener.kind == "bullet" else True
        if block.kind != "bullet" or not inside or block.headings != opener.headings:
            break
        points.append(block)
    opened = bool(points and points[0].lead_in and opener.text.endswith(points[0].lead_in))
    return points if opened and all(point.number is None for point in points) else []


def with_fields(found: Sequence[Block], media: str) -> tuple[Block, ...]:
    """Blocks with the fields of a form ("Telephone: ...") that follow one another put together, so that they read.

    A row of several cells stands for itself, and so do the rows of a PDF's formal tables.
    """
    if media == "pdf":
        return tuple(_rows_for_lone_headers(found))
    merged: list[Block] = []
    signed = False
    for block in _rows_for_lone_headers(found):
        last = merged[-1] if merged else None
        signed = signed or bool(sections.SIGNED.match(block.text))  # a name stands over its office there
        names = signed and last is not None and last.kind == block.kind == "row" and _have_room(last, block)
        if last is not None and (names or _belongs(last, block)):
            merged[-1] = replace(
                last,
                spans=(*last.spans, *block.spans),
                text=f"{last.text} {block.text}",
                breaks=(*last.breaks, len(last.text) + 1),
            )
        else:
            merged.append(block)
    return tuple(merged)


def _rows_for_lone_headers(found: Sequence[Block]) -> Iterator[Block]:
    """Header cells that no row follows are the only row of their table."""
    for block, following in zip(found, [*found[1:], None], strict=False):
        lone = block.kind == "header" and (following is None or following.kind not in ("row", "header"))
        yield replace(block, kind="row") if lone else block


def _belongs(fields: Block, block: Block) -> bool:
    """Whether a block goes on with the fields before it."""
    alike = fields.kind == block.kind and fields.headings == block.headings and fields.lead_in == block.lead_in
    last = fields.text[fields.breaks[-1] if fields.breaks else 0 :]
    room = _have_room(fields, block)
    return alike and room and _is_field(block.kind, last, block) and _is_field(block.kind, block.text, block)


def _have_room(fields: Block, block: Block) -> bool:
    return len(fields.text.split()) + len(block.text.split()) <= FIELDS_WORDS


def _is_field(kind: str, text: str, block: Block) -> bool:
    words = len(text.split())
    if kind == "row":
        return not block.lead_in and words <= FIELD_WORDS and " | " not in text and bool(LABEL.match(text))
    plain = kind == "paragraph" and block.number is None
    return plain and words <= ROW_WORDS and bool(LABEL.match(text)) and not SENTENCE.search(text)
