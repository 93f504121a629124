"""Quotes: chosen sentences of a passage, found again in the stored page text before they are given.

This is the only place where a Citation is made.
"""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.library import Library
from chatbot.records import Citation, Pick
from ingest.errors import QuoteError
from ingest.facts import doubt, speakers
from ingest.records import collapse, slices
from ingest.registry import kinds


def cite(pick: Pick, marker: int, library: Library) -> Citation:
    """The citation of a pick, its words read again from the stored page.

    Raises QuoteError where the page no longer holds them: the answer is then not given.
    """
    passage, quote = pick.hit.passage, pick.text
    about = library.by_name[passage.document].facts
    pages = library.pages_of(passage.document)
    spans = slices(passage.spans, *pick.bounds)
    found = collapse(" ".join(pages[s.page].text[s.start : s.end] for s in spans))
    if found != collapse(quote) or not found:
        raise QuoteError(f"A passage of {passage.document} is not on its page as stored: run `python -m ingest check`.")
    speaker = speakers.speaker(about.kind, quote, passage.part)
    if speaker == kinds.kind(about.kind).speaker and pick.first == 0:
        speaker = passage.speaker
    if doubt.commands(passage.text):
        speaker = "document"  # nobody who is named in a paper speaks to an assistant
    page = next((pages[s.page] for s in spans if pages[s.page].number is not None), None)
    return Citation(
        marker=marker,
        document=passage.document,
        title=about.title,
        kind=about.kind,
        area=", ".join(about.areas),
        date=about.date,
        date_basis=about.date_basis,
        speaker=speaker,
        page=page.number if page else None,
        paragraph=passage.number,
        section=passage.section,
        quote=found,
        verified=True,
        passage_id=passage.id,
        polarity=passage.polarity,
        lead_in=passage.lead_in,
        url=about.url,
        scanned=any(pages[s.page].number in about.scanned_pages for s in spans),
        page_label=page.label if page else None,
    )


def joined(picks: Sequence[Pick]) -> list[Pick]:
    """Picks with neighbours in one passage made one quote; order kept by first appearance."""
    kept: list[Pick] = []
    for pick in picks:
        for number, other in enumerate(kept):
            same = other.hit.passage.id == pick.hit.passage.id
            if same and pick.first <= other.last + 1 and pick.last >= other.first - 1:
                kept[number] = Pick(other.hit, min(other.first, pick.first), max(other.last, pick.last))
                break
        else:
            kept.append(pick)
    return kept
