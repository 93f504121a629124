"""Tables of a web page: which only place blocks, and what the cells of the others say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ingest.records import collapse

_PHRASES = (
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i ins kbd label mark q s samp small "
    "span strike strong sub sup time tt u var wbr img o:p st1:place st1:city picture source nobr"
)
_WIDEST = 200
INLINE = frozenset(_PHRASES.split())


def integer(text: str | None, default: int) -> int:
    """A whole number of an attribute, or `default` where it holds none."""
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else default


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only places blocks on the page, as ModernGov's list of agenda items does."""
    if table.get("role") in ("presentation", "none") or "mgItemTable" in f"{table.get('class')} {table.get('id')}":
        return True
    if table.xpath(".//table | .//td//h1 | .//td//h2 | .//td//h3 | .//*[contains(@class, 'mgWordPara')]"):
        return True
    return all(len(row.xpath("./td | ./th")) < 2 for row in rows(table))


def rows(table: HtmlElement) -> list[HtmlElement]:
    """The rows of a table itself, not those of tables inside it."""
    return list(table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"))


def across(row: HtmlElement, carried: dict[int, int]) -> tuple[list[str], bool]:
    """The cells of a row and whether it is a header.

    A cell merged across columns is read once. One merged down rows leaves its place empty in the rows below;
    `carried` counts for each column how many of those are still to come.
    """
    cells: list[str] = []
    column = 0
    own = row.xpath("./td | ./th")
    for cell in own:
        while carried.get(column, 0) and column < _WIDEST:
            carried[column] -= 1
            column += 1
            cells.append("")
        wide, deep = (min(max(integer(cell.get(span), 1), 1), 100) for span in ("colspan", "rowspan"))
        carried.update({column + offset: deep - 1 for offset in range(wide)})
        column += wide
        cells.append(cell_text(cell))
    for later in [place for place in carried if place >= column]:
        carried[later] = max(carried[later] - 1, 0)
    header = bool(own) and (row.getparent().tag == "thead" or all(cell.tag == "th" for cell in own))
    return cells, header


def cell_text(element: HtmlElement) -> str:
    """The text of a cell on one line; its list items keep a bullet, since no line end parts them."""
    return collapse("".join(_texts(element))).removeprefix("• ")


def _texts(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in INLINE:
            yield " • " if child.tag == "li" else " "
        yield from _texts(child)
        yield " " if child.tag not in INLINE else ""
        yield child.tail or ""
