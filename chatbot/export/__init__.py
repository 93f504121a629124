"""Takes answers, comparisons and lines of enquiry away as files: Word, PDF, Markdown, a table of the quotes.

paper.py makes one neutral Paper out of each, of the parts in parts.py; docx.py, pdf.py, markdown.py and csv.py
write it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from chatbot.export.parts import Paper

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
MOST_NAME = 80  # letters of a file's name, its date and ending aside


def written(paper: Paper, kind: str) -> bytes:
    """The paper as a file of a kind ("docx", "pdf", "md", "csv"). Raises KeyError for other kinds."""
    from chatbot.export import csv, docx, markdown, pdf

    writers: dict[str, Callable[[Paper], bytes]] = {
        "docx": docx.write,
        "pdf": pdf.write,
        "md": markdown.write,
        "csv": csv.write,
    }
    return writers[kind](paper)


def file_name(paper: Paper, kind: str) -> str:
    """A name that says what the file is and of which day, of letters, digits and hyphens, which any system takes."""
    plain = unicodedata.normalize("NFKD", paper.title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower().replace("'", "")) or ["papers"]
    name = words[0][:MOST_NAME]
    for word in words[1:]:
        if len(name) + 1 + len(word) > MOST_NAME:
            break
        name = f"{name}-{word}"
    return f"{name}-{paper.made.isoformat()}.{kind}"
