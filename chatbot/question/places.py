"""Which areas a question is about: named, mis-typed, nicknamed, or places that have no papers here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import places
from ingest.model import english_words

NEAR = 86  # of 100: how alike a mis-typed name must be
NAME = re.compile(r"\b[A-Z][a-z]{3,}(?:[ -](?:and |upon |of |& )?[A-Z][a-z]{2,}){0,3}\b")
BEFORE_PLACE = re.compile(
    r"\b(in|for|of|about|did|does|has|is|was|were|to|from|around|near|at|how'?s|and|than|or|vs|with)\s$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Places:
    """`areas` have papers, `unknown` have none; `spans` are where they stand in the text: no part of the topic."""

    areas: tuple[str, ...]
    unknown: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def find(text: str, loaded: tuple[str, ...], in_corpus: object) -> Places:
    """The places of a question. `in_corpus(stem)` tells whether a word stands in the papers at all."""
    spans: list[tuple[int, int]] = []
    areas: list[str] = []
    order: dict[str, int] = {}
    unknown: list[str] = []
    for name, start, end in _mentions(text, loaded):
        if any(start < e and s < end for s, e in spans):
            continue
        spans.append((start, end))
        order.setdefault(name, start)
        (areas if name in loaded else unknown).append(name)
    for match in NAME.finditer(text):
        if any(match.start() < e and s < match.end() for s, e in spans):
            continue
        near = _near(match.group(), loaded)
        if near:
            areas.append(near)
            spans.append(match.span())
        elif _looks_like_place(text, match, in_corpus):
            unknown.append(match.group())
            spans.append(match.span())
    if not areas:
        for match in re.finditer(r"\b[a-z]{6,}\b", text):
            near = None if match.group() in english_words() else _near(match.group(), loaded)
            if near:
                areas.append(near)
                spans.append(match.span())
    areas.sort(key=lambda name: order.get(name, len(text)))
    return Places(tuple(dict.fromkeys(areas)), tuple(dict.fromkeys(u for u in unknown if u not in areas)), tuple(spans))


def _mentions(text: str, loaded: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """Known names, longest first, those of loaded areas before the gazetteer's."""
    found = []
    low = text.lower()
    for area in sorted(loaded, key=len, reverse=True):
        if re.split(r"[ -]", area.lower(), maxsplit=1)[0] not in low:
            continue  # an expression for each of many areas would cost more than the search
        forms = {area, area.replace(" and ", " & "), area.replace("-", " ")}
        pattern = r"(?<![\w’'])(?:" + "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) + r")(?![\w-])"
        found += [
            (area, m.start(), m.end())
            for m in re.finditer(pattern, text, re.IGNORECASE)
            if _counts_as_name(area, m, text)
        ]
    return [*found, *places.mentions(text, capitals=False)]


def _counts_as_name(area: str, match: re.Match[str], text: str) -> bool:
    """A loaded area whose name is an ordinary word ("Reading") needs its capital."""
    return match.group()[:1].isupper() or area.lower() not in english_words() or len(area.split()) > 1


def _near(word: str, loaded: tuple[str, ...]) -> str | None:
    """The loaded area a mis-typed name means; None unless it is close."""
    from rapidfuzz import fuzz, process

    names = {area.lower(): area for area in loaded}
    best = process.extractOne(word.lower(), list(names), scorer=fuzz.ratio, score_cutoff=NEAR)
    return names[best[0]] if best else None


def _looks_like_place(text: str, match: re.Match[str], in_corpus: object) -> bool:
    """A capitalised word nobody knows, where a place is wont to stand ("in Thornbridge", "Did Marlowshire")."""
    from ingest.words import tokens

    words = match.group().lower().split()
    if any(w in english_words() for w in words) or not BEFORE_PLACE.search(text[: match.start()]):
        return False
    return not any(in_corpus(s) for s in tokens(match.group()))  # type: ignore[operator]
