"""Plain text, as a browser's "save as text" or a copy and paste leaves it: lines kept, roles unknown."""

from __future__ import annotations

import codecs
import html
import re

from ingest.errors import DocumentError
from ingest.parsers.build import PageBuilder
from ingest.parsers.tables import Row, write_rows
from ingest.parsers.text.garbled import mended
from ingest.records import ReadDocument, collapse

GUESSED = "{name} is not UTF-8 text, so it was read as Western European (Windows-1252); check its accents."
MIXED = "{name} has {count} not in UTF-8, read as Western European (Windows-1252); check its accents."
MENDED = (
    "{name} came with garbled letters (a wrong encoding before it came here); {count} were mended, check its accents."
)
LOSSY = "{name} has characters that no known encoding explains; they are shown as \N{REPLACEMENT CHARACTER}."

# What a form shows in the fields nobody filled in, and a letter in those that no mail merge did.
PROMPTS = re.compile(
    r"(?:Click (?:or tap )?(?:here )?to enter (?:text|a date)|Choose an item|Click here to enter text)\.|"
    r"\u00ab[\w .-]{1,60}\u00bb|<<[\w .-]{1,60}>>|\{\{ ?[\w .-]{1,60} ?\}\}|\{ ?MERGEFIELD [^{}]{1,80}\}",
    re.IGNORECASE,
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
_ESCAPED = re.compile("[\udc80-\udcff]")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_FEW = 500  # one byte in so many may be nothing, and two of a text as short as twenty: more is none
_SPOILT, _SHORT = 2, 20
_MOST_OF = 0.6
_COLUMN = re.compile(r"[^\s]+(?: [^\s]+)*")  # words parted by single blanks
_WIDE = re.compile(r" {2,}")
_WIDEST = 300  # letters of a line that stands in columns
_FEWEST_ROWS = 3
_UNSEEN = re.compile("[\xad\u200b-\u200d\u2060\ufeff\ufffe\uffff\ud800-\udfff]")


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of `data` and the warnings about its encoding.

    Order of trust: a byte order mark, UTF-8, the `declared` character set, Windows-1252. UTF-8 goes before
    the declaration because bytes that happen to be valid UTF-8 nearly always are, and saved pages often
    keep the declaration of the site they came from. A text stays UTF-8 where fewer of its bytes are wrong than
    letters are right. Raises DocumentError for binary content.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_bom(data, name, encoding)
    if encoding := _wide(data):
        return _with_bom(data, name, encoding)
    lost = data.count(0)
    if lost > max(min(_SPOILT, len(data) // _SHORT), len(data) // _FEW):
        raise DocumentError(f"{name} holds binary data, not text; save it as text and add it again.")
    text, warnings = _decoded(data.replace(b"\x00", b""), name, declared)
    text, count = mended(text)
    if count:
        warnings += (MENDED.format(name=name, count=count),)
    if (lost or "\N{REPLACEMENT CHARACTER}" in text) and LOSSY.format(name=name) not in warnings:
        warnings += (LOSSY.format(name=name),)
    return text, warnings


def _decoded(data: bytes, name: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    text = data.decode("utf-8", "surrogateescape")
    bad = len(_ESCAPED.findall(text))
    if not bad:
        return text, ()
    if bad <= sum(not sign.isascii() for sign in text) - bad:
        count = "1 byte" if bad == 1 else f"{bad} bytes"
        mixed = _ESCAPED.sub(lambda hit: bytes([ord(hit[0]) - 0xDC00]).decode("cp1252", "replace"), text)
        return mixed, (MIXED.format(name=name, count=count),)
    if declared and (found := _declared(data, declared)) is not None:
        return found, ()
    try:
        return data.decode("cp1252"), (GUESSED.format(name=name),)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), (LOSSY.format(name=name),)


def _wide(data: bytes) -> str:
    """The encoding of text in two bytes a letter that says so by no mark; empty for any other."""
    half, odd, even = max(1, len(data) // 2), data[1::2].count(0), data[::2].count(0)
    if len(data) < 8 or max(odd, even) < _MOST_OF * half or min(odd, even) > half / _FEW:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def unescaped(text: str) -> str:
    """`text` with character references ("&amp;", "&#8217;") as the letters they stand for."""
    return _REFERENCE.sub(lambda hit: visible(html.unescape(hit[0])), text)


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


def _in_columns(lines: list[str]) -> list[str]:
    """The lines, tabs for the wide blanks of those, three or more, whose cells stand under one another."""
    found = list(lines)
    cells = [[hit.span() for hit in _COLUMN.finditer(line)] if len(line) <= _WIDEST else [] for line in lines]
    index = 0
    while index < len(lines):
        last = index
        while last + 1 < len(lines) and len(cells[index]) > 1 and _aligned(cells[last], cells[last + 1]):
            last += 1
        if last - index + 1 >= _FEWEST_ROWS:
            for place in range(index, last + 1):
                found[place] = _WIDE.sub("\t", lines[place].strip())
        index = last + 1
    return found


def _aligned(above: list[tuple[int, int]], below: list[tuple[int, int]]) -> bool:
    """Whether the cells of two lines begin, or end as figures do, under one another."""
    return len(above) == len(below) and all(a[0] == b[0] or a[1] == b[1] for a, b in zip(above, below, strict=True))


def read(data: bytes, name: str) -> ReadDocument:
    """Lines without roles on one page, but for the cells of tables; empty lines and form feeds start blocks."""
    text, warnings = decode(data, name)
    builder = PageBuilder()
    lines = _in_columns(unescaped(PROMPTS.sub(" ", visible(text))).split("\n"))
    rows: list[Row] = []
    for line, tabulated in zip(lines, _tabulated(lines), strict=True):
        if tabulated:
            rows.append(Row(tuple(collapse(cell) for cell in line.split("\t"))))
            continue
        write_rows(builder, rows)
        rows = []
        # Each part after a form feed stood on a new printed page, so it starts a block.
        for part in re.split(r"(\f)", line):
            builder.blank() if part == "\f" else builder.add(part)
    write_rows(builder, rows)
    if not builder.lines:
        raise DocumentError(f"{name} is empty; remove it or replace it with the full document.")
    return builder.document("text", warnings=warnings)
