"""Sheets, slides, OpenDocument, rich text and messages: what a person sees of them, and nothing else."""

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from pptx.util import Inches

from ingest.errors import DocumentError
from ingest.parsers import message
from ingest.parsers.office import odt, rtf, sheets, slides
from ingest.records import Line, ReadDocument
from tests.ingest import office
from tests.ingest.making import cut, texts

HEADS = ["Ref", "Action", "Owner", "Due date"]


def shown(document: ReadDocument) -> list[str]:
    return [line.text for line in document.lines]


def line(document: ReadDocument, words: str) -> Line:
    return next(line for line in document.lines if words in line.text)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (datetime.date(2025, 4, 1), "dd/mm/yyyy", "1 April 2025"),
        (datetime.date(2025, 4, 1), "mmm-yy", "April 2025"),
        (datetime.datetime(2025, 4, 1, 9, 30), "dd/mm/yyyy hh:mm", "1 April 2025, 09:30"),
        (0.456, "0%", "46%"),
        (0.456, "0.0%", "45.6%"),
        (1234567, "#,##0", "1,234,567"),
        (12.5, '"£"#,##0.00', "£12.50"),
        (0.1 + 0.2, "General", "0.3"),
        (150, "General", "150"),
        (True, "General", "Yes"),
        ("#REF!", "General", ""),
        ("a\u00adb\u200bc", "@", "abc"),
    ],
)
def test_a_cell_says_what_the_sheet_shows(value: object, form: str, text: str) -> None:
    def fill(book: Workbook) -> None:
        for row in (HEADS, ["1", "words", value, "end"]):
            book.active.append(row)
        book.active["C2"].number_format = form

    document = sheets.read(office.workbook(fill), "x.xlsx")
    assert shown(document)[-1] == f"1 | words | {text} | end".replace("|  |", "| |")


def test_a_row_of_a_sheet_is_a_passage_with_its_heads(tmp_path: Path) -> None:
    rows = [
        ["Elmshire SEND action plan"],
        [],
        HEADS,
        ["1", "Train all schools", "Council", "May"],
        [],
        ["2", "b", "c", "d"],
    ]
    (document,) = cut(tmp_path, "plan.xlsx", office.workbook(rows))
    assert document.facts.title == "Elmshire SEND action plan" and document.facts.kind == "action_plan"
    assert [(p.kind, p.lead_in) for p in document.passages] == [("row", "Ref | Action | Owner | Due date")] * 2
    assert texts(document) == ["1 | Train all schools | Council | May", "2 | b | c | d"]


def test_each_sheet_has_its_name_and_its_own_heads(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        for name, rows in (
            ("Actions", [HEADS, ["1", "a", "b", "c"]]),
            ("Risks", [["Risk", "Rating"], ["No staff", "Red"]]),
        ):
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        del book["Sheet"]

    (document,) = cut(tmp_path, "plan.xlsx", office.workbook(fill))
    assert [(p.headings, p.lead_in) for p in document.passages] == [
        ((), "Ref | Action | Owner | Due date"),  # the first sheet's name is the title of the paper
        (("Risks",), "Risk | Rating"),
    ]


def test_what_a_sheet_hides_is_left_out_and_told() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        for row in (
            HEADS,
            ["1", "shown", "gone-column", "x"],
            ["2", "gone-row", "", ""],
            ["3", "gone-struck", "", "=A1"],
        ):
            sheet.append(row)
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[3].hidden = True
        sheet["B4"].font = Font(strike=True)
        sheet["A2"].comment = Comment("gone-comment", "somebody")
        other = book.create_sheet("gone-sheet")
        other.append(["gone", "gone"])
        other.sheet_state = "hidden"

    document = sheets.read(office.workbook(fill), "x.xlsx")
    assert shown(document) == ["Ref | Action | Due date", "1 | shown | x", "3"]
    told = " ".join(document.warnings)
    assert "hidden" in told and "comments" in told and "formulas" in told


def test_a_label_that_is_merged_over_rows_stands_in_each() -> None:
    def fill(book: Workbook) -> None:
        for row in (HEADS, ["Waits", "a", "b", "c"], [None, "d", "e", "f"]):
            book.active.append(row)
        book.active.merge_cells("A2:A3")

    assert shown(sheets.read(office.workbook(fill), "x.xlsx"))[1:] == ["Waits | a | b | c", "Waits | d | e | f"]


def test_a_cell_far_away_costs_nothing_and_is_told() -> None:
    def fill(book: Workbook) -> None:
        for row in (HEADS, ["1", "a", "b", "c"]):
            book.active.append(row)
        book.active["XFD1048576"] = "far"

    document = sheets.read(office.workbook(fill), "x.xlsx")
    assert shown(document)[1:] == ["1 | a | b | c"] and "split it" in document.warnings[0]


@pytest.mark.parametrize(
    "source",
    [
        'Ref,Action,Owner\n1,"Train, then hire",Council\n',
        "Ref;Action;Owner\r\n1;Train, then hire;Council\r\n",
        "Ref\tAction\tOwner\n1\tTrain, then hire\tCouncil\n",
        "\ufeffRef|Action|Owner\n1|Train, then hire|Council\n",
        "sep=;\r\nRef;Action;Owner\r\n1;Train, then hire;Council\r\n",
    ],
)
def test_values_are_parted_by_whatever_parts_them(source: str, tmp_path: Path) -> None:
    (document,) = cut(tmp_path, "plan.csv", source)
    assert texts(document) == ["1 | Train, then hire | Council"]
    assert document.passages[0].lead_in == "Ref | Action | Owner"


def bullets(title: str, *items: str, **shape: Any) -> Callable[[Any], None]:
    def fill(slide: Any) -> None:
        slide.shapes.title.text = title
        frame = slide.placeholders[1].text_frame
        frame.text = items[0]
        for item in items[1:]:
            frame.add_paragraph().text = item

    return fill


def test_a_slide_is_a_page_and_its_title_heads_its_text(tmp_path: Path) -> None:
    def hidden(slide: Any) -> None:
        bullets("Gone", "gone", "gone")(slide)
        slide._element.set("show", "0")

    def table(slide: Any) -> None:
        bullets("Figures", "By term:")(slide)
        slide.notes_slide.notes_text_frame.text = "gone"
        made = slide.shapes.add_table(2, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
        for place, text in enumerate(("Term", "Requests", "Autumn", "120")):
            made.cell(place // 2, place % 2).text = text
        aside = slide.shapes.add_textbox(Inches(30), Inches(1), Inches(2), Inches(1))
        aside.text_frame.text = "gone"

    data = office.slides(bullets("Elmshire SEND board", "12 March 2025"), hidden, table)
    (document,) = cut(tmp_path, "deck.pptx", data)
    assert document.facts.title == "Elmshire SEND board"
    assert [(p.pages, p.headings, p.lead_in, p.text) for p in document.passages] == [
        ((1,), (), "", "12 March 2025"),
        ((3,), ("Figures",), "", "By term:"),
        ((3,), ("Figures",), "Term | Requests", "Autumn | 120"),
    ]
    assert "hidden slides" in " ".join(document.warnings) and "notes" in " ".join(document.warnings)


def test_marks_of_notes_and_struck_words_of_slides_are_no_text() -> None:
    def fill(slide: Any) -> None:
        slide.shapes.title.text = "Waits"
        paragraph = slide.placeholders[1].text_frame.paragraphs[0]
        for text, look in (
            ("There were 150", {}),
            ("2", {"baseline": "30000"}),
            (" pupils", {}),
            (" or 90", {"strike": "sngStrike"}),
        ):
            run = paragraph.add_run()
            run.text = text
            for key, value in look.items():
                run._r.get_or_add_rPr().set(key, value)

    assert shown(slides.read(office.slides(fill), "x.pptx")) == ["Waits", "There were 150 pupils"]


STYLES = """
<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T2"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="T3"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T4"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T5"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="P1" style:parent-style-name="Title"/>
<style:style style:name="P2"><style:paragraph-properties fo:background-color="#003366"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
</text:list-style>
"""


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d</text:p>", ["a b c d"]),
        ("<text:p>150<text:span text:style-name='T3'>2</text:span> pupils</text:p>", ["150 pupils"]),
        ("<text:p>25<text:span text:style-name='T3'>th</text:span> May</text:p>", ["25th May"]),
        ("<text:p>a<text:span text:style-name='T1'>gone</text:span></text:p>", ["a"]),
        ("<text:p>a<text:span text:style-name='T2'>gone</text:span></text:p>", ["a"]),
        ("<text:p>a<text:span text:style-name='T5'>gone</text:span></text:p>", ["a"]),
        ("<text:p text:style-name='P2'>a<text:span text:style-name='T5'>b</text:span></text:p>", ["ab"]),
        ("<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>kept</text:p>", ["kept"]),
        ("<text:section text:display='none'><text:p>gone</text:p></text:section><text:p>a</text:p>", ["a"]),
        ("<text:table-of-content><text:p>gone</text:p></text:table-of-content><text:p>a</text:p>", ["a"]),
        ("<text:p>a<office:annotation><text:p>gone</text:p></office:annotation></text:p>", ["a"]),
        ("<text:p>a<text:note><text:note-body><text:p>gone</text:p></text:note-body></text:note></text:p>", ["a"]),
        ("<text:p>a<draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame></text:p>", ["a", "b"]),
        (
            "<text:list text:style-name='L1'><text:list-item><text:p>a</text:p><text:list><text:list-item>"
            "<text:p>b</text:p>"
            "</text:list-item></text:list></text:list-item><text:list-item><text:p>c</text:p></text:list-item></text:list>",
            ["1. a", "(a) b", "2. c"],
        ),
        (
            "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
            "<table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table-header-rows>"
            "<table:table-row><table:table-cell><text:p>c</text:p><table:table><table:table-row><table:table-cell><text:p>in"
            "</text:p></table:table-cell><table:table-cell><text:p>side</text:p></table:table-cell></table:table-row>"
            "</table:table></table:table-cell><table:table-cell><text:p>d</text:p></table:table-cell></table:table-row>"
            "</table:table>",
            ["A | B", "c | d", "in | side"],
        ),
    ],
)
def test_what_is_seen_of_an_open_document(body: str, lines: list[str]) -> None:
    assert shown(odt.read(office.odt(body, STYLES), "x.odt")) == lines


def test_headings_of_an_open_document_and_what_is_told() -> None:
    body = """<text:p text:style-name="P1">Plan</text:p><text:h text:outline-level="2">Aims</text:h>
    <text:p><text:span text:style-name="T4">What comes next</text:span></text:p>
    <text:p>Text.<office:annotation><text:p>gone</text:p></office:annotation></text:p>"""
    document = odt.read(office.odt(body, STYLES), "x.odt")
    assert [(x.role, x.level) for x in document.lines] == [
        ("heading", 1),
        ("heading", 2),
        ("heading", 3),
        ("paragraph", 0),
    ]
    assert "left out" in document.warnings[0]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (rb"One {\v gone}two \strike gone\strike0 three.\par", ["One two three."]),
        (rb"One {\deleted gone\par}two.\par", ["One two."]),
        (rb"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}One {\cf2 gone}two.\par", ["One two."]),
        (rb"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}\pard\cbpat1{\cf2 White.}\par", ["White."]),
        (rb"150{\super 2} pupils, 25{\up8 th} May\par", ["150 pupils, 25th May"]),
        (rb"It\rquote s caf\'e9 \u8211\'96 \'a390\par", ["It’s café – £90"]),
        (rb"{\*\annotation gone}{\footnote gone}{\header gone}Seen.\par", ["Seen."]),
        (rb'{\field{\*\fldinst HYPERLINK "http://a.example"}{\fldrslt the page}} is here\par', ["the page is here"]),
        (rb"{\pict\bin5 {{}}}}Seen.\par", ["Seen."]),
        (rb"{\pict 00ff{\x}aa}Seen.\par", ["Seen."]),
        (rb"{\listtext\'b7\tab}One\par{\listtext 2.\tab}Two\par", ["One", "2. Two"]),
        (
            rb"\trowd\intbl\b Action\cell Owner\cell\row\trowd\intbl\b0 Train\par all\cell "
            rb"Council\cell\row\pard End.\par",
            ["Action | Owner", "Train all | Council", "End."],
        ),
        (
            rb"\trowd\clvmgf\cellx1\cellx2\intbl North\cell Ann\cell\row\trowd\clvmrg\cellx1\cellx2\intbl\cell Bo"
            rb"\cell\row\trowd\cellx1\cellx2\intbl\cell Cy\cell\row\pard End.\par",
            ["North | Ann", "North | Bo", "Cy", "End."],
        ),
        (b"\\loch\nWords.\\par", ["Words."]),
    ],
)
def test_what_is_seen_of_rich_text(source: bytes, lines: list[str]) -> None:
    assert shown(rtf.read(rb"{\rtf1\ansi\ansicpg1252 " + source + b"}", "x.rtf")) == lines


def test_roles_in_rich_text() -> None:
    source = rb"{\rtf1 {\outlinelevel0 Plan\par}\pard{\b What comes next\par}\pard Text.\par{\b All of it is said.\par}"
    table = rb"\trowd\intbl\b Action\cell Owner\cell\row\trowd\intbl\b0 Train\cell Council\cell\row}"
    document = rtf.read(source + table, "x.rtf")
    assert [(x.role, x.level) for x in document.lines[:4]] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("paragraph", 0),
    ]
    assert line(document, "Action").bold and not line(document, "Train").bold


EML = (
    "From: A <a@elmshire.example>\r\nTo: B <b@elmshire.example>\r\nSubject: =?utf-8?q?Elmshire_board=3A_caf=C3=A9?=\r\n"
    "Date: Tue, 04 Mar 2025 10:11:12 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    "--x\r\nContent-Type: {kind}; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n"
    '--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="plan.pdf"\r\n\r\n'
    "Gone\r\n--x--\r\n"
)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain", "The board meets at the caf=E9 on Friday."),
        ("text/html", "<p>The board meets at the caf=E9 on Friday.</p>"),
    ],
)
def test_a_message_is_its_text_and_names_what_hangs_on_it(kind: str, body: str, tmp_path: Path) -> None:
    (document,) = cut(tmp_path, "mail.eml", EML.format(kind=kind, body=body))
    assert texts(document) == ["The board meets at the café on Friday."]
    assert (document.facts.title, document.facts.date) == ("Elmshire board: café", "2025-03-04")
    assert "plan.pdf" in document.warnings[-1] and "elmshire.example" not in str(document)


def entities(name: str) -> str:
    inner = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    return f'<!DOCTYPE {name} [<!ENTITY a "aaaaaaaaaa">{inner}]>'


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return office.zipped({name: change(content) if name == part else content for name, content in parts.items()})


def padded(part: bytes) -> bytes:
    return part + b" " * 25_000_000


XLSX = office.workbook([HEADS, ["1", "a", "b", "c"]])
PPTX = office.slides(bullets("Title", "words"))
DECLARED = entities("x").encode()
HOSTILE = {
    "a zip bomb of a sheet": (sheets.read, with_part(XLSX, "xl/worksheets/sheet1.xml", padded), "safe"),
    "a zip bomb of slides": (slides.read, with_part(PPTX, "ppt/slides/slide1.xml", padded), "safe"),
    "a zip bomb of text": (odt.read, office.odt("<text:p>a</text:p>", styles=" " * 25_000_000), "safe"),
    "entities in a sheet": (sheets.read, with_part(XLSX, "xl/worksheets/sheet1.xml", lambda x: DECLARED + x), "safe"),
    "entities in slides": (slides.read, with_part(PPTX, "ppt/slides/slide1.xml", lambda x: DECLARED + x), "safe"),
    "entities in a text": (odt.read, office.odt("<text:p>&i;</text:p>", doctype=entities("x")), "safe"),
    "a sheet cut short": (sheets.read, XLSX[: len(XLSX) // 2], "not an Excel workbook"),
    "slides cut short": (slides.read, PPTX[: len(PPTX) // 2], "not a PowerPoint"),
    "an odt that is none": (odt.read, office.zipped({"mimetype": office.ODT, "content.xml": "<a/>"}), "can be read"),
    "a locked odt": (
        odt.read,
        office.odt("", META__INF="x", **{"META-INF__manifest": "<m:encryption-data/>"}),
        "password",
    ),
    "nested for ever": (odt.read, office.odt("<text:section>" * 150 + "<text:section>" * 5000), "can be read"),
    "rich text nested for ever": (rtf.read, rb"{\rtf1 " + b"{" * 100_000, "can be read"),
    "no words": (sheets.read, office.workbook([]), "no text"),
    "no slides": (slides.read, office.slides(), "no text"),
    "an empty message": (message.read, b"MIME-Version: 1.0\r\n\r\n", "no text"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused_in_one_sentence(what: str) -> None:
    read, data, told = HOSTILE[what]
    with pytest.raises(DocumentError, match=told) as error:
        read(data, "x.y")
    assert str(error.value).startswith("x.y ") and str(error.value).endswith(".") and "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", XLSX), ("a.xlsx", PPTX), ("a.pptx", office.odt("<text:p>Words.</text:p>"))]
)
def test_a_package_under_another_ending_is_read_as_what_it_is(name: str, data: bytes, tmp_path: Path) -> None:
    (document,) = cut(tmp_path, name, data)
    assert texts(document) and "not what its ending says" in document.warnings[0]


def test_a_sheet_inside_slides_does_not_make_them_one() -> None:
    from ingest.parsers import disguise

    file = io.BytesIO(PPTX)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("ppt/embeddings/book.xlsx", XLSX, zipfile.ZIP_STORED)
    assert disguise.seen_through(file.getvalue(), "pptx", "a.pptx").media == "pptx"
    assert load_workbook(io.BytesIO(XLSX)).active is not None
