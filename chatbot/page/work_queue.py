"""The queue: so many answers at a time, in turn by visitor, and a plain "busy" instead of a long wait."""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from chatbot.page.access.turns import Turns

P = ParamSpec("P")
T = TypeVar("T")
SHARE = 4  # one visitor may hold this part of the places to wait: a quarter


class BusyError(Exception):
    """Too many people are waiting, or one has waited too long; asking again in a moment helps."""


class LeftError(BusyError):
    """Who asked has left while waiting; nobody reads what is told."""


# Who asks, as the limit tells visitors apart; None for this machine, behind which a proxy may hide everybody.
VISITOR: contextvars.ContextVar[str | None] = contextvars.ContextVar("visitor", default=None)
# Whether the sender of the request in hand has left; None outside requests, and in Gradio's own queue.
LEFT: contextvars.ContextVar[Callable[[], Awaitable[bool]] | None] = contextvars.ContextVar("left", default=None)


class WorkQueue:
    """Runs slow work in threads, `at_once` at a time, for every way into the page alike."""

    def __init__(self, at_once: int, waiting: int, patience: float) -> None:
        self.at_once, self.waiting, self.patience = at_once, waiting, patience
        self.done = self.failed = self.busy = 0  # since the start
        self.seconds = 0.0  # of work, without waiting
        self._present = 0
        self._turns = Turns(at_once)
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="answer")

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work(*args)`. Raises BusyError where it is full, the wait is over or the sender left.

        It is full for one visitor when they hold their share of the places; this machine may hold them all.
        """
        visitor = VISITOR.get()
        if self.full or (visitor is not None and self._turns.waiting(visitor) >= max(1, self.waiting // SHARE)):
            self.busy += 1
            raise BusyError
        self._present += 1
        try:
            return await self._in_turn(visitor, lambda: work(*args, **kwargs))
        finally:
            self._present -= 1

    async def _in_turn(self, visitor: str | None, work: Callable[[], T]) -> T:
        try:
            async with asyncio.timeout(self.patience):
                await self._turns.take(visitor)
        except TimeoutError:
            self.busy += 1
            raise BusyError from None
        try:
            if (left := LEFT.get()) and await left():
                raise LeftError
            return await self._timed(work)
        finally:
            self._turns.give_back()

    async def _timed(self, work: Callable[[], T]) -> T:
        """The work in a thread, counted."""
        context = contextvars.copy_context()  # the version of the index that the request holds
        start = time.monotonic()
        try:
            made = await asyncio.get_running_loop().run_in_executor(self._threads, context.run, work)
        except BaseException:
            self.failed += 1
            raise
        finally:
            self.seconds += time.monotonic() - start
        self.done += 1
        return made

    @property
    def full(self) -> bool:
        """Whether nobody more can wait."""
        return self._present >= self.at_once + self.waiting

    @property
    def queued(self) -> int:
        """How many are waiting for their turn."""
        return max(0, self._present - self.at_once)
