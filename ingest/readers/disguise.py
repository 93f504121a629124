"""Files that are something else than their ending says: read as what they are, or refused by name."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage

from ingest.errors import DocumentError

_READ_AS = "{name} is {what}, not what its ending says; it was read as such."
_LOOKED_AT = 8_192  # bytes at the beginning
_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?><!--.{0,4000}?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MIME = re.compile(
    r"\s*+(?:[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*?(?:mime-version:|content-type: *multipart/)", re.IGNORECASE
)
_FLAT_WORD = re.compile(r"\s*<\?xml[^>]*>\s*<\?mso-application|<w:wordDocument\b", re.IGNORECASE)
_ELSE = {
    b"{\\rtf": "rich text (RTF)",
    b"\xd0\xcf\x11\xe0": "an old or password-protected Office file",
    b"bplist00": "a web archive of Safari",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"%!PS": "a PostScript file",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"II*\x00": "a picture (TIFF)",
    b"MM\x00*": "a picture (TIFF)",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file is: the reader it needs, its data for that reader, and what is to be told."""

    media: str
    data: bytes
    warnings: tuple[str, ...] = ()


def seen_through(data: bytes, media: str, name: str) -> Seen:
    """The file as what its first bytes show it to be.

    Raises DocumentError for formats that are not read: their codes would be quoted as if they were text.
    """
    start = data[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    for sign, what in _ELSE.items():
        if start.startswith(sign) and not (media == "docx" and sign.startswith(b"\xd0")):  # that reader says more
            raise DocumentError(f"{name} is {what}, whatever its ending says: save it as PDF or .docx and add that.")
    head = start.replace(b"\x00", b"").decode("latin-1")
    if _FLAT_WORD.match(head):
        raise DocumentError(f"{name} is a Word file in XML: open it in Word and save it as .docx.")
    if data.startswith(b"PK\x03\x04") and media != "docx":
        if b"word/document.xml" not in data:
            raise DocumentError(f"{name} is an archive (zip) or another Office file: save it as PDF or .docx.")
        return Seen("docx", data, (_READ_AS.format(name=name, what="a Word file"),))
    if media != "pdf" and start.startswith(b"%PDF-"):
        return Seen("pdf", data, (_READ_AS.format(name=name, what="a PDF file"),))
    if media != "pdf" and _MIME.match(head):
        return _unpacked(data, media, name)
    if _HTML.match(head) and media != "html":
        if media == "pdf":  # mostly the page that says that the paper has moved
            raise DocumentError(
                f"{name} is not a PDF file although its name says so, but a web page (HTML): fetch it again."
            )
        return Seen("html", data, (_READ_AS.format(name=name, what="a web page (HTML)"),))
    return Seen(media, data)


def _unpacked(data: bytes, media: str, name: str) -> Seen:
    """The page inside a web archive, or the text of a saved message."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    parts = [part for part in message.walk() if not part.is_multipart()]
    for kind, reader in (("text/html", "html"), ("text/plain", "text")):
        for part in parts:
            payload = part.get_payload(decode=True) if part.get_content_type() == kind else None
            if isinstance(payload, bytes) and payload.strip():
                told = _READ_AS.format(name=name, what="a web archive (MHTML) or saved message")
                return Seen(reader, _as_utf8(payload, part.get_content_charset()), (told,))
    return Seen(media, data)


def _as_utf8(data: bytes, charset: str | None) -> bytes:
    """The bytes in UTF-8 where their part declares another character set; else as they are, for the reader to judge."""
    try:
        return data if charset is None else data.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError):
        return data
