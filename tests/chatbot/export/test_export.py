"""Files to take away: the quotes unchanged, and a structure that a screen reader can use."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chatbot.conversation import Assistant
from chatbot.export import MEDIA, written
from chatbot.export.paper import Paper, Quote, Table, from_answers, from_comparison, from_enquiry
from chatbot.search.filters import Filters
from chatbot.topics.compare import compare
from chatbot.topics.enquiry import enquire
from ingest.settings import Settings

TODAY = date(2025, 11, 3)


@pytest.fixture(scope="module")
def papers(sample_index: Path) -> dict[str, Paper]:
    assistant = Assistant(sample_index, Settings())
    library = assistant.library
    answers = [
        assistant.answer("What did inspectors say about waiting times in Westmarch?"),
        assistant.answer("How is SEND in Leeds?"),
    ]
    return {
        "answers": from_answers(answers, library, "T", today=TODAY),
        "comparison": from_comparison(
            compare(library, ["short breaks"], ["Westmarch"], Filters()), library, "T", TODAY
        ),
        "enquiry": from_enquiry(enquire(library, "short breaks", "Westmarch"), library, "T", TODAY),
    }


def quotes(paper: Paper) -> list[Quote]:
    inside = [
        part for table in paper.parts if isinstance(table, Table) for row in table.rows for cell in row for part in cell
    ]
    return [part for part in (*paper.parts, *inside) if isinstance(part, Quote)]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["answers", "comparison", "enquiry"])
def test_every_file_has_every_quote_with_number_and_source(papers: dict[str, Paper], name: str) -> None:
    from docx import Document
    from pypdf import PdfReader

    paper = papers[name]
    document = Document(io.BytesIO(written(paper, "docx")))
    cells = [p.text for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    in_word = squeezed("\n".join([*[p.text for p in document.paragraphs], *cells]))
    pages = PdfReader(io.BytesIO(written(paper, "pdf"))).pages
    in_pdf = squeezed("".join(page.extract_text().removeprefix(str(n)) for n, page in enumerate(pages, 1)))
    assert quotes(paper)
    for quote in quotes(paper):
        for text in (in_word, in_pdf):
            assert (
                squeezed(f"“{quote.text}”") in text and f"[{quote.number}]" in text and squeezed(quote.source) in text
            )
    assert squeezed("My own questions and notes") in in_word and squeezed("Not endorsed by Ofsted") in in_pdf


def test_the_word_file_has_real_structure(papers: dict[str, Paper]) -> None:
    from docx import Document

    document = Document(io.BytesIO(written(papers["comparison"], "docx")))
    assert document.core_properties.language == "en-GB" and document.core_properties.title == "A comparison of papers"
    assert 'w:val="en-GB"' in document.styles.element.xml
    assert {"Title", "Heading 1", "List Bullet"} <= {p.style.name for p in document.paragraphs}
    table = document.tables[0]._tbl.xml
    assert "w:tblHeader" in table and "w:tblCaption" in table
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False)) and levels[0] == 1


def _tree(node: Any) -> list[Any]:
    """The structure tree as [role, children]; marked content as (page, number)."""
    kids = []
    for kid in node.get("/K", []):
        kid = kid.get_object()
        kids.append(("content", kid["/MCID"]) if kid.get("/Type") == "/MCR" else _tree(kid))
    return [str(node.get("/S", "/Root")), kids]


@pytest.mark.parametrize("name", ["answers", "comparison", "enquiry"])
def test_the_pdf_is_tagged(papers: dict[str, Paper], name: str) -> None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(written(papers[name], "pdf")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-GB" and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == papers[name].title
    roles = str(_tree(root["/StructTreeRoot"].get_object()))
    assert all(role in roles for role in ("/H1", "/H2", "/P", "/BlockQuote", "/LBody"))
    assert (name == "comparison") == ("/TH" in roles and "/TD" in roles)
    marked = 0
    for number, page in enumerate(reader.pages):
        content = page.get_contents().get_data()
        assert page["/StructParents"] == number and page["/Tabs"] == "/S"
        assert content.count(b"BDC") + content.count(b"BMC") == content.count(b"EMC")
        outside = content.split(b"BT")[0]
        assert b"Tj" not in outside
        marked += content.count(b"BDC")
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert sum(len(numbers[n + 1].get_object()) for n in range(0, len(numbers), 2)) == marked
    assert roles.count("content") == marked


def test_all_text_of_the_pdf_is_inside_a_mark(papers: dict[str, Paper]) -> None:
    import re

    from pypdf import PdfReader

    for page in PdfReader(io.BytesIO(written(papers["comparison"], "pdf"))).pages:
        content = page.get_contents().get_data().decode("latin-1")
        outside = re.sub(r"/\w+ (?:<</MCID \d+>> BDC|BMC).*?EMC", "", content, flags=re.DOTALL)
        assert not re.search(r"\bT[jJ]\b", outside)


def test_the_same_paper_gives_the_same_words(papers: dict[str, Paper]) -> None:
    assert written(papers["answers"], "md") == written(papers["answers"], "md")
    text = written(papers["answers"], "md").decode()
    assert "3 November 2025" in text and "How is SEND in Leeds?" in text


def test_signs_that_word_cannot_hold_are_left_out_and_the_rest_stays() -> None:
    paper = Paper("T\x00", (Quote(1, "a\x0bb \ud800 £ ▪", "s"),))
    assert written(paper, "docx")


def test_unknown_kinds_are_refused(papers: dict[str, Paper]) -> None:
    with pytest.raises(KeyError):
        written(papers["answers"], "exe")
    assert set(MEDIA) == {"docx", "pdf", "md"}
