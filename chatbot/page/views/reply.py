"""What is said to the person who asks, and who can help, with numbers that a phone can call."""

from __future__ import annotations

from chatbot import wording
from chatbot.page.service import say
from chatbot.page.views.markup import Html
from chatbot.page.views.templates import render
from chatbot.signposts import Reply
from prompts import table


def said(reply: Reply, prefix: str, quotes: bool) -> Html:
    """The one line to the person, with a way to the people who help where `quotes` stand between."""
    return render("reply_said", reply=reply, helpers=f"{prefix}-help" if quotes and reply.contacts else "")


def helpers(reply: Reply, prefix: str) -> Html | None:
    """The people who help, and when their names and numbers were last looked up; None where nobody is named."""
    if not reply.contacts:
        return None
    checked = say("reply.checked", date=wording.date(table("replies")["checked"]))
    return render("reply_helpers", reply=reply, prefix=prefix, checked=checked)
