"""The optional step after an answer: a model puts its quotes in short, and what passes the check goes above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from chatbot.llm.check.check import check
from chatbot.llm.model.client import Client, NoReply
from chatbot.llm.model.endpoint import Endpoint
from chatbot.llm.model.prompt import summary_messages
from chatbot.llm.model.reply import BEGUN, ReplyError, claims
from chatbot.records import Answer, Claim, Summary
from ingest.encoder.embedder import Embedder
from ingest.settings import LanguageModel
from prompts import words


class Writer:
    """Writes summaries with one model. Safe to use from several threads."""

    def __init__(self, client: Client, place: Endpoint, settings: LanguageModel, embedder: Embedder) -> None:
        self.client, self.place, self.settings, self.embedder = client, place, settings, embedder

    def summary(self, answer: Answer) -> Summary | None:
        """The summary of an answer's quotes, or why there is none; None where there is nothing to put in short.

        Never raises for what a model or its server does.
        """
        if answer.status != "answered" or not answer.citations:
            return None
        room = self.settings.context - self.settings.reply
        system, user = summary_messages(answer.question.resolved, answer.citations, room)
        try:
            found = claims(self.client.ask(system, user, BEGUN))
        except NoReply:
            return self._none("silent")
        except ReplyError:
            return self._none("no_form")
        if not found:
            return self._none("nothing")
        verdicts = [check(raw, answer.citations, self.embedder) if raw else None for raw in found]
        kept = _unique([v.claim for v in verdicts if v and v.claim])
        why = Counter(v.reason if v else "form" for v in verdicts if not (v and v.claim))
        dropped = sum(why.values())
        reasons = tuple(sorted(why.items()))
        if not kept or (len(found) - dropped) / len(found) < self.settings.min_survival:
            return Summary((), len(found), self.place.model, self.place.where, _say("too_few"), reasons)
        return Summary(kept, dropped, self.place.model, self.place.where, _left_out(dropped), reasons)

    def _none(self, key: str) -> Summary:
        return Summary((), 0, self.place.model, self.place.where, _say(key))


def _unique(found: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims in order, each sentence once."""
    once: dict[str, Claim] = {}
    for claim in found:
        once.setdefault(claim.text.casefold(), claim)
    return tuple(once.values())


def _left_out(dropped: int) -> str:
    return _say("dropped_one") if dropped == 1 else _say("dropped_many", count=dropped) if dropped else ""


def _say(key: str, **values: object) -> str:
    return words("model", f"say.{key}", **values)
