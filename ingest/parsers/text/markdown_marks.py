"""Marks inside a line of Markdown or its raw HTML: what is left without them is the verbatim text."""

from __future__ import annotations

import re

from ingest.parsers.marks import raised
from ingest.parsers.text.text import PROMPTS, unescaped

# Spans of markup are bounded or end at the next mark: a file full of opening marks must not take for ever.
_LINK = re.compile(
    r"!?\[([^\[\]]{0,2000})\]"
    r"(?:\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:[ \t]+[\"'(][^\n]{0,500}?[\"')])?\)|\[[^\[\]]*\])"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)?[^<>\s]+[@.][^<>\s]+)>")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_STRONG = re.compile(r"\*\*(?=\S)((?:[^*]|\*(?!\*))+)(?<=\S)\*\*|(?<!\w)__(?=\S)((?:[^_]|_(?!_))+)(?<=\S)__(?!\w)")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]{1,4000}?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_]{1,4000}?)(?<=\S)_(?!\w)"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_IMAGE = re.compile(
    r"!\[[^\[\]]{0,2000}\](?:\([^()\s]{0,2000}(?:[ \t][^()\n]{0,500})?\)|\[[^\[\]]{0,200}\])|<img\b[^<>]*>", re.I
)
_NOTE = re.compile(r"(?<=\S)\[\^[^\]\s]{1,40}\]")
_NOTE_TEXT = re.compile(r"^\[\^([^\]\s]{1,40})\]:")
_STRUCK = re.compile(
    r"~~(?=[^\s~])([^~]{1,4000})(?<=\S)~~|<(del|s|strike)\b[^<>]*>[^<>]{0,4000}</\2\s*>", re.IGNORECASE
)
_UNSEEN = re.compile(
    r"<(span|div|p)\b[^<>]*(?:display:\s*none|visibility:\s*hidden|\shidden\b)[^<>]*>[^<>]{0,4000}</\1\s*>",
    re.IGNORECASE,
)
_RAISED = re.compile(
    r"<sup\b[^<>]*>((?:[^<>]|<(?!/?sup\b)[^<>]*>){0,200})</sup\s*>|(?<=[^\s^])\^([^\s^]{1,10})\^", re.IGNORECASE
)
_TAG = re.compile(
    r"</?(?:br|b|i|em|strong|u|sup|sub|span|p|div|a|font|small|mark|center|figure|figcaption|blockquote|section|"
    r"article|main|details|summary|ins|del|s|strike|li|ul|ol|hr|h[1-6])\b[^<>]*>",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """`text` without marks, images, struck words and marks of notes; words and punctuation stay as they are."""
    # Escaped marks are parked in private characters so that the patterns below cannot see them.
    text = _ESCAPE.sub(lambda hit: chr(0xE000 + ord(hit[1])), text)
    text = _NOTE.sub("", _NOTE_TEXT.sub(r"\1 ", _IMAGE.sub(" ", text)))
    text = _STRUCK.sub(" ", _UNSEEN.sub(" ", text))
    text = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = _CODE.sub(lambda hit: hit[2], text)
    for pattern in (_STRONG, _STRONG, _EMPHASIS):
        text = pattern.sub(lambda hit: hit[1] or hit[2], text)
    text = _RAISED.sub(lambda hit: raised(hit.string[max(0, hit.start() - 9) : hit.start()], _bare(hit)), text)
    text = unescaped(PROMPTS.sub(" ", _TAG.sub(" ", text)))
    return re.sub(r"[\ue021-\ue07e]", lambda hit: chr(ord(hit[0]) - 0xE000), text)


def _bare(hit: re.Match[str]) -> str:
    return re.sub(r"<[^<>]*>", "", hit[1] or hit[2] or "")


def cells(line: str) -> list[str]:
    """The cells of a table line, marks stripped."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [" ".join(plain(cell).split()) for cell in re.split(r"(?<!\\)\|", inner)]


def is_bold(line: str) -> bool:
    """Whether all filled cells of a table line are bold."""
    filled = [cell.strip() for cell in re.split(r"(?<!\\)\|", line) if cell.strip()]
    return bool(filled) and all(re.fullmatch(r"(\*\*|__).+\1", cell) for cell in filled)
