"""Addresses of the areas: the table, the same to take away, one area, and where a fact of a paper stands."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from chatbot.answer.facts import place
from chatbot.export import sheet
from chatbot.national import figures
from chatbot.national.areas import COLUMNS, AreaRow, row_of
from chatbot.page.routes.documents import missing
from chatbot.page.routes.forms import attachment
from chatbot.page.service import Service, say
from chatbot.page.views import areas as areas_view
from chatbot.page.views import evidence as evidence_view
from chatbot.page.views import layout
from chatbot.page.views.areas import Wanted
from chatbot.page.views.evidence import Place

MOST = 100  # letters of a field


def router(service: Service) -> APIRouter:
    """The routes under /areas, and /documents/{id}/facts/{name}."""
    routes = APIRouter()

    @routes.get("/areas")
    async def listing(
        text: str = "", region: str = "", outcome: str = "", sort: str = "area", order: str = ""
    ) -> Response:
        wanted = _wanted(text, region, outcome, sort, order)
        body = await run_in_threadpool(areas_view.listing, service, wanted)
        return HTMLResponse(layout.page(service, say("areas.heading"), body, "areas", wide=True))

    @routes.get("/areas.{form}")
    async def taken(
        form: str, text: str = "", region: str = "", outcome: str = "", sort: str = "area", order: str = ""
    ) -> Response:
        if form not in sheet.MEDIA:
            return missing(service)
        wanted = _wanted(text, region, outcome, sort, order)
        rows = await run_in_threadpool(areas_view.chosen, service, wanted)
        data = sheet.written(form, COLUMNS, [list(row.as_json().values()) for row in rows], say("areas.heading"))
        return attachment(data, sheet.MEDIA[form], f"areas-{service.library.fingerprint}.{form}")

    @routes.get("/areas/{name}")
    async def area(name: str) -> Response:
        row = await run_in_threadpool(row_of, name[:MOST], service.library)
        if row is None:
            body = areas_view.unknown(service, name[:MOST])
            return HTMLResponse(layout.page(service, say("areas.heading"), body, "areas"), 404)
        body = await run_in_threadpool(areas_view.area, service, row)
        return HTMLResponse(layout.page(service, row.area, body, "areas"))

    @routes.get("/areas/{name}/figures.{form}")
    async def figures_of(name: str, form: str) -> Response:
        row = await run_in_threadpool(row_of, name[:MOST], service.library)
        if row is None or form not in sheet.MEDIA:
            return missing(service)
        data = await run_in_threadpool(_figures, row, form, service)
        return attachment(data, sheet.MEDIA[form], f"figures.{form}")

    @routes.get("/documents/{id_}/facts/{name}")
    async def fact(id_: str, name: str) -> Response:
        body = await run_in_threadpool(_fact, service, id_, name)
        return HTMLResponse(layout.page(service, say("evidence.heading"), body, "areas")) if body else missing(service)

    return routes


def _figures(row: AreaRow, form: str, service: Service) -> bytes:
    followed, others = figures.of_area(row, service.library)
    said = [one for each in followed for one in each.said] + list(others)
    return sheet.written(form, figures.COLUMNS, [figures.as_row(one) for one in said], row.area)


def _wanted(text: str, region: str, outcome: str, sort: str, order: str) -> Wanted:
    return Wanted(text[:MOST], region[:MOST], outcome[:MOST], sort[:MOST], order == "desc")


def _fact(service: Service, id_: str, name: str) -> str | None:
    """Where the first fact of a name stands in a paper; None where the paper states none."""
    about = service.about(id_)
    for fact in about.facts.stated if about else ():
        if about and fact.name == name and (pick := place(about, fact, service.library)):
            return evidence_view.view(service, Place(about, pick.hit.passage, *pick.bounds))
    return None
