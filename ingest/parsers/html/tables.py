"""Tables of a web page: which only place blocks, and what the cells of the others say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ingest.parsers.tables import Row, looks_like_heads
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
    if table.xpath(".//td//h1 | .//td//h2 | .//td//h3 | .//*[contains(@class, 'mgWordPara')]"):
        return True
    if all(len(row.xpath("./td | ./th")) < 2 for row in rows(table)):
        return True
    return bool(table.xpath(".//table")) and not _is_headed(table_rows(table))


def _is_headed(found: list[Row]) -> bool:
    first = next((row for row in found if len(row.cells) > 1), Row(()))
    return first.header or looks_like_heads(first.cells, ())


def tables_inside(table: HtmlElement) -> list[HtmlElement]:
    """The tables that stand in the cells of a table, not those inside them."""
    return [inner for inner in table.iterdescendants("table") if next(inner.iterancestors("table")) is table]


def rows(table: HtmlElement) -> list[HtmlElement]:
    """The rows of a table itself, not those of tables inside it."""
    return list(table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"))


def table_rows(table: HtmlElement) -> list[Row]:
    """The rows of a table. A cell merged across columns is read once, one merged down rows in each of them."""
    carried: dict[int, tuple[int, str]] = {}
    found: list[Row] = []
    for row in rows(table):
        found.append(_across(row, carried, first=all(len(above.cells) < 2 for above in found)))
    return found


def _across(row: HtmlElement, carried: dict[int, tuple[int, str]], first: bool) -> Row:
    """The cells of a row; `carried` has for each column how many rows a merged cell still reaches, and its text."""
    cells: list[str] = []
    column = 0
    own = row.xpath("./td | ./th")
    for cell in own:
        column = _fill(cells, carried, column)
        wide, deep = (min(max(integer(cell.get(span), 1), 1), 100) for span in ("colspan", "rowspan"))
        text = cell_text(cell)
        carried.update({column + offset: (deep - 1, "" if offset else text) for offset in range(wide)})
        column += wide
        cells.append(text)
    _fill(cells, carried, column)
    return Row(tuple(cells), bool(own) and _is_header(row, own, first))


def _fill(cells: list[str], carried: dict[int, tuple[int, str]], column: int) -> int:
    """Add the merged cells that reach into the row from `column` on; the next free column."""
    while (left := carried.get(column, (0, "")))[0] and column < _WIDEST:
        carried[column] = (left[0] - 1, left[1])
        cells.append(left[1])
        column += 1
    return column


def _is_header(row: HtmlElement, own: list[HtmlElement], first: bool) -> bool:
    """Whether cells head their columns: marked so, an empty corner aside, or a first row wholly in bold."""
    if row.getparent().tag == "thead":
        return True
    filled = [cell for cell in own if collapse(cell.text_content())]
    marked = all(cell.tag == "th" for cell in filled) and len(filled) >= len(own) - 1
    return bool(filled) and (marked and (len(own) > 1 or own[0].tag == "th") or (first and all(map(_is_bold, filled))))


def _is_bold(cell: HtmlElement) -> bool:
    """Whether all text of a cell is bold."""
    texts = cell.xpath(".//text()[normalize-space() and not(ancestor::b or ancestor::strong)]")
    return not texts


def cell_text(element: HtmlElement) -> str:
    """The text of a cell on one line; its list items keep a bullet, since no line end parts them."""
    return collapse("".join(_texts(element))).removeprefix("• ")


def _texts(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "table":
            yield f" {child.tail or ''}"
            continue
        if child.tag not in INLINE:
            yield " • " if child.tag == "li" else " "
        yield from _texts(child)
        yield " " if child.tag not in INLINE else ""
        yield child.tail or ""
