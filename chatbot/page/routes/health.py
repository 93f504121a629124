"""Two addresses for machines that watch the page: /health (the process lives) and /ready (it can answer)."""

from __future__ import annotations

import time
from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from chatbot.page import log
from chatbot.page.service import Service, say
from ingest.index import store

PROVED_SECONDS = 10.0  # for so long a model that has answered is taken to answer


def router(service: Service) -> APIRouter:
    """The routes /health and /ready."""
    routes, readiness = APIRouter(), Readiness(service)

    @routes.get("/health")
    async def health() -> JSONResponse:
        return JSONResponse({"status": "ok", **_facts(service)})

    @routes.get("/ready")
    async def ready() -> JSONResponse:
        reason = await run_in_threadpool(readiness.hindrance)
        if reason:
            return JSONResponse({"status": "not ready", "reason": reason}, 503, {"Retry-After": "10"})
        return JSONResponse({"status": "ready", **_facts(service)})

    return routes


class Readiness:
    """Whether answers can be given; asked often, so that the model itself is tried now and then only."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._proved = -PROVED_SECONDS

    def hindrance(self) -> str:
        """Why no answer can be given at the moment, in a sentence; empty where one can."""
        service = self._service
        if service.queue.full:
            return say("ready.full")
        try:
            service.refresh()
            store.opened(service.library.index, store.read_manifest)  # open files outlive those on the disk
            if service.library.manifest.passages:
                service.library.rows.passage(0)
        except Exception as error:
            log.failed(error, "/ready index")
            return say("ready.index")
        try:
            if time.monotonic() - self._proved >= PROVED_SECONDS:
                service.assistant.embedder.embed_query("ready")
                self._proved = time.monotonic()
        except Exception as error:
            log.failed(error, "/ready model")
            return say("ready.model")
        return ""


def _facts(service: Service) -> dict[str, Any]:
    """From what answers are given. It is read from memory and costs nothing."""
    library = service.library
    return {
        "index": library.fingerprint,
        "documents": len(library.documents),
        "passages": library.manifest.passages,
        "waiting": service.queue.queued,
    }
