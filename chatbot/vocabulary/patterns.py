"""What recognises a kind of question or sentence: lists of expressions in prompts/, each list compiled once."""

from __future__ import annotations

import re
from functools import cache

import prompts

LISTS = "lists"


@cache
def pattern(file: str, name: str) -> re.Pattern[str]:
    """One expression for the list `name` ("table.key") of `file`.toml; it matches where any of the list does,
    in any case.

    {names} in it are filled from the file's own tables `lists` (any one of these words) and `pieces`.
    Raises PromptError where a name has no value.
    """
    node = prompts.table(file)
    for part in name.split("."):
        node = node[part]
    return re.compile("|".join(_filled(file, each) for each in node), re.IGNORECASE)


@cache
def keyed(file: str, name: str) -> dict[str, re.Pattern[str]]:
    """One expression a key of a table, in the table's order."""
    return {key: pattern(file, f"{name}.{key}") for key in prompts.table(file)[name]}


@cache
def opening(file: str, name: str) -> re.Pattern[str]:
    """An expression for texts that begin with one of the words of a list, as printed."""
    return re.compile(rf"(?:{'|'.join(prompts.table(file)[LISTS][name])})\b")


def _filled(file: str, expression: str) -> str:
    data = prompts.table(file)
    values: dict[str, object] = {
        key: "|".join(words.split()) for key, words in data.get(LISTS, {}).items() if isinstance(words, str)
    }
    for key, piece in data.get("pieces", {}).items():
        values[key] = prompts.fill(piece, f"{key} in {file}.toml", values)
    return prompts.fill(expression, f"an expression in {file}.toml", values)
