"""What must be seen before any search: empty text, harm, private persons, advice, other business, attempts to steer.

A short list of plain expressions stands first for what must never be missed; everything else is told by the learned
kinds of question. The words shown stand in prompts/refusals.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from chatbot.question.kinds import MORE, Guess, sentences
from chatbot.question.language import is_latin
from chatbot.question.parts import parts
from chatbot.vocabulary.patterns import pattern

MAX_LENGTH = 2000
MORE_SURE = 0.8  # that more is asked for; "why?" comes near .7
# How sure the classifier must be before a question is not searched, by kind: (of the whole text, of one sentence of
# it). Chosen on half of eval/safety/questions.jsonl, told on the other half. To miss danger is worse than to suspect
# it. Of danger 30 of 30 are caught with the plain expressions; of 440 questions in people's own words about real papers
# three are taken for danger.
SAFETY = frozenset({"danger", "private", "steering"})
LEARNED = {
    "danger": ("safeguarding", "safeguarding", 0.1, 0.9),
    "steering": ("out_of_scope", "steering", 0.6, 0.8),
    "private": ("private", "private", 0.6, 0.95),
    "advice": ("out_of_scope", "legal", 0.7, 2.0),
    "other": ("out_of_scope", "elsewhere", 0.7, 2.0),
    "tool": ("clarify", "tool", 0.25, 2.0),
    "social": ("clarify", "social", 0.6, 2.0),
}
FOREIGN, PRIVATE = ("clarify", "language"), ("private", "private")

# How sure at least, of what follows on a question and of what leans on it. Of 60 conversations, half of them set aside,
# turns with another status than they should have: 27 without, 22 with it (16 and 13 in the half set aside, where turns
# that quote an older topic are two and three).
FOLLOWING, LEANING = 0.6, 0.9


def clean(text: str) -> str:
    """The text without invisible characters (format, control and tag characters), white space collapsed."""
    spaced = (" " if unicodedata.category(c) == "Cc" else c for c in unicodedata.normalize("NFC", text))  # Word's too
    kept = "".join(c for c in spaced if _visible(c))
    return re.sub(r"\s+", " ", kept).strip()


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cf", "Co", "Cn", "Cs")


def plain_verdict(text: str) -> tuple[str, str] | None:
    """(status, key of the reason in refusals.toml) by plain expressions alone; None where nothing speaks against it.

    `text` is cleaned.
    """
    if is_latin(text) and not re.search(r"[A-Za-z]{2}", text):
        return "clarify", "empty" if not re.search(r"\w", text) else "no_words"
    if len(text) > MAX_LENGTH:
        return "clarify", "too_long"
    for name, status in (("safeguarding", "safeguarding"), PRIVATE, ("steering", "out_of_scope")):
        if pattern("screen", f"{name}.patterns").search(text):
            return status, name
    return None if is_latin(text) else FOREIGN


def is_guess(found: tuple[str, str] | None, text: str) -> bool:
    """Whether a verdict is one that the classifier, which learned from English, may give of any other language."""
    return found is not None and found[0] not in ("safeguarding", "private") and plain_verdict(text) is None


def unfolded(
    text: str, history: Sequence[str], guess: Callable[[str], Guess]
) -> tuple[str, Sequence[str], int]:  # fmt: skip
    """The question of which "more" or "anything else?" wants more, those before it, and how often more is asked for.

    Any other text is itself, with its history and 0. `text` and `history` are cleaned.
    """
    times = 0
    while history and guess(text).kinds[MORE] >= MORE_SURE and not re.search(r"\d", text):
        text, history, times = history[-1], history[:-1], times + 1
    return text, history, times


def leant_on(text: str, history: Sequence[str], guess: Callable[[str], Guess]) -> tuple[str, str] | None:
    """The verdict on a question that leans on the one before it: that one's, and theirs read together.

    "Who can I tell?" after a disclosure, "what are their names?" after pupils. None where it stands by itself.
    """
    if not history or not guess(text).leans:
        return None
    for found in (verdict(history[-1], guess), verdict(f"{history[-1]}? {text}"[-MAX_LENGTH:], guess)):
        if found is not None and found[0] in ("safeguarding", "private"):
            return found
    return None


def verdict(text: str, guess: Callable[[str], Guess], follows: bool = False) -> tuple[str, str] | None:
    """The same by the learned kinds too; each sentence of a longer text is looked at as well. Safety comes first.

    `follows` says that questions stand before it: "does Corley have it" looks like one about this tool by itself.
    """
    found = plain_verdict(text)
    if found is not None and not (follows and found[1] == "no_words"):  # "2019?" asks the same of another year
        return found
    whole, asked = guess(text), guess(" ".join(parts(text)))
    pieces = sentences(text)
    several = [guess(piece) for piece in pieces] if len(pieces) > 1 else []
    for kind, (status, key, sure, piece_sure) in LEARNED.items():
        seen = whole if kind in SAFETY else asked  # a story around a question is not what is asked for
        if follows and kind not in SAFETY:
            sure = max(sure, LEANING if seen.leans else FOLLOWING)
        if seen.kinds[kind] >= sure or any(piece.kinds[kind] >= piece_sure for piece in several):
            return status, key
    return None
