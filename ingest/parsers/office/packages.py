"""Office files are zip archives: what may be unpacked, and what is refused before anything is."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml.etree import LxmlError

from ingest.errors import DocumentError

MOST_BYTES = 200 * 1024 * 1024
MOST_ENTRIES = 5_000
MOST_RATIO = 150
_RATIO_MATTERS = 20 * 1024 * 1024  # a small file may shrink well and still do no harm
_HEAD = 2_048  # bytes of a part in which a document type is declared, if at all

# What a damaged package makes the zip and XML libraries raise.
UNREADABLE = (
    LxmlError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, OSError, AttributeError, RuntimeError,
    EOFError, TypeError, ArithmeticError, SyntaxError, AssertionError,
)  # fmt: skip


def check(data: bytes, name: str, what: str, ending: str, most_bytes: int = MOST_BYTES) -> list[zipfile.ZipInfo]:
    """The entries of an archive; `what` ("a Word document") and `ending` (".docx") say what it should be.

    Going by the directory alone: it may lie, but no entry is ever unpacked beyond the size it states there. Raises
    DocumentError for what is no archive, or one that would unpack to far more than it is.
    """
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise DocumentError(f"{name} is not {what}; save it as {ending} and add it again.") from error
    size = sum(entry.file_size for entry in entries)
    ratio = size / max(len(data), 1)
    if len(entries) > MOST_ENTRIES or size > most_bytes or (size > _RATIO_MATTERS and ratio > MOST_RATIO):
        raise DocumentError(f"{name} unpacks to more than is safe to read; save it as PDF and add that.")
    return entries


def refuse_entities(data: bytes, name: str) -> None:
    """Refuse packages whose parts declare a document type: no office program writes one, and entities can be bombs."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().endswith((".xml", ".rels")):
                with archive.open(entry) as part:
                    if b"<!DOCTYPE" in part.read(_HEAD).replace(b"\x00", b"").upper():
                        raise DocumentError(f"{name} holds XML that is not safe to read; save it as PDF and add that.")
