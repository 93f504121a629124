"""The version of the index that a request holds, wherever its work is done."""

from __future__ import annotations

from contextvars import ContextVar

from chatbot.library import Library

HELD: ContextVar[Library | None] = ContextVar("held", default=None)
