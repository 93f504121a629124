"""The form under an answer for saying what is wrong with it; only where the operator keeps feedback."""

from __future__ import annotations

import json

from chatbot.page.feedback import VERDICTS
from chatbot.page.service import Asked, Service, say
from chatbot.page.views.layout import contact, sentence_with
from chatbot.page.views.markup import Html, tag, text
from chatbot.records import Answer


def feedback_form(service: Service, asked: Asked, answer: Answer, prefix: str) -> Html:
    """Four choices and a tick for keeping the question's words; the way to report it where nothing is kept."""
    if not service.page.store_feedback:
        return tag(
            "details",
            tag("summary", say("feedback.heading")),
            tag("p", report_line(service, answer.index)),
            class_="more",
        )
    choices = [
        tag(
            "p",
            tag("input", type="radio", name="verdict", value=v, id=f"{prefix}-{v}", required=True),
            tag("label", say(f"feedback.{v}"), for_=f"{prefix}-{v}"),
        )
        for v in VERDICTS
    ]
    keep = [
        tag(
            "input",
            type="checkbox",
            name="keep",
            value="yes",
            id=f"{prefix}-keep",
            aria_describedby=f"{prefix}-keep-hint",
        ),
        tag("label", say("feedback.words"), for_=f"{prefix}-keep"),
    ]
    shown = json.dumps([{"document": c.document, "passage": c.passage_id} for c in answer.citations])
    fields = [
        tag("input", type="hidden", name=name, value=value)
        for name, value in (
            ("question", asked.question),
            ("status", answer.status),
            ("index", answer.index),
            ("shown", shown),
        )
    ]
    form = tag(
        "form",
        tag("fieldset", tag("legend", say("feedback.choose")), *choices),
        tag("p", *keep),
        tag("p", say("feedback.words_hint"), id=f"{prefix}-keep-hint", class_="hint"),
        *fields,
        tag("button", say("feedback.send"), class_="second"),
        method="post",
        action="/feedback",
        class_="feedback",
        data_feedback=True,
    )
    return tag("details", tag("summary", say("feedback.heading")), form, class_="more")


def report_line(service: Service, index: str) -> Html:
    """Where a wrong answer is reported, with the line that names the collection."""
    if service.page.contact:
        return sentence_with("feedback.off_contact", contact=contact(service), index=text(index))
    return text(say("feedback.off_no_contact", index=index))
