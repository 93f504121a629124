"""Makes a PDF tagged: headings, paragraphs, lists, quotes and tables that a screen reader can tell apart.

reportlab draws; it does not tag. So each drawn paragraph is put between marked-content operators here, and the tree
of structure elements is added with pypdf when the file is complete. What carries no text (page numbers) is marked
as an artifact.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Element:
    """A structure element: its role ("H1", "P", "TD"), its children, or the places in the file where it is drawn."""

    role: str
    children: list[Element] = field(default_factory=list)
    drawn: list[tuple[int, int]] = field(default_factory=list)  # (page from 0, number of the marked content)
    attributes: dict[str, str] = field(default_factory=dict)

    def add(self, role: str, **attributes: str) -> Element:
        """A new child at the end."""
        child = Element(role, attributes=attributes)
        self.children.append(child)
        return child


class Marker:
    """Counts the marked content of each page while it is drawn."""

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}

    @contextmanager
    def marked(self, canvas: Any, element: Element) -> Iterator[None]:
        """Whatever is drawn inside belongs to the element."""
        page = canvas.getPageNumber() - 1
        number = self.counts.get(page, 0)
        self.counts[page] = number + 1
        element.drawn.append((page, number))
        canvas.addLiteral(f"/{element.role} <</MCID {number}>> BDC")
        yield
        canvas.addLiteral("EMC")

    @contextmanager
    def artifact(self, canvas: Any) -> Iterator[None]:
        """Whatever is drawn inside is not read out."""
        canvas.addLiteral("/Artifact BMC")
        yield
        canvas.addLiteral("EMC")


def tag_tree(data: bytes, root: Element, language: str, title: str) -> bytes:
    """The PDF with the structure tree, language and title added."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, NumberObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    pages = [page.indirect_reference for page in writer.pages]
    top = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    top_ref = writer._add_object(top)
    owners: dict[int, dict[int, Any]] = {}

    def made(element: Element, parent: Any) -> Any:
        own = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructElem"),
                NameObject("/S"): NameObject(f"/{element.role}"),
                NameObject("/P"): parent,
            }
        )
        reference = writer._add_object(own)
        kids = ArrayObject(made(child, reference) for child in element.children)
        for page, number in element.drawn:
            owners.setdefault(page, {})[number] = reference
            kids.append(
                DictionaryObject(
                    {
                        NameObject("/Type"): NameObject("/MCR"),
                        NameObject("/Pg"): pages[page],
                        NameObject("/MCID"): NumberObject(number),
                    }
                )
            )
        own[NameObject("/K")] = kids
        if element.attributes:
            own[NameObject("/A")] = DictionaryObject(
                {
                    NameObject("/O"): NameObject("/Table"),
                    **{NameObject(f"/{k}"): NameObject(f"/{v}") for k, v in element.attributes.items()},
                }
            )
        return reference

    top[NameObject("/K")] = ArrayObject([made(root, top_ref)])
    numbers = ArrayObject()
    for page, found in sorted(owners.items()):
        writer.pages[page][NameObject("/StructParents")] = NumberObject(page)
        writer.pages[page][NameObject("/Tabs")] = NameObject("/S")
        numbers += [NumberObject(page), writer._add_object(ArrayObject(found[n] for n in sorted(found)))]
    top[NameObject("/ParentTree")] = writer._add_object(DictionaryObject({NameObject("/Nums"): numbers}))
    top[NameObject("/ParentTreeNextKey")] = NumberObject(len(pages))
    catalogue = writer.root_object
    catalogue[NameObject("/StructTreeRoot")] = top_ref
    catalogue[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    catalogue[NameObject("/Lang")] = TextStringObject(language)
    catalogue[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    writer.add_metadata({"/Title": title})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
