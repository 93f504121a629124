"""Two addresses for machines that watch the page: /health (the process lives) and /ready (it can answer)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from chatbot.page import journal
from chatbot.page.service import Service, say


def router(service: Service) -> APIRouter:
    """The routes /health and /ready."""
    routes = APIRouter()

    @routes.get("/health")
    async def health() -> JSONResponse:
        return JSONResponse({"status": "ok", **_facts(service)})

    @routes.get("/ready")
    async def ready() -> JSONResponse:
        reason = await run_in_threadpool(hindrance, service)
        if reason:
            return JSONResponse({"status": "not ready", "reason": reason}, 503, {"Retry-After": "10"})
        return JSONResponse({"status": "ready", **_facts(service)})

    return routes


def hindrance(service: Service) -> str:
    """Why no answer can be given at the moment, in a sentence; empty where one can."""
    if service.desk.full:
        return say("ready.full")
    try:
        service.refresh()
        service.library.rows.passage(0) if service.library.manifest.passages else None
    except Exception as error:
        journal.failed(error, "/ready index")
        return say("ready.index")
    try:
        service.assistant.embedder.embed_query("ready")
    except Exception as error:
        journal.failed(error, "/ready model")
        return say("ready.model")
    return ""


def _facts(service: Service) -> dict[str, Any]:
    """From what answers are given. It is read from memory and costs nothing."""
    library = service.library
    return {
        "index": library.fingerprint,
        "documents": len(library.documents),
        "passages": library.manifest.passages,
        "waiting": service.desk.queued,
    }
