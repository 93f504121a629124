"""A Paper as PDF/UA-1, which screen readers can read: typst sets it, paper.typ says how it looks.

The paper reaches the template as data, so that nothing in it can be taken for markup. Fonts are those that come with
two packages, never the machine's: the same paper gives the same bytes.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

from chatbot.export.parts import Paper, Text
from prompts import words

TEMPLATE = Path(__file__).parent / "paper.typ"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # never printed


def write(paper: Paper) -> bytes:
    """The file's bytes. Where a sign is in none of the fonts, the file says so and is tagged, but is not UA-1."""
    try:
        return _compiled(paper, ["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        told = Text(words("page", "paper.missing_signs"))
        return _compiled(replace(paper, parts=(*paper.parts, told)), [])


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory])


def _compiled(paper: Paper, standards: list[Any]) -> bytes:
    said = {
        "contents": words("page", "paper.contents"),
        "page_of": words("page", "paper.page_of", page="{page}", pages="{pages}"),
    }
    data = {"paper": json.dumps(_data(paper)), "words": json.dumps(said)}
    made = datetime.combine(paper.made, time(), UTC)
    return typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=data,
        pdf_standards=standards,
        timestamp=made,
    )


def _data(paper: Paper) -> dict[str, Any]:
    """What the template reads: each part with its kind."""

    def plain(part: Any) -> dict[str, Any]:
        if type(part).__name__ == "Table":
            return {
                **asdict(part),
                "kind": "Table",
                "rows": [[[plain(p) for p in cell] for cell in r] for r in part.rows],
            }
        return {"kind": type(part).__name__, **asdict(part)}

    data = {"title": paper.title, "long": paper.long, "parts": [plain(part) for part in paper.parts]}
    cleaned: dict[str, Any] = _cleaned(data)
    return cleaned


def _cleaned(value: Any) -> Any:
    """The same without signs that cannot be printed."""
    if isinstance(value, str):
        return CONTROL.sub("", value)
    if isinstance(value, dict):
        return {key: _cleaned(inside) for key, inside in value.items()}
    return [_cleaned(inside) for inside in value] if isinstance(value, list | tuple) else value
