"""Turns handed round by visitor: who asks much waits for everybody else, nobody waits for all that one asks."""

from __future__ import annotations

import asyncio
from collections import deque


class Turns:
    """So many turns at a time. For one event loop."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once  # nobody waits while one is
        self._waiting: dict[str | None, deque[asyncio.Future[None]]] = {}  # by visitor, the next one first

    def waiting(self, visitor: str | None) -> int:
        """How many turns a visitor waits for."""
        return len(self._waiting.get(visitor, ()))

    async def take(self, visitor: str | None) -> None:
        """Wait for a turn of this visitor's; whoever has got one must give it back."""
        if self._free:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(visitor, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._forget(visitor, turn)
            else:  # it came in the moment in which the wait was given up
                self.give_back()
            raise

    def give_back(self) -> None:
        """Hand a turn on: to the visitor who has waited longest since their last one, whatever the others ask."""
        while self._waiting:
            visitor, theirs = next(iter(self._waiting.items()))
            del self._waiting[visitor]
            turn = theirs.popleft()
            if theirs:
                self._waiting[visitor] = theirs  # behind all others
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def _forget(self, visitor: str | None, turn: asyncio.Future[None]) -> None:
        theirs = self._waiting.get(visitor)
        if theirs and turn in theirs:
            theirs.remove(turn)
            if not theirs:
                del self._waiting[visitor]
