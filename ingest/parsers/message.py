"""Saved messages (.eml) and web archives (MHTML): the text a person reads in them, by the standard library."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from ingest.errors import DocumentError
from ingest.parsers.html import html
from ingest.parsers.text import text
from ingest.records import ReadDocument, collapse

ATTACHED = "{name} has attachments that were not read ({names}): save them and add them by themselves."
_MOST_NAMED = 5
_MOST_PARTS = 1_000


def read(data: bytes, name: str) -> ReadDocument:
    """The page or text inside a message; subject and day of one that was sent are hints of title and date.

    Those of a web archive tell when it was saved. Who wrote and who received it is not kept. Raises DocumentError where
    it holds no text.
    """
    try:
        message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        parts = [part for part, _ in zip(message.walk(), range(_MOST_PARTS), strict=False) if not part.is_multipart()]
        attached = [
            collapse(part.get_filename() or "") for part in parts if part.get_content_disposition() == "attachment"
        ]
        found = _body([part for part in parts if part.get_content_disposition() != "attachment"])
        hints = _hints(message)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError, AssertionError) as error:
        raise DocumentError(f"{name} is not a saved message that can be read: save its text and add that.") from error
    if found is None:
        raise DocumentError(f"{name} holds no text that can be read: save its attachments and add them.")
    media, body = found
    document = html.read(body, name) if media == "html" else text.read(body, name)
    names = ", ".join(filter(None, attached[:_MOST_NAMED])) or "without a name"
    told = (ATTACHED.format(name=name, names=text.visible(names)),) if attached else ()
    return replace(document, hints={**document.hints, **hints}, warnings=(*document.warnings, *told))


def _body(parts: list[EmailMessage]) -> tuple[str, bytes] | None:
    """The media and the bytes in UTF-8 of what is read: the page where there is one, else the plain text."""
    for kind, media in (("text/html", "html"), ("text/plain", "text")):
        for part in parts:
            payload = part.get_payload(decode=True) if part.get_content_type() == kind else None
            if isinstance(payload, bytes) and payload.strip():
                return media, _as_utf8(payload, part.get_content_charset())
    return None


def _hints(message: EmailMessage) -> dict[str, str]:
    if "@" not in str(message.get("from", "")):
        return {}
    subject = collapse(text.visible(str(message.get("subject", ""))))
    hints = {"title": subject} if subject else {}
    try:
        day = parsedate_to_datetime(str(message["date"])).date().isoformat() if message["date"] else ""
    except (ValueError, TypeError):
        day = ""
    return hints | ({"date": day} if day else {})


def _as_utf8(data: bytes, charset: str | None) -> bytes:
    """The bytes in UTF-8 where their part declares another character set; else as they are, for the reader to judge."""
    try:
        return data if charset is None else data.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError):
        return data
