"""Whole clauses that a shortening may leave out, whatever stands in them: a reason, a further statement, a concession.

"Plans are late because staff are few" says that plans are late; "Despite progress, plans are late" says so too.
"""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.llm.check import lexicon
from chatbot.llm.check.sentence import Word


def spared(source: Sequence[Word], places: Sequence[int]) -> frozenset[int]:
    """The places of `source` that belong to such a clause, where all of it was left out; `places` were kept."""
    first, last = places[0], places[-1]
    tail = range(last + 1, len(source))
    free: set[int] = set()
    if tail and (_reason(source, last) or _further(source, first, last)):
        free.update(tail)
    if _concession(source, first):
        free.update(range(first))
    return frozenset(free)


def _reason(source: Sequence[Word], last: int) -> bool:
    """Whether "because ..." follows to the end. "Not ... because" without a comma may deny the reason only."""
    tail, before = source[last + 1 :], source[: last + 1]
    if tail[0].text != "because" or _turns(tail) or any(w.text == "than" for w in tail):
        return False
    if before[-1].text.endswith("ly") or before[-1].text in lexicon.words("clauses", "only"):
        return False
    return tail[0].part != before[-1].part or not any(w.firm == "negation" for w in before)


def _further(source: Sequence[Word], first: int, last: int) -> bool:
    """Whether ", and ..." follows with a subject and a verb of its own, after a statement that has one too."""
    tail, before = source[last + 1 :], source[: last + 1]
    if tail[0].text != "and" or tail[0].opener != "," or tail[0].part == before[-1].part or _turns(tail):
        return False
    dependent = lexicon.words("clauses", "dependent")
    if any(w.text in dependent or w.firm == "condition" for w in before) or not any(_finite(w) for w in before[first:]):
        return False
    verb = next((n for n, w in enumerate(tail) if _finite(w)), 0)
    subject = tail[1:verb]
    loose = dependent | lexicon.words("unclear")
    return bool(subject) and not any(w.text in loose or w.part != tail[0].part for w in subject)


def _concession(source: Sequence[Word], first: int) -> bool:
    """Whether what comes before is one "Despite ...," or "Although ...,"."""
    before = source[:first]
    if not before or before[0].text not in lexicon.words("clauses", "concession"):
        return False
    if any(w.firm for w in before[1:]) or source[first].opener != ",":
        return False
    if source[first].linking or source[first].text.endswith(("ing", "ed")):
        return False  # "Although places were made, including some in bases, children wait" goes on conceding
    return all(w.part == before[0].part for w in before) and source[first].part == before[0].part + 1


def _turns(words: Sequence[Word]) -> bool:
    """Whether words may take back what came before them."""
    return any(w.firm in ("contrast", "condition", "doubt", "attribution") for w in words)


def _finite(word: Word) -> bool:
    return word.tense in ("present", "past") and word.text != "having"
