"""An answer as plain text, for the terminal and the contract's `answer` field, and as the contract's JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from chatbot import wording
from chatbot.records import Answer, Citation, Summary
from prompts import words


def place(citation: Citation) -> str:
    """Where a quote stands: page or paragraph, as far as the document has them; and whether that is a picture.

    The page is the file's, which is what opens; the number printed on it follows where that is another.
    """
    printed = f" (printed page {citation.page_label})" if citation.page_label else ""
    parts = [
        f"page {citation.page}{printed}" if citation.page else "",
        f"paragraph {citation.paragraph}" if citation.paragraph else "",
        words("answers", "note.scanned") if citation.scanned else "",
    ]
    return ", ".join(p for p in parts if p)


def summary_lines(answer: Answer) -> list[str]:
    """A language model's summary as blocks of text: heading and claims, and what was left out; or why there is none."""
    summary = answer.summary
    if summary is None or not summary.claims:
        return [summary.note] if summary and summary.note else []
    by_marker = {c.marker: c for c in answer.citations}
    lines = [words("model", "say.heading", model=summary.model)]
    for claim in summary.claims:
        first = by_marker[claim.markers[0]]
        where = wording.document(first.kind, first.area, first.date, first.date_basis)
        said = f"{where}; {wording.speaker(first.speaker, first.kind)}"
        marks = "".join(f"[{m}]" for m in claim.markers)
        lines.append(words("model", "say.claim", claim=claim.text, marks=marks, where=said))
    return ["\n".join(lines), *([summary.note] if summary.note else [])]


def helpers(answer: Answer) -> str:
    """Who can help as a block of text; empty where nobody is named."""
    if answer.reply is None or not answer.reply.contacts:
        return ""
    helping = [
        " ".join(filter(None, (words("answers", "reply.contact", who=c.name, what=c.what), c.phone, c.web)))
        for c in answer.reply.contacts
    ]
    return "\n".join(filter(None, [words("answers", "reply.help"), answer.reply.helpers, *helping]))


def plain_text(answer: Answer) -> str:
    """What is said to the person, a summary if there is one, lead, grouped quotes with their marks, notes, who helps.

    Blank lines stand between. Where the papers speak under a reply, their quotes are told without marks: the answer
    has no citations.
    """
    by_marker = {c.marker: c for c in answer.citations}
    said = [answer.reply.say] if answer.reply and answer.reply.say != answer.lead else []
    translated = [answer.translation.text] if answer.translation else []
    blocks = [*(summary_lines(answer) if answer.summary else ()), *translated, *said, answer.lead]
    for group in answer.groups:
        lines = [group.heading, *([group.note] if group.note else [])]
        for marker in group.markers:
            citation = by_marker[marker]
            source = ", ".join(filter(None, [wording.speaker(citation.speaker, citation.kind), place(citation)]))
            lines.append(f"“{citation.quote}” [{marker}] ({source})")
        blocks.append("\n".join(lines))
    blocks += list(answer.notes)
    if answer.papers:
        blocks.append(words("answers", "reply.papers"))
        blocks += [f"“{c.quote}” ({', '.join(filter(None, (c.title, place(c))))})" for c in answer.papers.citations]
    blocks.append(helpers(answer))
    return "\n\n".join(b for b in blocks if b)


def as_json(answer: Answer) -> dict[str, Any]:
    """An answer as the contract prints it, with our additions."""
    return {
        "id": answer.id,
        "question": answer.question.text,
        "resolved_question": answer.question.resolved,
        "status": answer.status,
        "answer": plain_text(answer),
        "lead": answer.lead,
        "summary": _summary(answer.summary) if answer.summary else None,
        **({"translation": asdict(answer.translation)} if answer.translation else {}),
        "citations": [c.as_json() for c in answer.citations],
        "groups": [{"heading": g.heading, "markers": list(g.markers), "note": g.note} for g in answer.groups],
        "notes": list(answer.notes),
        "help": [asdict(contact) for contact in answer.reply.contacts] if answer.reply else [],
        "papers": [c.as_json() for c in answer.papers.citations] if answer.papers else [],
        "passages": [
            {
                "rank": rank,
                "document": h.passage.document,
                "page": h.passage.page,
                "section": h.passage.section,
                "text": h.passage.text,
                "score": round(h.score, 4),
                "id": h.passage.id,
                "dropped": h.dropped,
            }
            for rank, h in enumerate(answer.hits[:10], 1)
        ],
        "understood": {
            "intent": answer.question.intent,
            "areas": list(answer.question.areas),
            "unknown_areas": list(answer.question.unknown_areas),
            "years": list(answer.question.years),
            "kinds": list(answer.question.kinds),
            "speakers": list(answer.question.speakers),
            "concepts": [c.label for c in answer.question.concepts],
        },
        "reason": answer.reason,
        "gate": answer.gate,
        "searched": answer.searched.as_json(),
        "index": answer.index,
        "seconds": answer.seconds,
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "claims": [{"text": c.text, "markers": list(c.markers), "words": list(c.words)} for c in summary.claims],
        "dropped": summary.dropped,
        "model": summary.model,
        "where": summary.where,
        "note": summary.note,
        "reasons": dict(summary.reasons),
    }
