"""The web application: our own routes first, then Gradio for the Ask view, the guard before both."""

from __future__ import annotations

import importlib.util
import sys
import traceback
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import gradio.queueing
import gradio.routes
import gradio.utils
from fastapi import FastAPI
from fastapi.responses import FileResponse, Response
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from chatbot.page import log
from chatbot.page.access import guard
from chatbot.page.access.head import HeadAsGet
from chatbot.page.ask.blocks import build
from chatbot.page.pinned import PinnedVersion
from chatbot.page.routes import areas, documents, health, http_api, news, plain, promises, themes, tools, upload
from chatbot.page.service import Service
from ingest.errors import SettingsError

STATIC = Path(__file__).parent / "static"
FILES = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "upload.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
FONT = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Arial", "sans-serif"]


def build_app(service: Service) -> FastAPI:
    """The application, ready to be served. Raises SettingsError where MCP is wanted and not installed."""
    if service.page.mcp and importlib.util.find_spec("mcp") is None:
        raise SettingsError("The setting page.mcp needs one more package: run `pip install 'send-chatbot[mcp]'`.")
    app = FastAPI(title=service.page.title, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_api_route("/own/{name}", _static, methods=["GET"])
    app.include_router(health.router(service))
    app.include_router(areas.router(service))  # before all else under /documents
    app.include_router(documents.router(service))
    app.include_router(plain.router(service))
    app.include_router(tools.router(service))
    app.include_router(promises.router(service))
    app.include_router(themes.router(service))
    app.include_router(news.router(service))
    app.include_router(upload.router(service))
    app.include_router(http_api.router(service))
    app.add_middleware(HeadAsGet)
    app.add_middleware(PinnedVersion, service=service)
    guard.install(app, service)
    _keep_gradio_from_printing()
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(service.access.proxies))
    blocks = build(service)
    blocks.queue(max_size=4 * service.page.waiting, default_concurrency_limit=None)
    return gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        show_error=False,
        mcp_server=service.page.mcp or None,
        pwa=False,
        theme=gr.themes.Base(font=FONT, font_mono=["ui-monospace", "monospace"]),
    )


def _static(name: str) -> Response:
    """One of our own files."""
    if name not in FILES:
        return Response("Not found", 404, media_type="text/plain")
    return FileResponse(STATIC / name, media_type=FILES[name], headers={"Cache-Control": "max-age=300"})


def _keep_gradio_from_printing() -> None:
    """Gradio prints the errors of its events with the values that were sent; note their kind and place instead."""

    def noted(*_: object, **__: object) -> None:
        error = sys.exception()
        if error is not None:
            log.failed(error, "gradio")

    quiet = SimpleNamespace(**{**vars(traceback), "print_exc": noted})
    for module in (gradio.queueing, gradio.routes, gradio.utils):
        module.traceback = quiet  # type: ignore[attr-defined]
