"""The ideas of a question: thesaurus terms where its words are known, single words otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import prompts
from chatbot.vocabulary import thesaurus
from chatbot.vocabulary.thesaurus import EQUAL, NEAR, Stems
from ingest.encoder.model import english_words
from ingest.index.words import TOKEN, stem, tokens

ASKED = 1.0  # strength of the very words of the question


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea: `label` for people, its wordings as (stems, strength), and whether the thesaurus knows it."""

    label: str
    wordings: tuple[tuple[Stems, float], ...]
    known: bool
    jargon: bool


@cache
def frame() -> frozenset[str]:
    """Words that frame a question and carry no topic, as typed and as stems."""
    listed = prompts.table("question")["frame"].split()
    return frozenset(listed) | {stem(word) for word in listed}


def ideas(text: str, in_corpus: Callable[[str], bool]) -> tuple[Idea, ...]:
    """The ideas of a question from which places, years and the like have been taken out, in order.

    `in_corpus` tells whether a stem stands anywhere in the index. Empty where only framing words are left.
    """
    found: list[Idea] = []
    plain = _without_exact(text, found)
    words = [m.group().lower() for m in TOKEN.finditer(plain.replace("’", "'"))]
    stems: list[str] = []
    origin: list[int] = []
    for number, word in enumerate(words):
        for part in tokens(word)[(1 if re.search(r"[-/&]", word) and word[0].isalpha() else 0) :]:
            stems.append(part)
            origin.append(number)
    position = 0
    while position < len(stems):
        length = thesaurus.longest(stems, position)
        if length and not (length == 1 and _framing(words[origin[position]], stems[position])):
            found.append(
                _idea(
                    tuple(stems[position : position + length]),
                    " ".join(dict.fromkeys(words[o] for o in origin[position : position + length])),
                )
            )
            position += length
            continue
        word = words[origin[position]]
        if not _framing(word, stems[position]) and len(stems[position]) > 1:
            found.append(Idea(word, (((stems[position],), ASKED),), in_corpus(stems[position]), False))
        position += 1
    return _merged(found)


def _framing(word: str, stemmed: str) -> bool:
    return word in frame() or stemmed in frame()


def _without_exact(text: str, found: list[Idea]) -> str:
    """Take out short forms that count only as printed ("OT", "SLT"), as ideas of their own.

    A whole question typed in lower case may still mean one: then each word is tried.
    """
    forms = thesaurus.exact_forms()
    lower = text == text.lower()

    def take(match: re.Match[str]) -> str:
        form = match.group()
        term = forms.get(form) or forms.get(
            form.upper() if lower and form not in english_words() and len(form) <= 4 else ""
        )
        if term is None:
            return form
        found.append(_of_term(term, form, stems=thesaurus.stems_of(term.name)))
        return " "

    return re.sub(r"\b[A-Za-z]{2,5}\b", take, text)


def _idea(stems: Stems, label: str) -> Idea:
    """The idea a known wording stands for, all its other wordings included."""
    matches = thesaurus.phrases()[stems]
    term, strength = matches[0]
    if strength >= thesaurus.PLAIN:
        return _of_term(term, label, stems, strength)
    wordings: dict[Stems, float] = {stems: ASKED}
    for other, _ in matches[:2]:
        for wording, near in other.wordings:
            if near >= EQUAL:
                wordings.setdefault(wording, NEAR + 0.1)
    return Idea(label, tuple(wordings.items()), True, False)


def _of_term(term: thesaurus.Term, label: str, stems: Stems, strength: float = EQUAL) -> Idea:
    wordings = {**dict(term.wordings), stems: ASKED}
    return Idea(label, tuple(wordings.items()), True, bool(term.means))


def _merged(found: list[Idea]) -> tuple[Idea, ...]:
    """Each idea once: two wordings of one term are one idea."""
    kept: list[Idea] = []
    for idea in found:
        core = {w for w, s in idea.wordings if s >= thesaurus.PLAIN}
        if not any(core & {w for w, s in other.wordings if s >= EQUAL} for other in kept):
            kept.append(idea)
    return tuple(kept)
