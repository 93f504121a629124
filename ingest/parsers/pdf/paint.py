"""What is painted on a page of a PDF besides its text: areas, pictures and the rules of tables."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_THIN = 2.5  # points: what is thinner is a rule, no area
_THICK = 6.0  # points: ...but for a line that is drawn with a thick pen, whose bounds are twice as wide
_LINE = 2  # segments of its path
_LONG = 8.0
_PAPER = 235
_INK = 40  # of 255: darker is black
_RECTANGLE = 6  # segments of a path at most
_GRID = 400  # segments of a path that may draw all the rules of a table; with more it is a chart or a map
_DEEPEST = 6  # forms inside forms
_MARK = (2.0, 7.0)  # points: how large the mark of a list is
_MOST_MARKS = 300  # of a page; a chart has more
_MOST_OBJECTS = 60_000
_MOST_BORDERS = 2_000
_MOST_COVERS = 500  # areas that could hide text; a page with more is a drawing, where nothing is concluded from them
Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class _Area:
    """A painted area; `order` is its place among all that the page draws."""

    box: Box
    order: int
    dark: bool
    hides: bool


@dataclass(slots=True)
class Paint:
    """Areas, pictures and rules of a page, and by their handles the order of its texts and where they begin."""

    page: Box = (0.0, 0.0, 1e6, 1e6)
    areas: list[_Area] = field(default_factory=list)
    covers: list[_Area] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)  # small shapes, as stand before the points of a list
    order: dict[int, int] = field(default_factory=dict)
    places: dict[int, tuple[float, float]] = field(default_factory=dict)

    def borders(self) -> list[Box]:
        """The upright rules; none where there are so many that they draw a map or a chart."""
        upright = [rule for rule in self.rules if rule[3] - rule[1] > rule[2] - rule[0]]
        return upright if len(upright) <= _MOST_BORDERS else []

    def on_page(self, x: float, y: float) -> bool:
        """Whether a place lies on the sheet."""
        return self.page[0] <= x <= self.page[2] and self.page[1] <= y <= self.page[3]

    def over(self, order: int) -> list[Box]:
        """Where something painted later hides what stands there."""
        return [area.box for area in self.covers if area.order > order]

    def dark_behind(self, x: float, y: float, order: int) -> bool:
        """Whether white ink would show there: the last thing painted before it is no paper."""
        behind = [area for area in self.areas if area.order < order and holds(area.box, x, y)]
        return max(behind, key=lambda area: area.order).dark if behind else False

    def pictured(self) -> float:
        """The share of the page that pictures cover; where they overlap, at most the whole."""
        left, bottom, right, top = self.page
        covered = sum(
            max(0.0, min(b[2], right) - max(b[0], left)) * max(0.0, min(b[3], top) - max(b[1], bottom))
            for b in self.pictures
        )
        return min(1.0, covered / max(1.0, (right - left) * (top - bottom)))


def paint_of(page: pdfium.PdfPage) -> Paint:
    """What a page paints, forms inside it included."""
    paint = Paint(page=tuple(page.get_cropbox()))
    for number, thing in enumerate(page.get_objects(max_depth=_DEEPEST)):
        if number > _MOST_OBJECTS:
            break
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            key = address(thing.raw)
            paint.order[key], paint.places[key] = number, _on_sheet(thing.container, [thing.get_matrix().get()[4:]])[0]
        elif thing.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            box = _box(thing)
            paint.pictures += [box] if thing.type == raw.FPDF_PAGEOBJ_IMAGE else []
            paint.areas.append(_Area(box, number, dark=True, hides=False))
        elif thing.type == raw.FPDF_PAGEOBJ_PATH:
            _add_path(paint, thing, number)
    hiding = [area for area in paint.areas if area.hides]
    paint.covers = hiding if len(hiding) <= _MOST_COVERS else []
    return paint


def address(handle: Any) -> int:
    """What tells one object of a page from the others."""
    return ctypes.addressof(handle.contents)


def colour_of(handle: ctypes.c_void_p) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity of what an object is filled with."""
    parts = [ctypes.c_uint(0) for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(handle, *parts)
    return (parts[0].value, parts[1].value, parts[2].value, parts[3].value) if known else (0, 0, 0, 255)


def _add_path(paint: Paint, thing: pdfium.PdfObject, number: int) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing.raw, fill, stroke)
    box = _box(thing)
    wide, high = box[2] - box[0], box[3] - box[1]
    if _MARK[0] <= min(wide, high) and max(wide, high) <= _MARK[1] and len(paint.marks) < _MOST_MARKS:
        paint.marks.append(box)
    segments = raw.FPDFPath_CountSegments(thing.raw)
    plain, thin = segments <= _RECTANGLE, _THICK if segments == _LINE and not fill.value else _THIN
    if stroke.value and not fill.value and _RECTANGLE < segments <= _GRID:
        paint.rules += _rules_of(thing, segments)
    if not (fill.value or stroke.value) or not plain:
        if fill.value:  # some shape: what is white on it shows, and it hides nothing
            paint.areas.append(_Area(box, number, dark=min(colour_of(thing.raw)[:3]) < _PAPER, hides=False))
        return
    if (wide <= thin and high >= _LONG) or (high <= thin and wide >= _LONG):
        paint.rules.append(box)
        return
    if stroke.value and wide > _LONG and high > _LONG:
        left, bottom, right, top = box
        paint.rules += [
            (left, bottom, right, bottom), (left, top, right, top),
            (left, bottom, left, top), (right, bottom, right, top),
        ]  # fmt: skip
    if fill.value:
        *colour, alpha = colour_of(thing.raw)
        extreme = min(colour) >= _PAPER or max(colour) <= _INK  # other colours may only mark the words under them
        paint.areas.append(_Area(box, number, min(colour) < _PAPER and alpha > 0, extreme and alpha == 255))


def _rules_of(thing: pdfium.PdfObject, segments: int) -> list[Box]:
    """The long lines of one path that run across or upright."""
    x, y, matrix = ctypes.c_float(), ctypes.c_float(), thing.get_matrix()
    found: list[Box] = []
    last = (0.0, 0.0)
    for number in range(segments):
        segment = raw.FPDFPath_GetPathSegment(thing.raw, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        place = _on_sheet(thing.container, [matrix.on_point(x.value, y.value)])[0]
        wide, high = (abs(a - b) for a, b in zip(last, place, strict=True))
        drawn = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO
        if drawn and min(wide, high) < 1 and max(wide, high) >= _LONG:
            found.append((*map(min, zip(last, place, strict=True)), *map(max, zip(last, place, strict=True))))  # type: ignore[arg-type]
        last = place
    return found


def _box(thing: pdfium.PdfObject) -> Box:
    """Where an object stands on the page; its own bounds count from the forms that hold it."""
    left, bottom, right, top = thing.get_bounds()
    corners = _on_sheet(thing.container, [(x, y) for x in (left, right) for y in (bottom, top)])
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _on_sheet(form: pdfium.PdfObject | None, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points of a form as points of the page."""
    while form is not None:
        matrix = form.get_matrix()
        points = [matrix.on_point(x, y) for x, y in points]
        form = form.container
    return points


def holds(box: Box, x: float, y: float) -> bool:
    """Whether a place lies in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
