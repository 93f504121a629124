"""The form that gives an answer, a conversation or a comparison as a file. It works without script."""

from __future__ import annotations

from chatbot.export.paper import MOST_TITLE
from chatbot.page.views.markup import Html
from chatbot.page.views.templates import render

FORMATS = ("docx", "pdf", "md", "csv")


def take_form(heading: str, values: dict[str, str], prefix: str) -> Html:
    """One button a format; `values` are sent with them. Nothing is kept: the answers are made again."""
    return render("take", heading=heading, values=values, prefix=prefix, formats=FORMATS, most=MOST_TITLE)
