"""England's areas and the places in them, found in text however they are written.

Capitals, accents, hyphens, soft hyphens, "&" and curly apostrophes are made alike; names are matched as whole words,
the longest first ("North East Lincolnshire" before "Lincolnshire").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import prompts

# Bodies that bear the names of several areas say nothing of which one a paper is about.
BODIES = re.compile(
    r"(?:NHS )?(?:(?!Council\b|NHS\b|Partnership\b)[A-Z][\w’'-]{0,40}+,? (?:and |of |upon |the |& )?){1,9}"
    r"(?:Integrated Care (?:Board|System)|ICB\b|ICS\b|NHS Foundation Trust|NHS Trust|Clinical Commissioning Group|"
    r"CCG\b)"
)
STYLES = r"(?:metropolitan borough|county|city|borough|district|metropolitan|unitary|mbc)"
PREFIX = re.compile(
    r"^(?:the )?(?:(?:(?:london|royal|metropolitan) )?borough of |(?:city|county|unitary authority) of )?",
    re.IGNORECASE,
)
SUFFIX = re.compile(
    rf"(?<=\w)(?: {STYLES})?(?: (?:council|corporation|local authority|local area(?: partnership)?))?$", re.IGNORECASE
)
STYLE_BEFORE = re.compile(r"(?:\b(?:london|royal|metropolitan) borough|\b(?:city|county|borough)) of $", re.IGNORECASE)
INVISIBLE = frozenset("\xad\u200b\u200c\u200d\u2060\ufeff")
SIGNS = {**dict.fromkeys(map(ord, INVISIBLE)), 0x2010: "-", 0x2011: "-", 0xA0: " ", 0x202F: " "}
TOKEN = re.compile(r"&|[^\W_]+(?:'[^\W_]+)*")
GAP = re.compile(r"\.?[\s-]{0,4}")
PARTED = re.compile(r"[\u2010-\u2012-]\s?\b")  # one word in two, as at the end of a line
COMMA = re.compile(r",\s{0,3}")
IN = re.compile(
    r"\b(?:in|around|near|across|from|throughout|does|did|has|is|about|than|vs|versus|compare|between|against|like|"
    r"within|outside)\s+$",
    re.IGNORECASE,
)
LIST = re.compile(r"(?:\b(?:and|or|with|than|vs)|,)\s+$", re.IGNORECASE)
NEARBY = re.compile(r"\b(?:in|around|near|across|from|throughout|within)\s+$", re.IGNORECASE)
COUNCIL = re.compile(
    r"(?:['’]s)?\s{1,3}(?:(?:county|city|borough|local)\s{1,3})?(?:council|area|borough|local offer|sendiass)\b", re.I
)
NEAR = 40  # characters beside a name that tell whether it is one
PERSON = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|sir|cllr|councillor|professor|son|daughter|brother|sister|child|boy|girl|named|called)\.?\s+$",
    re.IGNORECASE,
)
ROAD = re.compile(r"\s+(?:Road|Street|Avenue|Lane|House|Way|Close|Drive|Square|Terrace|Hall|Crescent|Grove)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its usual name; `areas` are it itself, those it lies in, or those it holds; empty outside England."""

    name: str
    sort: str  # "area", "town", "region" or "outside"
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place and where in the text it is named."""

    place: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text made alike, with its place in the text as it was; a possessive ending is left out."""

    plain: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text as names are compared."""
    made, places = (text.lower(), None) if text.isascii() else _made_alike(text)
    found = []
    for match in TOKEN.finditer(made):
        plain = re.sub(r"'s?$", "", match.group()) if "'" in match.group() else match.group()
        start, last = match.start(), match.start() + len(plain) - 1
        start, last = (places[start], places[last]) if places else (start, last)
        found.append(Word("and" if plain == "&" else plain, start, last + 1))
    return found


def _made_alike(text: str) -> tuple[str, list[int]]:
    """A text without accents, invisible signs and capitals, and where in the text each of its letters stood."""
    letters, places = [], []
    for index, letter in enumerate(text):
        if letter in INVISIBLE:
            continue
        for part in unicodedata.normalize("NFKD", letter):
            if not unicodedata.combining(part):
                letters.append("'" if part in "’‘ʼ`" else part.lower()[:1])
                places.append(index)
    return "".join(letters), places


def plain_signs(text: str) -> str:
    """The text without invisible signs, its hyphens and blanks the usual ones."""
    return text.translate(SIGNS)


def fold(name: str) -> str:
    """A name as names are compared: its words made alike, one blank between them."""
    return " ".join(word.plain for word in words_of(name))


@cache
def gazetteer() -> dict[str, Place]:
    """Every name of the table, made alike, to its place. Where two places share a name, the area goes first."""
    data = prompts.table("places")
    names: dict[str, Place] = {}
    towns: list[tuple[str, str]] = []
    for area, row in data["areas"].items():
        own, _, inside = row.partition("|")
        for name in [area, *_split(own)]:
            names[fold(name)] = Place(area, "area", (area,))
        towns += [(town, area) for town in _split(inside)]
    for town, area in towns:
        names.setdefault(fold(town), Place(town, "town", (area,)))
    for region, areas in (*data["regions"].items(), *prompts.table("regions")["regions"].items()):
        names.setdefault(fold(region), Place(region, "region", tuple(areas)))
    for name, region in data["region_names"].items():
        names.setdefault(fold(name), names[fold(region)])
    for name in data["outside"]["names"]:
        names.setdefault(fold(name), Place(name, "outside", ()))
    return names


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


@cache
def _joined(words: int = 3) -> dict[str, str]:
    """Names of so many words and more without their blanks: a line's end or a bad hyphen can have eaten one."""
    return {name.replace(" ", ""): name for name in gazetteer() if name.count(" ") >= words - 1}


@cache
def _special(list_name: str) -> frozenset[str]:
    return frozenset(fold(name) for name in prompts.table("places")[list_name])


def full_name(printed: str) -> str:
    """The usual name of an area ("the London Borough of Bexley": "Bexley"); an unlisted one loses only its style."""
    whole = " ".join(printed.split())
    unstyled = SUFFIX.sub("", whole, count=1)
    bare = PREFIX.sub("", unstyled)
    for name in (whole, unstyled, bare):
        key = fold(name)
        place = gazetteer().get(key) or gazetteer().get(_joined(1).get(key.replace(" ", ""), ""))
        if place is not None and place.sort == "area":
            return place.name
    return (bare or whole).replace("&", "and")


def mentions(text: str, capitals: bool = True) -> list[tuple[str, int, int]]:
    """Areas named in a text as (usual name, start, end), in order; towns and regions are none.

    With `capitals` a place must begin with a capital letter.
    """
    found = named(text, capitals=capitals)
    return [(mention.place.name, mention.start, mention.end) for mention in found if mention.place.sort == "area"]


def named(text: str, extra: tuple[str, ...] = (), capitals: bool = False) -> list[Mention]:
    """All places named in a text, in order, the longest name first; `extra` are areas that no list need have.

    Names that are ordinary words or people's names count only where a place is wont to stand.
    """
    found: list[Mention] = []
    words = words_of(text)
    table, firsts = known(extra), _first_words(extra)
    at = 0
    while at < len(words):
        begins = words[at].plain in firsts or PARTED.match(text, words[at].end)
        place, count = _longest(text, words, at, table) if begins else (None, 0)
        if place is not None:
            start, end = words[at].start, words[at + count - 1].end
            if _is_meant(text, start, end, words[at : at + count], capitals, found):
                style = STYLE_BEFORE.search(text[max(0, start - NEAR) : start])
                found.append(Mention(place, start - len(style.group()) if style else start, end))
                at += count
                continue
        at += 1
    return found


@cache
def known(extra: tuple[str, ...]) -> dict[str, Place]:
    """All names, made alike, to their places; `extra` are areas that no list need have.

    One of them that the table knows by another name answers to all its names.
    """
    names = dict(gazetteer())
    usual = {area: full_name(area) for area in extra}
    same: dict[str, list[str]] = {}
    for area, name in usual.items():
        same.setdefault(name, []).append(area)
    own = {name: Place(areas[-1], "area", tuple(areas)) for name, areas in same.items()}
    names |= {n: own[p.name] for n, p in gazetteer().items() if p.sort == "area" and p.name in own}
    for area, name in usual.items():
        names[fold(area)] = names[fold(name)] = own[name]
    return names


@cache
def _first_words(extra: tuple[str, ...]) -> frozenset[str]:
    """The words that a name can begin with: at most words none does."""
    words = [name.split(" ") for name in (*known(extra), *_joined(), *_joined().values())]
    return frozenset([*(name[0] for name in words), *("".join(name[:2]) for name in words if len(name) > 2)])


def known_place(name: str, extra: tuple[str, ...] = ()) -> Place | None:
    """The place of a whole name, None where there is none."""
    return known(extra).get(fold(name))


def listed(name: str) -> bool:
    """Whether the table itself has a name."""
    return fold(name) in gazetteer()


def is_area(name: str) -> bool:
    """Whether a name is one of an area of the table."""
    place = gazetteer().get(fold(name))
    return place is not None and place.sort == "area"


def is_ordinary(name: str) -> bool:
    """Whether a name, made alike, is an ordinary word too ("reading")."""
    return name in _special("words")


def _longest(text: str, words: list[Word], at: int, table: dict[str, Place]) -> tuple[Place | None, int]:
    """The place with the longest name that begins at a word, and how many words it has."""
    names = [words[at].plain]
    for following in range(at + 1, min(at + 6, len(words))):
        if not _joins(text, words[following - 1], words[following], names):
            break
        names.append(words[following].plain)
    for count in range(len(names), 0, -1):
        if place := table.get(" ".join(names[:count])):
            return place, count
        if name := _joined().get("".join(names[:count])):
            return table[name], count
    if len(names) > 1 and PARTED.match(text, words[at].end) and (place := table.get("".join(names[:2]))):
        return place, 2
    return None, 0


def _joins(text: str, word: Word, following: Word, before: list[str]) -> bool:
    """Whether two words can belong to one name: only blanks or hyphens are between them, or its own comma."""
    if text[word.end : following.start] == " ":
        return True
    between = "".join(c for c in text[word.end : following.start] if c not in INVISIBLE)
    between = re.sub(r"[\u2010-\u2015\u2212]", "-", between)
    if COMMA.fullmatch(between):
        return before == ["bournemouth"]
    return bool(GAP.fullmatch(between)) and ("." not in between or word.plain == "st")


def _is_meant(text: str, start: int, end: int, words: list[Word], capitals: bool, found: list[Mention]) -> bool:
    """Whether a name is one here: an ordinary word, a person or a road of that name is no place."""
    printed, name = text[start:end], " ".join(word.plain for word in words)
    first = max(0, start - NEAR)
    before, after = text[first:start], text[end : end + NEAR]
    if capitals and not printed[:1].isupper():
        return False
    if PERSON.search(before) or ROAD.match(after) or name in _special("directions") and not _is_region(printed, after):
        return False
    if not is_ordinary(name) and (name not in _special("persons") or printed[:1].isupper()):
        return True
    alone = len(text) < NEAR + len(printed) and not re.search(r"\w", text[:start] + text[end:])
    if not is_ordinary(name):
        return bool(NEARBY.search(before) or COUNCIL.match(after) or alone)
    joined = LIST.search(before)
    follows = bool(found) and joined is not None and found[-1].end >= first + len(before[: joined.start()].rstrip())
    return printed[:1].isupper() and bool(IN.search(before) or COUNCIL.match(after) or follows or alone)


def _is_region(printed: str, after: str) -> bool:
    """Whether a direction names a part of England ("in the South West"), and is no part of a longer name."""
    return printed.istitle() and not re.match(r"[ -](?:[A-Z]|of\b)", after)


def bodies(text: str) -> Iterator[tuple[int, int]]:
    """Where bodies of several areas are named: `mentions` there say nothing of one area."""
    return (match.span() for match in BODIES.finditer(text))
