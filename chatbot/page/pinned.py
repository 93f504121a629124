"""Every request is answered from one version of the index, however often it is switched meanwhile.

A request holds the version that is newest when it comes. Whoever works for it, in whatever thread, sees that one:
the id of a document, its pages and the passages that quote it then always belong together.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi.concurrency import run_in_threadpool

from chatbot.page.held import HELD
from chatbot.page.service import Service

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

READS_INDEX = re.compile(r"^/(documents|areas|themes|new|compare|enquiry|promises|plain|take-away|feedback|api)\b")


@asynccontextmanager
async def pinned(service: Service) -> AsyncIterator[None]:
    """Hold the newest version while the block runs."""
    await run_in_threadpool(service.refresh)
    token = HELD.set(service.assistant.library)
    try:
        yield
    finally:
        HELD.reset(token)


class PinnedVersion:
    """The middleware that does so for our own routes; Gradio's events do it themselves, in their own tasks."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app, self.service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or not READS_INDEX.match(scope["path"]):
            await self.app(scope, receive, send)
            return
        async with pinned(self.service):
            await self.app(scope, receive, send)
