"""What is quoted of what the reader found: whole sentences, those they lean on, whole lists where one is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.answer.quotes import joined
from chatbot.library import Library
from chatbot.records import Hit, Pick, Question, Reading
from chatbot.vocabulary.patterns import opening
from chatbot.vocabulary.stems import FORMAL
from ingest.records import Passage

WORDS = 130  # of all quotes together from which on no further one is begun
MOST = 5  # quotes of one part of a question
# Below the best sentence down to which another is quoted; as much again each time more is asked for. On five areas set
# aside: evidence cited / quotes that are evidence .79 / .68 with 2, .80 / .66 with 2.5, .83 / .65 with 3.
BELOW = 3.0
LOOKED = 3  # best sentences among which one of the list that is asked for is looked for
FEWEST_WORDS = 4  # a sentence of fewer is a label
LONGEST_LIST = 14  # items of a list that is given whole

Found = tuple[float, Hit, int]  # what a sentence is worth, where it stands, its number


def select(question: Question, reading: Reading, library: Library, most: int = MOST, words: int = WORDS) -> list[Pick]:
    """The quotes, best first; empty where there is nothing to quote, or no more of what was asked for more of."""
    ranked = sorted(
        ((score, hit, number) for hit in reading.hits for number, score in enumerate(hit.sentences)),
        key=lambda found: (-found[0], found[1].passage.document, found[1].passage.ordinal, found[2]),
    )
    ranked = [(s, h, n) for s, h, n in ranked if len(_sentence(h.passage, n).split()) >= FEWEST_WORDS]
    shown: list[Pick] = []
    picks: list[Pick] = []
    for turn in range(question.more + 1):
        left = [found for found in ranked if not any(_holds(pick, found[1], found[2]) for pick in shown)]
        if turn == 0 and (whole := _asked_list(question, left, library)):
            picks = whole
        else:
            picks = _best(left, ranked[0][0] - BELOW * (turn + 1), most, words) if left else []
        shown += picks
    return picks


def _asked_list(question: Question, ranked: Sequence[Found], library: Library) -> list[Pick]:
    """The whole list that one of the best sentences belongs to, where one is asked for; else empty."""
    for _, hit, number in ranked[: LOOKED if question.intent == "list" else 1]:
        asked = question.intent == "list" or _sentence(hit.passage, number).endswith(":")
        if asked and (whole := _whole_list(hit, library)):
            return whole
    return []


def _best(ranked: Sequence[Found], least: float, most: int, words: int) -> list[Pick]:
    """The best sentences that are worth at least so much, within the room there is."""
    picks: list[Pick] = []
    for score, hit, number in ranked:
        if score < least or sum(p.words for p in picks) >= words:
            break
        made = joined([*picks, _with_sentence_before(hit, number)])
        if len(made) > most:
            break
        picks = made
    return picks


def _holds(pick: Pick, hit: Hit, number: int) -> bool:
    return pick.hit.passage.id == hit.passage.id and pick.first <= number <= pick.last


def _sentence(passage: Passage, number: int) -> str:
    return passage.text[slice(*passage.sentences[number])] if passage.sentences else passage.text


def _with_sentence_before(hit: Hit, number: int) -> Pick:
    """A sentence, and before it what its first words point back to ("They have ...") or go on from ("and ...")."""
    first = number
    if first > 0 and leans(_sentence(hit.passage, first)):
        first -= 1
    while first > 0 and _sentence(hit.passage, first)[:1].islower():
        first -= 1
    return Pick(hit, first, number)


def leans(sentence: str) -> bool:
    """Whether a sentence begins as one that needs the one before it."""
    return bool(opening("question", "leaning_openings").match(sentence))


def _whole_list(best: Hit, library: Library) -> list[Pick]:
    """Every item of the list that the best passage belongs to or opens; empty where it belongs to none.

    A formal list (areas for improvement, recommendations ...) is all rows of its part of the paper.
    """
    passage = best.passage
    rows = library.passages_of(passage.document)
    if passage.part in FORMAL:
        items = [p for p in rows if p.part == passage.part and p.kind != "cell" and not _opens(p)]
        items = [p for p in items if p.kind != "paragraph"] or items
    elif passage.lead_in:
        items = [p for p in rows if p.lead_in == passage.lead_in and p.group == passage.group]
    elif _opens(passage):
        items = [p for p in rows if p.lead_in and passage.text.endswith(p.lead_in) and p.ordinal > passage.ordinal]
    else:
        items = []
    if not 1 < len(items) <= LONGEST_LIST:
        return []
    return [Pick(Hit(p, best.score, {}, kind=best.kind), 0, max(0, len(p.sentences) - 1)) for p in items]


def _opens(passage: Passage) -> bool:
    return passage.kind == "paragraph" and passage.text.endswith(":")
