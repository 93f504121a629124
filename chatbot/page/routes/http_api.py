"""Plain HTTP for programs: POST a question, get the JSON of `ask --json`."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from chatbot.page.service import Service, asked_from, earlier_from, say, work
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
        history = data.get("history") or []
        if not isinstance(history, list) or not all(isinstance(h, str) for h in history):
            return JSONResponse({"error": "`history` must be a list of earlier questions."}, 400)
        before = earlier_from(history)
        service.charge(request, work(asked, before))
        try:
            found = await service.queue.run(service.answer, asked, before)
        except BusyError:
            return JSONResponse({"error": say("ask.busy")}, 503, headers={"Retry-After": "10"})
        return JSONResponse({**as_json(found), "id": data.get("id") if isinstance(data.get("id"), str) else None})

    return routes
