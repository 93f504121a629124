"""The quotes of a Paper as a table for a spreadsheet, one a row, with all that is known of each."""

from __future__ import annotations

import csv
import io

from chatbot import wording
from chatbot.export.parts import Paper, Quote
from ingest.registry import kinds
from prompts import words

COLUMNS = (
    "number", "under", "quote", "lead_in", "speaker", "title", "kind", "area", "date", "date_basis", "page",
    "printed_page", "paragraph", "section", "document", "url",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet would take for the beginning of a formula


def write(paper: Paper) -> bytes:
    """The file: UTF-8 with a byte order mark, without which Excel takes it for another encoding."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([words("page", f"csv.{name}") for name in COLUMNS])
    writer.writerows([harmless(value) for value in _row(under, quote)] for under, quote in paper.quotes())
    return file.getvalue().encode("utf-8-sig", "replace")


def harmless(value: object) -> str:
    """A value as text that no spreadsheet runs: an apostrophe goes before what would begin a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _row(under: str, quote: Quote) -> list[object]:
    cited = quote.citation
    return [
        quote.number,
        under,
        cited.quote,
        cited.lead_in,
        wording.speaker(cited.speaker, cited.kind),
        cited.title,
        kinds.called(cited.kind),
        cited.area,
        cited.date,
        words("page", f"date.{cited.date_basis}"),
        cited.page,
        cited.page_label,
        cited.paragraph,
        cited.section,
        cited.document,
        quote.url,
    ]
