"""The form that gives an answer, a conversation or a comparison as a file. It works without script."""

from __future__ import annotations

from chatbot.page.service import say
from chatbot.page.views.markup import Html, tag

FORMATS = ("docx", "pdf", "md")


def take_form(heading: str, values: dict[str, str], prefix: str) -> Html:
    """One button a format; `values` are sent with them. Nothing is kept: the answers are made again."""
    fields = [tag("input", type="hidden", name=name, value=value) for name, value in values.items()]
    buttons = [
        tag(
            "button",
            say(f"take.{kind}"),
            name="format",
            value=kind,
            class_="second",
            aria_label=f"{heading} {say('take.format', format=say(f'take.{kind}'))}",
        )
        for kind in FORMATS
    ]
    return tag(
        "form",
        *fields,
        tag("span", heading, class_="label", id=f"{prefix}-take"),
        tag("span", *buttons, class_="buttons"),
        method="post",
        action="/take-away",
        class_="take",
    )
