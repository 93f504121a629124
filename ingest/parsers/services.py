"""Machine-readable local offers: Open Referral UK (HSDS 3) and older field names; one service, one document.

The text is put together by us in one fixed order, since the data has no page of its own; every value in it
is the publisher's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from ingest.errors import DocumentError
from ingest.parsers.build import PageBuilder
from ingest.parsers.text.text import decode, visible
from ingest.records import ReadDocument, collapse

_WRAPPERS = ("contents", "content", "items", "services", "results", "data", "service")
_TELLING = (
    "description status organization organization_id provider url email contacts schedules regular_schedules "
    "service_areas service_at_locations cost_options eligibilitys eligibility fees assured_date"
)
_DAYS = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday",
    "FR": "Friday", "SA": "Saturday", "SU": "Sunday",
}  # fmt: skip
_NOT_SERVICES = "{name} is not Open Referral UK data (services with a name and an id); remove it or export it again."

Record = dict[str, Any]


def read(data: bytes, name: str) -> list[tuple[str, ReadDocument]]:
    """Each active service with its document name: `name` where the file holds one, else "name#id".

    Warnings about the file as a whole (services that are not active, pages missing) stand on the first.
    """
    source, warnings = decode(data, name)
    try:
        content = json.loads(source, strict=False)
    except RecursionError as error:
        raise DocumentError(f"{name} is nested too deeply to be read; export the services again.") from error
    except ValueError as error:
        raise DocumentError(f"{name} is not valid JSON; export the services again.") from error
    records = _services(content)
    if not records:
        raise DocumentError(_NOT_SERVICES.format(name=name))
    active = [(place, record) for place, record in enumerate(records, 1) if _status(record) == "active"]
    if not active:
        raise DocumentError(f"{name} holds no active service; remove it or export the services again.")
    warnings += _file_warnings(content, name, len(records) - len(active))
    names = _names(name, len(records), active)
    documents = [_document(record, warnings if n == 0 else ()) for n, (_, record) in enumerate(active)]
    return list(zip(names, documents, strict=True))


def _services(content: object) -> list[Record]:
    """The services of a file: a bare one, a list, or a list under one of the usual keys."""
    if isinstance(content, dict) and not _is_service(content):
        content = next((content[key] for key in _WRAPPERS if isinstance(content.get(key), (list, dict))), None)
    found = content if isinstance(content, list) else [content]
    return [record for record in found if isinstance(record, dict) and _is_service(record)]


def _is_service(record: Record) -> bool:
    return bool(_text(record, "name")) and "id" in record and any(key in record for key in _TELLING.split())


def _file_warnings(content: object, name: str, inactive: int) -> tuple[str, ...]:
    found = []
    if inactive:
        told = "1 service that is not active was" if inactive == 1 else f"{inactive} services that are not active were"
        found.append(f"{name}: {told} left out.")
    pages = content.get("total_pages", content.get("totalPages")) if isinstance(content, dict) else None
    if isinstance(pages, int) and pages > 1:
        found.append(f"{name} is one of {pages} pages of services; add the other pages too.")
    return tuple(found)


def _names(name: str, total: int, active: list[tuple[int, Record]]) -> list[str]:
    """Names that stay the same when other services of the file change; a repeated id gets its place."""
    if total == 1:
        return [name]
    names: list[str] = []
    for place, record in active:
        label = re.sub(r"[^\w.:-]+", "-", _text(record, "id")) or str(place)
        own = f"{name}#{label}"
        names.append(f"{own}-{place}" if own in names else own)
    return names


def _document(service: Record, warnings: tuple[str, ...]) -> ReadDocument:
    builder = PageBuilder()
    builder.add(_text(service, "name"), role="heading", level=1, starts=True)
    for paragraph in _prose(service.get("description")):
        builder.add(paragraph, role="paragraph", starts=True)
    for label, value in _rows(service):
        builder.add(f"{label}: {value}", role="row", starts=True)
    return builder.document("services", _hints(service), warnings)


def _hints(service: Record) -> dict[str, str]:
    areas = [area for area in map(_area, _records(service, "service_areas")) if area and len(area) <= 40]
    hints = {
        "title": _text(service, "name"),
        "publisher": _provider(service),
        "date": _day(service, "last_modified", "lastModified", "modified", "updated_at", "assured_date"),
        "url": url if re.match(r"https?://\S+$", url := _text(service, "url")) else "",
        "status": _status(service),
        "area": areas[0] if len(areas) == 1 else "",
    }
    return {name: value for name, value in hints.items() if value}


def _rows(service: Record) -> Iterator[tuple[str, str]]:
    """The labelled lines of a service in their fixed order; what the data does not say has no line."""
    yield from _values("Eligibility", _eligibility(service))
    yield from _values("Ages", [_ages(service)])
    yield from _values("How to apply", [_flat(service, "application_process")])
    yield from _values("Waiting time", [_flat(service, "wait_time")])
    yield from _values("Fees", [_flat(service, "fees_description") or _flat(service, "fees")])
    yield from _values("Cost", map(_cost, _records(service, "cost_options")))
    places = [*_records(service, "service_at_locations"), *_records(service, "locations")]
    schedules = [one for holder in (service, *places) for one in
                 (*_records(holder, "schedules"), *_records(holder, "regular_schedules"),
                  *_records(holder, "regular_schedule"))]  # fmt: skip
    yield from _values("When", map(_schedule, schedules))
    spots = [spot for place in places for spot in (_records(place, "location") or [place])]
    yield from _values("Where", map(_place, spots))
    yield from _values("Accessibility", (_flat(one, "description") or _flat(one, "accessibility")
                       for spot in spots for key in ("accessibility", "accessibility_for_disabilities")
                       for one in _records(spot, key)))  # fmt: skip
    yield from _values("Area", map(_area, _records(service, "service_areas")))
    yield from _values("Contact", map(_contact, [*_records(service, "contacts"), {"phones": service.get("phones")}]))
    yield from _values("Email", [_text(service, "email")])
    yield from _values("Website", [_text(service, "url")])
    yield from _values("Provided by", [_provider(service)])
    yield from _values("Languages", [", ".join(_languages(service))])
    yield from _values("Accreditations", [_flat(service, "accreditations")])
    yield from _values("Alert", [_flat(service, "alert")])
    yield from _values("Last checked", [_day(service, "assured_date")])


def _values(label: str, values: Iterable[str]) -> Iterator[tuple[str, str]]:
    for value in dict.fromkeys(collapse(value) for value in values):
        if value:
            yield label, value


def _eligibility(service: Record) -> list[str]:
    stated = [_flat(service, key) for key in ("eligibility_description", "eligibility")]
    older = [_flat(one, key) for one in _records(service, "eligibilitys") for key in ("eligibility", "description")]
    return [*stated, *older]


def _ages(service: Record) -> str:
    for holder in (service, *_records(service, "eligibilitys"), *_records(service, "eligibility")):
        low, high = _number(holder, "minimum_age"), _number(holder, "maximum_age")
        if low and high:
            return f"{low} to {high}"
        if low:
            return f"{low} and over"
        if high:
            return f"up to {high}"
    return ""


def _cost(option: Record) -> str:
    amount, words = _number(option, "amount"), _flat(option, "amount_description")
    sign = "£" if _text(option, "currency").upper() in ("", "GBP") else _text(option, "currency") + " "
    price = "" if amount in ("", "0") else f"{sign}{amount}"
    if amount == "0" and not words:
        price = "free"
    told = collapse(f"{price} {words}")
    option_name = _flat(option, "option")
    ends = _day(option, "valid_to")
    return ": ".join(part for part in (option_name, told) if part) + (f" (until {ends})" if ends and told else "")


def _schedule(one: Record) -> str:
    codes = re.findall(r"[A-Z]{2}", _text(one, "byday").upper()) or [_text(one, "weekday")]
    days = ", ".join(_DAYS.get(code[:2].upper(), code) for code in codes if code)
    opens, closes = (_text(one, key)[:5] for key in ("opens_at", "closes_at"))
    times = f"{opens} to {closes}" if opens and closes else opens
    parts = [", ".join(part for part in (days, times) if part)]
    parts += [_flat(one, key) for key in ("description", "notes", "attending_type")]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _place(location: Record) -> str:
    parts = [_flat(location, "name")]
    for address in (*_records(location, "addresses"), *_records(location, "physical_addresses"), location):
        keys = ("address_1", "address_2", "address_3", "address_4", "city", "postal_code")
        parts += [_flat(address, key) for key in keys]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _area(area: Record) -> str:
    return _flat(area, "name") or _flat(area, "service_area")


def _contact(contact: Record) -> str:
    phones = [_text(phone, "number") for phone in _records(contact, "phones")]
    told = [_flat(contact, key) for key in ("name", "title", "department")]
    return ", ".join(part for part in (*told, *phones, _text(contact, "phone"), _text(contact, "email")) if part)


def _languages(service: Record) -> list[str]:
    found = [
        _flat(one, "name") or _flat(one, "language") or _text(one, "code") for one in _records(service, "languages")
    ]
    return [language for language in found if language]


def _provider(service: Record) -> str:
    for key in ("organization", "organisation", "provider"):
        for holder in _records(service, key):
            if name := _flat(holder, "name"):
                return name
        if isinstance(service.get(key), str) and not re.fullmatch(r"[0-9a-f-]{16,}|\d+", service[key]):
            return collapse(service[key])
    return ""


def _status(service: Record) -> str:
    """Lower case; data that states no status is published because it is active."""
    return _text(service, "status").lower() or "active"


def _records(holder: object, key: str) -> list[Record]:
    """The records under a key that may hold one, several, or something else entirely."""
    value = holder.get(key) if isinstance(holder, dict) else None
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _text(record: Record, key: str) -> str:
    value = record.get(key)
    told = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return collapse(visible(str(value))) if told else ""


def _number(record: Record, key: str) -> str:
    value = _text(record, key)
    return re.sub(r"\.0+$", "", value) if re.fullmatch(r"\d{1,6}(?:\.\d+)?", value) else ""


def _day(record: Record, *keys: str) -> str:
    days = (re.match(r"\d{4}-\d\d-\d\d", _text(record, key)) for key in keys)
    return next((day[0] for day in days if day), "")


def _flat(record: Record, key: str) -> str:
    return " ".join(_prose(_text(record, key)))


def _prose(value: object) -> list[str]:
    """The paragraphs of a text, which older directories store as HTML."""
    if not isinstance(value, str):
        return []
    if re.search(r"</?[a-z][^<>]{0,200}>|&[a-z]{2,8};", value, re.IGNORECASE):
        try:
            tree = lxml_html.fragment_fromstring(value, create_parent="div")
        except (etree.LxmlError, ValueError):
            return [collapse(value)]
        etree.strip_elements(tree, "script", "style", with_tail=False)
        for block in tree.iter("p", "br", "li", "div", "h2", "h3", "h4"):
            block.tail = "\n" + (block.tail or "")
        value = str(tree.text_content())
    return [collapse(part) for part in visible(value).split("\n") if collapse(part)]
