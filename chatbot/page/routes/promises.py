"""Addresses of what is made of all papers: promises, with their tracker as a file."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse

from chatbot.export import MEDIA, sheet, tracker, written
from chatbot.national import promises
from chatbot.page.routes.documents import missing
from chatbot.page.routes.forms import attachment
from chatbot.page.service import Service
from chatbot.page.views import layout
from chatbot.page.views import promises as promises_view
from chatbot.page.views.markup import path

MOST_NAME = 100  # letters of an area


def router(service: Service) -> APIRouter:
    """The routes under /promises."""
    routes = APIRouter()

    @routes.get("/promises")
    async def areas(area: str = "") -> Response:
        if area.strip():
            return RedirectResponse(path("promises", area.strip()[:MOST_NAME]), 303)
        return HTMLResponse(_page(service, promises_view.body(service, "", (), date.today())))

    @routes.get("/promises/{area}")
    async def of_area(area: str) -> Response:
        name = known(service, area)
        if name is None:
            near = get_close_matches(area[:MOST_NAME], service.library.areas, cutoff=0.5)
            return HTMLResponse(_page(service, promises_view.unknown(service, area[:MOST_NAME], near)), 404)
        found = await run_in_threadpool(promises.of_area, service.library, name)
        return HTMLResponse(_page(service, promises_view.body(service, name, found, date.today())))

    @routes.get("/promises/{area}/tracker.{kind}")
    async def taken(request: Request, area: str, kind: str) -> Response:
        service.charge(request)
        name = known(service, area)
        if name is None or kind not in promises_view.FORMATS:
            return missing(service)
        found = await run_in_threadpool(promises.of_area, service.library, name)
        data = await run_in_threadpool(_file, name, found, kind)
        return attachment(data, (MEDIA | sheet.MEDIA)[kind], f"promises.{kind}")

    return routes


def known(service: Service, area: str) -> str | None:
    """The area of that name whatever its capitals; None where it has no papers."""
    return next((name for name in service.library.areas if name.casefold() == area.strip().casefold()), None)


def _file(area: str, found: tuple[promises.Promise, ...], kind: str) -> bytes:
    return tracker.as_sheet(found, kind) if kind in sheet.MEDIA else written(tracker.paper(area, found), kind)


def _page(service: Service, body: object) -> str:
    return layout.page(service, promises_view.say("heading"), body, "promises")
