"""Plain HTTP for programs: POST a question, get the JSON of `ask --json`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from chatbot.page.service import Service, asked_from, earlier_from, say, work, year
from chatbot.page.work_queue import BusyError
from chatbot.serialise import as_json


def router(service: Service) -> APIRouter:
    """The route /api/answer."""
    routes = APIRouter()

    @routes.post("/api/answer")
    async def answer(request: Request) -> Response:
        """Body: {"question": ..., "area": null, "history": [...], "kinds": [...], "first": 2016, "last": 2025}.

        All but the question may be left out.
        """
        try:
            data = await request.json()
        except (ValueError, RecursionError):
            data = None
        asked = asked_from(data)
        if asked is None or not isinstance(data, dict):
            return JSONResponse({"error": "Send a JSON object with a text `question`."}, 400)
        if fault := _fault(data):
            return JSONResponse({"error": fault}, 400)
        before = earlier_from(data.get("history") or [])
        service.charge(request, work(asked, before))
        try:
            found = await service.queue.run(service.answer, asked, before)
        except BusyError:
            return JSONResponse({"error": say("ask.busy")}, 503, headers={"Retry-After": "10"})
        return JSONResponse({**as_json(found), "id": data.get("id") if isinstance(data.get("id"), str) else None})

    return routes


def _fault(data: dict[str, Any]) -> str:
    """What is wrong with the particulars of a question; a browser's are taken as they come, a script's are told."""
    for name, several in (("history", "earlier questions"), ("kinds", "kinds of paper")):
        value = data.get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            return f"`{name}` must be a list of {several}."
    if not isinstance(data.get("area") or "", str):
        return "`area` must be the name of an area."
    for name in ("first", "last"):
        if data.get(name) not in (None, "") and year(data[name]) is None:
            return f"`{name}` must be a year."
    return ""
