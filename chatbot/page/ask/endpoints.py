"""For programs: one question, one JSON answer, the same as `python -m chatbot ask --json`; with MCP two tools more."""

from __future__ import annotations

from typing import Any

import gradio as gr

from chatbot.page import log
from chatbot.page.access.limit import TooManyError
from chatbot.page.service import Service, asked_from, earlier_from, say, work
from chatbot.page.work_queue import BusyError
from chatbot.serialise import as_json
from ingest.commands import document_row


def add_endpoints(service: Service) -> None:
    """The public endpoint /answer, and where MCP is on the tools /search and /documents. Called inside Blocks."""

    async def answer(
        question: str, request: gr.Request, area: str = "", history: list[str] | None = None
    ) -> dict[str, Any]:
        """Answer a question about SEND inspection reports and council papers with verbatim, cited quotes.

        Args:
            question: the question in plain English
            area: the name of one area to search, or empty for all
            history: earlier questions of the same conversation, oldest first
        """
        return await answered(service, request, question, area, history if isinstance(history, list) else [])

    # Out of Gradio's queue with MCP: in it, a tool would call this page anew, by whatever name and as another visitor.
    common: dict[str, Any] = {"queue": not service.page.mcp, "concurrency_limit": None}
    gr.api(answer, api_name="answer", **common)
    if not service.page.mcp:
        return

    async def search(question: str, request: gr.Request, area: str = "") -> list[dict[str, Any]]:
        """Find the ten passages nearest to a question, with document, page and section. No answer is composed.

        Args:
            question: what to look for
            area: the name of one area to search, or empty for all
        """
        return list((await answered(service, request, question, area, []))["passages"])

    async def documents() -> list[dict[str, Any]]:
        """List the documents that can be quoted, with kind, areas, date, licence and address."""
        return document_rows(service)

    gr.api(search, api_name="search", **common)
    gr.api(documents, api_name="documents", **common)


async def answered(
    service: Service, request: gr.Request, question: str, area: str, history: list[str]
) -> dict[str, Any]:
    """The answer as JSON. Raises gradio's Error with a plain sentence where there is none."""
    try:
        asked, before = (
            asked_from({"question": question, "area": area}),
            earlier_from(history if isinstance(history, list) else []),
        )
        if asked is None:
            raise gr.Error(say("guard.unreadable"), print_exception=False)
        service.charge(request, work(asked, before))
        answer = await service.queue.run(service.answer, asked, before)
    except gr.Error:
        raise
    except Exception as error:
        raise gr.Error(told(error), print_exception=False) from None
    return as_json(answer)


def told(error: Exception) -> str:
    """What a visitor is told where there is no answer; a fault of ours is noted in the log under the same id."""
    if isinstance(error, BusyError):
        return say("ask.busy")
    if isinstance(error, TooManyError):
        return say("guard.too_many", seconds=error.seconds)
    return say("guard.failed", id=log.failed(error, "ask"))


def document_rows(service: Service) -> list[dict[str, Any]]:
    """The documents as `ingest list --json` prints them."""
    rows = service.library.rows
    return [document_row(rows.stored(number)) for number in range(len(rows.documents))]
