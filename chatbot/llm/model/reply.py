"""A model's reply read as claims. What is not a whole claim is counted and never shown."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

MOST_LETTERS = 20_000
MOST_CLAIMS = 20
ENTRY = re.compile(r"[\[,]\s*\{")  # what opens an entry of a list, up to its brace
# SmolLM2 replied in form to 5 of 8 questions with its reply begun for it, and to 1 of the same 8 without.
BEGUN = '[{"claim": "'


class ReplyError(ValueError):
    """A reply that is no JSON list of claims, or only half of one."""


@dataclass(frozen=True, slots=True)
class RawClaim:
    """What a model claims: a sentence, the numbers of the passages and the words it rests on. Nothing is checked."""

    claim: str
    passages: tuple[int, ...]
    words: tuple[str, ...]


def claims(reply: str) -> list[RawClaim | None]:
    """The claims of a reply in order; None for an entry that is not one. Raises ReplyError.

    Text before and after the JSON (a code fence, a kind word) is left unread. Of a list that breaks off, as where a
    model may write no more, the whole entries are read and the torn one is None.
    """
    if len(reply) > MOST_LETTERS:
        raise ReplyError("too long")
    data = _json(reply)
    if isinstance(data, dict):
        data = data["claims"] if "claims" in data else [data]
    if not isinstance(data, list) or (data and not any(isinstance(entry, dict) for entry in data)):
        raise ReplyError("no list of claims")
    return [_claim(entry) for entry in data[:MOST_CLAIMS]]


def _json(reply: str) -> Any:
    starts = [p for p in (reply.find("["), reply.find("{")) if p >= 0]
    if not starts:
        raise ReplyError("no JSON")
    try:
        return json.JSONDecoder().raw_decode(reply, min(starts))[0]
    except (ValueError, RecursionError) as error:
        if whole := _whole_entries(reply, min(starts)):
            return whole
        raise ReplyError("no whole JSON") from error


def _whole_entries(reply: str, start: int) -> list[Any]:
    """The objects of a list that breaks off, None in place of a torn one at its end; empty where none is whole."""
    found: list[Any] = []
    entry = ENTRY.match(reply, start) if reply[start] == "[" else None
    while entry:
        try:
            data, end = json.JSONDecoder().raw_decode(reply, entry.end() - 1)
        except (ValueError, RecursionError):
            return [*found, None] if found else []
        found.append(data)
        entry = ENTRY.match(reply, end)
    return found


def _claim(entry: Any) -> RawClaim | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("claim"), str):
        return None
    words = entry.get("words")
    words = [words] if isinstance(words, str) else words
    passages = entry.get("passages")
    passages = passages if isinstance(passages, list) else [passages]
    if not isinstance(words, list) or not words or not all(isinstance(w, str) and w.strip() for w in words):
        return None
    numbers = [_number(p) for p in passages]
    if not numbers or None in numbers:
        return None
    return RawClaim(entry["claim"], tuple(n for n in numbers if n is not None), tuple(words))


def _number(value: Any) -> int | None:
    text = str(value).strip().strip("[]")
    return int(text) if not isinstance(value, (bool, float)) and text.isascii() and text.isdigit() else None
