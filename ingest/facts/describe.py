"""Knows a document from its content: what kind it is, whose, about where and when.

File names are never asked: in the world they are `50268244.pdf` or `s12345.pdf`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from ingest.facts import dates, dating, front, kind_signs, stated, whose
from ingest.facts.front import Front
from ingest.facts.kind_signs import LETTER_TITLE, REPORT_TITLE
from ingest.facts.places import full_name, plain_signs
from ingest.facts.stated import FRONT, Flat
from ingest.records import Block, DocumentFacts, Fact, Inspection, ReadDocument, collapse
from ingest.registry import kinds

MEETING = re.compile(r"^(?:Title of )?Meeting:\s*(?P<committee>.+)$", re.IGNORECASE | re.MULTILINE)
STYLE = r" (?:County|City|Borough|District|Metropolitan Borough|Metropolitan)"
COUNCIL = re.compile(
    r"\b(?:London Borough of [A-Z]\w+(?: and [A-Z]\w+)?|(?:[A-Z][\w-]+(?: and| upon| of|,)? ){1,4}"
    r"(?:(?:County|City|Borough|District|Metropolitan|Metropolitan Borough) )?Council)\b"
)
UNDATED = frozenset({"action_plan", "reform_plan", "strategy", "policy", "form"})
COUNCIL_ONLY = re.compile(
    r"^(?-i:(?!.*\b(?!(?:and|of|on|the|upon|council)\b)[a-z]{2,}\b))"  # no words of a title, but those of a name
    r"(?:the )?(?:london borough of |city of |county of )?[\w ,’'-]{3,50} council$|^department for [\w ]+$|"
    r"^(press|media|news) release$|^issue - \w+$",
    re.IGNORECASE,
)
MOST_TITLE = 160  # characters
GREETED = 24  # blocks in which a letter begins
GREETING = re.compile(r"Dear [A-Za-z][^.]{0,80}$")
NO_TITLE = re.compile(
    r"^(agenda item\b|agendas, meetings|local area partnership report|minutes:?$|from:|to:|sent:|skip to|\[|\W*$|"
    r"(?:date|meeting|report (?:to|of|by)|venue)\s?[:|]|[^|]*\|[^|]*\|.*)", re.IGNORECASE,
)  # fmt: skip


def describe(name: str, document: ReadDocument, blocks: tuple[Block, ...]) -> DocumentFacts:
    """All that the content tells; what it does not tell stays None (date basis "unknown")."""
    text = "\n".join(page.text for page in document.pages)
    paper = stated.flat(blocks)
    flat = paper.text
    head = front.of(document, blocks)
    kind = document.hints.get("kind") or kind_signs.recognise(document, head, flat)
    facts = DocumentFacts(name, _title(document, blocks, kind, flat, head), kind, licence=_licence(text))
    if kind in ("inspection_report", "monitoring_report"):
        facts = _report(facts, paper)
    elif kinds.kind(kind).letter:
        facts = _letter(facts, paper)
    else:
        facts = _paper(facts, document, paper, head)
    return replace(facts, title=facts.title or name)


def _title(document: ReadDocument, blocks: tuple[Block, ...], kind: str, flat: str, head: Front) -> str:
    """The title printed in the text; the file's own only where the text has none."""
    opening = collapse(flat[:FRONT])
    if kind in ("inspection_report", "monitoring_report") and (match := REPORT_TITLE.search(opening)):
        printed = re.sub(r"(?<=\w)- (?=[A-Z])", "-", collapse(match.group()))  # broken at its own hyphen
        return f"{printed} Partnership".replace("Area Partnership Partnership", "Area Partnership")
    if kinds.kind(kind).letter and (match := LETTER_TITLE.search(flat[:FRONT])):
        return collapse(match.group()).rstrip(".")
    if document.hints.get("title") and document.media in ("html", "services", "docx", "odt", "text", "markdown"):
        return document.hints["title"]
    if letter := _subject(blocks):
        return letter
    labelled = next((line[m.end() :] for line in head.head if (m := front.LABEL.match(line))), "")
    running = [block for block in blocks[:GREETED] if block.kind not in ("row", "header", "bullet")] or blocks
    texts = [labelled, *map(plain_signs, (block.text for block in running[:6]))]
    lines = [text for text in texts if text and not NO_TITLE.match(text) and not front.CRUMBS.search(text)]
    title = next((line for line in lines if not COUNCIL_ONLY.match(line)), lines[0] if lines else "")
    title = title or document.hints.get("title", "")
    return title if len(title) <= MOST_TITLE else title[: MOST_TITLE - 3].rsplit(" ", 1)[0] + " ..."


def _subject(blocks: tuple[Block, ...]) -> str:
    """What a letter is about: the line between whom it greets and its text; empty where there is none."""
    for block, following in pairwise(blocks[:GREETED]):
        if GREETING.match(block.text):
            about = plain_signs(following.text)
            return "" if len(about) > MOST_TITLE or about[-1:] in ".:,;" else about
    return ""


def _licence(text: str) -> str | None:
    return "Open Government Licence" if "open government licence" in collapse(text).lower() else None


def _report(facts: DocumentFacts, paper: Flat) -> DocumentFacts:
    """Facts of a 2023-framework report, all stated on its first page."""
    title = REPORT_TITLE.search(paper.flowing[:FRONT])
    area = full_name(collapse(title["area"])) if title else ""
    own = stated.of_report(paper, facts.kind == "monitoring_report")
    inspection = _inspection("2023", own)
    return replace(
        facts,
        areas=(area,) if area else (),
        publisher="Ofsted and the Care Quality Commission",
        date=inspection.end,
        date_basis="stated" if inspection.end else "unknown",
        inspection=inspection,
        stated=(*_titled(paper, title, area, "2023"), *own),
    )


def _titled(paper: Flat, title: re.Match[str] | None, area: str, framework: str) -> tuple[Fact, ...]:
    """What the title says: whose inspection, and by its words under which framework."""
    if title is None:
        return ()
    return tuple(paper.fact(name, value, *title.span()) for name, value in (("area", area), ("framework", framework)))


def _inspection(framework: str, own: tuple[Fact, ...]) -> Inspection:
    values = {fact.name: fact.value for fact in reversed(own)}
    start, end = values["inspection_dates"].split("/") if "inspection_dates" in values else (None, None)
    return Inspection(
        framework,
        start,
        end,
        values.get("previous_inspection"),
        values.get("outcome"),
        values.get("next_full_inspection"),
    )


def _letter(facts: DocumentFacts, paper: Flat) -> DocumentFacts:
    """Facts of a letter under the first framework: it has no outcome of three."""
    flat = paper.text
    title = LETTER_TITLE.search(flat[:FRONT])
    area = full_name(collapse(title["area"])) if title else ""
    own = stated.of_letter(paper, facts.kind == "revisit_letter")
    inspection = _inspection("2016", own)
    head = flat[: title.start()] if title else flat[:600]
    date = dates.first_date(head) or inspection.end
    return replace(
        facts,
        areas=(area,) if area else (),
        publisher="Ofsted and the Care Quality Commission",
        date=date,
        date_basis="stated" if date else "unknown",
        inspection=inspection,
        stated=(*_titled(paper, title, area, "2016"), *own, *(stated.day(paper, date) if date else ())),
    )


def _paper(facts: DocumentFacts, document: ReadDocument, paper: Flat, head: Front) -> DocumentFacts:
    """Facts of a council paper, plan or local offer page."""
    hints, kind, flat = document.hints, kinds.kind(facts.kind), paper.text
    texts = flat.split("\n")
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
        stated=stated.day(paper, date) if date and basis == "stated" else (),
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
    if named or not area or not by_council or not re.search(r"\bcouncil", flat, re.IGNORECASE):
        return named[0] if named else None
    return f"{area} Council"
