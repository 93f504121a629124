"""Short items put back together: points of a list that is read as one, fields of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.collect import OPENS_LIST
from ingest.records import Block, collapse

MERGED_WORDS = 110  # a list this short is read as one
FIELDS_WORDS = 90  # fields are put together up to here
ROW_WORDS = 12  # a row of a table with a header that is longer stands alone
FIELD_WORDS = 40
LABEL = re.compile(r"^[A-Z][^.:|?!]{1,40}(:| \|)\s")
SENTENCE = re.compile(r"[.!?][\"'”’)]*$")


def with_short_lists(found: list[Block]) -> list[Block]:
    """Blocks with short unnumbered nested points put back into the item that opens them."""
    merged: list[Block] = []
    index = 0
    while index < len(found):
        block = found[index]
        end = index + 1
        if block.kind in ("bullet", "paragraph") and OPENS_LIST.search(block.text):
            while end < len(found) and _is_point_of(block, found[end]):
                end += 1
        points = found[index + 1 : end]
        words = sum(len(b.text.split()) for b in [block, *points])
        if points and words <= MERGED_WORDS and all(len(p.text.split()) <= 30 for p in points):
            merged.append(
                replace(
                    block,
                    spans=(*block.spans, *(span for p in points for span in p.spans)),
                    text=collapse(" ".join([block.text, *(p.text for p in points)])),
                )
            )
            index = end
        else:
            merged.append(block)
            index += 1
    return merged


def _is_point_of(opener: Block, block: Block) -> bool:
    """Whether `block` is an unnumbered point of the list that `opener` opens."""
    return (
        block.kind == "bullet"
        and block.number is None
        and block.headings == opener.headings
        and (block.level > opener.level if opener.kind == "bullet" else True)
        and bool(block.lead_in)
        and opener.text.endswith(block.lead_in)
    )


def with_fields(found: Sequence[Block], media: str) -> tuple[Block, ...]:
    """Blocks with short rows and "Telephone: ..." lines that follow one another put together, so that they read.

    Not in a PDF, whose formal tables have rows that stand for themselves.
    """
    if media == "pdf":
        return tuple(_rows_for_lone_headers(found))
    merged: list[Block] = []
    for block in _rows_for_lone_headers(found):
        last = merged[-1] if merged else None
        if last is not None and _belongs(last, block):
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
    for block, following in zip(found, [*found[1:], None], strict=True):
        lone = block.kind == "header" and (following is None or following.kind not in ("row", "header"))
        yield replace(block, kind="row") if lone else block


def _belongs(fields: Block, block: Block) -> bool:
    """Whether a block goes on with the fields before it."""
    alike = fields.kind == block.kind and fields.headings == block.headings and fields.lead_in == block.lead_in
    last = fields.text[fields.breaks[-1] if fields.breaks else 0 :]
    room = len(fields.text.split()) + len(block.text.split()) <= FIELDS_WORDS
    return alike and room and _is_field(block.kind, last, block) and _is_field(block.kind, block.text, block)


def _is_field(kind: str, text: str, block: Block) -> bool:
    words = len(text.split())
    if kind == "row":
        return words <= ROW_WORDS if block.lead_in else words <= FIELD_WORDS and bool(LABEL.match(text))
    plain = kind == "paragraph" and block.number is None
    return plain and words <= ROW_WORDS and bool(LABEL.match(text)) and not SENTENCE.search(text)
