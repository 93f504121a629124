"""Templates to one self-contained HTML file: nothing in it is fetched from anywhere, and it needs no script."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from eval.errors import EvalError
from prompts import words

FOLDER = Path(__file__).parent / "templates"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    environment.globals["w"] = lambda key: words("eval", key)
    return environment


def write(path: Path, template: str, **values: Any) -> None:
    """Render a template into a file. Raises EvalError where the file cannot be written."""
    css = (FOLDER / "report.css").read_text(encoding="utf-8")
    page = _environment().get_template(template).render(css=jinja2.utils.markupsafe.Markup(css), **values)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise EvalError(f"{path} cannot be written: {error.strerror}.") from error
