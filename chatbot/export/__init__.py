"""Takes answers, comparisons and lines of enquiry away as files: Word, PDF, Markdown.

paper.py makes one neutral Paper out of each; docx.py, pdf.py and markdown.py write it.
"""

from __future__ import annotations

from collections.abc import Callable

from chatbot.export.paper import Paper

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
}


def written(paper: Paper, kind: str) -> bytes:
    """The paper as a file of a kind ("docx", "pdf", "md"). Raises KeyError for other kinds."""
    from chatbot.export import docx, markdown, pdf

    writers: dict[str, Callable[[Paper], bytes]] = {"docx": docx.write, "pdf": pdf.write, "md": markdown.write}
    return writers[kind](paper)
