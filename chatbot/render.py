"""An answer as plain text, for the terminal and the contract's `answer` field."""

from __future__ import annotations

from chatbot import wording
from chatbot.records import Answer, Citation


def place(citation: Citation) -> str:
    """Where a quote stands: page or paragraph, as far as the document has them."""
    parts = [
        f"page {citation.page}" if citation.page else "",
        f"paragraph {citation.paragraph}" if citation.paragraph else "",
    ]
    return ", ".join(p for p in parts if p)


def plain_text(answer: Answer) -> str:
    """Lead, grouped quotes with their marks, then the notes; one blank line between them."""
    by_marker = {c.marker: c for c in answer.citations}
    blocks = [answer.lead]
    for group in answer.groups:
        lines = [group.heading]
        for marker in group.markers:
            citation = by_marker[marker]
            source = ", ".join(filter(None, [wording.speaker(citation.speaker, citation.kind), place(citation)]))
            lines.append(f"“{citation.quote}” [{marker}] ({source})")
        blocks.append("\n".join(lines))
    blocks += list(answer.notes)
    return "\n\n".join(b for b in blocks if b)
