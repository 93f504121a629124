"""Pages that are pictures, read by the program tesseract where the operator has installed it. Nobody else runs it.

It runs in the child process that reads the paper, under that one's limit of memory and a time of its own for each page.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from statistics import median

from ingest.parsers.pdf.glyphs import Picture
from ingest.parsers.pdf.lines import Fragment, RawLine

PROGRAM = "tesseract"
SECONDS = 60  # of one page; usual are three to six
_SURE = 35.0  # of 100: a line read with less is dirt or part of a drawing
_LARGE = 1.4  # times the usual height of a line: a heading
_SIZE = 0.75  # of a line's height is its type
_MOST_WORDS = 20_000


def installed() -> bool:
    """Whether there is a program to read pictures with."""
    return shutil.which(PROGRAM) is not None


def lines_of(picture: Picture) -> list[RawLine] | None:
    """The lines of a page in reading order, an empty one between paragraphs; None where it could not be read in time.

    No words are no lines: the page is a photograph.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    command = [program, "stdin", "stdout", "-l", "eng", "--dpi", str(round(picture.fine * 72)), "--psm", "1", "tsv"]
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "TESSDATA_PREFIX", "LANG", "TMPDIR")}
    source = b"P5\n%d %d\n255\n" % (picture.width, picture.height) + picture.dots
    try:
        done = subprocess.run(
            command,
            input=source,
            capture_output=True,
            timeout=SECONDS,
            env={**kept, "OMP_THREAD_LIMIT": "1"},
            check=True,
        )
        return _lines(done.stdout.decode("utf-8", "replace"), picture)
    except (OSError, subprocess.SubprocessError, csv.Error):  # the last: a table that is none
        return None


def _lines(table: str, picture: Picture) -> list[RawLine]:
    """Lines of the table that the program prints: a word a row, with its block, paragraph and line."""
    found: dict[tuple[str, ...], list[dict[str, str]]] = {}
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row, _ in zip(rows, range(_MOST_WORDS), strict=False):
        if row.get("level") == "5" and (row.get("text") or "").strip():
            place = tuple(row.get(key) or "" for key in ("block_num", "par_num", "line_num"))
            found.setdefault(place, []).append(row)
    sure = {place: words for place, words in found.items() if median(_number(w["conf"]) for w in words) >= _SURE}
    usual = median([_high(words) for words in sure.values()] or [1.0])
    lines: list[RawLine] = []
    paragraph: tuple[str, ...] = ()
    for place, words in sure.items():
        if lines and place[:2] != paragraph:
            lines.append(RawLine())
        paragraph = place[:2]
        lines.append(_line(words, usual, picture))
    return lines


def _line(words: list[dict[str, str]], usual: float, picture: Picture) -> RawLine:
    """One line in points; only a much larger one has a size of its own, for heights go with the letters in them."""
    left = min(_number(word["left"]) for word in words)
    right = max(_number(word["left"]) + _number(word["width"]) for word in words)
    below = max(_number(word["top"]) + _number(word["height"]) for word in words)
    size = _high(words) if _high(words) > _LARGE * usual else usual
    text = " ".join(word["text"].strip() for word in words)
    fragment = Fragment(text, left / picture.fine, right / picture.fine)
    return RawLine([fragment], y=(picture.height - below) / picture.fine, size=round(size * _SIZE / picture.fine, 1))


def _high(words: list[dict[str, str]]) -> float:
    return max(_number(word["height"]) for word in words)


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
