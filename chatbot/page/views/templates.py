"""The templates of the views: Jinja2 with autoescape, so that text becomes markup only where a template says so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chatbot.page.service import say
from chatbot.page.views.markup import Html, path, web_address

FOLDER = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(say=say, path=path, web_address=web_address)
    return made


def render(name: str, **values: object) -> Html:
    """The template `name`.html with its values, each escaped unless it is Html."""
    return Html(_environment().get_template(f"{name}.html").render(values))
