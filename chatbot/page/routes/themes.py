"""Addresses of the themes: the table, the same as CSV, and the quotes behind a number."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from chatbot.export import sheet
from chatbot.national.theme_model import names
from chatbot.national.themes import chosen, rows
from chatbot.page.routes.documents import missing
from chatbot.page.routes.forms import attachment
from chatbot.page.service import Service
from chatbot.page.views import layout
from chatbot.page.views import themes as themes_view
from chatbot.page.views.themes import Wanted

MOST = 40  # letters of a field


def router(service: Service) -> APIRouter:
    """The routes under /themes."""
    routes = APIRouter()

    @routes.get("/themes")
    async def listing(outcome: str = "", region: str = "", year: str = "") -> Response:
        body = await run_in_threadpool(themes_view.listing, service, _wanted(outcome, region, year))
        return HTMLResponse(layout.page(service, themes_view.say("heading"), body, "themes", wide=True))

    @routes.get("/themes.csv")
    async def taken(outcome: str = "", region: str = "", year: str = "") -> Response:
        data = await run_in_threadpool(_csv, service, _wanted(outcome, region, year))
        return attachment(data, sheet.MEDIA["csv"], f"themes-{service.library.fingerprint}.csv")

    @routes.get("/themes/{theme}/{sign}")
    async def quotes(theme: str, sign: str, outcome: str = "", region: str = "", year: str = "") -> Response:
        wanted = _wanted(outcome, region, year)
        body = await run_in_threadpool(themes_view.quotes, service, theme, sign, wanted)
        return HTMLResponse(layout.page(service, names()[theme], body, "themes")) if body else missing(service)

    return routes


def _wanted(outcome: str, region: str, year: str) -> Wanted:
    return Wanted(outcome[:MOST], region[:MOST], year[:MOST])


def _csv(service: Service, wanted: Wanted) -> bytes:
    told = [row.as_json() for row in rows(chosen(service.library, wanted.outcome, wanted.region, wanted.year))]
    return sheet.written("csv", list(told[0]), [list(row.values()) for row in told], themes_view.say("heading"))
