"""The form an answer must have: a question "how many" is not answered by a sentence without a number."""

from __future__ import annotations

import re
from functools import lru_cache

from chatbot.patterns import pattern

AS_PRINTED = ("person", "human", "name")  # capitals tell these from other words
STRICT = frozenset({"number", "percentage", "share", "money", "duration", "date", "age", "human", "name"})


def expression(wants: str) -> re.Pattern[str]:
    """What a form looks like (forms.toml)."""
    return (
        pattern("forms", f"as_printed.{wants}", any_case=False)
        if wants in AS_PRINTED
        else pattern("forms", f"any_case.{wants}")
    )


def has_form(sentence: str, wants: str, asked: str = "") -> bool:
    """Whether a sentence has the wanted form; always True where none is wanted.

    Names and numbers that stand in the question itself (`asked`) are no answer to it.
    """
    if not wants:
        return True
    if (
        "average" in asked.lower()
        and wants in ("number", "duration")
        and not pattern("forms", "counting.average").search(sentence)
    ):
        return False
    if wants == "number":
        sentence = _counting(sentence)
    known = asked.lower()
    return any(match.group().lower() not in known for match in expression(wants).finditer(sentence))


@lru_cache(maxsize=20_000)
def _counting(sentence: str) -> str:
    """The sentence without numbers that count nothing: years, ages, "one of"."""
    return pattern("forms", "counting.counts_nothing").sub(" ", sentence)


def found_form(sentence: str, wants: str) -> str:
    """The first words of the wanted form, for making the figure easy to spot; empty where there are none."""
    match = expression(wants).search(sentence) if wants else None
    return match.group() if match else ""
