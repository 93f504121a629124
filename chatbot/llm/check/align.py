"""Whether a claim says no more than a sentence, going by words alone: the heart of the check.

A claim passes as a shortening. All it says are words of the sentence in the sentence's order; what was left out are
whole parts that do not turn the meaning. This cannot judge a free retelling, so it refuses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from chatbot.llm.check import lexicon
from chatbot.llm.check.clauses import spared
from chatbot.llm.check.sentence import Word, alike

MOST_LEFT_OUT = 1  # words that say something, between two words that were kept
MOST_OF_A_TIME = 6  # words of "in the first eight months of 2023"
LEAST_KEPT = 0.5  # share of such words in the parts of the sentence that a claim uses


def fault(claim: Sequence[Word], source: Sequence[Word]) -> str:
    """Why a claim does not follow from a sentence, as a key ("number", "negation", "added"); empty where it does."""
    needed = [w for w in claim if not w.light]
    if not needed:
        return "empty"
    places = next(filter(None, (_places(order, source) for order in _orders(needed))), None)
    if places is None:
        return _added(needed, source)
    return "tense" if _another_time(claim, source, places) else _left_out(source, places)


def _another_time(claim: Sequence[Word], source: Sequence[Word], places: Sequence[int]) -> bool:
    """Whether the claim puts a form of be, have or do where the sentence speaks of another time.

    A stretch without such a form speaks of the time of the whole sentence; a sentence without any, and without "-ed",
    is in the present.
    """
    whole = _times(source) or ({"present"} if not any(w.text.endswith("ed") for w in source) else set())
    stretch = list(pairwise([-1, *places, len(source)]))
    passed = 0
    for word in claim:
        passed += not word.light
        if word.tense in ("", "neutral"):
            continue
        before, after = stretch[min(passed, len(stretch) - 1)]
        if word.tense not in (_times(source[before + 1 : after]) or whole):
            return True
    return False


def _times(words: Sequence[Word]) -> set[str]:
    return {w.tense for w in words} - {"", "neutral"}


def _orders(needed: Sequence[Word]) -> list[Sequence[Word]]:
    """The claim as it stands, and with a time at one end ("In March 2023, ...") put at the other."""
    found = [needed]
    for length in range(2, min(MOST_OF_A_TIME, len(needed) - 2) + 1):
        for phrase, rest, after in (
            (needed[:length], needed[length:], True),
            (needed[-length:], needed[:-length], False),
        ):
            if phrase[0].linking and any(w.number for w in phrase):
                found.append([*rest, *phrase] if after else [*phrase, *rest])
    return found


def _places(needed: Sequence[Word], source: Sequence[Word]) -> list[int] | None:
    """Where each word of a claim stands in the sentence, in order and with the fewest breaks; None where it cannot."""
    best: dict[int, tuple[int, list[int]]] = {-1: (0, [])}
    for word in needed:
        following: dict[int, tuple[int, list[int]]] = {}
        for place, other in enumerate(source):
            if not alike(word, other):
                continue
            ways = [
                (cost + sum(w.content or w.linking for w in source[before + 1 : place]) * (before >= 0), way)
                for before, (cost, way) in best.items()
                if before < place
            ]
            if ways:
                cost, way = min(ways, key=lambda w: w[0])
                following[place] = (cost, [*way, place])
        if not following:
            return None
        best = following
    return min(best.values(), key=lambda b: (b[0], -b[1][0]))[1]


def _added(needed: Sequence[Word], source: Sequence[Word]) -> str:
    """What a claim has that the sentence has not: the gravest kind of word first; "order" where all are there."""
    strange = [w for w in needed if not any(alike(w, other) for other in source)]
    kinds = {w.sign or "added" for w in strange}
    order = ("number", "negation", "quantity", "name")
    return next((k for k in order if k in kinds), min(kinds, default="order"))


def _left_out(source: Sequence[Word], places: Sequence[int]) -> str:
    """Why leaving out the rest of the sentence changes what it says; empty where it does not."""
    kept, free = set(places), spared(source, places)
    used = {source[p].part for p in places}
    for place, word in enumerate(source):
        if place in kept or place in free or word.light:
            continue
        outside = word.part not in used
        if word.firm or (word.sign and not outside):
            return word.sign
        if outside and word.part < max(used) and (word.sign or "").removeprefix("name"):
            return word.sign
    if not (0 in free or _starts_well(source, places)) or not (len(source) - 1 in free or _ends_well(source, places)):
        return "cut"
    if any(_torn(source, a, b) for a, b in pairwise(places)) or _bare_preposition(source, kept):
        return "torn"
    said = [p for p, w in enumerate(source) if w.part in used and w.content and p not in free]
    return "" if len(kept.intersection(said)) >= LEAST_KEPT * len(said) else "little"


def _starts_well(source: Sequence[Word], places: Sequence[int]) -> bool:
    """Whether only whole opening phrases ("In addition, ...") were left out before the claim begins."""
    first = source[places[0]]
    before = source[: places[0]]
    if any(not w.light for w in before if w.part == first.part):
        return False
    openings = lexicon.words("bound", "opening")
    parts = {w.part: w for w in reversed(before) if w.part != first.part}
    ended = first.opener in (";", "•", "◼", "▪", "■", "●")
    return ended or all(w.text in openings for w in parts.values())


def _ends_well(source: Sequence[Word], places: Sequence[int]) -> bool:
    """Whether the claim ends where the sentence, a part of it or a phrase ends."""
    last = places[-1]
    rest = [w for w in source[last + 1 :] if not w.light or w.text in ("which", "that")]
    if not rest:
        return True
    following = rest[0]
    return following.text in lexicon.words("bound") or (
        following.part != source[last].part and following.opener in (";", "(", "[", "•", "◼", "▪", "■", "●")
    )


def _torn(source: Sequence[Word], one: int, other: int) -> bool:
    """Whether words between two that were kept bound them together in another way."""
    between = [w for w in source[one + 1 : other] if w.part in (source[one].part, source[other].part)]
    gap = [w for w in between if w.content]
    joined = any(a.text == "and" and b.content for a, b in pairwise(between))
    return joined or len(gap) > MOST_LEFT_OUT or any(w.text.endswith(("ed", "ing")) for w in gap)


def _bare_preposition(source: Sequence[Word], kept: set[int]) -> bool:
    """Whether a preposition was left out and something it governs kept ("praised by parents": "praised parents")."""
    for place, word in enumerate(source):
        if not word.linking or place in kept or not min(kept) < place < max(kept):
            continue
        for following in range(place + 1, len(source)):
            if source[following].linking or source[following].part != word.part:
                break
            if following in kept:
                return True
    return False
