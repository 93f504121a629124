"""What a paper says must or will be done: who, what, by when, where it stands, each as it is written.

Rows of plans and trackers are read by the heads of their columns, inspectors' formal areas and recommendations by the
section they stand in, minutes sentence by sentence. How each is said is told in prompts/commitments.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import prompts
from ingest.facts import due, undertakings, written_out
from ingest.records import Block, Commitment, DocumentFacts

BORDER = re.compile(r" ?\| ?")
WORD = re.compile(r"[A-Za-z]{2,}")
NUMBER = re.compile(r"[A-Z]{0,4}[ ./-]?\d{0,3}[./-]?\d{1,3}[a-z]?\.?(?: \([A-Z]\))?|[a-z]\)?|[ivx]+\)?", re.IGNORECASE)
EACH = re.compile(r"(?:^|(?<=[.;?] ))(?=[A-Z][\w/&]{0,14}(?: & [A-Z]{2,3})? ?[-–:] \S)")
DOER = re.compile(r"(?P<who>[A-Z][\w/&]{0,14}(?: & [A-Z]{2,3})?) ?[-–:] (?P<what>\S.*)")
LEVEL = re.compile(r"(?:very )?(?:high|medium|low|urgent|critical|essential|desirable)\.?", re.IGNORECASE)
FORMAL = {"priority": "priority", "improvement": "improvement", "recommendations": "recommendation"}
RESOLVED = frozenset({"decision", "proposal"})


def of(block: Block, part: str, facts: DocumentFacts) -> tuple[Commitment, ...]:
    """The commitments of a block whose section is `part`; places are those in its text."""
    if block.kind == "row" and (heads := _heads(block.lead_in)):
        return tuple(_of_row(block, heads, _cells(block.text), part, facts))
    if part in ("priority", "improvement"):
        return tuple(_formal(block, part, facts)) if block.kind in ("row", "bullet", "paragraph") else ()
    if written := [own for fields in written_out.fields_of(block) for own in _of_fields(block, fields, part, facts)]:
        return tuple(written)
    if facts.kind == "minutes" and written_out.is_listed(block):
        return (_listed(block, facts),)
    listed = block.number is not None or block.kind == "bullet"
    if part == "recommendations" and listed and not block.text.endswith(":"):
        return (_whole(block, "recommendation", facts),)
    if part in RESOLVED:
        return tuple(undertakings.resolved(block, facts, listed))
    if _demanded(block, facts):
        return (_whole(block, "action", facts),)
    return tuple(undertakings.spoken(block, facts))


def within(found: Sequence[Commitment], start: int, length: int) -> tuple[Commitment, ...]:
    """Those that begin in the piece of `length` characters that begins at `start` of their block, by its places."""
    return tuple(
        replace(c, start=c.start - start, end=min(c.end - start, length))
        for c in found
        if start <= c.start < start + length
    )


def _heads(lead_in: str) -> list[str]:
    """The heads of the columns of a row; of two rows of heads the lower one. Empty where the table has none."""
    heads = BORDER.split(lead_in.rsplit(" / ", 1)[-1]) if "|" in lead_in else []
    return heads if len(heads) > 1 else []


def columns(heads: Sequence[str]) -> dict[str, int]:
    """Which column says what, by the heads: "what", "who", "due", "target", "status", "number", "theme"."""
    found: dict[str, int] = {}
    for name, signs in prompts.table("commitments")["columns"].items():
        for sign in signs:
            fits = [n for n, head in enumerate(heads) if n not in found.values() and re.search(sign, _head(head), re.I)]
            if fits and name not in found:
                found[name] = fits[0]
    return found


def _head(text: str) -> str:
    """A head without the sub-head of its rows that stands before it."""
    return text.rsplit(": ", 1)[-1].strip()


def _of_row(
    block: Block, heads: Sequence[str], cells: Sequence[tuple[int, str]], part: str, facts: DocumentFacts
) -> Iterator[Commitment]:
    """What a row says under its heads; `cells` begin at places of the block's text."""
    place = columns(heads)
    told = {"who", "due", "status", "target"} & set(place) or facts.kind == "minutes"
    if "what" not in place or not told or place["what"] >= len(cells) or len(cells) > len(heads):
        return
    start, what = cells[place["what"]]
    if not WORD.search(what):
        return
    values = {name: cells[at][1] for name, at in place.items() if at < len(cells)}
    number = values.get("number", "")
    recommended = "recommendation" in heads[place["what"]].lower()
    row = Commitment(
        "recommendation" if recommended else FORMAL.get(part, "action"),
        start,
        start + len(what),
        who=values.get("who", ""),
        due=values.get("due", "") or (values.get("target", "") if due.cell(values.get("target", ""), None) else ""),
        status=values.get("status", ""),
        number=number if NUMBER.fullmatch(number) else "",
        theme=_theme(heads[0], values.get("theme", "")) or written_out.theme_over(block.headings),
    )
    row = replace(row, by=due.cell(row.due, facts.date))
    yield from _each(row, what, facts) if not row.who else [row]


def _theme(first_head: str, cell: str) -> str:
    """What the row is about: the cell under such a head, else the sub-head of its rows."""
    about = cell if WORD.search(cell) and not LEVEL.fullmatch(cell) else ""
    return about or first_head.rpartition(": ")[0]


def _each(row: Commitment, what: str, facts: DocumentFacts) -> Iterator[Commitment]:
    """The actions of one cell, each with the person named before it ("KL - check the notes. JP - write")."""
    starts = [match.start() for match in EACH.finditer(what)] or [0]
    for begin, end in zip(starts, [*starts[1:], len(what)], strict=True):
        text = what[begin:end].strip()
        named = DOER.fullmatch(text)
        if starts == [0] and not named and len(text.split()) < 3:
            return  # "See below"
        words, by = due.said(text, facts.date)
        yield replace(
            row,
            start=row.start + begin,
            end=row.start + begin + len(text),
            who=named["who"] if named else "",
            due=row.due or words,
            by=row.by or by,
        )


def _cells(text: str) -> list[tuple[int, str]]:
    """The cells of a row, each with the place where it begins."""
    cells, at = [], 0
    for match in BORDER.finditer(text):
        cells.append((at, text[at : match.start()]))
        at = match.end()
    return [*cells, (at, text[at:])]


def _formal(block: Block, part: str, facts: DocumentFacts) -> Iterator[Commitment]:
    """An item of the inspectors' formal lists: the body stands beside it, else it is who "should" or "must"."""
    if undertakings.OBLIGED.search(block.text) and block.text[-1:] != ":":
        beside = part == "priority" and block.kind == "row" and not block.lead_in.endswith(":")
        item = _whole(block, part, facts)
        yield replace(item, who=(block.lead_in if beside else "") or undertakings.obliged(block.text))


def _of_fields(
    block: Block, fields: Sequence[tuple[str, int, str]], part: str, facts: DocumentFacts
) -> Iterator[Commitment]:
    """An action whose fields are written out one after another."""
    heads, cells = [name for name, _, _ in fields], [(start, value) for _, start, value in fields]
    yield from _of_row(block, heads, cells, part, facts)


def _listed(block: Block, facts: DocumentFacts) -> Commitment:
    """An item of a list of actions."""
    own = _whole(block, "action", facts)
    by = own.by or due.cell(block.text, facts.date)
    return replace(own, who=written_out.doer(block.text) or own.who, by=by, due=own.due or due.printed(block.text))


def _whole(block: Block, sort: str, facts: DocumentFacts) -> Commitment:
    words, by = due.said(block.text, facts.date)
    who = undertakings.obliged(block.text) or undertakings.obliged(f"{block.lead_in} ")
    return Commitment(
        sort,
        0,
        len(block.text),
        who=who,
        due=words,
        by=by,
        number=block.number or undertakings.printed_number(block.text),
    )


def _demanded(block: Block, facts: DocumentFacts) -> bool:
    """Whether a paper that demands does so here: in a sentence, or in the words that open the list."""
    rules = prompts.table("commitments")
    if facts.kind not in rules["kinds"]["demands"] or block.kind not in ("bullet", "paragraph"):
        return False
    return bool(re.search(rules["demands"]["opens"], block.lead_in, re.I)) or (
        not block.text.endswith(":") and bool(re.search(rules["demands"]["says"], block.text, re.I))
    )
