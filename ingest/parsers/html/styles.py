"""What the style sheet inside a page, and the style of its elements, say about being seen and struck through.

Only what can be known without a browser is used: selectors of tags, classes and ids, and rules for the screen. A page
that links to other style sheets may be painted differently, so there nothing is concluded from colours alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml.html import HtmlElement

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BLOCK = re.compile(r"(?<![^{}])([^{}]*+)\{((?:[^{}]++|\{[^{}]*+\})*+)\}")
_MEDIA = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*$", re.IGNORECASE)
_COMPOUND = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)$", re.IGNORECASE)
_NEEDED = frozenset(
    "display visibility color background background-color background-image opacity font-size text-decoration "
    "text-decoration-line vertical-align position left top text-indent mso-hide height max-height overflow clip "
    "clip-path".split()
)
_MOST = 400_000  # characters of style sheets that are read
_FAR = 900.0  # pixels: whatever is moved this far stands on no screen
_LENGTH = re.compile(r"(-?[\d.]{1,8})(px|pt|em|rem)?$")
_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "transparent": None, "snow": (255, 250, 250)}
_ALIKE = 24  # steps of 255 between ink and paper that no eye tells apart


@dataclass(frozen=True, slots=True)
class _Compound:
    """One part of a selector; `child` says that it stands directly inside the part before it."""

    tag: str
    ids: frozenset[str]
    classes: frozenset[str]
    child: bool

    def matches(self, element: HtmlElement) -> bool:
        return (
            self.tag in ("", element.tag)
            and self.ids <= {element.get("id", "")}
            and self.classes <= set(element.get("class", "").split())
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    weight: tuple[int, int, int, int]
    parts: tuple[_Compound, ...]
    values: dict[str, str]

    def matches(self, element: HtmlElement) -> bool:
        return self.parts[-1].matches(element) and self._above(element, len(self.parts) - 1)

    def _above(self, element: HtmlElement, place: int) -> bool:
        """Whether the parts before `place` match what `element` stands in."""
        if place == 0:
            return True
        above = [element.getparent()] if self.parts[place].child else element.iterancestors()
        return any(e is not None and self.parts[place - 1].matches(e) and self._above(e, place - 1) for e in above)


class Styles:
    """The declarations that hold for an element of one page."""

    def __init__(self, page: HtmlElement) -> None:
        """Read the style sheets; must be made before they are dropped from the page."""
        sheets = [s.text or "" for s in page.iter("style") if s.get("media", "all").lower() in ("all", "screen", "")]
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        for rule in _rules(_COMMENT.sub(" ", "\n".join(sheets)[:_MOST])):
            last = rule.parts[-1]
            self._rules[next(iter(last.ids | last.classes), last.tag)].append(rule)
        self._linked = bool(page.xpath("//link[contains(@rel, 'stylesheet')]"))

    def of(self, element: HtmlElement) -> dict[str, str]:
        """What is declared for the element itself, the later and more particular rule over the others."""
        names = (str(element.tag), element.get("id", ""), *element.get("class", "").split())
        found = [rule for name in dict.fromkeys(names) for rule in self._rules.get(name, ()) if rule.matches(element)]
        values: dict[str, str] = {}
        for rule in sorted(found, key=lambda rule: rule.weight):
            values |= rule.values
        values |= _declared(element.get("style", ""))
        if element.tag == "font" and element.get("color"):
            values["color"] = element.get("color", "").lower()
        if element.get("bgcolor"):
            values["background-color"] = element.get("bgcolor", "").lower()
        return values

    def unseen(self, element: HtmlElement) -> bool:
        """Whether the page itself hides the element, or paints it in the colour of its paper."""
        own = self.of(element)
        if own.get("display") == "none" or own.get("visibility") in ("hidden", "collapse"):
            return True
        size, indent = _length(own.get("font-size")), _length(own.get("text-indent"))
        away = own.get("position") in ("absolute", "fixed") and any(
            (_length(own.get(side)) or 0.0) <= -_FAR for side in ("left", "top")
        )
        small = size is not None and size <= 1.0
        faint = _length(own.get("opacity")) == 0.0 or own.get("mso-hide") == "all"
        shut = own.get("overflow") == "hidden" and 0.0 in (_length(own.get("height")), _length(own.get("max-height")))
        cut = bool(_CUT.fullmatch(own.get("clip", "") or own.get("clip-path", "")))
        return small or faint or shut or cut or away or (indent or 0.0) <= -_FAR or self._inkless(element, own)

    def struck(self, element: HtmlElement) -> bool:
        """Whether a line goes through the element's text."""
        own = self.of(element)
        return "line-through" in own.get("text-decoration", "") + own.get("text-decoration-line", "")

    def raised(self, element: HtmlElement) -> bool:
        """Whether the element stands above the line."""
        return self.of(element).get("vertical-align") in ("super", "text-top")

    def _inkless(self, element: HtmlElement, own: dict[str, str]) -> bool:
        if "color" not in own or any("color" in self.of(inner) for inner in element.iterdescendants("*")):
            return False
        ink = _colour(own["color"])
        if ink is None:
            return own["color"] == "transparent" or bool(re.match(r"rgba\(.*, *0(?:\.0+)? *\)", own["color"]))
        for around in (element, *element.iterancestors()):
            painted = self.of(around)
            paper = painted.get("background-color") or painted.get("background")
            if "background-image" in painted or (paper and ("url(" in paper or "gradient" in paper)):
                return False
            if paper and (known := _colour(paper)) is not None:
                return _near(ink, known)
            if paper and paper not in ("transparent", "none", "inherit", "initial"):
                return False
        return not self._linked and _near(ink, (255, 255, 255))


_CUT = re.compile(r"rect\((?:[01](?:px)?[, ]*){4}\)|inset\((?:50|100)%.*\)")  # nothing of it is left to see


def _rules(sheet: str) -> list[_Rule]:
    found: list[_Rule] = []
    for prelude, body in _BLOCK.findall(sheet):
        prelude = prelude.rpartition(";")[2].strip()  # what stands before a semicolon is an @import
        if _MEDIA.match(prelude):
            found += _rules(body)
        elif not prelude.startswith("@") and (values := _declared(body)):
            for selector in prelude.split(","):
                if parts := _parts(selector.strip()):
                    ids, classes = (sum(len(getattr(part, kind)) for part in parts) for kind in ("ids", "classes"))
                    weight = (ids, classes, sum(bool(part.tag) for part in parts), len(found))
                    found.append(_Rule(weight, parts, values))
    return found


def _parts(selector: str) -> tuple[_Compound, ...]:
    """The parts of a selector; none where it asks for what cannot be known here (":hover", "[data-open]")."""
    parts, child = [], False
    for word in selector.replace(">", " > ").split():
        if word == ">":
            child = True
            continue
        hit = _COMPOUND.match(word)
        if hit is None:
            return ()
        names = re.findall(r"([.#])([\w-]+)", hit[2])
        parts.append(
            _Compound(
                (hit[1] or "").lower(),
                frozenset(name for sign, name in names if sign == "#"),
                frozenset(name for sign, name in names if sign == "."),
                child,
            )
        )
        child = False
    return tuple(parts)


def _declared(body: str) -> dict[str, str]:
    """The declarations of a block that matter here."""
    pairs = (entry.partition(":") for entry in body.split(";"))
    values = {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in pairs}
    return {name: value for name, value in values.items() if name in _NEEDED}


def _length(text: str | None) -> float | None:
    """Pixels, roughly; None where nothing or something else is said."""
    hit = _LENGTH.match(text or "")
    if hit is None or hit[1].count(".") > 1 or hit[1] in ("-", "."):
        return None
    return float(hit[1]) * (16.0 if hit[2] in ("em", "rem") else 1.0)


def _colour(text: str) -> tuple[int, int, int] | None:
    """Red, green and blue; None for what is no plain opaque colour."""
    word = text.split()[0] if text and not text.startswith("rgb") else text
    if word in _NAMED:
        return _NAMED[word]
    if hit := re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", word):
        code = hit[1] if len(hit[1]) == 6 else "".join(sign * 2 for sign in hit[1])
        return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)
    if hit := re.match(r"rgba?\( *(\d{1,3})[ ,]+(\d{1,3})[ ,]+(\d{1,3}) *(?:[,/] *(?:1(?:\.0+)?|100%) *)?\)", word):
        return int(hit[1]), int(hit[2]), int(hit[3])
    return None


def _near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _ALIKE
