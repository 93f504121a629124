"""Files to take away: the quotes unchanged, and a structure that a screen reader can use."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chatbot.conversation import Assistant
from chatbot.export import MEDIA, file_name, written
from chatbot.export.paper import Wish, from_answers, from_comparison, from_enquiry
from chatbot.export.parts import Heading, Paper, Quote, Text
from chatbot.library import Library
from chatbot.search.filters import Filters
from chatbot.topics.compare import compare
from chatbot.topics.enquiry import enquire
from ingest.settings import Settings
from tests.chatbot.making import citation

TODAY = date(2025, 11, 3)
WISH = Wish("T", today=TODAY)
KINDS = ("answers", "comparison", "enquiry")


@pytest.fixture(scope="module")
def papers(sample_index: Path) -> dict[str, Paper]:
    assistant = Assistant(sample_index, Settings())
    library = assistant.library
    answers = [
        assistant.answer("What did inspectors say about waiting times in Westmarch?"),
        assistant.answer("How is SEND in Leeds?"),
    ]
    found = compare(library, ["short breaks"], ["Westmarch"], Filters())
    return {
        "answer": from_answers(answers[:1], library, replace(WISH, enquire=False)),
        "answers": from_answers(answers, library, WISH),
        "comparison": from_comparison(found, library, WISH),
        "enquiry": from_enquiry(
            enquire(library, "short breaks", "Westmarch"), library, replace(WISH, title=" My own ")
        ),
    }


def quotes(paper: Paper) -> list[Quote]:
    return [quote for _, quote in paper.quotes()]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", KINDS)
def test_every_file_has_every_quote_with_number_and_source(papers: dict[str, Paper], name: str) -> None:
    from docx import Document

    paper = papers[name]
    document = Document(io.BytesIO(written(paper, "docx")))
    cells = [p.text for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    in_word = squeezed("\n".join([*[p.text for p in document.paragraphs], *cells]))
    in_pdf = squeezed(printed(written(paper, "pdf"), paper.title))
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
    title = "What the papers say about short breaks"
    assert document.core_properties.language == "en-GB" and document.core_properties.title == title
    assert document.core_properties.created.date() == TODAY
    assert 'w:val="en-GB"' in document.styles.element.xml
    assert {"Title", "Heading 1", "List Bullet", "List Number"} <= {p.style.name for p in document.paragraphs}
    inside = {p.style.name for row in document.tables[0].rows for cell in row.cells for p in cell.paragraphs}
    assert {"Quote", "Quote Source"} <= inside
    table = document.tables[0]._tbl.xml
    assert "w:tblHeader" in table and "w:tblCaption" in table
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False)) and levels[0] == 1
    section = document.sections[0]
    assert section.header.paragraphs[0].text == title and section.different_first_page_header_footer
    for footer in (section.footer, section.first_page_footer):
        assert " PAGE " in footer._element.xml and " NUMPAGES " in footer._element.xml


def test_a_long_word_file_has_contents_that_lead_to_its_headings(papers: dict[str, Paper]) -> None:
    from docx import Document

    assert papers["enquiry"].long and not papers["answer"].long
    body = Document(io.BytesIO(written(papers["enquiry"], "docx"))).element.body.xml
    anchors = re.findall(r'w:anchor="(\w+)"', body)
    assert len(anchors) == sum(h.level == 1 for h in papers["enquiry"].headings)
    assert set(anchors) <= set(re.findall(r'w:bookmarkStart [^>]*w:name="(\w+)"', body))
    assert re.findall(r"PAGEREF (\w+)", body) == anchors  # the page number of each
    assert "w:anchor=" not in Document(io.BytesIO(written(papers["answer"], "docx"))).element.body.xml


def test_links_lead_to_the_page_of_the_published_paper(papers: dict[str, Paper]) -> None:
    from docx import Document
    from pypdf import PdfReader

    quote = quotes(papers["answers"])[0]
    assert quote.url == f"{quote.citation.url}#page={quote.citation.page}"
    linked = {r.target_ref for r in Document(io.BytesIO(written(papers["answers"], "docx"))).part.rels.values()}
    pages = PdfReader(io.BytesIO(written(papers["answers"], "pdf"))).pages
    notes = [note.get_object() for page in pages for note in page.get("/Annots", [])]
    assert quote.url in linked and quote.url in {note["/A"].get("/URI") for note in notes if "/A" in note}
    assert f"<{quote.url}>" in written(papers["answers"], "md").decode()


def printed(data: bytes, title: str) -> str:
    """The words of a PDF without the title and number that stand on every page."""
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(data)).pages
    texts = [re.sub(rf"Page {n} of {len(pages)}\s*$", "", p.extract_text()) for n, p in enumerate(pages, 1)]
    assert all(len(text) < len(page.extract_text()) for text, page in zip(texts, pages, strict=True))
    return "".join([texts[0], *[text.lstrip().removeprefix(title) for text in texts[1:]]])


@pytest.mark.parametrize("name", KINDS)
def test_the_pdf_claims_ua_1_and_is_tagged(papers: dict[str, Paper], name: str) -> None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(written(papers[name], "pdf")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-GB" and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == papers[name].title and reader.metadata.creation_date.date() == TODAY
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    roles = _roles(root["/StructTreeRoot"].get_object())
    assert {"/H1", "/P", "/BlockQuote", "/LBody", "/Link"} <= roles
    assert (name == "comparison") == ({"/TH", "/TD"} <= roles)
    assert ("/TOC" in roles) == papers[name].long
    for page in reader.pages:
        assert _unmarked(page.get_contents().get_data().decode("latin-1")) == 0


def _unmarked(content: str) -> int:
    """How many times text is drawn outside any marked content."""
    depth, outside = 0, 0
    for sign in re.findall(r"\b(BDC|BMC|EMC|Tj|TJ)\b", content):
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(sign, 0)
        outside += sign in ("Tj", "TJ") and depth == 0
    assert depth == 0
    return outside


def _roles(node: Any) -> set[str]:
    """The roles of all elements of a structure tree."""
    kids = node.get("/K", [])
    found = {str(node["/S"])} if "/S" in node else set()
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, dict) and kid.get("/Type") != "/MCR":
            found |= _roles(kid)
    return found


def test_the_same_paper_gives_the_same_bytes(papers: dict[str, Paper]) -> None:
    for kind in ("md", "pdf", "csv"):
        assert written(papers["answers"], kind) == written(papers["answers"], kind)
    text = written(papers["answers"], "md").decode()
    assert "3 November 2025" in text and "How is SEND in Leeds?" in text


def test_a_paper_says_what_was_searched_and_what_is_left_to_ask(papers: dict[str, Paper], sample: Library) -> None:
    count = sum(about.count for about in sample.in_areas(["Westmarch"]))
    said = written(papers["answers"], "md").decode()
    assert f"Searched: 15 papers with {count} passages." in said and "There are no papers about Leeds" in said
    assert "## Questions to ask" in said and "### Lines of enquiry about waiting times in Westmarch" in said
    assert "### Lines of enquiry" not in written(papers["answer"], "md").decode()
    assert f"All {count} passages of 15 papers were looked at" in written(papers["comparison"], "md").decode()


def test_a_title_of_ones_own_and_names_that_say_what_the_file_is(papers: dict[str, Paper]) -> None:
    assert papers["enquiry"].title == "My own" and file_name(papers["enquiry"], "pdf") == "my-own-2025-11-03.pdf"
    name = file_name(papers["answer"], "docx")
    assert name == "what-did-inspectors-say-about-waiting-times-in-westmarch-2025-11-03.docx"
    hostile = replace(papers["answer"], title='../../Über\r\n"Ärger"; ' + "x" * 300)
    assert file_name(hostile, "pdf") == "uber-arger-2025-11-03.pdf"
    assert file_name(replace(hostile, title="漢字"), "md") == "papers-2025-11-03.md"


def test_the_table_has_a_row_for_every_quote(papers: dict[str, Paper]) -> None:
    rows = list(csv.DictReader(io.StringIO(written(papers["comparison"], "csv").decode("utf-8-sig"))))
    cited = [quote.citation for quote in quotes(papers["comparison"])]
    assert [row["Quote"] for row in rows] == [c.quote for c in cited]
    assert [row["Page of the file"] for row in rows] == [str(c.page or "") for c in cited]
    assert {row["Question or topic"] for row in rows} == {"short breaks"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "  =", "\r@"])
def test_no_cell_is_taken_for_a_formula(sign: str) -> None:
    told = f'{sign}HYPERLINK("http://x","y")'
    cited = citation(quote=told)
    paper = Paper("T", (Heading(told), Quote(1, cited, "s")), TODAY)
    row = list(csv.reader(io.StringIO(written(paper, "csv").decode("utf-8-sig"))))[1]
    assert row[1] == row[2] == f"'{told}"
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)


def test_signs_that_a_file_cannot_hold_are_left_out_and_the_rest_stays() -> None:
    paper = Paper("T\x00", (Quote(1, citation(quote="a\x0bb \ud800 £ ▪"), "s"),), TODAY)
    assert written(paper, "docx") and b"pdfuaid" in written(paper, "pdf")
    strange = replace(paper, parts=(Quote(1, citation(quote="漢 \uf0b7"), "s"),))
    told = printed(written(strange, "pdf"), "T")
    assert "could not be printed in this file" in told and b"pdfuaid" not in written(strange, "pdf")


def test_words_of_a_paper_are_no_markup_of_the_template() -> None:
    told = '#panic("x") *b* $x$ @ref <label> `r` #include "/etc/passwd" \\ // /* "'
    paper = Paper(told, (Heading(told), Text(told), Quote(1, citation(quote=told), told)), TODAY)
    assert squeezed(printed(written(paper, "pdf"), told)).count(squeezed(told)) >= 4


def test_unknown_kinds_are_refused(papers: dict[str, Paper]) -> None:
    with pytest.raises(KeyError):
        written(papers["answers"], "exe")
    assert set(MEDIA) == {"docx", "pdf", "md", "csv"}
