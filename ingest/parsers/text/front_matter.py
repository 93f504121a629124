"""The block of facts that many Markdown files open with, between two lines of dashes: it is no text of the paper."""

from __future__ import annotations

import re

from ingest.parsers.html.facts import iso_date
from ingest.records import collapse

_LINE = re.compile(r"([A-Za-z][\w -]{0,40})\s*[:=](?:\s+(.*)|\s*)$")
_MORE = re.compile(r"\s+\S|\s*-\s|\s*#|\s*$")  # what goes on from the line before: a list, a folded text, a note
_MOST_LINES = 100
_HINTS = {"title": "title", "date": "date", "url": "url", "source_url": "url", "publisher": "publisher"}


def front_matter(source: str) -> tuple[dict[str, str], str]:
    """The hints that a file states about itself at its top, and the text after them; all of it where it states none."""
    lines = source.lstrip("\n").split("\n")
    fence = lines[0].strip()
    if fence not in ("---", "+++"):
        return {}, source
    ends = ("---", "...") if fence == "---" else (fence,)
    close = next((n for n, line in enumerate(lines[1:_MOST_LINES], 1) if line.rstrip() in ends), 0)
    inside = lines[1:close]
    if not close or not any(map(_LINE.match, inside)) or not all(_LINE.match(x) or _MORE.match(x) for x in inside):
        return {}, source
    facts = {hit[1].strip().lower(): collapse(hit[2] or "").strip("\"'") for hit in map(_LINE.match, inside) if hit}
    hints = {_HINTS[key]: value for key, value in facts.items() if key in _HINTS and value}
    if "date" in hints:
        hints["date"] = iso_date(hints["date"])
    return {key: value for key, value in hints.items() if value}, "\n".join(lines[close + 1 :])
