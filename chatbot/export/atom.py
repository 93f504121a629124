"""Dated entries as an Atom feed (RFC 4287), for programs that tell their people what is new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 has no way to say


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the feed: an IRI for ever its own, when (ISO with its zone), a title, words, an address or none."""

    id: str
    updated: str
    title: str
    summary: str
    address: str | None = None


def feed(id_: str, title: str, updated: str, own: str, page: str, items: Sequence[Item]) -> bytes:
    """The feed in UTF-8. `own` and `page` are the addresses of the feed and of its page, `title` its author's name too.

    Addresses are paths: readers take them to be on the host that they had the feed from, so none is named.
    """
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en-GB"})
    _told(root, {"id": id_, "title": title, "updated": updated})
    ElementTree.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": page})
    _told(ElementTree.SubElement(root, "author"), {"name": title})
    for item in items:
        entry = ElementTree.SubElement(root, "entry")
        _told(entry, {"id": item.id, "title": item.title, "updated": item.updated, "summary": item.summary})
        # Atom wants a link where there is no content.
        ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.address or page})
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _told(parent: ElementTree.Element, values: dict[str, str]) -> None:
    for name, value in values.items():
        ElementTree.SubElement(parent, name).text = UNWRITABLE.sub("", value)
