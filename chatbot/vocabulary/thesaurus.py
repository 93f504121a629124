"""The thesaurus as an index of phrases: any wording of an idea finds the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import prompts
from ingest.encoder.model import english_words
from ingest.index.words import tokens

EQUAL, PLAIN, NEAR = 0.95, 0.75, 0.45  # how much a wording counts that was not the one asked for
MAX_PHRASE = 8

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One idea: its wordings as stems with how near each is, and the plain line that explains it."""

    name: str
    wordings: tuple[tuple[Stems, float], ...]
    means: str
    printed: tuple[str, ...]
    exact: tuple[str, ...]
    firm: bool = False


@cache
def terms() -> tuple[Term, ...]:
    """All ideas of the thesaurus, jargon first, everyday words (without a plain line) after."""
    data = prompts.table("thesaurus")
    found = []
    for entry in data["term"]:
        also, near, exact = entry.get("also", []), entry.get("near", []), entry.get("exact", [])
        wordings = [(stems_of(w), EQUAL) for w in [entry["name"], *also]]
        wordings += [(stems_of(w), EQUAL) for w in exact if w.lower() not in english_words()]
        wordings += [(stems_of(w), NEAR) for w in near]
        found.append(
            Term(
                entry["name"],
                _unique(wordings),
                entry["means"],
                (entry["name"], *also),
                tuple(exact),
                entry.get("firm", False),
            )
        )
    for name, also in data["plain"].items():
        head = name.replace("_", " ")
        wordings = [(stems_of(w), PLAIN) for w in [head, *also]]
        found.append(Term(head, _unique(wordings), "", (head, *also), ()))
    return tuple(found)


def stems_of(phrase: str) -> Stems:
    """The phrase as its stems, in order; of a hyphenated word only its parts."""
    return tuple(tokens(re.sub(r"(?<=[A-Za-z])[-/&](?=[A-Za-z])", " ", phrase)))


def _unique(wordings: list[tuple[Stems, float]]) -> tuple[tuple[Stems, float], ...]:
    best: dict[Stems, float] = {}
    for stems, strength in wordings:
        if stems:
            best[stems] = max(best.get(stems, 0.0), strength)
    return tuple(best.items())


@cache
def phrases() -> dict[Stems, tuple[tuple[Term, float], ...]]:
    """Every wording with the ideas it may stand for, equal wordings before near ones."""
    index: dict[Stems, list[tuple[Term, float]]] = {}
    for term in terms():
        for stems, strength in term.wordings:
            index.setdefault(stems, []).append((term, strength))
    return {s: tuple(sorted(found, key=lambda f: -f[1])) for s, found in index.items()}


@cache
def exact_forms() -> dict[str, Term]:
    """Short forms that count only as they are printed ("SLT")."""
    return {form: term for term in terms() for form in term.exact}


def longest(stems: Sequence[str], start: int) -> int:
    """How many stems from `start` make the longest known wording; 0 where none begins there."""
    for length in range(min(MAX_PHRASE, len(stems) - start), 0, -1):
        if tuple(stems[start : start + length]) in phrases():
            return length
    return 0
