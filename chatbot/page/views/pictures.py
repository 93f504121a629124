"""Pictures of papers: when they are from, and where in one the passages found stand. Each has a table behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from chatbot import wording
from chatbot.page.views.markup import Html
from chatbot.page.views.templates import render
from chatbot.records import About
from ingest.records import Passage
from ingest.registry import kinds

FEWEST, MOST = 3, 120  # dated papers that make a picture
WIDTH, LEFT, RIGHT, ROW = 940, 210, 20, 34  # pixels: in all, for names, at the end, a row
YEAR = 48  # pixels a year has at least; with many years the picture grows wider and scrolls
FEWEST_PAGES = 2


def timeline(papers: Sequence[About]) -> Html | None:
    """The dates of papers, a row a kind; None where they are too few or too many for a picture to help."""
    dated = sorted((p for p in papers if p.facts.date), key=lambda p: p.facts.date or "")
    if not FEWEST <= len(dated) <= MOST:
        return None
    years = range(int((dated[0].facts.date or "")[:4]), int((dated[-1].facts.date or "")[:4]) + 2)
    rows = [kind for kind in kinds.kinds() if any(p.facts.kind == kind for p in dated)]
    step = max(YEAR, (WIDTH - LEFT - RIGHT) // (len(years) - 1))
    dots = [(LEFT + step * (_when(p.facts.date or "") - years[0]), ROW * rows.index(p.facts.kind)) for p in dated]
    return render(
        "timeline",
        width=LEFT + step * (len(years) - 1) + RIGHT,
        height=ROW * len(rows) + ROW,
        years=[(year, LEFT + step * n) for n, year in enumerate(years)],
        rows=[(kinds.called(kind).capitalize(), ROW * n) for n, kind in enumerate(rows)],
        dots=[(round(x, 1), y) for x, y in dots],
        left=LEFT,
        row=ROW,
        table=[(wording.date(p.facts.date), p.facts.title, kinds.called(p.facts.kind)) for p in dated],
        first=years[0],
        last=years[-1] - 1,
    )


def _when(iso: str) -> float:
    """A date as a year and its part; the middle of what is not known."""
    parts = [int(part) for part in iso.split("-")]
    month = parts[1] - 1 + (parts[2] / 31 if len(parts) > 2 else 0.5) if len(parts) > 1 else 6
    return parts[0] + month / 12


def strip(found: Sequence[Passage], pages: int) -> Html | None:
    """How many of the passages found stand on each page of a paper; None where there are no pages to tell apart."""
    counts = Counter(passage.page for passage in found if passage.page)
    if not counts or pages < FEWEST_PAGES:
        return None
    most = max(counts.values())
    bars = [(number, counts[number], round(60 * counts[number] / most)) for number in range(1, pages + 1)]
    return render("strip", bars=bars, pages=pages, on=len(counts))
