"""A Paper as Markdown, with every sign of the papers' words that Markdown would take for its own made harmless."""

from __future__ import annotations

import re

from chatbot.export.parts import Heading, Lines, Linked, Paper, Part, Points, Quote, Table, Text

SPECIAL = re.compile(r"[\\`*_{}\[\]()<>#|~$&]|:(?=//)|(?<=www)\.|@")
AT_START = re.compile(r"^(\d+)([.)])|^([-+=!])")
IN_ADDRESS = re.compile(r"[\s<>\\]")


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
        case Points(items, numbered):
            return "\n".join(f"{f'{n}.' if numbered else '-'} {_linked(item)}" for n, item in enumerate(items, 1))
        case Quote():
            return _quote(part)
        case Table(_, header, rows):
            lines = [f"| {' | '.join(escaped(cell) for cell in header)} |", f"|{' --- |' * len(header)}"]
            lines += [f"| {' | '.join('<br><br>'.join(_in_cell(p) for p in cell) for cell in row)} |" for row in rows]
            return "\n".join(lines)
        case Lines(label, count):
            return f"{escaped(label)}\n\n" + "\n".join(["- "] * count)


def _linked(item: Linked) -> str:
    return f"{escaped(item.text)}{_address(item.url)}"


def _address(url: str) -> str:
    """An address as a link that is written out; nothing in it can end the link early."""
    return f" <{IN_ADDRESS.sub(lambda m: f'%{ord(m.group()):02X}', url)}>" if url else ""


def _quote(quote: Quote) -> str:
    lead_in = f"> *{escaped(quote.citation.lead_in)}*\n>\n" if quote.citation.lead_in else ""
    source = f"{escaped(quote.source)}{_address(quote.url)}"
    return f"{lead_in}> “{escaped(quote.text)}” \\[{quote.number}\\]\n>\n> {source}"


def _in_cell(part: Text | Quote) -> str:
    if isinstance(part, Text):
        return escaped(part.text)
    return f"“{escaped(part.text)}” \\[{part.number}\\] ({escaped(part.source)})"
