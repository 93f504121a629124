"""A sentence as the check sees it: its words with what they are, divided where its punctuation divides it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatbot.llm.check import lexicon
from ingest.index.words import stem
from ingest.records import collapse

TOKEN = re.compile(
    r"(?P<number>£?\d+(?:[.,/]\d+)*(?:st|nd|rd|th)?(?:k|m|bn)?(?![a-z])%?)"
    r"|(?P<code>[^\W_]*\d[^\W_]*)"
    r"|(?P<word>[^\W\d_]+(?:_[^\W\d_]+|['-][^\W\d_]+)*|%)"
    r"|(?P<break>[,;:()\[\]|•◼▪■●–—]|(?<=\s)-(?=\s)|\.\.\.|…)"
    r"|(?P<other>[^\s.!?\"'“”‘’*])",
    re.IGNORECASE,
)
# Capitals that begin no sentence, and short forms wherever they stand.
CAPITAL = re.compile(r"(?<![.!?:•◼▪■●]\s)(?<!^)(?<![“\"'‘])\b[A-Z][\w-]*|\b[A-Z]{2,}\w*")
ENDINGS = frozenset(["", "s", "es", "ing", "e", "y", "ies", "'s", "s'", "ting", "ning", "ming", "ping"])
UNITS = {"k": 3, "m": 6, "bn": 9}
UNIT_OF = {"thousand": "k", "million": "m", "billion": "bn"}
LARGE = re.compile(rf"(?<=\d) ({'|'.join(UNIT_OF)})\b")


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `part` counts the stretches between punctuation; `opener` is the mark that opened its stretch.

    `sign` names the list of claims.toml it stands in (or "number", "name"), empty for other words.
    """

    text: str
    part: int
    opener: str
    number: bool = False
    capital: bool = False

    @property
    def light(self) -> bool:
        """May come and go: articles, forms of be and have."""
        return self.text in lexicon.words("light") or bool(self.tense)

    @property
    def tense(self) -> str:
        """ "present", "past" or "neutral" for forms of be, have and do; empty for other words."""
        return lexicon.signs("tense").get(self.text, "")

    @property
    def firm(self) -> str:
        """The list of words that are kept wherever they stand, empty where it stands in none."""
        return lexicon.signs("firm").get(self.text, "")

    @property
    def sign(self) -> str:
        """What makes it a word that must be kept; empty where it may be left out."""
        if self.number:
            return "number"
        return self.firm or lexicon.signs("kept").get(self.text, "") or ("name" if self.capital else "")

    @property
    def linking(self) -> bool:
        """A preposition."""
        return self.text in lexicon.words("bound", "preposition")

    @property
    def content(self) -> bool:
        """Says something by itself."""
        return not (self.light or self.linking)


def words(text: str) -> list[Word]:
    """The words of a text in order. What is no word and no usual punctuation counts as a word: it must match too."""
    plain = collapse(text).replace("’", "'").replace("‘", "'").replace("‑", "-").replace("‐", "-")
    capitals = {m.group().lower() for m in CAPITAL.finditer(plain)}
    lowered = LARGE.sub(lambda m: UNIT_OF[m.group(1)], lexicon.one_wording(plain.lower()))
    found: list[Word] = []
    part, opener = 0, ""
    for match in TOKEN.finditer(lowered):
        if match["break"]:
            part, opener = part + 1, match["break"]
        elif match["number"] or match["code"]:
            found.append(Word(_amount(match.group()), part, opener, number=True))
        elif match["word"]:
            pieces = [match["word"]] if match["word"] in lexicon.COMPOUNDS else match["word"].split("-")
            for piece in pieces:
                digits = lexicon.NUMBERS.get(piece) or lexicon.COMPOUNDS.get(piece)
                capital = piece in capitals or match["word"] in capitals
                found.append(Word(digits or piece, part, opener, number=bool(digits), capital=capital))
        else:
            found.append(Word(match["other"], part, opener))
    return found


def _amount(printed: str) -> str:
    """A number in one form: "£50k" is "£50000", "1,200" is "1200", "7th" is "7th"."""
    bare = re.sub(r",(?=\d{3}(?!\d))", "", printed)
    match = re.fullmatch(r"(£?)(\d+(?:\.\d+)?)(k|m|bn)(%?)", bare)
    if not match:
        return bare
    return f"{match[1]}{float(match[2]) * 10 ** UNITS[match[3]]:.0f}{match[4]}"


def alike(one: Word, other: Word) -> bool:
    """Whether a claim's word is a sentence's word: the same, or another form of it that means no more.

    Plural and -ing may differ. Numbers, names and words that must be kept may not differ at all; nor may "-ed",
    which turns what should be into what was.
    """
    if one.text == other.text:
        return True
    near = lexicon.words("places", "near")
    if one.text in near and other.text in near:
        return True
    if one.number or other.number or _fixed(one) or _fixed(other):
        return False
    if one.text.removesuffix("'s").rstrip("'") == other.text.removesuffix("'s").rstrip("'"):
        return True
    if one.capital and other.capital != one.capital:
        return False
    shared = 0
    for a, b in zip(one.text, other.text, strict=False):
        if a != b:
            break
        shared += 1
    if shared < 3 or stem(one.text) != stem(other.text):
        return False
    return one.text[shared:] in ENDINGS and other.text[shared:] in ENDINGS


def _fixed(word: Word) -> bool:
    return bool(word.firm or lexicon.signs("kept").get(word.text) or word.light or word.linking)
