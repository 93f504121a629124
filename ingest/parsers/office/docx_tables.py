"""Tables of Word documents: their rows and cells wherever they are wrapped, merged cells, and colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn
from lxml.etree import _Element

from ingest.parsers.office.docx_text import LEFT_OUT, value

WRAPPERS = frozenset(qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag"))
_WIDEST = 200


def children(element: _Element, tag: str) -> Iterator[_Element]:
    """Children with `tag`, also those inside content controls and tracked insertions."""
    for child in element:
        if child.tag == qn(tag):
            yield child
        elif child.tag in WRAPPERS:
            yield from children(child, tag)


def with_merged(
    row: _Element, own: Sequence[_Element], texts: Sequence[str], carried: dict[int, str]
) -> tuple[str, ...]:
    """The texts of a row, a cell merged with the one above it having that one's text.

    `carried` has the text of each column's last merged cell and is brought up to date.
    """
    column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    filled: list[str] = []
    for cell, text in zip(own, texts, strict=True):
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merged is None:
            carried.pop(column, None)
        elif merged.get(qn("w:val")) == "restart":
            carried[column] = text
        else:
            text = carried.get(column, text)
        filled.append(text)
        column += _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
    return tuple(filled)


def is_elsewhere(paragraph: _Element, cell: _Element) -> bool:
    """Whether a paragraph of a cell was deleted, or belongs to a table inside the cell."""
    above = paragraph.iterancestors()
    return any(
        parent.tag in LEFT_OUT or (parent.tag == qn("w:tbl") and next(parent.iterancestors(qn("w:tc")), None) is cell)
        or (parent.tag == qn("w:tc") and parent is not cell and cell in parent.iterancestors())
        for parent in above
    )  # fmt: skip


def tables_inside(cells: Sequence[Sequence[_Element]]) -> Iterator[_Element]:
    """The tables that stand in the cells of a table, not those inside them."""
    for row in cells:
        for cell in row:
            yield from (t for t in cell.iter(qn("w:tbl")) if next(t.iterancestors(qn("w:tc")), None) is cell)


def is_filled(cell: _Element) -> bool:
    """Whether a cell has a colour of its own."""
    shade = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    fill = (shade.get(qn("w:fill")) or "auto").upper() if shade is not None else "AUTO"
    return fill not in ("AUTO", "FFFFFF", "NONE", "")


def _number(element: _Element | None, default: int) -> int:
    found = value(element)
    return min(int(found), _WIDEST) if found and found.isdigit() else default
