"""Which areas a question is about: named, mis-typed, nicknamed, or places that have no papers here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import prompts
from ingest.encoder.model import english_words
from ingest.facts import boards, places
from ingest.facts.places import Mention, Place
from ingest.index.words import tokens

NAME = re.compile(r"\b[A-Z][a-z]{3,}(?:[ -](?:and |upon |of |& )?[A-Z][a-z]{2,}){0,3}\b")
TYPED = re.compile(r"\b[a-z]{6,}(?:[ -](?:and|upon|on|of|the|[a-z]{4,})){0,3}\b")
BEFORE_PLACE = re.compile(
    r"\b(in|for|of|about|did|does|has|is|was|were|to|from|around|near|at|how'?s|and|than|or|vs|with)\s$", re.IGNORECASE
)
OPENING = re.compile(r"^\W*(?:and|or|so|ok|but)\b", re.IGNORECASE)
BESIDE = 60  # characters beside a place in which a health body can be named
_SIDE = r"(?:NHS|health|care) (?:board|body|trust|system|numbers|side)|ICBs?|ICS|CCGs?|integrated care \w+"
OF_BODY = re.compile(rf"\b(?:{_SIDE})\b[\w ,&'’-]{{0,40}}$", re.IGNORECASE)
BODY = re.compile(rf"[\w ,&'’-]{{0,30}}?\b(?:{_SIDE})\b", re.IGNORECASE)
LONG_NAME = 11  # letters from which two may be wrong in an area's name; else one, and its first letter is right
SHORTEST_TOWN = 7  # letters of a town's name from which it is known mis-typed: short ones are too alike


@dataclass(frozen=True, slots=True)
class Places:
    """`areas` have papers, `unknown` have none; `spans` are where they stand in the text: no part of the topic.

    `lie_in` has each town or region named, with the areas it lies in or holds, whether or not these have papers.
    `either` has the areas of a mis-typed name that could be several: all are in `areas`, or it is in `unknown`.
    `asides` are those of `unknown` that stand in the name of a health body ("the NHS board for Derby and Derbyshire").
    """

    areas: tuple[str, ...]
    unknown: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    lie_in: tuple[tuple[str, tuple[str, ...]], ...] = ()
    either: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()


def find(text: str, loaded: tuple[str, ...], in_corpus: Callable[[str], bool]) -> Places:
    """The places of a question. `in_corpus(stem)` tells whether a word stands in the papers at all.

    A town stands for the area it lies in where that has papers. A region is never answered from the areas it holds, nor
    a health board that was joined with others where no paper names it or them.
    """
    found = _Found(loaded)
    text = OPENING.sub(lambda match: " " * len(match.group()), text)  # "and Barking?" names a place as "Barking?" does
    bodies = list(places.bodies(text))
    for mention in places.named(text, loaded):
        if not _is_lower_word(mention, text, loaded):
            in_body = any(a <= mention.start < b for a, b in bodies)
            aside = bool(
                OF_BODY.search(text[max(0, mention.start - BESIDE) : mention.start])
                or BODY.match(text[mention.end : mention.end + BESIDE])
            )
            found.take(mention.place, (mention.start, mention.end), in_body, aside)
    for board, span in boards.mentions(text):
        names = (board.name, *board.after, *(name for name, _ in board.before))
        spoken_of = any(all(in_corpus(stem) for stem in tokens(name)) for name in names)
        if not spoken_of and not found.overlaps(span):
            found.add_unknown(f"NHS {board.name} ICB", span)
    for match in NAME.finditer(text):
        if found.overlaps(match.span()):
            continue
        if not found.take_near(match, loaded, in_corpus) and _looks_like_place(text, match, in_corpus):
            found.add_unknown(match.group(), match.span())
    for match in TYPED.finditer(text):
        for word in re.finditer(r"[a-z]{6,}", match.group()):
            span = (match.start() + word.start(), match.start() + word.end())
            if not found.overlaps(span) and word.group() not in english_words():
                found.take_near(re.compile(re.escape(word.group())).search(text, span[0]), loaded, in_corpus)
    return found.places()


def resolve(name: str, loaded: tuple[str, ...]) -> str | None:
    """The loaded area that a chosen name means ("York Council", "RBWM", "Windsor"); None where it has no papers."""
    for form in (name, places.full_name(name)):
        place = places.known_place(form, loaded)
        if place is not None and place.sort in ("area", "town"):
            return next((area for area in loaded for own in place.areas if _same(area, own)), None)
    return None


def beside(found: Places, area: str) -> Places:
    """The places of a question that is asked of a chosen, loaded area: a region around it means that area itself."""
    around = [name for name, areas in found.lie_in if any(_same(area, other) for other in areas)]
    return replace(found, unknown=tuple(n for n in found.unknown if n not in around and n not in found.asides))


def _same(one: str, other: str) -> bool:
    return places.full_name(one) == places.full_name(other)


class _Found:
    """The places of one question while they are collected."""

    def __init__(self, loaded: tuple[str, ...]) -> None:
        self.loaded = loaded
        self.spans: list[tuple[int, int]] = []
        self.areas: dict[str, int] = {}
        self.unknown: dict[str, int] = {}
        self.lie_in: dict[str, tuple[str, ...]] = {}
        self.either: tuple[str, ...] = ()
        self.asides: list[str] = []

    def overlaps(self, span: tuple[int, int]) -> bool:
        """Whether something is known of these characters already."""
        return any(span[0] < end and start < span[1] for start, end in self.spans)

    def take(self, place: Place, span: tuple[int, int], known_only: bool = False, aside: bool = False) -> None:
        """A place of the table or a loaded one; with `known_only` places without papers are passed over."""
        own = [area for area in self.loaded for name in place.areas if _same(area, name)]
        if place.sort in ("area", "town") and own:
            for area in own:
                self.areas.setdefault(area, span[0])
        elif known_only:
            return
        else:
            self.unknown.setdefault(place.name, span[0])
            self.asides += [place.name] if aside else []
        if place.sort in ("town", "region"):
            self.lie_in[place.name] = place.areas
        self.spans.append(span)

    def add_unknown(self, name: str, span: tuple[int, int]) -> None:
        """A place that no table has."""
        self.unknown.setdefault(name, span[0])
        self.spans.append(span)

    def take_near(self, match: re.Match[str] | None, loaded: tuple[str, ...], in_corpus: Callable[[str], bool]) -> bool:
        """Take a mis-typed name for what it means: the nearest place, or all of several that are equally near."""
        if match is None or any(in_corpus(stem) for stem in tokens(match.group())):
            return False
        near = _near(match.group(), loaded)
        if len(near) == 1:
            self.take(near[0], match.span())
        elif near:
            self.either = tuple(place.name for place in near)
            if all(any(_same(area, name) for area in loaded for name in place.areas) for place in near):
                for place in near:
                    self.take(place, match.span())
            else:  # the one with papers may not be the one that was meant
                self.add_unknown(match.group(), match.span())
        return bool(near)

    def places(self) -> Places:
        """What was found, areas in the order in which they are named."""
        areas = tuple(sorted(self.areas, key=lambda name: self.areas[name]))
        passed = self.asides if areas else ()
        unknown = tuple(name for name in self.unknown if name not in self.areas and name not in passed)
        return Places(areas, unknown, tuple(self.spans), tuple(self.lie_in.items()), self.either, tuple(self.asides))


def _is_lower_word(mention: Mention, text: str, loaded: tuple[str, ...]) -> bool:
    """A loaded area whose name is an ordinary word needs its capital; the table's own are asked for that elsewhere."""
    printed = text[mention.start : mention.end]
    return (
        mention.place.name in loaded and printed.islower() and printed in english_words() and not places.listed(printed)
    )


@cache
def _names(loaded: tuple[str, ...]) -> dict[str, Place]:
    """Names that a mis-typed word can mean: no short ones, no acronyms, no ordinary words."""
    return {
        name: place
        for name, place in places.known(loaded).items()
        if len(name) >= (5 if place.sort == "area" else SHORTEST_TOWN) and not places.is_ordinary(name)
    }


def _near(word: str, loaded: tuple[str, ...]) -> list[Place]:
    """The places nearest to a mis-typed name, several where it is as near to each; empty where none is close."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    plain, names = places.fold(word), _names(loaded)
    if plain in names:
        return []  # rightly spelt, and found to be no place where it stands
    close = [
        (errors, names[name])
        for name, errors, _ in extract(plain, list(names), scorer=OSA.distance, score_cutoff=2, limit=20)
        if errors <= (2 if names[name].sort == "area" and len(name) >= LONG_NAME else 1) and name[0] == plain[0]
    ]
    least = min((errors for errors, _ in close), default=0)
    nearest = {place.name: place for errors, place in close if errors == least}
    own = {name: place for name, place in nearest.items() if place.sort == "area"}
    return list((own or nearest).values())


@cache
def _no_places() -> frozenset[str]:
    return frozenset(name.lower() for name in prompts.table("places")["no_places"])


def _looks_like_place(text: str, match: re.Match[str], in_corpus: Callable[[str], bool]) -> bool:
    """A capitalised word nobody knows, where a place is wont to stand ("in Thornbridge", "Did Marlowshire")."""
    words = match.group().lower().split()
    if (
        any(word in _no_places() for word in words)
        or any(w in english_words() for w in words)
        or not BEFORE_PLACE.search(text[: match.start()])
    ):
        return False
    return not any(in_corpus(s) for s in tokens(match.group()))
