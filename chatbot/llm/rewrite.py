"""A follow-up completed by a model, where our rules found nothing in it to search for; checked like all it writes."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.llm.check import lexicon
from chatbot.llm.check.sentence import words
from chatbot.llm.model.client import Client, NoReply
from chatbot.llm.model.prompt import rewrite_messages, steers
from chatbot.question import policy
from chatbot.records import Question
from ingest.index.words import stem

MOST_LETTERS = 300


def unsure(question: Question, history: Sequence[str]) -> bool:
    """Whether our rules understood a follow-up as asking for nothing that could be searched for."""
    return bool(history) and not question.concepts


def completed(client: Client, text: str, history: Sequence[str]) -> str | None:
    """The follow-up as one whole question; None where the model gives none that can be used."""
    system, user = rewrite_messages(text, history)
    try:
        lines = [line for line in client.ask(system, user).splitlines() if line.strip()]
    except NoReply:
        return None
    found = policy.clean(lines[0]) if len(lines) == 1 else ""
    return found if _usable(found, text, history) else None


def _usable(found: str, text: str, history: Sequence[str]) -> bool:
    """Whether it is one question, made of words of this conversation only and of some of the earlier ones."""
    if not found.endswith("?") or len(found) > MOST_LETTERS or policy.plain_verdict(found) is not None or steers(found):
        return False
    own, now, earlier = _said(found), _said(text), _said(" ".join(history))
    return own <= now | earlier and bool(own & earlier)


def _said(text: str) -> set[str]:
    """The stems of what a text says, without the words any question has."""
    plain = lexicon.words("question")
    return {stem(w.text) for w in words(text) if (w.content or w.number) and w.text not in plain}
