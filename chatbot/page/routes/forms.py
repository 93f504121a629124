"""What routes share: fields of forms, files to take away, the answers to questions, "busy"."""

from __future__ import annotations

from fastapi import Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData, QueryParams

from chatbot.page.service import Asked, Service, say
from chatbot.page.views import layout
from chatbot.page.views.markup import tag
from chatbot.records import Answer

Sent = FormData | QueryParams
MOST_TEXT = 200  # letters of a topic
MOST_TURNS_TEXT = 200_000  # letters of a whole conversation


def text(form: Sent, name: str, most: int = MOST_TEXT) -> str:
    """A text field; empty where it is missing or a file."""
    value = form.get(name)
    return value[:most] if isinstance(value, str) else ""


def many(form: Sent, name: str) -> list[str]:
    """All values of a field, also where they come as lines of one."""
    lines = [line for value in form.getlist(name) if isinstance(value, str) for line in value[:20_000].splitlines()]
    return [line.strip() for line in lines if line.strip()]


def busy(service: Service, title: str, current: str) -> Response:
    """That too many people ask at the moment, as a page."""
    return HTMLResponse(
        layout.page(service, title, tag("p", say("ask.busy"), class_="problem"), current), 503, {"Retry-After": "10"}
    )


def attachment(data: bytes, media_type: str, name: str) -> Response:
    """A file to take away under a name; that nothing keeps it is the guard's business."""
    return Response(data, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


async def answers(service: Service, asked: list[Asked], before: list[Asked]) -> list[Answer]:
    """The answers to questions, each with those before it as its history."""
    earlier = [a.question for a in before]
    found = []
    for one in asked:
        found.append(await service.queue.run(service.answer, one, list(earlier)))
        earlier.append(one.question)
    return found
