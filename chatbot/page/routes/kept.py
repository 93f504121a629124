"""Conversations of the plain page, between a form that was sent and the page that is then fetched.

So Back and refresh never meet a form that would have to be sent again, and no question stands in an address. They are
held in memory only, as those of the Ask view are: for two hours at most, and none outlives the process.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from chatbot.page.service import KEPT_SECONDS, Asked

MOST = 500  # at a time; beyond that the oldest are forgotten


class Kept:
    """Questions by names that cannot be guessed."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._held: OrderedDict[str, tuple[float, tuple[Asked, ...]]] = OrderedDict()

    def keep(self, asked: Sequence[Asked]) -> str:
        """The name under which they are found again."""
        name = secrets.token_urlsafe(16)
        self._held[name] = self._now(), tuple(asked)
        while len(self._held) > MOST or self._now() - next(iter(self._held.values()))[0] > KEPT_SECONDS:
            self._held.popitem(last=False)
        return name

    def found(self, name: str) -> list[Asked] | None:
        """The questions of a name; None where they are gone or never were."""
        then, asked = self._held.get(name, (0.0, ()))
        return list(asked) if asked and self._now() - then <= KEPT_SECONDS else None
