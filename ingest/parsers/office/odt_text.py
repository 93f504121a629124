"""What of an OpenDocument paragraph a person sees: its words, the look of its styles, the labels of its lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields

from lxml.etree import _Element

from ingest.parsers.labels import letters, roman
from ingest.parsers.marks import raised
from ingest.parsers.text.text import PROMPTS, visible
from ingest.records import collapse

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": f"{_OASIS}office:1.0", "text": f"{_OASIS}text:1.0", "table": f"{_OASIS}table:1.0",
    "style": f"{_OASIS}style:1.0", "draw": f"{_OASIS}drawing:1.0", "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}  # fmt: skip
_MOST_BLANKS = 100
_MOST_PARENTS = 20


def qn(name: str) -> str:
    """A name with its prefix ("text:p") as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


_LEFT_OUT = frozenset(
    map(qn, ("office:annotation", "office:annotation-end", "text:note", "text:tracked-changes", "text:hidden-text",
             "text:hidden-paragraph", "draw:frame", "draw:custom-shape", "text:ruby-text", "office:forms"))
)  # fmt: skip
_SIGNS = {qn("text:tab"): " ", qn("text:line-break"): " "}


@dataclass(frozen=True, slots=True)
class Look:
    """What a style does to the words that have it; None where it leaves that to what is around."""

    bold: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    white: bool | None = None
    painted: bool | None = None  # something else than white stands behind


@dataclass
class Styles:
    """The styles of a document by name, those of the content before those of the template."""

    roots: Iterable[_Element]
    _elements: dict[str, _Element] = field(default_factory=dict)
    _known: dict[str, Look] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for root in self.roots:
            for style in root.iter(qn("style:style")):
                self._elements[style.get(qn("style:name")) or ""] = style

    def names(self, paragraph: _Element) -> set[str]:
        """The names of a paragraph's style and of those that it is based on."""
        own = paragraph.get(qn("text:style-name")) or ""
        return {own} | {style.get(qn("style:parent-style-name")) or "" for style in self._chain(own)}

    def look(self, name: str) -> Look:
        """The look of a style, what it is based on included."""
        if name not in self._known:
            found: dict[str, bool] = {}
            for style in self._chain(name):
                for key, value in _own(style).items():
                    found.setdefault(key, value)
            self._known[name] = Look(**found)
        return self._known[name]

    def _chain(self, name: str) -> Iterator[_Element]:
        for _ in range(_MOST_PARENTS):
            style = self._elements.get(name)
            if style is None:
                return
            yield style
            name = style.get(qn("style:parent-style-name")) or ""


def _own(style: _Element) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for around in style.iterchildren(qn("style:text-properties"), qn("style:paragraph-properties")):
        if behind := around.get(qn("fo:background-color")):
            found["painted"] = found.get("painted", False) or behind not in ("transparent", "#ffffff")
    properties = style.find(qn("style:text-properties"))
    if properties is None:
        return found
    if ink := properties.get(qn("fo:color")):
        found["white"] = ink == "#ffffff"
    if weight := properties.get(qn("fo:font-weight")):
        found["bold"] = weight in ("bold", "600", "700", "800", "900")
    if display := properties.get(qn("text:display")):
        found["hidden"] = display == "none"
    for key in ("style:text-line-through-style", "style:text-line-through-type"):
        if line := properties.get(qn(key)):
            found["struck"] = found.get("struck", False) or line != "none"
    if place := properties.get(qn("style:text-position")):
        lift = place.split()[0] if place.split() else ""
        found["raised"] = lift == "super" or lift.endswith("%") and not lift.startswith("-") and lift != "0%"
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a paragraph and whether all of it is bold."""

    text: str
    bold: bool


def words(paragraph: _Element, styles: Styles) -> Words:
    """The words that are seen: struck, hidden and deleted ones, comments and notes are left out."""
    text, bold = "", True
    # In tables and boxes white is left alone: their styles can paint what stands behind it.
    on_page = next(paragraph.iterancestors(qn("table:table-cell"), qn("draw:text-box")), None) is None
    for piece, look in _pieces(paragraph, styles, styles.look(paragraph.get(qn("text:style-name")) or "")):
        if look.hidden or look.struck or (look.white and not look.painted and on_page):
            continue
        text += raised(text, piece) if look.raised and piece.strip() else piece
        bold = bold and (bool(look.bold) or not piece.strip())
    return Words(collapse(PROMPTS.sub(" ", visible(text))), bold)


def _pieces(element: _Element, styles: Styles, look: Look) -> Iterator[tuple[str, Look]]:
    if element.text:
        yield collapse_inside(element.text), look
    for child in element:
        if child.tag == qn("text:s"):
            count = child.get(qn("text:c")) or "1"
            yield " " * min(int(count) if count.isdigit() else 1, _MOST_BLANKS), look
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag], look
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            yield from _pieces(child, styles, _over(look, styles.look(child.get(qn("text:style-name")) or "")))
        if child.tail:
            yield collapse_inside(child.tail), look


def collapse_inside(text: str) -> str:
    """Text with each run of white space as one blank, those at the ends too."""
    return f"{' ' * text[:1].isspace()}{collapse(text)}{' ' * (text[-1:].isspace() and bool(text.strip()))}"


def _over(look: Look, own: Look) -> Look:
    return Look(*(getattr(look if getattr(own, f.name) is None else own, f.name) for f in fields(Look)))


def boxes(paragraph: _Element) -> Iterator[_Element]:
    """The text boxes that hang on a paragraph, those inside others left to these."""
    for box in paragraph.iter(qn("draw:text-box")):
        if next(box.iterancestors(qn("text:p"), qn("text:h")), None) is paragraph:
            yield box


def belongs(paragraph: _Element, cell: _Element) -> bool:
    """Whether a paragraph stands in a cell itself, not in a table, comment or note inside it."""
    for parent in paragraph.iterancestors():
        if parent is cell:
            return True
        if parent.tag in _LEFT_OUT or parent.tag == qn("table:table"):
            return False
    return False


class ListStyles:
    """The labels of numbered lists by the name of their style."""

    def __init__(self, roots: Iterable[_Element]) -> None:
        self._levels: dict[tuple[str, int], _Element] = {}
        for root in roots:
            for style in root.iter(qn("text:list-style")):
                for level in style.iterchildren(qn("text:list-level-style-number")):
                    depth = level.get(qn("text:level")) or "1"
                    if depth.isdigit():
                        self._levels[style.get(qn("style:name")) or "", int(depth)] = level

    def first(self, style: str, level: int) -> int:
        """The number of the first item."""
        found = self._levels.get((style, level))
        start = (found.get(qn("text:start-value")) or "1") if found is not None else "1"
        return int(start) if start.isdigit() else 1

    def label(self, style: str, level: int, count: int) -> str:
        """The label of an item ("3.", "(a)"); empty for bullets."""
        found = self._levels.get((style, level))
        form = found.get(qn("style:num-format")) if found is not None else None
        if found is None or not form:
            return ""
        made = {"a": letters, "i": roman}.get(form.lower(), str)(count)
        made = made.upper() if form.isupper() else made
        return f"{found.get(qn('style:num-prefix')) or ''}{made}{found.get(qn('style:num-suffix')) or ''}"
