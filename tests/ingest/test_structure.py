"""Lines to blocks: headings as a path, paragraphs and bullets whole across pages, rows of tables."""

from pathlib import Path

from ingest.parsers.pdf import pdf
from ingest.parsers.text import markdown, text
from ingest.records import Block, ReadDocument
from ingest.structure.clean import body_lines
from ingest.structure.structure import blocks
from tests.ingest.making import Pdf, cut, texts


def of(document: ReadDocument) -> tuple[Block, ...]:
    return blocks(document, body_lines(document))


def of_pdf(sheet: Pdf) -> tuple[Block, ...]:
    return of(pdf.read(sheet.data(), "x.pdf", {"children", "chil"}.__contains__))


def test_a_sentence_goes_on_over_the_page_break_and_stands_on_both_pages() -> None:
    sheet = Pdf(running=["Area SEND inspection report: Elmshire Local Area Partnership #"])
    sheet.paragraph("Children wait too long for an assessment of their needs, and").page()
    sheet.paragraph("families are not told why this is so. Leaders know it.")
    sheet.paragraph("Another paragraph stands here.")
    first, second = of_pdf(sheet)
    assert first.text == (
        "Children wait too long for an assessment of their needs, and families are not told why this is so. "
        "Leaders know it."
    )
    assert [span.page for span in first.spans] == [0, 1]
    assert second.text == "Another paragraph stands here."


def test_a_sentence_goes_on_from_the_foot_of_a_column_to_the_head_of_the_next() -> None:
    sheet = Pdf()
    for number in range(20):
        sheet.line(f"Club {number} is open on {number + 1} days.", gap=30)
    sheet.line("The last club meets in the hall and", gap=30).y = 780.0
    sheet.line("in the library of the school.", x=320).line("It is free.", x=320, gap=30)
    assert [block.text for block in of_pdf(sheet)][-2:] == [
        "The last club meets in the hall and in the library of the school.", "It is free."
    ]  # fmt: skip


def test_soft_hyphens_are_mended_and_real_ones_kept() -> None:
    sheet = Pdf().paragraph(
        "Most chil-", "dren use co-", "produced and multi-", "agency plans, short- ", "and long-term."
    )
    assert of_pdf(sheet)[0].text == "Most children use co-produced and multi-agency plans, short- and long-term."


def test_bullets_of_every_glyph_and_their_nesting() -> None:
    long = ["a point that says a great deal about how plans are made,"] * 3
    sheet = Pdf().paragraph("Leaders should:").bullet("Outer one,", *long).bullet("Inner,", *long, glyph="-")
    found = of_pdf(sheet.bullet("Outer two."))
    assert [(b.kind, b.level, b.text[:10]) for b in found] == [
        ("paragraph", 0, "Leaders sh"),
        ("bullet", 1, "Outer one,"),
        ("bullet", 2, "Inner, a p"),
        ("bullet", 1, "Outer two."),
    ]
    assert found[1].lead_in == found[3].lead_in == "Leaders should:"


def test_a_short_list_is_read_with_the_words_that_open_it() -> None:
    sheet = Pdf().paragraph("Leaders across the partnership should:").bullet("plan,").bullet("write,", glyph="-")
    assert [b.text for b in of_pdf(sheet.bullet("act."))] == [
        "Leaders across the partnership should: • plan, - write, • act."
    ]


def test_headings_wrap_and_make_a_path() -> None:
    sheet = Pdf().heading("Area SEND inspection of Elmshire", "Local Area Partnership", size=24)
    sheet.heading("What is it like to be a child or young person with special", "educational needs in this area?")
    sheet.paragraph("Most are happy.")
    sheet.heading("What is the area partnership doing that is effective?").bullet("Leaders listen.")
    found = [b for b in of_pdf(sheet) if b.kind != "heading"]
    title = "Area SEND inspection of Elmshire Local Area Partnership"
    assert found[0].headings == (
        title, "What is it like to be a child or young person with special educational needs in this area?",
    )  # fmt: skip
    assert found[1].headings == (title, "What is the area partnership doing that is effective?")


def test_headings_without_bold_are_known_by_their_words() -> None:
    sheet = Pdf().heading("Inspection outcome", bold=False, size=12).paragraph("The arrangements are good.")
    sheet.heading("Areas for improvement", bold=False, size=12).paragraph("Leaders should improve plans.")
    assert [b.headings for b in of_pdf(sheet) if b.kind != "heading"] == [
        ("Inspection outcome",), ("Areas for improvement",),
    ]  # fmt: skip


def test_the_two_lines_of_dates_are_two_paragraphs() -> None:
    sheet = Pdf().line("Inspection dates: 2 to 6 December 2024").line("Dates of previous inspection: 4 May 2016")
    assert len(of_pdf(sheet.paragraph("It was good."))) == 3


def test_rows_of_the_improvement_table_keep_their_points() -> None:
    sheet = Pdf().heading("Areas for improvement").line("Areas for improvement", bold=True, gap=24)
    sheet.line("Leaders should improve the quality of plans. This is to ensure that:", gap=24)
    sheet.line("\u2022 plans are clear; and", x=70).line("\u2022 reviews are held.", x=70)
    sheet.line("Leaders should shorten the waits for therapy.", gap=26)
    rows = [b for b in of_pdf(sheet) if b.kind == "row"]
    assert [row.text for row in rows] == [
        "Leaders should improve the quality of plans. This is to ensure that: \u2022 plans are clear; and "
        "\u2022 reviews are held.",
        "Leaders should shorten the waits for therapy.",
    ]


def test_points_under_a_formal_heading_are_a_row_each_where_no_table_is_drawn() -> None:
    sheet = Pdf().heading("Areas for improvement").line("\u2022 Leaders should check reviews so that:", gap=24)
    sheet.line("o they are clear; and", x=90).line("o they are held.", x=90)
    sheet.line("\u2022 The board should recruit two nurses.")
    rows = [b.text for b in of_pdf(sheet) if b.kind == "row"]
    assert rows == [
        "Leaders should check reviews so that: o they are clear; and o they are held.",
        "The board should recruit two nurses.",
    ]


def test_rows_carry_the_header_cells_of_their_table(tmp_path: Path) -> None:
    plan = (
        "# SEND action plan for Elmshire\n\n| Action | Lead | End |\n| --- | --- | --- |\n"
        "| Cut the wait for speech and language therapy to 18 weeks in all districts | Jo Lark | May 2026 |\n"
        "| Appoint a designated clinical officer who has time for schools and families | ICB | June 2025 |\n"
    )
    (document,) = cut(tmp_path, "plan.md", plan)
    rows = [p for p in document.passages if p.kind == "row"]
    assert [row.lead_in for row in rows] == ["Action | Lead | End"] * 2
    assert "Action | Lead | End" in rows[0].context
    assert "Action | Lead | End" not in texts(document)


def test_a_header_without_rows_is_text(tmp_path: Path) -> None:
    (document,) = cut(tmp_path, "x.md", "Words first.\n\n| Lonely | header |\n| --- | --- |\n\nWords after.\n")
    assert "Lonely | header" in texts(document)


def test_numbered_paragraphs_and_sub_items() -> None:
    found = of(markdown.read(b"1. First it met.\n2. It asked:\n   a. who\n   b. when\n3. It ended.\n", "x.md"))
    assert [(b.number, b.text) for b in found] == [
        ("1", "First it met."), ("2", "It asked:"), ("2a", "who"), ("2b", "when"), ("3", "It ended."),
    ]  # fmt: skip
    assert found[2].lead_in == "It asked:"


def test_sections_of_the_report_form_stand_beside_each_other() -> None:
    found = of(markdown.read(b"## Equality duty\n\nMet.\n\n### Legal implications\n\nNone known.\n", "x.md"))
    assert found[-1].headings == ("Legal implications",)


def test_cells_parted_by_tabs_stand_apart_in_their_row() -> None:
    found = of(text.read(b"Yours sincerely\n\nOfsted\tCare Quality Commission\nAda Hill\tBo Reed\n", "x.txt"))
    assert [b.text for b in found] == ["Yours sincerely", "Ofsted | Care Quality Commission", "Ada Hill | Bo Reed"]


def test_columns_of_a_details_table_are_read_apart() -> None:
    sheet = Pdf().heading("Local area partnership details")
    for number, (left, right) in enumerate((("Local authority", "Integrated care board"), ("Elmshire", "NHS Elms"))):
        for x, cell in ((60, left), (300, right)):
            sheet.line(cell, bold=number == 0, x=x, gap=22 if x == 60 else 0)
    cells = [b for b in of_pdf(sheet) if b.kind == "cell"]
    assert [(c.lead_in, c.text) for c in cells] == [
        ("Local authority", "Elmshire"),
        ("Integrated care board", "NHS Elms"),
    ]
