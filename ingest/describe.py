"""Knows a document from its content: what kind it is, whose, about where and when.

File names are never asked: in the world they are `50268244.pdf` or `s12345.pdf`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ingest import dates
from ingest.places import count_areas, full_name
from ingest.records import Block, DocumentFacts, Inspection, ReadDocument, collapse

REPORT_TITLE = re.compile(
    r"Area SEND (?:(?P<monitoring>monitoring) )?inspection of (?:the )?(?P<area>[A-Z][\w’'.,& -]{2,60}?)\s+"
    r"(?:(?i:local\s+area)|LAP\b)"
)
LETTER_TITLE = re.compile(
    r"Joint (?:local )?area (?:SEND|special educational needs and(?:/or)? disabilit(?:y|ies)(?: \(SEND\))?) "
    r"(?P<again>re-?visit|re-?inspection|inspection)\s+(?:in|of|to)\s+(?:the )?"
    r"(?P<area>[A-Z][\w’'& -]{2,50}?)(?:\s+local area)?\s*(?:$|\n|\.)",
    re.MULTILINE,
)
OUTCOMES = (
    ("systemic_failings", re.compile(r"widespread and/?\s?(?:or)? systemic failings", re.IGNORECASE)),
    ("inconsistent", re.compile(r"lead to inconsistent experiences and outcomes", re.IGNORECASE)),
    ("positive", re.compile(r"typically lead to positive experiences and outcomes", re.IGNORECASE)),
)
NEXT_FULL = re.compile(
    r"next full (?:area SEND )?(?:re-?)?inspection[^.]{0,40}? (within (?:approximately )?[\w-]+ (?:years?|months?))",
    re.IGNORECASE,
)
PREVIOUS = re.compile(r"Dates? of (?:the )?previous inspections?:\s*(?P<when>.{0,80})", re.IGNORECASE)
PREVIOUS_SENTENCE = re.compile(
    r"previous (?:full )?(?:area SEND )?inspection was (?:on|from|in) (?P<when>.{0,60})", re.IGNORECASE
)
INSPECTED = re.compile(r"Inspection dates?:\s*(?P<when>.{0,70})", re.IGNORECASE)
LETTER_INSPECTED = re.compile(
    r"(?:From|Between|On) (?P<when>.{4,60}?),? (?:Ofsted|the Care Quality Commission|Her Majesty)", re.IGNORECASE
)
MEETING = re.compile(r"^(?:Title of )?Meeting:\s*(?P<committee>.+)$", re.IGNORECASE | re.MULTILINE)
DATED = re.compile(
    r"(?:^|(?<=[.|] ))(?:Meeting date|Date of meeting|Date|Updated|Published|Version date|Review date)\b:?\s+(?:on )?"
    r"(?P<when>[^\n]{4,60})|\b(?:last|date) (?:updated|reviewed):?\s+(?:on )?(?P<updated>[^\n]{4,60})",
    re.IGNORECASE | re.MULTILINE,
)
STYLE = r" (?:County|City|Borough|District|Metropolitan Borough|Metropolitan)"
COUNCIL = re.compile(
    r"\b(?:London Borough of [A-Z]\w+(?: and [A-Z]\w+)?|(?:[A-Z][\w-]+(?: and| upon| of|,)? ){1,4}"
    r"(?:(?:County|City|Borough|District|Metropolitan|Metropolitan Borough) )?Council)\b"
)
VERSION = re.compile(
    r"\b(?:version|draft|revision|issue|v)\s?\d[\d.]*\b[,;:(–-]*\s*(?P<when>[^\n]{4,40})", re.IGNORECASE
)
DATE_ALONE = re.compile(r"(?:^|[.,;–-] )(?P<when>[\w ,]{0,22}\b20\d\d)\.?$", re.MULTILINE)
HEAD = 600  # ...and in which a date that stands alone is its own
OPENING = 900  # characters from "Dear" in which a letter says when inspectors came
OUTCOME = 1800  # ...and from "Inspection outcome" in which a report gives it
FRONT = 4000  # characters from the start in which a document says what it is


def describe(name: str, document: ReadDocument, blocks: tuple[Block, ...]) -> DocumentFacts:
    """All that the content tells; what it does not tell stays None (date basis "unknown")."""
    text = "\n".join(page.text for page in document.pages)
    flat = "\n".join(block.text for block in blocks)
    kind = _kind(document, text, flat, blocks)
    facts = DocumentFacts(name, _title(document, blocks, kind, flat), kind, licence=_licence(text))
    if kind in ("inspection_report", "monitoring_report"):
        facts = _report(facts, flat)
    elif kind in ("inspection_letter", "revisit_letter"):
        facts = _letter(facts, flat, text)
    else:
        facts = _paper(facts, document, flat, text)
    return replace(facts, title=facts.title or name)


def _kind(document: ReadDocument, text: str, flat: str, blocks: tuple[Block, ...]) -> str:
    """The first kind whose strong signals are there; the order matters, papers quote one another."""
    front, lower = flat[:FRONT], flat.lower()
    headings = [block.text.lower() for block in blocks if block.kind == "heading"]
    if document.media == "services":
        return "local_offer"
    if match := REPORT_TITLE.search(collapse(front)):
        return "monitoring_report" if match["monitoring"] else "inspection_report"
    if (match := LETTER_TITLE.search(front)) and re.search(r"^Dear\b|Yours sincerely", flat, re.MULTILINE):
        again = match["again"].lower() != "inspection" or "revisit" in lower or "re-visit" in lower
        return "revisit_letter" if again and "sufficient progress" in lower else "inspection_letter"
    if re.search(r"^(agenda item|minutes:?|resolved)\b", flat, re.IGNORECASE | re.MULTILINE) and re.search(
        r"\b(the chair|members? (?:were|asked|noted)|councillor|cabinet)\b", lower
    ):
        return "minutes"
    if lower.count("peer team") + lower.count("peer challenge") + lower.count("peer review") >= 4:
        return "peer_review"
    if _is_plan(document, headings, front):
        return "action_plan"
    if re.search(r"\b(report (by|of)|title of report)\b", front, re.IGNORECASE) and "recommendation" in lower:
        return "cover_report"
    if "you said" in lower and "we did" in lower:
        return "local_offer"
    signals = (
        "local offer",
        "eligib",
        "last updated",
        "refer",
        "how to get",
        "contact us",
        "you said",
        "opening times",
    )
    if document.media in ("html", "markdown", "docx", "text") and sum(sign in lower for sign in signals) >= 2:
        return "local_offer"
    return "other"


def _is_plan(document: ReadDocument, headings: list[str], front: str) -> bool:
    """A plan says so in its title and has rows with an owner or a date to be done by."""
    named = re.search(
        r"\b(action plan|improvement plan|written statement of action|accelerated progress plan|delivery plan)\b",
        " ".join([*headings[:3], front[:400]]),
        re.IGNORECASE,
    )
    columns = re.search(
        r"\b(lead|owner|responsible|RAG|BRAG|milestone|by when|end date|due)\b",
        front + " ".join(headings),
        re.IGNORECASE,
    )
    return bool(named and columns)


def _title(document: ReadDocument, blocks: tuple[Block, ...], kind: str, flat: str) -> str:
    """The title printed in the text; the file's own only where the text has none."""
    front = collapse(flat[:FRONT])
    if kind in ("inspection_report", "monitoring_report") and (match := REPORT_TITLE.search(front)):
        return f"{collapse(match.group())} Partnership".replace("Area Partnership Partnership", "Area Partnership")
    if kind in ("inspection_letter", "revisit_letter") and (match := LETTER_TITLE.search(flat[:FRONT])):
        return collapse(match.group()).rstrip(".")
    if document.hints.get("title") and document.media in ("html", "services", "docx"):
        return document.hints["title"]
    skipped = re.compile(
        r"^(agenda item|agendas, meetings|local area partnership report|minutes:?$|\W*$)", re.IGNORECASE
    )
    for block in blocks[:6]:
        if not skipped.match(block.text):
            title = re.sub(r"^Title of report:\s*", "", block.text)
            return title if len(title) <= 160 else title[:157].rsplit(" ", 1)[0] + " ..."
    return document.hints.get("title", "")


def _licence(text: str) -> str | None:
    return "Open Government Licence" if "open government licence" in collapse(text).lower() else None


def _report(facts: DocumentFacts, flat: str) -> DocumentFacts:
    """Facts of a 2023-framework report, all stated on its first page."""
    front = collapse(flat[:FRONT])
    title = REPORT_TITLE.search(front)
    area = full_name(collapse(title["area"])) if title else ""
    found = INSPECTED.search(flat)
    start, end = (dates.period(found["when"]) if found else None) or (None, None)
    opens = re.search(r"^Inspection outcome", flat, re.MULTILINE)
    outcome_text = collapse(flat[opens.start() : opens.start() + OUTCOME] if opens else flat[: FRONT * 2])
    next_full = NEXT_FULL.search(outcome_text)
    inspection = Inspection(
        "2023",
        start,
        end,
        _previous(flat),
        None  # a monitoring inspection tells the old outcome again and gives no new one
        if facts.kind == "monitoring_report"
        else next((name for name, pattern in OUTCOMES if pattern.search(outcome_text)), None),
        next_full.group(1) if next_full else None,
    )
    return replace(
        facts,
        areas=(area,) if area else (),
        publisher="Ofsted and the Care Quality Commission",
        date=end,
        date_basis="stated" if end else "unknown",
        inspection=inspection,
    )


def _previous(flat: str) -> str | None:
    """The previous inspection as an ISO interval (or day), "not previously inspected", or None."""
    match = PREVIOUS.search(flat) or PREVIOUS_SENTENCE.search(flat[:FRONT])
    if match is None:
        return None
    when = match["when"]
    if re.search(r"not previously|n/?a|none", when, re.IGNORECASE):
        return "not previously inspected"
    found = dates.period(when)
    if found is None:
        sentence = PREVIOUS_SENTENCE.search(flat[:FRONT])
        found = dates.period(sentence["when"]) if sentence else None
    if found is None:
        return None
    return found[0] if found[0] == found[1] else f"{found[0]}/{found[1]}"


def _letter(facts: DocumentFacts, flat: str, text: str) -> DocumentFacts:
    """Facts of a letter under the first framework: it has no outcome of three."""
    title = LETTER_TITLE.search(flat[:FRONT])
    area = full_name(collapse(title["area"])) if title else ""
    inspected = LETTER_INSPECTED.search(collapse(flat))
    opening = flat[max(flat.find("\nDear "), 0) :][:OPENING]
    start, end = (inspected and dates.period(inspected["when"])) or dates.period(opening) or (None, None)
    head = flat[: title.start()] if title else flat[:600]
    date = dates.first_date(head) or end
    inspection = Inspection("2016", start, end, None, None, None)
    return replace(
        facts,
        areas=(area,) if area else (),
        publisher="Ofsted and the Care Quality Commission",
        date=date,
        date_basis="stated" if date else "unknown",
        inspection=inspection,
    )


def _paper(facts: DocumentFacts, document: ReadDocument, flat: str, text: str) -> DocumentFacts:
    """Facts of a council paper, plan or local offer page."""
    hints = document.hints
    area = hints.get("area") or count_areas(f"{facts.title}. {facts.title}. {hints.get('publisher', '')}. {flat}")
    publisher = hints.get("publisher") or _council(flat, area)
    meeting = MEETING.search(flat[:FRONT])
    date = hints.get("date") or _stated_date(flat)
    if date is None and facts.kind != "minutes":
        date = hints.get("modified") if document.media in ("html", "services") else None
    basis = "stated" if date else "unknown"
    # The rows of a plan are full of days to come: what it says of time tells nothing of when it was written.
    if date is None and facts.kind != "action_plan" and (inferred := dates.latest_past(flat)):
        date, basis = inferred, "inferred"
    return replace(
        facts,
        areas=(area,) if area else (),
        publisher=publisher,
        date=date,
        date_basis=basis,
        meeting=hints.get("meeting"),
        committee=hints.get("committee") or (collapse(meeting["committee"]) if meeting else None),
        url=hints.get("url") or None,
    )


def _stated_date(flat: str) -> str | None:
    """The date a paper gives itself: after a label, behind its version, or alone at the end of a line at its head."""
    places = ((DATED, flat[:FRONT]), (VERSION, flat[:FRONT]), (DATE_ALONE, flat[:HEAD]), (DATED, flat[-1500:]))
    for pattern, text in places:
        for match in pattern.finditer(text):
            if date := dates.printed(match["when"] or match.groupdict().get("updated") or ""):
                return date
    return None


def _council(flat: str, area: str | None) -> str | None:
    """The council that bears the area's name, else the one most named."""
    if area and (own := re.search(rf"\b(?:[A-Z]\w+ Borough of )?{re.escape(area)}(?:{STYLE})? Council\b", flat)):
        return own.group()
    counts = Counter(re.sub(r"^The ", "", collapse(match.group())) for match in COUNCIL.finditer(flat))
    named = [name for name, _ in counts.most_common() if area and area.split()[0] in name]
    return named[0] if named else (f"{area} Council" if area else None)
