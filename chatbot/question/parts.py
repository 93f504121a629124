"""The questions inside what a person typed: out of a story, and apart where there are several."""

from __future__ import annotations

import re

ASKING = (
    r"(?:what|how|who|whose|when|where|which|why|is|are|do|does|did|has|have|had|was|were|will|would|can|could|should)"
)
AND = re.compile(rf"(?:[,;]|(?<!\s))\s++(?:and|also|plus)\s++(?:also\s++)?(?={ASKING}\b)", re.IGNORECASE)
OPENS = re.compile(rf"\W*(?:(?:and|so|but|also)\W+)?{ASKING}\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
STORY = 40  # words from which a text is taken for a story with a question in it
FEWEST = 4  # words of a part by itself
MOST = 3


def parts(text: str) -> tuple[str, ...]:
    """The questions of a text, in order, at least one; the text itself where it is one question.

    Of a long text only the sentences that ask are taken, where there are any.
    """
    sentences = [s for s in SENTENCE_END.split(text) if s.strip()]
    asking = [s for s in sentences if s.rstrip().endswith("?") or (len(sentences) > 1 and OPENS.match(s))]
    if len(text.split()) < STORY and len([s for s in asking if s.rstrip().endswith("?")]) < 2:
        asking = [text]
    found = [part.strip() for sentence in asking or [text] for part in _apart(sentence)]
    return tuple(found[:MOST])


def _apart(sentence: str) -> list[str]:
    """A sentence cut where a second question begins, if each side can stand by itself."""
    match = AND.search(sentence)
    while match:
        one, other = sentence[: match.start()], sentence[match.end() :]
        if len(one.split()) >= FEWEST and len(other.split()) >= FEWEST and OPENS.match(one):
            return [one, *_apart(other)]
        match = AND.search(sentence, match.end())
    return [sentence]
