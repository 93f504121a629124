"""Files that are something else than their ending says: read as what they are, or refused by name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

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
_FLAT_OFFICE = re.compile(r"\s*<\?xml[^>]*>\s*<\?mso-application progid=\"(\w+)|<w:wordDocument\b", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\{\s*\"|\[\s*[{\[\"])")
_ELSE = {
    b"\xd0\xcf\x11\xe0": "an old or password-protected Office file",
    b"bplist00": "a web archive of Safari",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"%!PS": "a PostScript file",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"II*\x00": "a picture (TIFF)",
    b"MM\x00*": "a picture (TIFF)",
}
# What only the packages of one program hold, whatever is packed into them.
_PACKAGES = {
    "docx": (b"word/document.xml", "a Word file"),
    "pptx": (b"ppt/presentation.xml", "a PowerPoint file"),
    "xlsx": (b"xl/workbook.xml", "an Excel file"),
    "odt": (b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text"),
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
    if flat := _FLAT_OFFICE.match(head):
        program, ending = ("Excel", ".xlsx") if (flat[1] or "").lower() == "excel" else ("Word", ".docx")
        raise DocumentError(f"{name} is an XML file of {program}: open it in {program} and save it as {ending}.")
    if media == "text" and _JSON.match(head) and _is_json(data):
        raise DocumentError(f"{name} is data (JSON) and no text: add it as .json if it is a list of services.")
    if data.startswith(b"PK\x03\x04"):
        return _package(data, media, name)
    if start.startswith(b"{\\rtf") and media != "rtf":
        return Seen("rtf", data, (_READ_AS.format(name=name, what="rich text (RTF)"),))
    if media != "pdf" and start.startswith(b"%PDF-"):
        return Seen("pdf", data, (_READ_AS.format(name=name, what="a PDF file"),))
    if media not in ("pdf", "eml") and _MIME.match(head):
        return Seen("eml", data, (_READ_AS.format(name=name, what="a web archive (MHTML) or saved message"),))
    if _HTML.match(head) and media not in ("html", "eml"):
        if media == "pdf":  # mostly the page that says that the paper has moved
            raise DocumentError(
                f"{name} is not a PDF file although its name says so, but a web page (HTML): fetch it again."
            )
        return Seen("html", data, (_READ_AS.format(name=name, what="a web page (HTML)"),))
    return Seen(media, data)


def _is_json(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict | list)
    except (ValueError, RecursionError):
        return False


def _package(data: bytes, media: str, name: str) -> Seen:
    """An Office file by what is packed in it: first what its ending says, for one may hold another."""
    order = sorted(_PACKAGES, key=lambda kind: kind != media)
    found = next((kind for kind in order if _PACKAGES[kind][0] in data), None)
    if found is None and media not in _PACKAGES:
        raise DocumentError(f"{name} is an archive (zip) or another Office file: save it as PDF or .docx.")
    if found is None or found == media:
        return Seen(media, data)  # its own reader says what is wrong with it
    return Seen(found, data, (_READ_AS.format(name=name, what=_PACKAGES[found][1]),))
