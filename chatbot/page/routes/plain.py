"""Addresses of the Ask page without script: a question sent, and the page fetched that answers it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from chatbot.page.routes.forms import MOST_TURNS_TEXT, answers, busy, many, text
from chatbot.page.routes.kept import Kept
from chatbot.page.service import MOST_LETTERS, Asked, Service, asked_from, say, turned_round, turns_at, turns_from
from chatbot.page.views import plain as plain_view
from chatbot.page.work_queue import BusyError

MOST_TYPED = 20_000  # letters given back in the box where they are too many to be a question


def router(service: Service) -> APIRouter:
    """The routes under /plain."""
    routes, conversations = APIRouter(), Kept()

    @routes.get("/plain")
    async def plain(request: Request) -> Response:
        address = request.query_params
        if name := address.get("kept"):
            asked = conversations.found(name)
            if asked is None:
                return HTMLResponse(plain_view.page(service, [], problem=say("ask.gone")), 410)
        else:
            asked = turns_at({name: address.getlist(name) for name in address})
        if asked:
            service.charge(request)
        return await _plain(service, asked)

    @routes.post("/plain")
    async def plain_answer(request: Request) -> Response:
        form = await request.form()
        if len(typed := text(form, "question", MOST_TYPED)) > MOST_LETTERS:
            told = say("ask.too_long", most=MOST_LETTERS)
            before = turns_from(text(form, "turns", MOST_TURNS_TEXT))
            return HTMLResponse(plain_view.page(service, before, problem=told, typed=typed), 400)
        asked = _plainly_asked(form)
        return RedirectResponse(f"/plain?kept={conversations.keep(asked)}" if asked else "/plain", 303)

    return routes


def _plainly_asked(form: FormData) -> list[Asked]:
    """The questions of the page without script, whose whole conversation travels with its forms."""
    before = turns_from(text(form, "turns", MOST_TURNS_TEXT))
    data = {name: text(form, name, MOST_LETTERS) for name in ("question", "area", "first", "last")}
    asked = asked_from({**data, "kinds": many(form, "kinds")})
    if before and (part := text(form, "leave")):
        return [*before[:-1], before[-1].leaving(part)]
    return [*before, asked] if asked and asked.question.strip() else before


async def _plain(service: Service, asked_now: list[Asked]) -> Response:
    """The page that asks without script, with the answer to the last of some questions."""
    if asked_now and turned_round(asked_now[-1].filters):
        return HTMLResponse(plain_view.page(service, asked_now), 400)
    try:
        found = await answers(service, asked_now[-1:], asked_now[:-1]) if asked_now else []
    except BusyError:
        return busy(service, say("ask.heading"), "ask")
    return HTMLResponse(plain_view.page(service, asked_now, found[-1] if found else None))
