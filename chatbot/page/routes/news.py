"""Addresses of what is new: the page, its feed, and the list as a file."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from chatbot.export import atom, sheet
from chatbot.national import news
from chatbot.page.routes.forms import attachment
from chatbot.page.service import Service
from chatbot.page.views import layout
from chatbot.page.views import news as news_view


def router(service: Service) -> APIRouter:
    """The routes of /new."""
    routes = APIRouter()

    @routes.get("/new")
    async def page() -> Response:
        body = await run_in_threadpool(news_view.body, service)
        return HTMLResponse(layout.page(service, news_view.say("heading"), body, "new"))

    @routes.get("/new.atom")
    async def feed(request: Request) -> Response:
        id_ = uuid.uuid5(uuid.NAMESPACE_URL, f"{request.base_url}new.atom").urn  # no two sites' feeds are one
        return Response(await run_in_threadpool(_feed, service, id_), media_type=atom.MEDIA_TYPE)

    @routes.get("/new.csv")
    async def taken() -> Response:
        rows = [entry.as_row() for entry in await run_in_threadpool(news.entries, service.library)]
        data = sheet.written("csv", news.COLUMNS, rows, news_view.say("heading"))
        return attachment(data, sheet.MEDIA["csv"], f"new-{service.library.fingerprint}.csv")

    return routes


def _feed(service: Service, id_: str) -> bytes:
    items = news_view.items(service)
    updated = items[0].updated if items else service.library.manifest.made
    title = f"{news_view.say('heading')} - {service.page.title}"
    return atom.feed(id_, title, updated, "/new.atom", "/new", items)
