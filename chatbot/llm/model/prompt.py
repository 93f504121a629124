"""What a model is shown, as data that cannot become instructions: cleaned, marked off, and never in the system part."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache

import prompts
from chatbot import wording
from chatbot.question import policy
from chatbot.records import Citation
from ingest.structure import sentences

FENCE = re.compile(r"<{2,}|>{2,}")
LETTERS_A_TOKEN = 3.5  # rather too few, so that a prompt never outgrows its room
MOST_CLAIMS = 6


@cache
def _steering() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in prompts.table("screen")["steering"]["patterns"])


def steers(text: str) -> bool:
    """Whether a text speaks to a machine ("ignore your instructions"), going by the patterns of policy.toml."""
    return any(pattern.search(text) for pattern in _steering())


def plain(text: str) -> str:
    """Text without invisible characters and without anything that looks like our own marks."""
    return FENCE.sub(" ", policy.clean(text))


def shown(quote: str) -> str:
    """A quote without the sentences that speak to a machine; empty where nothing else is left."""
    kept = [quote[a:b] for a, b in sentences.split(quote) if not steers(policy.clean(quote[a:b]))]
    return plain(" ".join(kept))


def summary_messages(question: str, citations: Sequence[Citation], room: int) -> tuple[str, str]:
    """The system part and the data of a summary; `room` is how many tokens both may take.

    Quotes that do not fit are left out, the last ones first.
    """
    passages = [
        prompts.words(
            "model",
            "summary.passage",
            number=c.marker,
            where=plain(wording.document(c.kind, c.area, c.date, c.date_basis)),
            speaker=wording.speaker(c.speaker, c.kind),
            text=text,
        )
        for c in citations
        if (text := shown(f"{c.lead_in} {c.quote}"))
    ]
    while True:
        listed, asked = "\n\n".join(passages), plain(question)
        mark = _mark(asked + listed)
        system = prompts.words("model", "summary.system", mark=mark, most=MOST_CLAIMS).strip()
        user = prompts.words("model", "summary.user", mark=mark, question=asked, passages=listed).strip()
        if len(passages) <= 1 or len(system) + len(user) <= room * LETTERS_A_TOKEN:
            return system, user
        passages.pop()


def rewrite_messages(question: str, history: Sequence[str]) -> tuple[str, str]:
    """The system part and the data of completing a follow-up."""
    listed, asked = "\n".join(f"- {plain(h)}" for h in history), plain(question)
    mark = _mark(asked + listed)
    system = prompts.words("model", "rewrite.system", mark=mark).strip()
    return system, prompts.words("model", "rewrite.user", mark=mark, history=listed, question=asked).strip()


def _mark(data: str) -> str:
    """Letters that no document can know beforehand, the same for the same data."""
    return hashlib.sha256(data.encode()).hexdigest()[:8]
