"""Bringing papers in through the page, for operators only: the guard has asked for their password before."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import UploadFile

from chatbot.page.adding import PLACE, Adding, temporary
from chatbot.page.routes.documents import missing
from chatbot.page.service import Service, say
from chatbot.page.views import layout
from chatbot.page.views import upload as upload_view

MOST_FILES = 100  # of one upload
MOST_NAME = 120  # letters of a file's name


def router(service: Service) -> APIRouter:
    """The routes under /upload."""
    routes = APIRouter()
    adding = Adding(service.library.index, service.assistant.settings, service.refresh)

    def page(problem: str = "", status: int = 200) -> Response:
        body = upload_view.view(service, adding.newest, problem)
        return HTMLResponse(layout.page(service, say("upload.heading"), body, "documents"), status)

    @routes.get("/upload")
    async def show(part: str = "") -> Response:
        if not service.operators.wanted:
            return missing(service)
        return HTMLResponse(upload_view.state(service, adding.newest)) if part else page()

    @routes.post("/upload")
    async def bring(request: Request) -> Response:
        if not service.operators.wanted:
            return missing(service)
        form = await request.form(max_files=MOST_FILES, max_fields=1)
        sent = [file for file in form.getlist("papers") if isinstance(file, UploadFile) and file.filename]
        if not sent:
            return page(say("upload.nothing"), 400)
        folder = temporary()
        if twice := await run_in_threadpool(_put, sent, Path(folder.name) / PLACE):
            folder.cleanup()
            return page(say("upload.twice", file=twice), 400)
        if not adding.begin(folder, service.library):
            return page(say("upload.busy"), 409)
        return RedirectResponse("/upload", 303)

    @routes.post("/upload/undo")
    async def undo() -> Response:
        if not service.operators.wanted:
            return missing(service)
        return RedirectResponse("/upload", 303) if adding.undo() else page(say("upload.no_undo"), 409)

    return routes


def _put(sent: Sequence[UploadFile], folder: Path) -> str:
    """Put the files into a new folder under their names; the name that two of them have, or empty."""
    folder.mkdir()
    for file in sent:
        place = folder / name_of(file.filename or "")
        if place.exists():
            return place.name
        with open(place, "wb") as target:
            shutil.copyfileobj(file.file, target)
    return ""


def name_of(sent: str) -> str:
    """A file's name as a browser sends it, without folders and signs that cannot be seen; its ending is kept."""
    name = "".join(c for c in PureWindowsPath(sent).name if unicodedata.category(c)[0] != "C").strip(" .")
    return name[-MOST_NAME:].lstrip(" .") or "paper"
