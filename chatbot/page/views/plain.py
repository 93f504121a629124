"""The Ask view without script: an ordinary form, one answer at a time, the conversation travelling with it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from chatbot.page.service import Asked, Service, say, turned_round
from chatbot.page.views import answer as answer_view
from chatbot.page.views import ask as ask_view
from chatbot.page.views import layout
from chatbot.page.views import summary as summary_view
from chatbot.page.views.markup import Html
from chatbot.page.views.templates import render
from chatbot.records import Answer


def page(
    service: Service, asked: Sequence[Asked], answer: Answer | None = None, problem: str = "", typed: str = ""
) -> Html:
    """The form and the newest answer; earlier questions are sent along with the next.

    `problem` stands above, with what was `typed` back in the box.
    """
    chosen = asked[-1] if asked else None
    if chosen and turned_round(chosen.filters):  # told beside the years; the question goes back into the box
        asked, typed = asked[:-1], chosen.question
    shown = answer_view.turn(service, asked[-1], answer, len(asked), asked[:-1]) if asked and answer else None
    body = render(
        "plain",
        loaded=ask_view.loaded(service),
        problem=problem,
        typed=typed,
        told=summary_view.notice(service),
        filters=ask_view.filters(service, chosen),
        turns=json.dumps([a.as_json() for a in asked]),
        answer=shown,
    )
    return layout.page(service, say("ask.plain_title"), body, "ask")
