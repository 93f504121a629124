"""Addresses of the papers. Only documents of the index can be fetched, by their id; everything else is not found."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse
from starlette.datastructures import QueryParams

from chatbot.page import page_image
from chatbot.page.service import Service, say, year
from chatbot.page.views import documents as documents_view
from chatbot.page.views import evidence as evidence_view
from chatbot.page.views import layout
from chatbot.page.views.documents import SORTS, Wanted
from chatbot.page.views.evidence import Place
from chatbot.page.views.markup import Html, join, tag
from ingest.errors import DocumentError
from ingest.intake.discover import TYPES

QUOTE = re.compile(r"^(\d{1,7})-(\d{1,7})$")
NUMBER = re.compile(r"^[0-9]{1,5}$")
MOST_TEXT = 200  # letters of what is looked for
# Shown in the browser; everything else is only ever saved, because a browser might run it.
INLINE = {"pdf": "application/pdf", "text": "text/plain; charset=utf-8", "markdown": "text/plain; charset=utf-8"}
SANDBOX = "default-src 'none'; sandbox"


def router(service: Service) -> APIRouter:
    """The routes under /documents."""
    routes = APIRouter()

    @routes.get("/documents")
    async def listing(request: Request) -> Response:
        wanted = wanted_from(request.query_params)
        if wanted.text.strip():
            service.charge(request)
        left_out = not_understood(request.query_params, wanted)
        body = await run_in_threadpool(documents_view.listing, service, wanted, left_out)
        return HTMLResponse(layout.page(service, say("documents.heading"), body, "documents"))

    @routes.get("/documents/{id_}")
    async def paper(request: Request, id_: str, topic: str = "") -> Response:
        if topic.strip():
            service.charge(request)
        return await _paper(service, id_, topic[:MOST_TEXT])

    @routes.get("/documents/{id_}/pages/{number}")
    async def page(id_: str, number: str, part: str = "") -> Response:
        about = service.about(id_)
        if about is None or not NUMBER.match(number):
            return missing(service)
        body = await run_in_threadpool(evidence_view.page, service, about, int(number), 3 if part else 2)
        return missing(service) if body is None else _evidence(service, body, part)

    @routes.get("/documents/{id_}/passages/{passage}")
    async def passage(request: Request, id_: str, passage: str, quote: str = "", part: str = "") -> Response:
        place = place_of(service, id_, passage, quote)
        if place is None:
            return missing(service)
        body = await run_in_threadpool(evidence_view.view, service, place, 3 if part else 2)
        return _evidence(service, body, part)

    @routes.get("/documents/{id_}/page/{name}")
    async def picture(request: Request, id_: str, name: str, passage: str = "", quote: str = "") -> Response:
        service.charge(request)
        return await _picture(service, id_, name, passage, quote)

    @routes.get("/documents/{id_}/file")
    async def original(id_: str) -> Response:
        return _original(service, id_)

    @routes.get("/documents/{rest:path}")
    async def nothing(rest: str) -> Response:
        return missing(service)

    return routes


def wanted_from(query: QueryParams) -> Wanted:
    """What is to be listed, out of whatever an address says; what makes no sense is left out."""
    number, sort = query.get("page", ""), query.get("sort", "")
    return Wanted(
        query.get("text", "")[:MOST_TEXT],
        query.get("area", "")[:100],
        query.get("kind", "")[:40],
        str(year(query.get("year")) or ""),
        sort if sort in SORTS else SORTS[0],
        max(1, int(number)) if NUMBER.match(number) else 1,
    )


def not_understood(query: QueryParams, wanted: Wanted) -> tuple[str, ...]:
    """The names of what an address says that the list makes nothing of; what is empty says nothing."""
    named = ("year", "sort", "page")
    return tuple(name for name in named if query.get(name, "") not in ("", str(getattr(wanted, name))))


def _evidence(service: Service, body: Html, part: str) -> Response:
    """Evidence as a page of its own, or as the part of one that the panel shows."""
    if part:
        heading = tag("h2", say("evidence.heading"), id="evidence-heading", tabindex="-1")
        return HTMLResponse(join([heading, body]))
    return HTMLResponse(layout.page(service, say("evidence.heading"), body, "documents"))


async def _paper(service: Service, id_: str, topic: str) -> Response:
    about = service.about(id_)
    if about is None:
        return missing(service)
    body = await run_in_threadpool(documents_view.paper, service, about, topic)
    return HTMLResponse(layout.page(service, about.facts.title, body, "documents"))


def place_of(service: Service, id_: str, passage_id: str, quote: str) -> Place | None:
    """The passage of a document with its quote; the whole passage where no sound quote is given; None for others."""
    about, row = service.about(id_), service.library.row_of(passage_id)
    if about is None or row is None or not about.first <= row < about.first + about.count:
        return None
    passage = service.library.passage(row)
    match = QUOTE.match(quote)
    start, end = (int(match[1]), int(match[2])) if match else (0, len(passage.text))
    if not start < end <= len(passage.text):
        start, end = 0, len(passage.text)
    return Place(about, passage, start, end)


async def _picture(service: Service, id_: str, name: str, passage: str, quote: str) -> Response:
    """The picture of a page, with a quote marked where one is named."""
    about = service.about(id_)
    match = re.match(r"^(\d{1,5})\.png$", name)
    if about is None or match is None or about.media != "pdf":
        return missing(service)
    number = int(match[1])
    place = place_of(service, id_, passage, quote) if passage else None
    pages = service.library.pages_of(about.facts.document)
    index = next((n for n, page in enumerate(pages) if page.number == number), None)
    marks = await run_in_threadpool(evidence_view.marks, service, place, index) if place and index is not None else ()
    try:
        data = await run_in_threadpool(page_image.picture, service.original(about), number, marks)
    except DocumentError:
        return missing(service)
    return Response(data, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def _original(service: Service, id_: str) -> Response:
    """The file as it was given: PDF and text to look at, everything else only to save."""
    about = service.about(id_)
    if about is None or not service.original(about).is_file():
        return missing(service)
    ending = ".json" if about.media == "services" else Path(about.facts.document).suffix.lower()
    kind = (
        about.media if about.media in ("pdf", TYPES.get(ending)) else ""
    )  # a file that is something else is only saved
    name = f"{id_}{'.pdf' if kind == 'pdf' else ending if ending in TYPES else '.bin'}"
    headers = {"Content-Security-Policy": "frame-ancestors 'none'" if kind == "pdf" else SANDBOX}
    return FileResponse(
        service.original(about),
        media_type=INLINE.get(kind, "application/octet-stream"),
        filename=name,
        content_disposition_type="inline" if kind in INLINE else "attachment",
        headers=headers,
    )


def missing(service: Service) -> Response:
    """The page for an address that leads nowhere."""
    return HTMLResponse(layout.nowhere(service), 404)
