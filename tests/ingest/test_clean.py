"""What is not the document's own goes: running headers, page numbers, crumbs, the publisher's last page."""

from ingest.parsers.build import PageBuilder
from ingest.parsers.pdf import pdf
from ingest.records import ReadDocument
from ingest.structure.clean import body_lines
from tests.ingest.making import Pdf


def of_pages(*pages: list[str], media: str = "pdf") -> ReadDocument:
    builder = PageBuilder()
    for number, lines in enumerate(pages, 1):
        for line in lines:
            builder.add(line)
        builder.end_page(number)
    return builder.document(media)


def body(document: ReadDocument) -> list[str]:
    return [line.text for line in body_lines(document)]


def test_headers_that_repeat_go_whatever_their_page_number() -> None:
    pages = [[f"Area SEND inspection report: Elmshire, {n}", f"Text {word}."] for n, word in enumerate("abcd", 1)]
    assert body(of_pages(*pages)) == ["Text a.", "Text b.", "Text c.", "Text d."]


def test_any_line_that_repeats_at_the_edge_goes() -> None:
    pages = [["Elmshire Council: papers of the board", f"Text {word}."] for word in "abcd"]
    assert body(of_pages(*pages)) == ["Text a.", "Text b.", "Text c.", "Text d."]


def test_a_sentence_that_two_pages_begin_or_end_with_is_kept_once() -> None:
    pages = [
        ["Elmshire Council", "Page 1 of 2", "All agreed.", "Text a.", "Done."],
        ["Elmshire Council", "Page 2 of 2"],
    ]
    pages[1] += ["All agreed.", "B.", "Done."]
    assert body(of_pages(*pages)) == ["All agreed.", "Text a.", "B.", "Done."]


def test_heads_that_every_page_of_a_table_repeats_stay() -> None:
    builder = PageBuilder()
    for number in (1, 2, 3):
        builder.add("Elmshire Council")
        builder.add("Action | Owner", role="row", bold=True)
        builder.add(f"Train {'ab cd ef'[number]} | Ann", role="row")
        builder.end_page(number)
    assert body(builder.document("pdf")).count("Action | Owner") == 3


def test_what_a_browser_prints_round_a_page_goes() -> None:
    foot = ["11/28/26, 3:10 AM", "https://www.elmshire.gov.uk/offer 1/1"]
    other = ["28/11/2026, 15:10 Local offer", "1 of 1 28/11/2026, 15:10"]
    for lines in (foot, other):
        assert body(of_pages(["One.", "See https://www.elmshire.gov.uk/offer", *lines])) == [
            "One.", "See https://www.elmshire.gov.uk/offer",
        ]  # fmt: skip


def test_a_header_over_two_lines_goes_with_its_dates() -> None:
    header = ["Inspection report: Elmshire LAP", "2 to 6 December 2024 7"]
    assert body(of_pages([*header, "Text a."], ["Other words.", "And more."], [*header, "Text b."])) == [
        "Text a.", "Other words.", "And more.", "Text b.",
    ]  # fmt: skip


def test_page_numbers_go_and_numbers_in_the_text_stay() -> None:
    assert body(of_pages(["First.", "3"], ["Second.", "Page 4 of 9"], ["In all, 47"])) == [
        "First.", "Second.", "In all, 47",
    ]  # fmt: skip


def test_crumbs_of_forms_and_sites_go() -> None:
    lines = ["Click or tap here to enter text.", "Agenda item", "PDF 391 KB", "Is this page useful?", "Real words."]
    assert body(of_pages(lines, media="text")) == ["Real words."]


def test_the_last_page_goes_but_only_at_the_end() -> None:
    ending = "If you are not happy with the inspection or the report, you can complain."
    assert body(of_pages(["One.", "Two."], ["Three.", ending, "Piccadilly Gate"])) == ["One.", "Two.", "Three."]
    assert body(of_pages([ending, "One.", "Two.", "Three."]))[0] == ending


def test_what_repeats_in_a_text_without_pages_stays() -> None:
    assert body(of_pages(["Resolved", "One."], ["Resolved", "Two."], media="text")).count("Resolved") == 2


def test_running_lines_of_a_real_pdf() -> None:
    sheet = Pdf(running=["Area SEND inspection report: Elmshire Local Area Partnership", "2 to 6 December 2024 #"])
    for word in ("first", "second", "third"):
        sheet.paragraph(f"This is the {word} page.").page()
    document = pdf.read(sheet.paragraph("This is the last page.").data(), "x.pdf")
    assert body(document) == [f"This is the {word} page." for word in ("first", "second", "third", "last")]
