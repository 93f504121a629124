"""PDF pages to lines with their places."""

import pytest
from pypdf import PdfReader, PdfWriter
from pypdfium2 import PdfPage

from ingest.parsers.pdf import glyphs, pdf
from ingest.parsers.pdf.glyphs import PageContent
from tests.ingest.making import Pdf

PARAGRAPH = ("Children and young people with special educational needs", "wait too long for an assessment.")


def test_lines_are_slices_of_their_page_and_know_where_they_stood() -> None:
    sheet = Pdf().heading("Main findings").paragraph(*PARAGRAPH).paragraph("A second paragraph.")
    document = pdf.read(sheet.data(), "x.pdf")
    assert [line.text for line in document.lines] == ["Main findings", *PARAGRAPH, "A second paragraph."]
    for line in document.lines:
        assert document.pages[line.span.page].text[line.span.start : line.span.end] == line.text
    assert [line.bold for line in document.lines] == [True, False, False, False]
    assert [line.starts for line in document.lines][1:] == [True, False, True]
    assert document.pages[0].number == 1


def test_two_columns_are_proved_before_a_line_is_cut() -> None:
    sheet = Pdf().heading("Local area partnership details")  # elsewhere such pairs are the rows of a table
    for left, right in (("Elmshire Council", "NHS Elms"), ("Ada Hill", "Bo Reed"), ("Shire Hall", "The Granary")):
        sheet.line(left, gap=22).line(right, x=320, gap=0)
    lines = [line.text for line in pdf.read(sheet.data(), "x.pdf").lines]
    assert lines[1:] == ["Elmshire Council", "NHS Elms", "Ada Hill", "Bo Reed", "Shire Hall", "The Granary"]


def test_printed_page_labels_are_kept_where_they_differ() -> None:
    import io

    writer = PdfWriter(
        clone_from=PdfReader(io.BytesIO(Pdf().paragraph(*PARAGRAPH).page().paragraph(*PARAGRAPH).data()))
    )
    writer.set_page_label(0, 0, "/r")
    writer.set_page_label(1, 1, "/D", start=2)
    file = io.BytesIO()
    writer.write(file)
    assert [(page.number, page.label) for page in pdf.read(file.getvalue(), "x.pdf").pages] == [(1, "i"), (2, None)]


def test_a_page_that_cannot_be_read_is_told_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    real = glyphs._content

    def sometimes(page: PdfPage) -> PageContent:
        if "Unread" in page.get_textpage().get_text_bounded():
            raise ValueError("odd font")
        return real(page)

    sheet = Pdf().paragraph(*PARAGRAPH).page().paragraph("Unread.").page().paragraph(*PARAGRAPH)
    monkeypatch.setattr(glyphs, "_content", sometimes)
    document = pdf.read(sheet.data(), "x.pdf")
    assert document.warnings == ("Page 2 of x.pdf could not be read (ValueError).",)
    assert [line.span.page for line in document.lines] == [0, 0, 2, 2]


def test_large_type_does_not_swallow_the_line_below_it() -> None:
    sheet = (
        Pdf()
        .line("Elmshire Local Area Partnership", bold=True, size=24)
        .line("Inspection dates: 2 to 6 May 2024", gap=16)
    )
    lines = [line.text for line in pdf.read(sheet.data(), "x.pdf").lines]
    assert lines == ["Elmshire Local Area Partnership", "Inspection dates: 2 to 6 May 2024"]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("most chil-", "dren wait", "most children"),
        ("a multi-", "agency team", "a multi-agency"),
        ("the co-", "production of plans", "the co-production"),
        ("short- ", "and long-term", "short-"),
        ("out-of-", "county places", "out-of-county"),
    ],
)
def test_hyphens_at_line_ends(first: str, second: str, joined: str) -> None:
    words = {"children", "production", "agency", "multi", "county", "of", "out"}
    sheet = Pdf().paragraph(*PARAGRAPH).paragraph(first, second)
    document = pdf.read(sheet.data(), "x.pdf", words.__contains__)
    assert document.lines[2].text == joined
