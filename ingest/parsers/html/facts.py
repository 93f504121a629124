"""What a web page states about itself outside its running text: title, address, dates, publisher."""

from __future__ import annotations

import re
from datetime import date

from lxml.html import HtmlElement

from ingest.parsers.html.furniture import is_moderngov
from ingest.records import collapse

_MONTHS = "january february march april may june july august september october november december"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([A-Z][a-z]{2,8}),?\s+((?:19|20)\d\d)"
_WRITTEN = re.compile(_DAY, re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
_UPDATED = re.compile(
    r"(?:last (?:updated|reviewed|modified)|(?:page|date) (?:last )?(?:updated|reviewed)|updated|last review)"
    r"(?: on)? ?[:-]? ?(?:[a-z]{3,9}day,? )?"
    r"(\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9},?\s+\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+"
_MEETING = re.compile(
    rf"(?:(?:agenda|minutes|decisions?)(?: item)?(?: for| of|:| -)?(?: the)?(?: meeting)?(?: of)?"
    rf"|meeting of|(?:issue|decision) details -)(?: the)?\s+(?P<committee>[A-Z].{{2,80}}?)"
    rf"(?:,| on| -| –| held)+\s+(?:{_WEEKDAY})?(?P<date>{_DAY})",
    re.IGNORECASE,
)
_HEADED = re.compile(rf"^(?P<committee>[A-Z].{{2,80}}?)\s*[,–-]\s+{_WEEKDAY}(?P<date>{_DAY})", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:agendas?, meetings and minutes|agenda and (?:draft )?(?:minutes|decisions)|agenda|decisions|minutes|"
    r"agenda item|(?:issue|decision|meeting) details|\d+[a-z]?\.?|home(?: ?page)?|local offer|welcome|"
    r"document|untitled.*)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r" [|»·–—-] | ?\| ?| :: ")
_COUNCIL = re.compile(
    r"(?:[Ll]ogo (?:of|for) )?(?:[Tt]he )?"
    r"(?P<name>[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|and|upon|of|on|the|&)){0,6} Council)"
    r"(?:,? (?:[Ll]ogo|[Hh]ome(?: ?page)?))?"
)
_BODY = re.compile(
    r"council|borough|county|city of|local offer|nhs|icb|ofsted|trust|family information|healthwatch|sendiass|forum",
    re.IGNORECASE,
)


def page_facts(page: HtmlElement, headings: list[str]) -> dict[str, str]:
    """The hints of a page, only those that it states; must run before furniture is dropped."""
    title, publisher = _title(page, headings)
    candidates = [_page_title(page), *headings, *_short_lines(page)] if is_moderngov(page) else [_page_title(page)]
    committee, meeting = _meeting(candidates)
    facts = {
        "title": title,
        "url": _url(page),
        "publisher": _meta(page, "og:site_name", "DC.publisher", "DCTERMS.publisher") or publisher or _masthead(page),
        "breadcrumbs": _breadcrumbs(page),
        "modified": _modified(page),
        "committee": committee,
        "date": meeting,
    }
    return {name: value for name, value in facts.items() if value}


def iso_date(text: str) -> str:
    """The first day named in `text` as YYYY-MM-DD, day before month where both are figures; else empty."""
    if hit := _ISO.search(text):
        return _checked(hit[1], hit[2], hit[3])
    if hit := _SLASHED.search(text):
        return _checked(hit[3], hit[2], hit[1])
    for hit in _WRITTEN.finditer(text):
        month = next((n for n, name in enumerate(_MONTHS.split(), 1) if name.startswith(hit[2].lower())), 0)
        if found := _checked(hit[3], str(month), hit[1]):
            return found
    return ""


def undoubled(title: str) -> str:
    """A title that a page prints twice in a row, once."""
    words = title.split()
    half, odd = divmod(len(words), 2)
    return " ".join(words[:half]) if half and not odd and words[:half] == words[half:] else " ".join(words)


def _checked(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _page_title(page: HtmlElement) -> str:
    return collapse(page.findtext(".//title") or "")


def _title(page: HtmlElement, headings: list[str]) -> tuple[str, str]:
    """Title and publisher: the first telling heading, else the page title without the name of the site."""
    parts = [part for part in _SEPARATOR.split(_page_title(page)) if part]
    publisher = next((part for part in reversed(parts[1:]) if _BODY.search(part)), "")
    parts = [part for part in parts if part != publisher] or parts
    for candidate in [*headings[:3], *parts, *headings, _page_title(page)]:
        if candidate and not _GENERIC.fullmatch(candidate.strip(" :")) and candidate != publisher:
            return undoubled(candidate), publisher
    return "", publisher


def _meta(page: HtmlElement, *names: str) -> str:
    for name in names:
        found = page.xpath("//meta[@name=$name or @property=$name]/@content", name=name)
        if found and collapse(found[0]):
            return collapse(found[0])
    return ""


def _masthead(page: HtmlElement) -> str:
    """The council whose name or mark stands over all pages of the site."""
    heads = page.xpath("//header[not(ancestor::main or ancestor::article)] | //*[@role='banner']")
    for head in heads[:3]:
        for text in [*head.itertext(), *head.xpath(".//img/@alt")]:
            if hit := _COUNCIL.fullmatch(collapse(text)):
                return hit["name"]
    return ""


def _url(page: HtmlElement) -> str:
    """The canonical address; session ids that sites put into addresses are cut out."""
    found = page.xpath("//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href")
    url = str(found[0]).strip() if found else _meta(page, "og:url")
    url = re.sub(r";jsessionid=[^/?#]*|\(S\([^()/]*\)\)/", "", url, flags=re.IGNORECASE)
    return url if re.match(r"https?://\S+$", url, re.IGNORECASE) else ""


def _breadcrumbs(page: HtmlElement) -> str:
    trails = page.xpath(
        "//*[contains(translate(concat(@class, @id, @aria-label), 'BREADCUM', 'breadcum'), 'breadcrumb')]"
    )
    for trail in trails:
        steps = [collapse(step.text_content()) for step in trail.xpath(".//li") or trail.xpath(".//a")]
        steps = [step.strip(" >»/›") for step in steps if step.strip(" >»/›")]
        if steps:
            return " > ".join(steps)
    return ""


def _modified(page: HtmlElement) -> str:
    """When the page says it was last updated; the visible sentence goes before the machine's stamp."""
    body = page.find("body")
    if hit := _UPDATED.search(collapse(body.text_content()) if body is not None else ""):
        return iso_date(hit[1])
    return iso_date(_meta(page, "article:modified_time", "og:updated_time", "DCTERMS.modified", "DC.date.modified"))


def _short_lines(page: HtmlElement) -> list[str]:
    """Short texts in which a ModernGov agenda item names its meeting, as a link or a line of its own."""
    texts = [collapse(element.text_content()) for element in page.iter("a", "p", "li", "span")]
    return [text for text in texts if len(text) < 160 and "meeting of" in text.lower()]


def _meeting(candidates: list[str]) -> tuple[str, str]:
    """Committee and ISO day of the meeting that a title or heading names."""
    for text in candidates:
        if hit := _MEETING.search(text) or _HEADED.search(text):
            return collapse(hit["committee"]).strip(" ,-–"), iso_date(hit["date"])
    return "", ""
