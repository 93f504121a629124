"""A Paper as Markdown, with every sign of the papers' words that Markdown would take for its own made harmless."""

from __future__ import annotations

import re

from chatbot.export.paper import Heading, Lines, Paper, Part, Points, Quote, Table, Text

SPECIAL = re.compile(r"[\\`*_{}\[\]()<>#|~$&]|:(?=//)|(?<=www)\.|@")
AT_START = re.compile(r"^(\d+)([.)])|^([-+=!])")


def write(paper: Paper) -> bytes:
    """The file, UTF-8."""
    return "\n\n".join([f"# {escaped(paper.title)}", *[_part(part) for part in paper.parts]]).encode() + b"\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, in one line; nothing becomes a link, a tag, a list or a formula."""
    safe = SPECIAL.sub(lambda match: f"\\{match.group()}", re.sub(r"\s+", " ", text).strip())
    return AT_START.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", safe)


def _part(part: Part) -> str:
    match part:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {escaped(text)}"
        case Text(text, strong):
            return f"**{escaped(text)}**" if strong else escaped(text)
        case Points(items):
            return "\n".join(f"- {escaped(item)}" for item in items)
        case Quote():
            return _quote(part)
        case Table(_, header, rows):
            lines = [f"| {' | '.join(escaped(cell) for cell in header)} |", f"|{' --- |' * len(header)}"]
            lines += [f"| {' | '.join('<br><br>'.join(_in_cell(p) for p in cell) for cell in row)} |" for row in rows]
            return "\n".join(lines)
        case Lines(label, count):
            return f"{escaped(label)}\n\n" + "\n".join(["- "] * count)


def _quote(quote: Quote) -> str:
    lead_in = f"> *{escaped(quote.lead_in)}*\n>\n" if quote.lead_in else ""
    return f"{lead_in}> “{escaped(quote.text)}” \\[{quote.number}\\]\n>\n> {escaped(quote.source)}"


def _in_cell(part: Text | Quote) -> str:
    if isinstance(part, Text):
        return escaped(part.text)
    return f"“{escaped(part.text)}” \\[{part.number}\\] ({escaped(part.source)})"
