"""A piece of HTML inside another text, as lines."""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html

from ingest.parsers.build import PageBuilder
from ingest.parsers.html.lines import LineWriter, settle_breaks
from ingest.parsers.html.marks import settle_marks
from ingest.parsers.html.styles import Styles


def write_fragment(builder: PageBuilder, source: str) -> None:
    """Add the lines of `source`; what cannot be parsed adds nothing."""
    if not source.strip():
        return
    try:
        root = lxml_html.fragment_fromstring(source, create_parent="div")
    except (etree.LxmlError, ValueError):
        return
    settle_marks(root, Styles(root))
    settle_breaks(root)
    writer = LineWriter(builder)
    writer.walk(root)
    writer.flush()
