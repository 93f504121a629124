"""The nouns of ingest: spans and the letters behind them."""

from __future__ import annotations

from itertools import combinations

from ingest.records import Span, slices

PAGES = ("Head. Plans were late.", "Waits grew. Foot")
SPANS = (Span(0, 6, 22), Span(1, 0, 11))
TEXT = "Plans were late. Waits grew."
BETWEEN = 16  # the blank between the spans stands on no page


def test_slices_are_the_same_letters_on_the_pages() -> None:
    for start, end in combinations(range(len(TEXT) + 1), 2):
        found = "".join(PAGES[s.page][s.start : s.end] for s in slices(SPANS, start, end))
        assert found == "".join(sign for n, sign in enumerate(TEXT[start:end], start) if n != BETWEEN)
        assert all(s.start < s.end for s in slices(SPANS, start, end))
