"""The Ask view without script: an ordinary form, one answer at a time, the conversation travelling with it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from chatbot.page.service import Asked, Service, say
from chatbot.page.views import answer as answer_view
from chatbot.page.views import ask as ask_view
from chatbot.page.views import layout
from chatbot.page.views import summary as summary_view
from chatbot.page.views.markup import Html, join, tag
from chatbot.records import Answer


def page(service: Service, asked: Sequence[Asked], answer: Answer | None = None) -> Html:
    """The form and the newest answer; earlier questions are sent along with the next."""
    chosen = asked[-1] if asked else None
    field = join(
        [
            tag("label", say("ask.box"), for_="question"),
            tag("p", say("ask.hint"), id="question-hint", class_="hint"),
            tag("textarea", name="question", id="question", rows="2", required=True, aria_describedby="question-hint"),
        ]
    )
    turns = tag("input", type="hidden", name="turns", value=json.dumps([a.as_json() for a in asked]))
    form = tag(
        "form",
        tag("div", field, class_="field"),
        tag("p", tag("button", say("ask.button"), class_="first")),
        ask_view.filters(service, chosen),
        turns,
        method="post",
        action="/plain",
        class_="big-form",
    )
    shown = answer_view.turn(service, asked[-1], answer, len(asked), asked[:-1]) if asked and answer else None
    fresh = tag("p", tag("a", say("ask.fresh"), href="/plain")) if asked else None
    lead = tag("p", ask_view.loaded(service), " ", say("ask.careful"), class_="small")
    told = summary_view.notice(service)
    notice = tag("p", told, class_="notes") if told else None
    return layout.page(service, say("ask.plain_title"), join([lead, notice, form, shown, fresh]), "ask")
