"""Addresses for machines that watch the page: /health (the process lives), /ready (it can answer), /metrics."""

from __future__ import annotations

import time
from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse

from chatbot.page import log
from chatbot.page.service import Service, say
from ingest.index import store

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"
PROVED_SECONDS = 10.0  # for so long a model that has answered is taken to answer


def router(service: Service) -> APIRouter:
    """The routes /health and /ready, and /metrics where the operator wants it."""
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

    if service.page.metrics:
        routes.add_api_route("/metrics", lambda: PlainTextResponse(metrics(service), media_type=EXPOSITION))
    return routes


def metrics(service: Service) -> str:
    """Counts since the start, in Prometheus' text format: of work and of the index, none of what anybody asked."""
    queue, library = service.queue, service.library
    values = {
        ("answers_total", "counter"): queue.done,
        ("answers_failed_total", "counter"): queue.failed,
        ("busy_total", "counter"): queue.busy,
        ("answer_seconds_total", "counter"): round(queue.seconds, 3),
        ("waiting", "gauge"): queue.queued,
        ("documents", "gauge"): len(library.documents),
        ("passages", "gauge"): library.manifest.passages,
    }
    return "".join(
        f"# HELP send_chatbot_{name} {say(f'metrics.{name}')}\n# TYPE send_chatbot_{name} {kind}\n"
        f"send_chatbot_{name} {value}\n"
        for (name, kind), value in values.items()
    )


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
            if rows := service.library.rows:
                for row in (0, len(rows) - 1):  # a file that was cut short still has its beginning
                    rows.passage(row)
                rows.pages(len(rows.documents) - 1)
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
