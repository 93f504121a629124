"""Rows and marks of notes as many programs write them: each row by itself with its heads, each figure as it is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.making import Pdf, cut, texts
from tests.ingest.office import workbook


def _seen(tmp_path: Path, name: str, data: bytes | str) -> list[tuple[str, str]]:
    (document,) = cut(tmp_path, name, data)
    return [(passage.lead_in, passage.text) for passage in document.passages]


def _word(rows: Sequence[Sequence[str]], across: tuple[int, int], down: bool) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph("Elmshire Council counts its waits.")
    table = document.add_table(len(rows), len(rows[0]))
    for own, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(own.cells, cells, strict=True):
            cell.text = text
    table.cell(0, across[0]).merge(table.cell(0, across[1]))
    if down:
        table.cell(0, 0).merge(table.cell(1, 0))
    for run in (run for cell in table.rows[0].cells for p in cell.paragraphs for run in p.runs):
        run.bold = True
    document.save(file)
    return file.getvalue()


def _merged(book: Any) -> None:
    sheet = book.active
    for row in (["Service", "Longest wait", None], [None, "2031", "2032"], ["Orthotics", "4 weeks", "9 weeks"]):
        sheet.append(row)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")


TWO_HEADS = [["Service", "Longest wait", ""], ["", "2031", "2032"], ["Orthotics", "4 weeks", "9 weeks"]]


@pytest.mark.parametrize(
    ("name", "data"), [("waits.docx", _word(TWO_HEADS, (1, 2), down=True)), ("waits.xlsx", workbook(_merged))]
)
def test_a_second_row_of_heads_parts_the_first(tmp_path: Path, name: str, data: bytes) -> None:
    lead_in, text = _seen(tmp_path, name, data)[-1]
    assert text == "Orthotics | 4 weeks | 9 weeks"
    assert "Longest wait" in lead_in and "2032" in lead_in


def test_a_row_of_figures_under_merged_heads_is_no_head(tmp_path: Path) -> None:
    rows = [["Service", "Wait", ""], ["Orthotics", "4", "9"], ["Podiatry", "3", "2"]]
    seen = [text for _, text in _seen(tmp_path, "waits.docx", _word(rows, (1, 2), down=False))]
    assert seen[-2:] == ["Orthotics | 4 | 9", "Podiatry | 3 | 2"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Service        2031       2032", "Orthotics      4 weeks    9 weeks", "Podiatry       3 weeks    2 weeks"),
        ("Service    2031   2032", "Orthotics     4     19", "Podiatry     13      2"),
    ],
    ids=["cells begin alike", "figures end alike"],
)
def test_columns_of_plain_text_are_rows_with_heads(tmp_path: Path, lines: tuple[str, ...]) -> None:
    found = _seen(tmp_path, "waits.txt", "Elmshire Council waits\n\n" + "\n".join(lines) + "\n\nThat is all of them.\n")
    rows = [(lead_in, text.split(" | ")) for lead_in, text in found if " | " in text]
    assert [(lead_in, cells[0]) for lead_in, cells in rows] == [
        ("Service | 2031 | 2032", "Orthotics"), ("Service | 2031 | 2032", "Podiatry"),
    ]  # fmt: skip
    assert all(len(cells) == 3 for _, cells in rows)


def test_blanks_inside_ordinary_lines_make_no_table(tmp_path: Path) -> None:
    lines = [
        "Elmshire Council met.  All agreed that  waits are long.",
        "The  next report comes in May.  It will be short.",
    ]
    assert not any(" | " in text for _, text in _seen(tmp_path, "note.txt", "\n".join(lines)))


def test_rows_without_heads_do_not_run_together(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{school}</td><td>{n} places</td></tr>" for school, n in (("Hill", 40), ("Mill", 55)))
    inner = f"<table><tr><td>Area</td><td>Schools<table>{rows}</table></td></tr></table>"
    for table in (f"<table>{rows}</table>", inner):
        seen = [text for _, text in _seen(tmp_path, "p.html", f"<h1>Elmshire</h1><p>Places here.</p>{table}")]
        assert seen[-2:] == ["Hill | 40 places", "Mill | 55 places"]


def test_rich_text_keeps_lists_and_tables_inside_their_cells(tmp_path: Path) -> None:
    cell = r"\pard\intbl{\listtext\pard\plain \u8226\'95\tab}"
    row = rf"\trowd\cellx900\cellx9000\pard\intbl 2\cell\pard\intbl Waits.\par {cell}Two posts.\cell\row"
    inner = r"\pard\intbl\itap2 Hill\nestcell 40\nestcell{\*\nesttableprops\nestrow}{\nonesttables\par}"
    seen = [t for _, t in _seen(tmp_path, "p.rtf", rf"{{\rtf1\ansi Elmshire Council notes.\par {row}\pard End.\par}}")]
    assert any(text.startswith("2 | Waits.") and text.endswith("Two posts.") for text in seen), seen
    other = inner.replace("Hill", "Mill").replace("40", "55")
    seen = [t for _, t in _seen(tmp_path, "p.rtf", rf"{{\rtf1 Elmshire.\par {inner}{other}\pard\intbl\cell\row}}")]
    assert "Hill | 40" in seen and "Mill | 55" in seen, seen
    heads = inner.replace("Hill", r"{\b School}").replace("40", r"{\b Places}")
    mixed = (
        rf"\trowd\pard\intbl Open\cell\pard\intbl Places:\par {heads}{inner}\pard\intbl All filled.\cell Ann\cell\row"
    )
    (document,) = cut(tmp_path, "p.rtf", rf"{{\rtf1 Elmshire.\par {mixed}\pard\par}}".encode())
    rows = [(p.lead_in, p.text) for p in document.passages if p.kind == "row"]
    assert rows == [("", "Open | Places: All filled. | Ann"), ("School | Places", "Hill | 40")]


ACTION = ["Write a pathway so that", "families know what is next", "and whom to ring"]


@pytest.mark.parametrize("middle", [False, True])
@pytest.mark.parametrize("bold", [False, True])
def test_a_table_without_rules_that_is_drawn_cell_by_cell(tmp_path: Path, middle: bool, bold: bool) -> None:
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 780, "Elmshire Council agreed this plan in May.")
    y = 740.0
    for cells in (
        (["Action"], ["Owner"], ["Due"]),
        (ACTION, ["Head of", "Inclusion"], ["March"]),
        (["Train staff"], ["Bo Hill"], ["June"]),
    ):
        canvas.setFont("Helvetica-Bold" if bold and cells[0] == ["Action"] else "Helvetica", 10)
        for x, lines in zip((60, 260, 400), cells, strict=True):
            top = y - 12 * (max(map(len, cells)) - len(lines)) / 2 if middle else y
            for number, line in enumerate(lines):
                canvas.drawString(x, top - 12 * number, line)
        y -= 12 * max(map(len, cells)) + 10
    canvas.save()
    seen = _seen(tmp_path, "plan.pdf", file.getvalue())
    assert ("Action | Owner | Due", f"{' '.join(ACTION)} | Head of Inclusion | March") in seen, seen
    assert ("Action | Owner | Due", "Train staff | Bo Hill | June") in seen, seen


def test_rows_at_the_edges_of_pages_are_no_running_heads(tmp_path: Path) -> None:
    sheet = Pdf(running=["Elmshire plan 2031, page #"])
    for page in range(4):
        for row in range(5):
            sheet.paragraph(f"Visit school {10 * page * page + row} and speak with its head.")
        if page < 3:
            sheet.page()
    (document,) = cut(tmp_path, "plan.pdf", sheet.data())
    seen = " ".join(texts(document))
    assert all(f"Visit school {10 * page * page + row} " in seen for page in range(4) for row in range(5))
    assert "Elmshire plan 2031" not in seen


@pytest.mark.parametrize(
    "mark", ["<a href='#fn2'>2</a>", "<a href='#_ftn2'>[2]</a>", "<a role='doc-noteref' href='#x'>2</a>"]
)
def test_a_link_to_a_note_is_no_part_of_the_figure(tmp_path: Path, mark: str) -> None:
    page = f"<h1>Elmshire</h1><p>There were 150{mark} children and <a href='#list'>12</a> adults.</p>"
    page += "<p><a href='#ref1'>1</a>Counted in May of this year by the council.</p>"
    assert [text for _, text in _seen(tmp_path, "p.html", page)][-2:] == [
        "There were 150 children and 12 adults.", "1 Counted in May of this year by the council.",
    ]  # fmt: skip


def test_a_raised_mark_in_a_cell_of_a_sheet_is_no_part_of_the_figure(tmp_path: Path) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    def fill(book: Any) -> None:
        raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
        book.active.append(["Area", "Children waiting"])
        book.active.append(["Elmshire", CellRichText("150", TextBlock(raised, "2"), TextBlock(struck, " or 9"))])

    assert _seen(tmp_path, "p.xlsx", workbook(fill)) == [("Area | Children waiting", "Elmshire | 150")]


HEADS = ("Ref", "Action", "Owner", "Due")
PLAN = [
    ("1.1", "Write a pathway for autism assessments with all families and schools of the area", "Head of SEND", "May"),
    ("1.2", "Train staff", "Bo Lamb", "June"), ("2.1", "Publish the offer", "Ann Penn", "July"),
]  # fmt: skip
STYLES = {
    "rules across": "stroke: none, table.hline(), HEADS, table.hline(), ROWS, table.hline()",
    "white heads on a dark band": "stroke: none, fill: (_, y) => if y == 0 {black}, WHITE, ROWS",
    "upright rules in some rows": "stroke: (x, y) => (y: 1pt, left: if x == 0 or calc.odd(y) {1pt}, "
    "right: if x == 3 {1pt}), HEADS, ROWS",
}


@pytest.mark.parametrize("style", STYLES)
def test_the_rows_of_tables_that_are_half_ruled_keep_their_heads(tmp_path: Path, style: str) -> None:
    import typst

    heads, white = ("".join(form.format(head) for head in HEADS) for form in ("[*{}*],", "[#text(white)[*{}*]],"))
    rows = "".join(f"[{cell}]," for row in PLAN for cell in row)
    table = STYLES[style].replace("HEADS,", heads).replace("WHITE,", white).replace("ROWS", rows).replace(",,", ",")
    source = tmp_path / "p.typ"
    source.write_text(
        f"= Elmshire action plan\n#table(columns: (auto, 1fr, auto, auto), {table})\nThe board meets in May."
    )
    (document,) = cut(tmp_path, "p.pdf", typst.compile(str(source)))
    found = [(p.lead_in, p.text) for p in document.passages]
    assert found == [*((" | ".join(HEADS), " | ".join(row)) for row in PLAN), ("", "The board meets in May.")]


def test_a_mark_that_the_font_itself_draws_small_is_no_part_of_the_figure(tmp_path: Path) -> None:
    import typst

    source = tmp_path / "p.typ"
    source.write_text("= Elmshire report\nThere were 150#super[2] children waiting; 61%#super[3] for a year.\n")
    (document,) = cut(tmp_path, "p.pdf", typst.compile(str(source)))
    assert texts(document)[-1] == "There were 150 children waiting; 61% for a year."
