"""Words of a PDF that a line goes through: drawn as a rule, or laid over the page as a note of a reviewer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ingest.parsers.pdf.glyphs import Glyph
from ingest.parsers.pdf.paint import Box

_LOW, _HIGH = 0.12, 0.5  # of the size above the baseline: a line there goes through the letters
_COVERED = 0.6  # share of the line that runs through ink; a line of a chart only meets some words
_MOST_NOTES = 5_000


def without_struck(glyphs: Sequence[Glyph], rules: Sequence[Box]) -> list[Glyph]:
    """The signs that no line goes through."""
    rows: dict[int, list[int]] = defaultdict(list)
    for place, glyph in enumerate(glyphs):
        rows[round(glyph.y)].append(place)
    struck: set[int] = set()
    for left, bottom, right, top in rules:
        if right - left <= top - bottom:
            continue
        middle = (bottom + top) / 2
        near = [n for row in range(round(middle) - 20, round(middle) + 1) for n in rows.get(row, ())]
        met = [n for n in near if _meets(glyphs[n], left, right, middle)]
        if sum(glyphs[n].end - glyphs[n].x for n in met) >= _COVERED * (right - left):
            struck.update(met)
    return [glyph for place, glyph in enumerate(glyphs) if place not in struck]


def struck_out(page: Any) -> list[Box]:
    """The lines of a reviewer's strike-outs on a page of pypdf; none where they are damaged."""
    found: list[Box] = []
    try:
        for note in list(page.get("/Annots") or ())[:_MOST_NOTES]:
            own = note.get_object()
            corners = (
                [float(number) for number in own.get("/QuadPoints") or ()]
                if own.get("/Subtype") == "/StrikeOut"
                else []
            )
            for start in range(0, len(corners) - 7, 8):
                xs, ys = corners[start : start + 8 : 2], corners[start + 1 : start + 8 : 2]
                middle = min(ys) + 0.4 * (max(ys) - min(ys))
                found.append((min(xs), middle, max(xs), middle))
    except Exception:  # pypdf warns that broken files can raise anything
        return []
    return found


def _meets(glyph: Glyph, left: float, right: float, y: float) -> bool:
    inside = left - 0.5 <= (glyph.x + glyph.end) / 2 <= right + 0.5
    return inside and _LOW * glyph.size <= y - glyph.y <= _HIGH * glyph.size
