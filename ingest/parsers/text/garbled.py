"""Letters that were garbled before a file came here: UTF-8 read as Windows-1252 by some program ("cafÃ©")."""

from __future__ import annotations

import re


def _sign(byte: int) -> str:
    """What Windows-1252 shows for a byte; the five bytes it leaves free stand for themselves."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTES = {_sign(byte): byte for byte in range(0x80, 0x100)}
_GOES_ON = "[" + "".join(_sign(byte) for byte in range(0x80, 0xC0)) + "]"
_GARBLED = re.compile(rf"[\xc2-\xdf]{_GOES_ON}|[\xe0-\xef]{_GOES_ON}{{2}}|[\xf0-\xf4]{_GOES_ON}{{3}}")
_CLOSING = re.compile(r"\xe2\u20ac(?=[\s.,;:!?)]|$)")  # a closing quote whose last byte shows nothing and was lost


def mended(text: str) -> tuple[str, int]:
    """The text with such letters put right, and how many there were."""
    text, closing = _CLOSING.subn("\N{RIGHT DOUBLE QUOTATION MARK}", text)
    count = closing
    for _ in range(2):  # some files went through this twice
        before = text
        text = _GARBLED.sub(_letter, text)
        if text == before:
            break
        count += sum(1 for _ in _GARBLED.finditer(before))
    return text, count


def _letter(hit: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[sign] for sign in hit.group()).decode("utf-8")
    except UnicodeDecodeError:
        return hit.group()
