"""For programs: one question, one JSON answer, the same as `python -m chatbot ask --json`; with MCP two tools more."""

from __future__ import annotations

from typing import Any

import gradio as gr

from chatbot.page.desk import BusyError
from chatbot.page.service import Asked, Service, say
from ingest.commands import document_row


def add_endpoints(service: Service) -> None:
    """The public endpoint /answer, and where MCP is on the tools /search and /documents. Called inside Blocks."""

    async def answer(question: str, area: str = "", history: list[str] | None = None) -> dict[str, Any]:
        """Answer a question about SEND inspection reports and council papers with verbatim, cited quotes.

        Args:
            question: the question in plain English
            area: the name of one area to search, or empty for all
            history: earlier questions of the same conversation, oldest first
        """
        return await answered(service, question, area, history or [])

    gr.api(answer, api_name="answer", concurrency_limit=None)
    if not service.page.mcp:
        return

    async def search(question: str, area: str = "") -> list[dict[str, Any]]:
        """Find the ten passages nearest to a question, with document, page and section. No answer is composed.

        Args:
            question: what to look for
            area: the name of one area to search, or empty for all
        """
        return list((await answered(service, question, area, []))["passages"])

    async def documents() -> list[dict[str, Any]]:
        """List the documents that can be quoted, with kind, areas, date, licence and address."""
        return document_rows(service)

    gr.api(search, api_name="search", concurrency_limit=None)
    gr.api(documents, api_name="documents", concurrency_limit=None)


async def answered(service: Service, question: str, area: str, history: list[str]) -> dict[str, Any]:
    """The answer as JSON. Raises gradio's Error with the busy line where too many are waiting."""
    try:
        answer = await service.desk.run(service.answer, Asked(question, area or None), [str(h) for h in history])
    except BusyError:
        raise gr.Error(say("ask.busy")) from None
    return answer.as_json()


def document_rows(service: Service) -> list[dict[str, Any]]:
    """The documents as `ingest list --json` prints them."""
    rows = service.library.rows
    return [document_row(rows.stored(number)) for number in range(len(rows.documents))]
