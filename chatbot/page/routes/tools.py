"""Addresses of the tools: Compare, What should I ask, files to take away, feedback, help."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from chatbot.export import MEDIA, file_name, written
from chatbot.export.paper import MOST_TITLE, Wish, from_answers, from_comparison, from_enquiry
from chatbot.export.parts import Paper
from chatbot.page.feedback import Feedback, keep
from chatbot.page.routes.documents import missing
from chatbot.page.routes.forms import MOST_TEXT, MOST_TURNS_TEXT, Sent, answers, attachment, busy, many, text
from chatbot.page.service import Service, asked_from, say, turned_round, turns_from
from chatbot.page.views import compare as compare_view
from chatbot.page.views import enquiry as enquiry_view
from chatbot.page.views import help as help_view
from chatbot.page.views import layout
from chatbot.page.views.compare import Chosen
from chatbot.page.views.markup import join, tag
from chatbot.page.work_queue import BusyError
from chatbot.search.filters import Filters
from chatbot.topics.compare import MOST_TOPICS, compare
from chatbot.topics.enquiry import enquire


def router(service: Service) -> APIRouter:
    """The routes of the tools."""
    routes = APIRouter()

    @routes.get("/compare")
    async def compare_(request: Request) -> Response:
        chosen = chosen_from(request.query_params)
        if chosen.topics:
            service.charge(request, len(chosen.topics))
        return await _compared(service, chosen)

    @routes.get("/enquiry")
    async def enquiry(request: Request) -> Response:
        topic = text(request.query_params, "topic")
        if topic.strip():
            service.charge(request)
        return await _enquired(service, topic, text(request.query_params, "areas"))

    @routes.post("/take-away")
    async def take_away(request: Request) -> Response:
        form = await request.form()
        everything = text(form, "what") == "answers"
        service.charge(request, len(turns_from(text(form, "turns", MOST_TURNS_TEXT))) if everything else 1)
        return await _taken(service, form)

    @routes.post("/feedback")
    async def feedback(request: Request) -> Response:
        service.charge(request)
        return await _kept(service, await request.form(), "part" in request.query_params)

    @routes.get("/help")
    @routes.get("/help/{topic}")
    async def help_(topic: str = "about") -> Response:
        if topic not in help_view.topics():
            return missing(service)
        return HTMLResponse(layout.page(service, help_view.title(topic), help_view.body(service, topic), "help"))

    return routes


def chosen_from(form: Sent) -> Chosen:
    """What is to be compared, out of whatever a browser sends."""
    data = asked_from(
        {"question": "", "kinds": many(form, "kinds"), "first": text(form, "first"), "last": text(form, "last")}
    )
    shape = "timeline" if text(form, "shape") == "timeline" else "table"
    topics = tuple(topic[:MOST_TEXT] for topic in many(form, "topic"))[:MOST_TOPICS]
    return Chosen(topics, tuple(many(form, "areas"))[:200], data.filters if data else Filters(), shape)


async def _compared(service: Service, chosen: Chosen) -> Response:
    """The Compare view with or without a result."""
    lead = tag("p", say("compare.lead"), class_="intro")
    wrong = turned_round(chosen.filters)
    if not chosen.topics or wrong:
        body = join([lead, compare_view.form(service, chosen, False)])
        return HTMLResponse(layout.page(service, say("compare.heading"), body, "compare"), 400 if wrong else 200)
    try:
        body = await service.queue.run(_comparison, service, chosen)
    except BusyError:
        return busy(service, say("compare.heading"), "compare")
    return HTMLResponse(layout.page(service, say("compare.heading"), join([lead, body]), "compare", wide=True))


def _comparison(service: Service, chosen: Chosen) -> Any:
    found = compare(service.library, chosen.topics, chosen.areas, chosen.filters, chosen.shape == "timeline")
    return join([compare_view.form(service, chosen, bool(found.rows)), compare_view.result(service, chosen, found)])


async def _enquired(service: Service, topic: str, area: str) -> Response:
    """The lines of enquiry, unless an election period has turned them off."""
    title = say("enquiry.heading")
    if service.page.election_period:
        return HTMLResponse(layout.page(service, title, tag("p", say("enquiry.election"), class_="notes"), "enquiry"))
    form = enquiry_view.form(service, topic, area)
    if not topic.strip() or area not in service.library.areas:
        problem = tag("p", say("enquiry.choose"), class_="problem") if topic or area else None
        return HTMLResponse(layout.page(service, title, join([form, problem]), "enquiry"))
    try:
        body = await service.queue.run(lambda: enquiry_view.result(service, enquire(service.library, topic, area)))
    except BusyError:
        return busy(service, title, "enquiry")
    return HTMLResponse(layout.page(service, title, join([form, body]), "enquiry"))


async def _taken(service: Service, form: FormData) -> Response:
    """A file, made again from the questions; nothing was kept for it."""
    kind = text(form, "format")
    if kind not in MEDIA:
        return missing(service)
    try:
        paper = await _paper(service, form)
        if paper is None:
            return missing(service)
        data = await service.queue.run(written, paper, kind)
    except BusyError:
        return busy(service, say("take.heading"), "ask")
    return attachment(data, MEDIA[kind], file_name(paper, kind))


async def _paper(service: Service, form: FormData) -> Paper | None:
    """What is to be taken away; None where the form does not say it."""
    what, library = text(form, "what"), service.library
    changed = bool(text(form, "index")) and text(form, "index") != library.fingerprint
    wish = Wish(service.page.title, text(form, "title", MOST_TITLE), changed, not service.page.election_period)
    turns = turns_from(text(form, "turns", MOST_TURNS_TEXT))
    if what in ("answer", "answers") and turns:
        first = len(turns) - 1 if what == "answer" else 0
        given = await answers(service, turns[first:], turns[:first])
        return await service.queue.run(from_answers, given, library, wish)
    chosen = chosen_from(form)
    if what == "comparison" and chosen.topics:
        found = await service.queue.run(
            compare, library, chosen.topics, chosen.areas, chosen.filters, chosen.shape == "timeline"
        )
        return from_comparison(found, library, wish)
    if what == "enquiry" and chosen.topics and chosen.areas and not service.page.election_period:
        return from_enquiry(await service.queue.run(enquire, library, chosen.topics[0], chosen.areas[0]), library, wish)
    return None


async def _kept(service: Service, form: FormData, part: bool) -> Response:
    """Keep what a visitor says about an answer, where the operator wants it."""
    if not service.page.store_feedback:
        return missing(service)
    try:
        shown = json.loads(text(form, "shown", 20_000) or "[]")
        pairs = tuple((str(s["document"])[:300], str(s["passage"])[:60]) for s in shown[:40])
        question = text(form, "question", 1000) if text(form, "keep") == "yes" else None
        feedback = Feedback(text(form, "verdict"), text(form, "status")[:20], text(form, "index")[:20], pairs, question)
        await run_in_threadpool(keep, feedback, service.feedback_file)
    except (ValueError, KeyError, TypeError):
        return HTMLResponse(
            layout.page(service, say("feedback.heading"), tag("p", say("feedback.choose_first"), class_="problem")), 400
        )
    thanks = tag("p", say("feedback.thanks"), role="status")
    if part:
        return HTMLResponse(thanks)
    return HTMLResponse(
        layout.page(
            service, say("feedback.heading"), join([thanks, tag("p", tag("a", say("feedback.back"), href="/"))])
        )
    )
