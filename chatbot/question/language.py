"""Tells a question in another language from one with many typing errors, without a model."""

from __future__ import annotations

import re
import unicodedata

from chatbot.library import Library
from chatbot.vocabulary.concepts import frame
from ingest.encoder.model import english_words
from ingest.index.words import stem

WORD = re.compile(r"[^\W\d_]{2,}")
MARKUP = re.compile(r"<[^<>]*>")  # is in no language
LETTER = re.compile(r"[^\W\d_]")
OTHER_LETTERS = 0.15  # a larger share of letters that are not Latin: the English names and terms are the rest
FEWEST = 4  # words; of fewer nothing can be told
UNKNOWN = 0.6  # a larger share of unknown words is no English ...
UNKNOWN_UNFRAMED = 0.4  # ... nor is this, where not one word is of those that frame an English question
SHORT = 3  # letters; the model's vocabulary holds short words of many languages, so these must stand in the papers


def is_latin(text: str) -> bool:
    """Whether nearly all letters of a text are Latin; so is a text without letters."""
    letters = LETTER.findall(text)
    return sum("LATIN" not in unicodedata.name(letter, "") for letter in letters) <= OTHER_LETTERS * len(letters)


def is_foreign(text: str, library: Library) -> bool:
    """Whether a question has letters of another script, or most of its words are neither English nor in the papers."""
    if not is_latin(text):
        return True
    found = [match.group().lower() for match in WORD.finditer(MARKUP.sub(" ", text))]
    if len(found) < FEWEST:
        return False
    framed = any(word in frame() for word in found)
    unknown = sum(not _known(word, library) for word in found) / len(found)
    return unknown > (UNKNOWN if framed else UNKNOWN_UNFRAMED)


def _known(word: str, library: Library) -> bool:
    if word in frame() or library.words.document_frequency(stem(word)):
        return True
    return len(word) > SHORT and word in english_words()
