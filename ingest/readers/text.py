"""Plain text, as a browser's "save as text" or a copy and paste leaves it: lines kept, roles unknown."""

from __future__ import annotations

import codecs
import re

from ingest.errors import DocumentError
from ingest.readers.build import PageBuilder
from ingest.records import ReadDocument

GUESSED = "{name} is not UTF-8 text, so it was read as Western European (Windows-1252); check its accents."
LOSSY = "{name} has characters that no known encoding explains; they are shown as \N{REPLACEMENT CHARACTER}."

# What a Word form shows in the fields nobody filled in.
PROMPTS = re.compile(
    r"(?:Click (?:or tap )?(?:here )?to enter (?:text|a date)|Choose an item|Click here to enter text)\.", re.IGNORECASE
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_END = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Characters that show nothing and would make equal words differ (soft hyphen, zero-width marks, BOM), and
# codes that are no characters and cannot be stored.
_UNSEEN = re.compile("[\xad\u200b-\u200d\u2060\ufeff\ufffe\uffff\ud800-\udfff]")


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of `data` and the warnings about its encoding.

    Order of trust: a byte order mark, UTF-8, the `declared` character set, Windows-1252. UTF-8 goes before
    the declaration because bytes that happen to be valid UTF-8 nearly always are, and saved pages often
    keep the declaration of the site they came from. Raises DocumentError for binary content.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_bom(data, name, encoding)
    if b"\x00" in data:
        raise DocumentError(f"{name} holds binary data, not text; save it as text and add it again.")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if declared and (text := _declared(data, declared)) is not None:
        return text, ()
    try:
        return data.decode("cp1252"), (GUESSED.format(name=name),)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), (LOSSY.format(name=name),)


def visible(text: str) -> str:
    """`text` without control characters and characters that show nothing; line ends become newlines."""
    return _UNSEEN.sub("", _CONTROL.sub(" ", _LINE_END.sub("\n", text)))


def _with_bom(data: bytes, name: str, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    if "\x00" in text:
        raise DocumentError(f"{name} holds binary data, not text; save it as text and add it again.")
    return text, (LOSSY.format(name=name),) if "\N{REPLACEMENT CHARACTER}" in text else ()


def _declared(data: bytes, charset: str) -> str | None:
    try:
        if not codecs.lookup(charset)._is_text_encoding:
            return None
        return data.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return None


def _tabulated(lines: list[str]) -> list[bool]:
    """For each line whether it is a row of a table: a neighbour has as many cells, parted by tabs.

    A tab in a line by itself is only a wide blank.
    """
    counts = [0, *(line.strip("\t ").count("\t") for line in lines), 0]
    return [
        own > 0 and own in (above, below) for above, own, below in zip(counts, counts[1:], counts[2:], strict=False)
    ]


def read(data: bytes, name: str) -> ReadDocument:
    """Lines without roles on one page, but for the cells of tables; empty lines and form feeds start blocks."""
    text, warnings = decode(data, name)
    builder = PageBuilder()
    lines = visible(text).split("\n")
    for line, tabulated in zip(lines, _tabulated(lines), strict=True):
        if tabulated:
            for cell in line.split("\t"):
                builder.add(cell, role="row", starts=True)
            continue
        # Each part after a form feed stood on a new printed page, so it starts a block.
        for part in re.split(r"(\f)", line):
            builder.blank() if part == "\f" else builder.add(part)
    if not builder.lines:
        raise DocumentError(f"{name} is empty; remove it or replace it with the full document.")
    return builder.document("text", warnings=warnings)
