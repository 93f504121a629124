"""Which language a question is asked in, by an optional package: the only module that knows it (extra `languages`)."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from typing import Any

from chatbot.library import Library
from chatbot.question.language import is_foreign, is_latin
from chatbot.question.policy import MAX_LENGTH
from ingest.encoder.multilingual import MISSING
from ingest.errors import SettingsError
from prompts import table

PACKAGE = "py3langid"
ENGLISH = "en"
UNKNOWN = "unknown"
# Of 6,241 English questions of ours none is taken for another language, of 220 in our 17 languages all are for theirs.
SURE = 0.99
LESS_SURE = 0.5  # of one whose words are no English words (chatbot/question/language.py)
FEWEST_WORDS = 4  # in Latin letters; of fewer nothing is told
OTHER_SURE = 0.85  # of a language that no vectors are made for; what may be Catalan is near enough to Spanish
PIDGIN = "pcm"  # Nigerian; English questions without capitals look like it


def languages() -> dict[str, dict[str, Any]]:
    """The languages that passages are found for, by code, with what is said in each."""
    found: dict[str, dict[str, Any]] = table("languages")["language"]
    return found


def require() -> None:
    """Raise SettingsError where the package is not installed."""
    if find_spec(PACKAGE) is None:
        raise SettingsError(MISSING)


@cache
def _identifiers() -> tuple[Any, Any]:
    """One that tells our languages and English apart, and one of all languages."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    ours, every = (LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True) for _ in range(2))
    ours.set_languages([ENGLISH, *languages()])
    return ours, every


def asked_in(text: str, library: Library) -> str:
    """The code of the language of a cleaned question; "" where it may be English, UNKNOWN of one not known here."""
    if len(text) > MAX_LENGTH or is_latin(text) and len(re.findall(r"[^\W\d_]{2,}", text)) < FEWEST_WORDS:
        return ""
    ours, every = _identifiers()
    other, certain = every.classify(text)
    if certain >= OTHER_SURE and other not in (ENGLISH, PIDGIN, *languages()):
        return UNKNOWN
    code, sure = ours.classify(text)
    return "" if code == ENGLISH or sure < (LESS_SURE if is_foreign(text, library) else SURE) else str(code)
