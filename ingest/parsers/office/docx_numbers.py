"""Counts Word's automatic numbers, which stand in numbering.xml and never in the text of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml.etree import _Element

from ingest.parsers.labels import repeated_letter, roman

_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": repeated_letter,
    "upperLetter": lambda number: repeated_letter(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "none": lambda number: "",
}
_DEEPEST = 8
_WORD = qn("w:val")[1:].partition("}")[0]


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    legal: bool
    restart: int | None


@dataclass
class ListNumbers:
    """The running counters of one document; `label` must be asked once per paragraph, in reading order."""

    root: _Element | None
    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number_id: str, depth: int) -> str | None:
        """The label a person sees before the paragraph; empty for a bullet, None where it is no list."""
        num = self._num(number_id)
        levels = self._all_levels(number_id)
        level = levels.get(depth)
        if num is None or level is None or not 0 <= depth <= _DEEPEST:
            return None
        counters = self._counters.setdefault(self._abstract_id(num), {})
        self._count(num, number_id, depth, levels, counters)
        if level.form == "bullet":
            return ""

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            one = levels.get(at, level)
            form = _FORMS.get("decimal" if level.legal else one.form, str)
            return form(counters.get(at, one.start))

        return re.sub(r"%([1-9])", shown, level.text).strip() or None

    def level_of_style(self, number_id: str, style_id: str) -> int:
        """The level that a list ties to a paragraph style; the outermost where it ties none."""
        for level in self._abstract(number_id):
            tied = level.find(qn("w:pStyle"))
            if tied is not None and tied.get(qn("w:val")) == style_id:
                return integer(level.get(qn("w:ilvl")), 0)
        return 0

    def _count(
        self, num: _Element, number_id: str, depth: int, levels: dict[int, _Level], counters: dict[int, int]
    ) -> None:
        override = _child_value(num, f"w:lvlOverride[@w:ilvl='{depth}']/w:startOverride")
        if override is not None and (number_id, depth) not in self._begun:
            counters[depth] = integer(override, 1)
        else:
            counters[depth] = counters.get(depth, levels[depth].start - 1) + 1
        self._begun.add((number_id, depth))
        for inner in [place for place in counters if place > depth]:
            restart = levels[inner].restart if inner in levels else None
            # A restart of 0 means that the level counts on through the whole list.
            if restart != 0 and (restart is None or depth < restart):
                del counters[inner]

    def _num(self, number_id: str) -> _Element | None:
        if self.root is None or number_id in ("", "0"):
            return None
        return next((num for num in self.root.findall(qn("w:num")) if num.get(qn("w:numId")) == number_id), None)

    @staticmethod
    def _abstract_id(num: _Element) -> str:
        return _child_value(num, "w:abstractNumId") or ""

    def _abstract(self, number_id: str) -> list[_Element]:
        """The levels of a list as the file defines them, overrides of the list last."""
        num = self._num(number_id)
        if num is None or self.root is None:
            return []
        wanted = self._abstract_id(num)
        found = [
            level
            for abstract in self.root.findall(qn("w:abstractNum"))
            if abstract.get(qn("w:abstractNumId")) == wanted
            for level in abstract.findall(qn("w:lvl"))
        ]
        return found + [level for one in num.findall(qn("w:lvlOverride")) for level in one.findall(qn("w:lvl"))]

    def _all_levels(self, number_id: str) -> dict[int, _Level]:
        if number_id not in self._levels:
            self._levels[number_id] = {
                integer(level.get(qn("w:ilvl")), 0): _Level(
                    form=_child_value(level, "w:numFmt") or "decimal",
                    text=(_child_value(level, "w:lvlText") or "")[:40],
                    start=integer(_child_value(level, "w:start"), 1),
                    legal=_child_value(level, "w:isLgl", "1") in ("1", "true", "on"),
                    restart=integer(restart, 1) if (restart := _child_value(level, "w:lvlRestart")) else None,
                )
                for level in self._abstract(number_id)
            }
        return self._levels[number_id]


def integer(text: str | None, default: int) -> int:
    """A small whole number of an attribute, or `default`."""
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


def _child_value(element: _Element, path: str, bare: str | None = None) -> str | None:
    """The w:val of the first element at `path`; `bare` if it has none, None if there is no such element."""
    found = element.find(path, namespaces={"w": _WORD})
    return found.get(qn("w:val"), bare) if found is not None else None
