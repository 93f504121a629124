"""Knows a document from its content: what kind it is, whose, about where and when.

File names are never asked: in the world they are `50268244.pdf` or `s12345.pdf`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ingest import dates, dating, front, kinds, registry, whose
from ingest.front import Front
from ingest.kinds import FRONT, LETTER_TITLE, REPORT_TITLE
from ingest.places import full_name, plain_signs
from ingest.records import Block, DocumentFacts, Inspection, ReadDocument, collapse

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
STYLE = r" (?:County|City|Borough|District|Metropolitan Borough|Metropolitan)"
COUNCIL = re.compile(
    r"\b(?:London Borough of [A-Z]\w+(?: and [A-Z]\w+)?|(?:[A-Z][\w-]+(?: and| upon| of|,)? ){1,4}"
    r"(?:(?:County|City|Borough|District|Metropolitan|Metropolitan Borough) )?Council)\b"
)
UNDATED = frozenset({"action_plan", "reform_plan", "strategy", "policy", "form"})
OPENING = 900  # characters from "Dear" in which a letter says when inspectors came
OUTCOME = 1800  # ...and from "Inspection outcome" in which a report gives it
COUNCIL_ONLY = re.compile(
    r"^(?:the )?(?:london borough of |city of |county of )?[\w ,’'-]{3,50} council$|^department for [\w ]+$|"
    r"^(press|media|news) release$|^issue - \w+$",
    re.IGNORECASE,
)
NO_TITLE = re.compile(
    r"^(agenda item\b|agendas, meetings|local area partnership report|minutes:?$|from:|to:|sent:|skip to|\[|\W*$|"
    r"(?:date|meeting|report (?:to|of|by)|venue)\s?[:|]|[^|]*\|[^|]*\|.*)", re.IGNORECASE,
)  # fmt: skip


def describe(name: str, document: ReadDocument, blocks: tuple[Block, ...]) -> DocumentFacts:
    """All that the content tells; what it does not tell stays None (date basis "unknown")."""
    text = "\n".join(page.text for page in document.pages)
    texts = [plain_signs(block.text) for block in blocks]
    flat = "\n".join(texts)
    head = front.of(document, blocks)
    kind = document.hints.get("kind") or kinds.recognise(document, head, flat)
    facts = DocumentFacts(name, _title(document, blocks, kind, flat, head), kind, licence=_licence(text))
    if kind in ("inspection_report", "monitoring_report"):
        facts = _report(facts, flat)
    elif registry.kind(kind).letter:
        facts = _letter(facts, flat, text)
    else:
        facts = _paper(facts, document, flat, head, texts)
    return replace(facts, title=facts.title or name)


def _title(document: ReadDocument, blocks: tuple[Block, ...], kind: str, flat: str, head: Front) -> str:
    """The title printed in the text; the file's own only where the text has none."""
    opening = collapse(flat[:FRONT])
    if kind in ("inspection_report", "monitoring_report") and (match := REPORT_TITLE.search(opening)):
        printed = re.sub(r"(?<=\w)- (?=[A-Z])", "-", collapse(match.group()))  # broken at its own hyphen
        return f"{printed} Partnership".replace("Area Partnership Partnership", "Area Partnership")
    if registry.kind(kind).letter and (match := LETTER_TITLE.search(flat[:FRONT])):
        return collapse(match.group()).rstrip(".")
    if document.hints.get("title") and document.media in ("html", "services", "docx", "odt", "text"):
        return document.hints["title"]
    labelled = next((line[m.end() :] for line in head.head if (m := front.LABEL.match(line))), "")
    texts = [labelled, *map(plain_signs, (block.text for block in blocks[:6]))]
    lines = [text for text in texts if text and not NO_TITLE.match(text) and not front.CRUMBS.search(text)]
    title = next((line for line in lines if not COUNCIL_ONLY.match(line)), lines[0] if lines else "")
    title = title or document.hints.get("title", "")
    return title if len(title) <= 160 else title[:157].rsplit(" ", 1)[0] + " ..."


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


def _paper(facts: DocumentFacts, document: ReadDocument, flat: str, head: Front, texts: list[str]) -> DocumentFacts:
    """Facts of a council paper, plan or local offer page."""
    hints, kind = document.hints, registry.kind(facts.kind)
    area = hints.get("area") or whose.area_of(facts.title, hints.get("publisher", ""), head, texts, kind.local)
    opening = "\n".join(map(front.plain_case, head.head))
    by_council = kind.speaker in ("council", "minutes")
    publisher = hints.get("publisher") or _council(f"{opening}\n{flat}", area, by_council)
    meeting = MEETING.search(flat[:FRONT])
    date = hints.get("date") or dating.stated(head)
    if date is None and facts.kind != "minutes":
        date = hints.get("modified") if document.media in ("html", "services") else None
    basis = "stated" if date else "unknown"
    # The rows of a plan are full of days to come: what it says of time tells nothing of when it was written.
    if date is None and facts.kind not in UNDATED and (inferred := dates.latest_past(flat)):
        date, basis = inferred, "inferred"
    return replace(
        facts,
        areas=(full_name(area),) if area else (),
        publisher=publisher,
        date=date,
        date_basis=basis,
        meeting=hints.get("meeting"),
        committee=hints.get("committee") or (_committee(meeting["committee"]) if meeting else None),
        url=hints.get("url") or None,
    )


def _committee(printed: str) -> str | None:
    """Who met, of what stands after "Meeting:": a day before it is cut off, a day alone is nobody."""
    name = re.sub(rf"^(?:{dates.WRITTEN})(?:\s[-–]\s|$|,.*$)", "", collapse(printed), count=1, flags=re.IGNORECASE)
    return name or None


def _council(flat: str, area: str | None, by_council: bool) -> str | None:
    """The council that bears the area's name, else the one most named; papers `by_council` have one in any case."""
    if area and (own := re.search(rf"\b(?:[A-Z]\w+ Borough of )?{re.escape(area)}(?:{STYLE})? Council\b", flat)):
        return own.group()
    counts = Counter(re.sub(r"^The ", "", collapse(match.group())) for match in COUNCIL.finditer(flat))
    named = [name for name, _ in counts.most_common() if area and area.split()[0] in name]
    if named or not area or not by_council:
        return named[0] if named else None
    return f"{area} Council"
