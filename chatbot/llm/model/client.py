"""One reply from a model, in time or not at all. Whatever goes wrong behind it becomes a NoReply."""

from __future__ import annotations

import logging
import queue
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

AT_ONCE = 4  # replies that may be under way, those given up among them
PAUSE = 0.2  # seconds before a new try
log = logging.getLogger(__name__)


class NoReply(Exception):
    """A model that did not reply: it was busy, slow, away or broken. Asking again later may help."""


class Client:
    """Puts messages to a LlamaIndex model. Safe to use from several threads."""

    def __init__(self, llm: LLM, timeout: int, retries: int, goes_on: bool = False) -> None:
        """`timeout` seconds is what one reply may take, all tries together.

        `goes_on` tells that the model goes on from a reply that was begun for it, which keeps small ones in form.
        """
        self.llm, self.timeout, self.retries, self.goes_on = llm, timeout, retries, goes_on
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def ask(self, system: str, user: str, begun: str = "") -> str:
        """The reply, `begun` included where the model goes on from it. Raises NoReply."""
        begun = begun if self.goes_on else ""
        deadline = time.monotonic() + self.timeout
        for left in range(self.retries, -1, -1):
            try:
                return self._once((system, user, begun), deadline - time.monotonic())
            except NoReply:
                raise
            except Exception as error:
                # Providers raise what their libraries raise; none of it may reach a person.
                log.warning("The language model failed: %s", type(error).__name__)
                if not left or time.monotonic() + PAUSE >= deadline:
                    raise NoReply("failed") from error
                time.sleep(PAUSE)
        raise NoReply("failed")

    def _once(self, told: tuple[str, str, str], seconds: float) -> str:
        """One try in a thread of its own: a server that sends a letter a second keeps no one waiting."""
        if seconds <= 0 or not self._free.acquire(timeout=max(seconds, 0.001)):
            raise NoReply("busy")
        answers: queue.Queue[str | Exception] = queue.Queue()
        threading.Thread(target=self._work, args=(told, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except queue.Empty:
            raise NoReply("slow") from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _work(self, told: tuple[str, str, str], answers: queue.Queue[str | Exception]) -> None:
        from llama_index.core.llms import ChatMessage, MessageRole

        roles = (MessageRole.SYSTEM, MessageRole.USER, MessageRole.ASSISTANT)
        try:
            messages = [ChatMessage(role=role, content=text) for role, text in zip(roles, told, strict=True) if text]
            answers.put(told[2] + (self.llm.chat(messages).message.content or ""))
        except Exception as error:
            answers.put(error)
        finally:
            self._free.release()
