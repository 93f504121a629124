"""Signs of a PDF that are drawn a second time over themselves, to look bold."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parsers.pdf.glyphs import Glyph

_TWICE = 0.15  # of the size: the same sign as near as this was drawn twice
_FIELD = 9.0  # points: signs are looked for in fields of the page as wide and high as this


def once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The signs without those drawn a second time over themselves."""
    kept: list[Glyph] = []
    places: dict[tuple[str, float, float], list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.text and not _is_drawn(glyph, places):
            kept.append(glyph)
            places.setdefault((glyph.text, glyph.x // _FIELD, glyph.y // _FIELD), []).append(glyph)
    return kept


def _is_drawn(glyph: Glyph, places: dict[tuple[str, float, float], list[Glyph]]) -> bool:
    """Whether the same sign stands there already; `places` has the signs by fields of the page."""
    x, y, reach = glyph.x, glyph.y, min(_TWICE * glyph.size, _FIELD / 2)
    columns = {(x - reach) // _FIELD, (x + reach) // _FIELD}
    rows = {(y - reach) // _FIELD, (y + reach) // _FIELD}
    near = (other for c in columns for r in rows for other in places.get((glyph.text, c, r), ()))
    return any(abs(other.x - x) <= reach and abs(other.y - y) <= reach for other in near)
