"""What must be seen before any search: empty text, harm, private persons, other business, attempts to steer.

The patterns and the words shown stand in prompts/; the order here is the order of importance.
"""

from __future__ import annotations

import re
import unicodedata

from chatbot.patterns import pattern

MAX_LENGTH = 1000


def clean(text: str) -> str:
    """The text without invisible characters (format, control and tag characters), white space collapsed."""
    kept = "".join(" " if c in "\t\n\r" else c for c in unicodedata.normalize("NFC", text) if _visible(c))
    return re.sub(r"\s+", " ", kept).strip()


def _visible(character: str) -> bool:
    return character in "\t\n\r" or unicodedata.category(character) not in ("Cf", "Cc", "Co", "Cn", "Cs")


def verdict(text: str) -> tuple[str, str] | None:
    """(status, key of the reason in refusals.toml) where a question must not be searched; None where it may.

    `text` is cleaned. Safety comes first, then privacy, then what this tool is not for.
    """
    if not re.search(r"[A-Za-z]{2}", text):
        return "clarify", "empty" if not re.search(r"\w", text) else "no_words"
    if len(text) > MAX_LENGTH:
        return "clarify", "too_long"
    for name, status in (
        ("safeguarding", "safeguarding"),
        ("steering", "out_of_scope"),
        ("private", "private"),
        ("code", "out_of_scope"),
        ("legal", "out_of_scope"),
        ("political", "out_of_scope"),
        ("elsewhere", "out_of_scope"),
    ):
        if pattern("screen", f"{name}.patterns").search(text):
            return status, name
    return None
