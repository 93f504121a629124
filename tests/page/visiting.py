"""The page as a visitor from the network meets it, under other settings of access."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.testclient import TestClient

from chatbot.page.access.limit import Limit
from chatbot.page.app import build_app
from chatbot.page.service import Service
from ingest.settings import Access

QUESTION = "What did inspectors say about short breaks in Westmarch?"
VISITOR = ("203.0.113.5", 50000)


def page(service: Service, client: tuple[str, int] = VISITOR, **access: Any) -> TestClient:
    """The page with other settings of access, as a visitor of that address meets it.

    No time passes for what a visitor may ask: on a busy machine an allowance would be full again during a test.
    """
    changed = Service(service.assistant, service.page, Access(**access))
    changed.limit = Limit(changed.access.questions_per_minute, lambda: 0.0)
    return TestClient(build_app(changed), client=client, raise_server_exceptions=False)


def asked(client: TestClient) -> Any:
    """What Gradio's public endpoint gives."""
    started = client.post("/gradio_api/call/answer", json={"data": [QUESTION, "", []]})
    lines = client.get(f"/gradio_api/call/answer/{started.json()['event_id']}").text.splitlines()
    return json.loads(next(text for text in lines if text.startswith("data: "))[6:])


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run in a thread of its own: the browser's driver keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
