"""Which kind of paper a document is, from its title block and its signs; file names are never asked."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.facts.front import CRUMBS, Front
from ingest.facts.stated import FRONT
from ingest.records import ReadDocument, collapse
from ingest.registry import kinds

REPORT_TITLE = re.compile(
    r"(?i:Area SEND (?:(?P<monitoring>monitoring) )?inspection of (?:the )?)(?P<area>[A-Z][\w’'.,& -]{2,60}?)\s+"
    r"(?:(?i:local\s+area)|LAP\b)"
)
LETTER_TITLE = re.compile(
    r"Joint (?:local )?area (?:SEND|special educational needs and(?:/or)? disabilit(?:y|ies)(?: \(SEND\))?) "
    r"(?P<again>re-?visit|re-?inspection|inspection)\s+(?:in|of|to)\s+(?:the )?"
    r"(?P<area>[A-Z][\w’'& -]{2,50}?)(?:\s+local area)?\s*(?:$|\n|\.)",
    re.MULTILINE,
)
# What only the report itself has; papers that speak of it have its title too.
REPORT_HAS = re.compile(
    r"^(inspection dates?:|inspection outcome$|what is it like to be a child|information about the local area|"
    r"areas? for (priority action|improvement)$)",
    re.IGNORECASE | re.MULTILINE,
)
COVER = re.compile(
    r"^(?:(report (?:of|by|author|from)|author|lead officer|contact officer|responsible officer|sponsor)|"
    r"(report to|committee|decision[ -]maker|for|purpose|meeting|board)|"
    r"(title of report|report title|title|subject|(?:agenda )?item(?: no)?)|(meeting date|date of meeting|date)|"
    r"(wards?(?: affected)?|classification|key decision|part|exempt|portfolio(?: holder)?|cabinet member|"
    r"executive member|lead member|directorate|appendices|background papers))(?:\(s\))?\s*"
    r"(?:[:|]|$|(?<=report to)\s|(?<=report of)\s|(?<=report by)\s|(?<=of meeting)\s|(?<=title)\s|(?<=author)\s)",
    re.IGNORECASE,
)
COVER_NEEDS = 4  # of the five sorts of label at the head of an officer's report and its two usual sections
SECTIONS = (
    re.compile(r"^([\d.]+\s+)?(recommendation(s|\(s\))?\b|what the \w+ is asked to do)", re.IGNORECASE),
    re.compile(r"^([\d.]+\s+)?purpose of (the |this )?report", re.IGNORECASE),
)
TEAM = re.compile(r"\b(?:peer|review) team\b", re.IGNORECASE)
PEERS = re.compile(r"\b(?:peer|review) team\b|\bpeer (?:challenge|review)\b", re.IGNORECASE)
PEERS_NEEDED = 4  # two of them of the team
PAGE_SIGNS = tuple(
    re.compile(sign, re.IGNORECASE)
    for sign in (
        r"\blocal offer\b",
        r"^(skip to (main )?content|back to top|print this page|you are here|leave site|quick exit|top of page)",
        r"\b((page )?last (updated|reviewed|modified)|^(reviewed|updated)\b)",
        r"\b(is this page|was this (page|information)|did you find what|tell us what you think of this page)\b",
        r"\beligib|\bwho can (use|have|get|apply)\b|\bhow (to|do i|do you) (get|apply|refer|be referred|contact)\b",
        r"^(contact( us)?|opening (times|hours)|how to contact us|telephone|phone)\b",
        r"\brefer(ral|red)?\b",
    )
)
PAGE_NEEDS = 4  # of these signs where the way to a page is not shown; two where it is


def recognise(document: ReadDocument, front: Front, flat: str) -> str:
    """The name of the kind; `flat` is the text of all blocks, one a line."""
    if document.media == "services":
        return "local_offer"
    if inspected := _inspection(flat):
        return inspected
    for kind in kinds.kinds().values():
        if _titled(kind, front) and not (kind.name in PAGES and _is_page(front)):
            return kind.name
        if kind.says and _says(kind, front) and not (kind.name == "minutes" and _is_cover(front)):
            return kind.name
        if (test := BY_TEXT.get(kind.name)) and test(document, front, flat):
            return kind.name
    return kinds.OTHER


def _inspection(flat: str) -> str | None:
    """Reports and letters of inspectors, by their titles and what only they have."""
    match = REPORT_TITLE.search(collapse(flat[:FRONT]))
    if match and REPORT_HAS.search(flat):
        return "monitoring_report" if match["monitoring"] else "inspection_report"
    letter = LETTER_TITLE.search(flat[:FRONT])
    if letter and re.search(r"^Dear\b|Yours sincerely", flat, re.MULTILINE):
        lower = flat.lower()
        again = letter["again"].lower() != "inspection" or "revisit" in lower or "re-visit" in lower
        return "revisit_letter" if again and "sufficient progress" in lower else "inspection_letter"
    return None


def _titled(kind: kinds.Kind, front: Front) -> bool:
    return any(sign.search(title) for sign in kind.title for title in front.titles)


def _says(kind: kinds.Kind, front: Front) -> bool:
    return sum(any(sign.search(line) for line in front.lines) for sign in kind.says) >= kind.needs


def _is_cover(front: Front) -> bool:
    """The labels that stand at the head of an officer's report."""
    sorts = {match.lastindex for line in front.lines[:20] if (match := COVER.match(line))}
    sections = sum(any(section.match(line) for line in front.lines) for section in SECTIONS)
    return len(sorts) >= 2 and len(sorts) + sections >= COVER_NEEDS


def _signs(front: Front) -> int:
    return sum(any(sign.search(line) for line in front.lines) for sign in PAGE_SIGNS)


def _is_page(front: Front) -> bool:
    """A page of a local offer: the way to it is shown, or it has enough of what such pages have."""
    return bool(CRUMBS.search(front.crumbs)) and _signs(front) >= 2 or _signs(front) >= PAGE_NEEDS


def _is_local_offer(document: ReadDocument, front: Front, flat: str) -> bool:
    lower = flat.lower()
    if "you said" in lower and "we did" in lower:
        return True
    dated = bool(document.hints.get("modified"))
    return _is_page(front) or document.media == "html" and _signs(front) + dated >= 2


def _is_peer_review(document: ReadDocument, front: Front, flat: str) -> bool:
    return len(PEERS.findall(flat)) >= PEERS_NEEDED and len(TEAM.findall(flat)) >= 2


PAGES = frozenset({"policy", "guidance", "strategy", "form"})  # a page of a website is one whatever its heading names
BY_TEXT: dict[str, Callable[[ReadDocument, Front, str], bool]] = {
    "peer_review": _is_peer_review,
    "cover_report": lambda document, front, flat: _is_cover(front),
    "local_offer": _is_local_offer,
}
