"""What of a Word paragraph a person sees once all changes are accepted: its text, style and list place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from docx.oxml.ns import qn
from lxml.etree import _Element

from ingest.parsers.marks import raised

# Deleted or moved away, notes to the author, and the second rendering of the same drawing.
LEFT_OUT = frozenset(qn(tag) for tag in ("w:del", "w:moveFrom")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_UNSEEN = LEFT_OUT | {qn(tag) for tag in ("w:rPr", "w:pPr", "w:sdtPr", "w:drawing", "w:pict")}
_SIGNS = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_RUN, _TEXT, _PLACEHOLDER = qn("w:r"), qn("w:t"), qn("w:showingPlcHdr")
_LIFTED = 4  # half points
_TINY = 4  # half points
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says about the paragraphs that have it, inherited values included.

    `name` is in lower case; `outline` counts from 0, and 9 is running text.
    """

    name: str = ""
    outline: int | None = None
    number_id: str | None = None
    depth: int | None = None
    bold: bool = False
    hidden: bool = False
    struck: bool = False
    raised: bool = False
    shaded: bool = False


@dataclass
class Styles:
    """The styles of a document by id; a chain of base styles that bites its tail ends there."""

    root: _Element | None
    _known: dict[str, Style] = field(default_factory=dict)

    def get(self, style_id: str, seen: frozenset[str] = frozenset()) -> Style:
        """The style with that id, or an empty one."""
        if style_id in self._known:
            return self._known[style_id]
        element = self._element(style_id)
        if element is None or style_id in seen or len(seen) > 20:
            return Style()
        based = value(element.find(qn("w:basedOn")))
        base = self.get(based, seen | {style_id}) if based else Style()
        paragraph, run = element.find(qn("w:pPr")), element.find(qn("w:rPr"))
        number_id, depth = place_in_list(paragraph)
        name = (value(element.find(qn("w:name"))) or "").lower()
        outline = value(paragraph.find(qn("w:outlineLvl"))) if paragraph is not None else None
        self._known[style_id] = Style(
            name=name,
            outline=int(outline) if outline and outline.isdigit() else _outline_of(name, base),
            number_id=number_id if number_id is not None else base.number_id,
            depth=depth if depth is not None else base.depth,
            bold=switch(run, "w:b", base.bold),
            hidden=switch(run, "w:vanish", base.hidden),
            struck=_struck(run, base.struck),
            raised=_raised(run, base.raised),
            shaded=base.shaded or next(element.iter(qn("w:shd")), None) is not None,
        )
        return self._known[style_id]

    def _element(self, style_id: str) -> _Element | None:
        styles = self.root.findall(qn("w:style")) if self.root is not None else []
        return next((style for style in styles if style.get(qn("w:styleId")) == style_id), None)


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a paragraph and whether all of it is bold."""

    text: str
    bold: bool


def words(paragraph: _Element, styles: Styles) -> Words:
    """The visible text of a paragraph: inserted words in, deleted, struck and hidden ones out.

    The mark of a note, raised behind a word or figure, is left out: it would make another figure of it.
    """
    style = styles.get(style_id(paragraph))
    whole, bold = "", True
    pieces = (
        (above, "".join(text for text, _, _ in group), group) for above, group in _pieces(paragraph, style, styles)
    )
    for above, text, group in pieces:
        whole += raised(whole, text) if above and text.strip() else text
        bold = bold and all(strong for part, strong, _ in group if part.strip())
    return Words(whole, bold and bool(whole.strip()))


def _pieces(paragraph: _Element, style: Style, styles: Styles) -> Iterator[tuple[bool, list[tuple[str, bool, bool]]]]:
    """The seen runs as (text, bold, raised), neighbours that stand equally high together."""
    seen: list[tuple[str, bool, bool]] = []
    for run in _runs(paragraph):
        properties = run.find(qn("w:rPr"))
        character = styles.get(value(properties.find(qn("w:rStyle"))) or "") if properties is not None else Style()
        hidden = switch(properties, "w:vanish", character.hidden or style.hidden)
        if hidden or _struck(properties, character.struck or style.struck) or _inkless(run, style.shaded):
            continue
        strong = switch(properties, "w:b", character.bold or style.bold)
        seen.append(("".join(_run_text(run)), strong, _raised(properties, character.raised or style.raised)))
    return ((above, list(group)) for above, group in groupby(seen, key=lambda piece: piece[2]))


def _struck(properties: _Element | None, inherited: bool) -> bool:
    return switch(properties, "w:strike", inherited) or switch(properties, "w:dstrike", False)


def _raised(properties: _Element | None, inherited: bool) -> bool:
    """Whether a run is superscript, or lifted by some points."""
    align = properties.find(qn("w:vertAlign")) if properties is not None else None
    lift = value(properties.find(qn("w:position"))) if properties is not None else None
    lifted = bool(lift and lift.isdigit() and int(lift) >= _LIFTED)
    return lifted or (inherited if align is None else value(align) == "superscript")


def _inkless(run: _Element, shaded: bool) -> bool:
    """Whether nobody can see a run: white on a page that nothing paints there, or a point high.

    In tables and boxes white is left alone: their styles can paint what stands behind it.
    """
    properties = run.find(qn("w:rPr"))
    if properties is None:
        return False
    size, colour = value(properties.find(qn("w:sz"))), value(properties.find(qn("w:color")))
    if size and size.isdigit() and int(size) <= _TINY:
        return True
    if (colour or "").upper() != "FFFFFF" or shaded:
        return False
    around = [properties, *(parent.find(qn("w:pPr")) for parent in run.iterancestors(qn("w:p")))]
    painted = any(
        one is not None and any(one.find(qn(tag)) is not None for tag in ("w:shd", "w:highlight")) for one in around
    )
    return not painted and next(run.iterancestors(qn("w:tc"), qn("w:txbxContent")), None) is None


def boxes(paragraph: _Element) -> list[_Element]:
    """The text boxes anchored in a paragraph, each once."""
    found = paragraph.iter(qn("w:txbxContent"))
    return [
        box
        for box in found
        if not any(parent.tag in LEFT_OUT for parent in box.iterancestors())
        and next(box.iterancestors(qn("w:p"))) is paragraph
    ]


def _outline_of(name: str, base: Style) -> int | None:
    """The outline level that the name of a built-in style stands for, else the inherited one."""
    if named := re.fullmatch(r"heading (\d)", name):
        return int(named[1]) - 1
    return {"title": 0, "subtitle": 1}.get(name, base.outline)


def deleted(element: _Element, properties: str) -> bool:
    """Whether a tracked change deletes a whole table row (w:trPr) or a paragraph's end (w:pPr/w:rPr)."""
    found = element.find("/".join(qn(tag) for tag in properties.split("/")))
    return found is not None and found.find(qn("w:del")) is not None


def style_id(paragraph: _Element) -> str:
    """The id of a paragraph's style; empty where it has the default one."""
    return value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) or ""


def place_in_list(properties: _Element | None) -> tuple[str | None, int | None]:
    """Number id and level of w:numPr; None for what it does not say."""
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    if numbering is None:
        return None, None
    depth = value(numbering.find(qn("w:ilvl")))
    return value(numbering.find(qn("w:numId"))), int(depth) if depth and depth.isdigit() else None


def value(element: _Element | None) -> str | None:
    """The w:val of an element that may be missing."""
    return element.get(qn("w:val")) if element is not None else None


def switch(properties: _Element | None, tag: str, inherited: bool) -> bool:
    """An on/off property, inherited where the run or style does not set it."""
    found = properties.find(qn(tag)) if properties is not None else None
    return inherited if found is None else found.get(qn("w:val"), "true") not in _OFF


def is_placeholder(control: _Element) -> bool:
    """Whether a content control shows its prompt because nobody filled it in."""
    properties = control.find(qn("w:sdtPr"))
    found = properties.find(_PLACEHOLDER) if properties is not None else None
    return found is not None and found.get(qn("w:val"), "true") not in _OFF


def _runs(element: _Element) -> Iterator[_Element]:
    for child in element:
        if child.tag == _RUN:
            yield child
        elif child.tag not in _UNSEEN and not (child.tag == qn("w:sdt") and is_placeholder(child)):
            yield from _runs(child)


def _run_text(run: _Element) -> Iterator[str]:
    for child in run:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif (box := child.find(f"{qn('w:ffData')}/{qn('w:checkBox')}")) is not None:
            yield "\u2612" if switch(box, "w:checked", switch(box, "w:default", False)) else "\u2610"
        elif (chosen := child.find(f"{qn('w:ffData')}/{qn('w:ddList')}")) is not None:
            choices = [value(entry) or "" for entry in chosen.iterchildren(qn("w:listEntry"))]
            place = value(chosen.find(qn("w:result"))) or "0"
            yield from choices[int(place) :][:1] if place.isdigit() else []
