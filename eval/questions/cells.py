"""How spreadsheet cells become values: forms that a person can type, and JSON for those who prefer it.

Every function raises ValueError with the rest of a sentence that begins with the column's name.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")


def text(value: Any) -> str:
    """A cell as text: whole numbers without a decimal point, dates as "6 December 2024", empty as ""."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return f"{value.day} {value:%B %Y}"
    return str(value).strip()


def yes(value: Any) -> bool:
    """yes or no, true or false, 1 or 0."""
    word = text(value).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError(f"says {word!r}: write yes or no")


def whole(value: Any) -> int | None:
    """A whole number of 1 or more, None where the cell is empty."""
    word = text(value)
    if not word:
        return None
    if not word.isdigit() or int(word) < 1:
        raise ValueError(f"says {word!r}: write a whole number, counting from 1, or leave it empty")
    return int(word)


def parts(value: Any, mark: str) -> tuple[str, ...]:
    """The non-empty pieces of a cell between marks."""
    return tuple(piece.strip() for piece in text(value).split(mark) if piece.strip())


def names(value: Any) -> tuple[str, ...]:
    """Names: a JSON list, or text with "|" between them (names of areas have commas)."""
    data = value if isinstance(value, list) else _json(value)
    if data is None:
        return parts(value, "|")
    if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
        raise ValueError("must be a list of names")
    return tuple(data)


def history(value: Any) -> tuple[str, ...]:
    """Earlier questions, oldest first: a JSON list, or text with " | " or a line break between them."""
    data = value if isinstance(value, list) else _json(value)
    if data is None:
        return parts(text(value).replace("\n", "|"), "|")
    if not isinstance(data, list) or not all(isinstance(turn, str) for turn in data):
        raise ValueError("must be a list of earlier questions")
    return tuple(data)


def must_include(value: Any) -> tuple[tuple[str, ...], ...]:
    """Required facts: a JSON list of lists, or "71; 7 to 71 | from 7" (";" between facts, "|" between wordings)."""
    data = value if isinstance(value, list) else _json(value)
    if data is None:
        return tuple(parts(fact, "|") for fact in parts(value, ";") if parts(fact, "|"))
    if not isinstance(data, list):
        raise ValueError("must be a list of facts, each a list of wordings")
    facts = []
    for fact in data:
        wordings = [fact] if isinstance(fact, str) else fact
        if (
            not isinstance(wordings, list)
            or not wordings
            or not all(isinstance(w, str) and w.strip() for w in wordings)
        ):
            raise ValueError("must be a list of facts, each a list of wordings")
        facts.append(tuple(wordings))
    return tuple(facts)


def json_list(value: Any) -> list[Any]:
    """A JSON list of objects, as `gold` is written in JSONL."""
    data = value if isinstance(value, list) else _json(value)
    if data is None and not text(value):
        return []
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise ValueError("must be a JSON list of {document, page, evidence, group}")
    return data


def _json(value: Any) -> Any:
    """The JSON behind a cell that begins like a list; None for any other text."""
    word = text(value)
    if not word.startswith("["):
        return None
    try:
        return json.loads(word)
    except json.JSONDecodeError as error:
        raise ValueError(f"begins like JSON but cannot be read as such ({error.msg})") from error
