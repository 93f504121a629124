"""Settles, in place, signs of a web page that are no text of their own: raised marks and what is struck through."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from ingest.parsers.html.furniture import remove
from ingest.parsers.html.styles import Styles
from ingest.parsers.html.tables import INLINE
from ingest.parsers.marks import raised

_STRUCK = ("del", "s", "strike")
_NOTE = re.compile(r"#[_:-]?(?:fn|ftn|edn|footnote|endnote|note|cite_?note|sdfootnote|sdendnote|ref)", re.IGNORECASE)


def settle_marks(page: HtmlElement, styles: Styles) -> None:
    """Take away struck text and marks of notes that would join the figure before them; fields get their values."""
    body = page.find("body")
    for element in list((page if body is None else body).iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in ("input", "textarea"):
            _settle_field(element)
        if element.tag in _STRUCK or styles.struck(element):
            remove(element)
        elif element.tag == "sup" or (element.tag in INLINE and styles.raised(element)) or _leads_to_note(element):
            _settle(element)
        elif element.tag == "a" and (element.tail or "")[:1].isalpha() and _labels_note(element):
            element.tail = f" {element.tail}"


def _labels_note(link: HtmlElement) -> bool:
    """Whether a link is the number that a note begins with, which leads back to where it is pointed to from."""
    return (link.text_content() or "").isdigit() and link.get("href", "").startswith("#") and not _before(link).strip()


def _leads_to_note(link: HtmlElement) -> bool:
    """Whether a link is the mark of a note on the same page, which a style sheet elsewhere may raise."""
    if link.tag != "a" or not (link.text_content() or "").strip(" []()*†‡").isdigit() or not _before(link).strip():
        return False
    named = link.get("role") == "doc-noteref" or "noteref" in (link.get("epub:type") or "")
    return named or bool(_NOTE.match(link.get("href") or ""))


def _settle_field(field: HtmlElement) -> None:
    """Make a filled field of a form its text, where nobody is to fill it in any more."""
    text = field.text_content() if field.tag == "textarea" else field.get("value", "")
    shown = field.tag == "textarea" or field.get("type", "text") in ("text", "number", "date", "email", "tel")
    if shown and text.strip() and ("readonly" in field.attrib or "disabled" in field.attrib):
        field.tag, field.text = "span", f" {text} "


def _settle(element: HtmlElement) -> None:
    text = raised(_before(element), element.text_content())
    for child in list(element):
        element.remove(child)
    element.text = text


def _before(element: HtmlElement) -> str:
    """The text right before an element in its line; empty where it begins one."""
    for node in (element, *element.iterancestors()):
        for other in node.itersiblings(preceding=True):
            inline = other.tag in INLINE
            text = (other.text_content() if inline else "") + (other.tail or "")
            if text.strip() or not inline:
                return str(text)
        parent = node.getparent()
        if parent is None or (parent.text or "").strip() or parent.tag not in INLINE:
            return (parent.text or "") if parent is not None else ""
    return ""
