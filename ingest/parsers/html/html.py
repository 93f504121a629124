"""Web pages: ModernGov council papers, local offer directories (Open Objects) and other council pages."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from ingest.errors import DocumentError
from ingest.parsers.html.facts import page_facts
from ingest.parsers.html.furniture import content_root, drop_furniture
from ingest.parsers.html.lines import LineWriter, settle_breaks
from ingest.parsers.html.marks import settle_marks
from ingest.parsers.html.styles import Styles
from ingest.parsers.html.tables import cell_text
from ingest.parsers.text.text import decode, visible
from ingest.records import ReadDocument

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_SCRIPTED = "{name} holds almost no text; if the browser builds the page, save it there as a complete page."


def read(data: bytes, name: str) -> ReadDocument:
    """The content of one saved page as one page of text; addresses in it are never fetched."""
    declared = _CHARSET.search(data[:4096])
    source, warnings = decode(data, name, declared[1].decode("ascii") if declared else None)
    page = _parse(source, name)
    try:
        styles = Styles(page)
        settle_marks(page, styles)
        settle_breaks(page)
        hints = page_facts(page, _headings(page))
        root = content_root(page)
        drop_furniture(root, styles)
        writer = LineWriter()
        writer.walk(root)
        writer.flush()
    except RecursionError as error:
        raise DocumentError(f"{name} is nested too deeply to be read; save it again as a simple page.") from error
    if not writer.builder.lines:
        raise DocumentError(f"{name} holds no text; save the page again from a browser.")
    if sum(len(line.text) for line in writer.builder.lines) < 80:
        warnings += (_SCRIPTED.format(name=name),)
    return writer.builder.document("html", hints, warnings)


def _parse(source: str, name: str) -> HtmlElement:
    """The tree of a page. libxml2 drops what is nested deeper than 256, so that is refused, not cut."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        page = lxml_html.document_fromstring(visible(source).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise DocumentError(f"{name} holds no web page that can be read; save it again from a browser.") from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise DocumentError(f"{name} is nested too deeply to be read; save it again as a simple page.")
    return page


def _headings(page: HtmlElement) -> list[str]:
    """The headings of the content in order, for its title and its meeting."""
    root = content_root(page)
    found = root.xpath(
        ".//h1 | .//h2 | .//*[contains(@class, 'mgSubTitleTxt')] | .//*[contains(@class, 'mgAiTitleTxt')]"
    )
    texts = [cell_text(element) for element in found]
    return [text for text in texts if text][:20]
