"""What is said to a person rather than to a question: thanks, worry, a complaint; and who can help.

Replies, their examples and the people who help stand in prompts/replies.toml. Which reply is given is told by the
example nearest in meaning, so that it can be mended by adding an example. It decides nothing about what is searched.
"""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.question.kinds import sentences
from chatbot.question.nearest import Nearest
from chatbot.signposts import Contact, Reply
from ingest.encoder.embedder import Embedder
from prompts import table, words

DANGER = "danger"
NEAR = 0.5  # nearness from which an example is taken for what was meant; further ones get the plain reply
# Of danger that the classifier suspects, another reply speaks only where no example of danger is nearer than this: of
# the 30 disclosures in eval/safety 30 get the reply to danger.
CALM = 0.45


class Replies:
    """Finds the reply to a text; safe to use from several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._replies = table("replies")["reply"]
        self._nearest = Nearest(embedder, {name: reply["examples"] for name, reply in self._replies.items()})

    def find(self, text: str, reason: str, certain: bool = False) -> str | None:
        """The name of the reply to a text held back for `reason` ("search": not held back); None where there is none.

        `certain` danger gets the reply to danger and no other.
        """
        otherwise: str | None = table("replies")["otherwise"].get(reason)
        if certain and reason == "safeguarding":
            return DANGER
        fitting = [name for name, reply in self._replies.items() if reason in reply["when"]]
        if not fitting:
            return otherwise
        near = self._nearness(text)
        best = max(fitting, key=near.__getitem__)
        if near[best] < NEAR:
            return otherwise
        if reason == "safeguarding" and max(near[DANGER], self._worst_sentence(text)) > CALM:
            return DANGER
        return best

    def _nearness(self, text: str) -> dict[str, float]:
        """How near the nearest example of each reply is to a text, from -1 to 1."""
        return {name: round(near, 4) for name, near in self._nearest.to(text).items()}

    def _worst_sentence(self, text: str) -> float:
        """How near to danger one of several sentences comes, as it may be told in one of them; -1 of one sentence."""
        parts = sentences(text)
        return max((self._nearness(part)[DANGER] for part in parts), default=-1.0) if len(parts) > 1 else -1.0


def wants_quotes(name: str) -> bool:
    """Whether the papers are asked too, under this reply."""
    return bool(table("replies")["reply"][name].get("quotes"))


def reply(name: str, areas: Sequence[str] = ()) -> Reply:
    """The reply of a name with the people who help, those of the area by its name where it is the only one."""
    own = table("replies")["reply"][name]
    return Reply(name, own["say"], own.get("helpers", ""), tuple(_contact(who, areas) for who in own.get("help", ())))


def _contact(name: str, areas: Sequence[str]) -> Contact:
    own = table("replies")["help"][name]
    local = words("replies", f"help.{name}.local", area=areas[0]) if len(areas) == 1 and "local" in own else own["name"]
    return Contact(local, own["what"], own.get("phone", ""), own.get("web", ""))
