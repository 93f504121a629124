"""Form fields of a PDF: their values are kept beside the page, often without being drawn on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.parsers.pdf.lines import Fragment, RawLine
from ingest.parsers.text.text import visible
from ingest.records import collapse

_MARK = "\N{BALLOT BOX WITH X}"
_TICKED = frozenset({"yes", "on", "true", "1", "x"})  # names of a tick that say nothing themselves
_DEEPEST = 8
_UNSEEN = 0b10 | 0b100000  # flags of an annotation: hidden, not shown
_PASSWORD = 1 << 13
_SIZE = 10.0
_NEAR = 40.0  # points from a box to the words behind it
_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Field:
    """A filled field and where it stands on its page."""

    value: str
    left: float
    bottom: float
    top: float


def fields_of(page: Any) -> list[Field]:
    """The filled and visible fields of a page of pypdf, from top to bottom; none where they are damaged."""
    try:
        found = [field for note in list(page.get("/Annots") or ())[:_MOST] for field in _field(note.get_object())]
    except Exception:  # pypdf warns that broken files can raise anything
        return []
    return sorted(found, key=lambda field: (-round(field.top), field.left))


def with_fields(lines: list[RawLine], fields: Sequence[Field]) -> list[RawLine]:
    """The lines with each field's value behind its label, a mark also before it, or under the line over it."""
    for field in fields:
        parts = [collapse(part) for part in visible(field.value).replace("\f", "\n").split("\n")]
        middle = (field.bottom + field.top) / 2
        values = [Fragment(part, field.left, field.left + len(part) * _SIZE / 2) for part in parts if part]
        beside = [(line, at) for line in lines if (at := _place(line, field)) is not None]
        if beside and len(values) == 1:
            label, at = max(beside, key=lambda found: found[0].fragments[found[1] - 1].end if found[1] else 0.0)
            label.fragments.insert(at, Fragment(f" {values[0].text} ", values[0].x, values[0].end))
            continue
        above = [n for n, line in enumerate(lines) if line.y is not None and line.text.strip() and line.y > middle]
        place = max(above, key=lambda n: (-(lines[n].y or 0.0), n)) + 1 if above else 0
        size = (lines[place - 1].size if place else None) or _SIZE
        lines[place:place] = [RawLine([value], middle - n * size, False, size) for n, value in enumerate(values)]
    return lines


def _place(line: RawLine, field: Field) -> int | None:
    """At which place of a line a field stands: behind words, and a mark also before them; None where it does not."""
    if line.y is None or not field.bottom - 2 < line.y < field.top:
        return None
    before = [n for n, f in enumerate(line.fragments, 1) if f.text.strip() and 0 < f.end <= field.left + 2]
    inside = any(f.x < field.left + 2 < f.end for f in line.fragments if f.text.strip())
    if before and not inside:
        return before[-1]
    near = line.x is not None and 0 <= line.x - field.left <= _NEAR
    return 0 if field.value.startswith(_MARK) and near else None


def _field(note: Any) -> Iterator[Field]:
    if note.get("/Subtype") != "/Widget" or int(note.get("/F", 0)) & _UNSEEN:
        return
    left, bottom, right, top = (float(side) for side in note["/Rect"])
    if value := _value(note):
        yield Field(value, min(left, right), min(bottom, top), max(bottom, top))


def _value(note: Any) -> str:
    """What a person sees in a field: its text or choice, a mark where it is ticked; empty where it is not filled."""
    kind, value = _inherited(note, "/FT"), _inherited(note, "/V")
    if kind == "/Btn":
        state = str(note.get("/AS") or value or "/Off").lstrip("/")
        if state == "Off" or int(_inherited(note, "/Ff") or 0) & 1 << 16:
            return ""
        return _MARK if state.lower() in _TICKED or state.isdigit() else f"{_MARK} {state}"
    if kind not in ("/Tx", "/Ch") or value is None or (kind == "/Tx" and int(_inherited(note, "/Ff") or 0) & _PASSWORD):
        return ""
    values = value if isinstance(value, list) else [value]
    shown = {str(o[0]): str(o[1]) for o in _inherited(note, "/Opt") or () if isinstance(o, list) and len(o) > 1}
    return ", ".join(shown.get(str(each), str(each)) for each in values)


def _inherited(note: Any, key: str) -> Any:
    """The value of a key, which a field may have from the field it is a part of."""
    for _ in range(_DEEPEST):
        if key in note:
            return note[key]
        if "/Parent" not in note:
            return None
        note = note["/Parent"].get_object()
    return None
