"""Tables of every markup: a row is one passage with its label, under the heads of its columns."""

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from tests.ingest.making import cut

HEADS = "Action | Owner | Due"


def rows_of(tmp_path: Path, name: str, data: bytes | str) -> list[tuple[str, str]]:
    (document,) = cut(tmp_path, name, data)
    return [(p.lead_in, p.text) for p in document.passages if " | " in p.text]


def word(rows: list[list[str]]) -> tuple[Document, bytes]:
    document = docx.Document()
    document.add_paragraph("Elmshire Council keeps this plan.")
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for own, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(own.cells, texts, strict=False):
            cell.text = text
    return document, saved(document)


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


PLAIN = [["Action", "Owner", "Due"], ["Hire staff", "Ann Lee", "May"], ["Train them", "Bo Hill", "June"]]
AS_HTML = "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in PLAIN) + "</table>"
AS_MARKDOWN = (
    "| Action | Owner | Due |\n|---|---|---|\n| Hire staff | Ann Lee | May |\n| Train them | Bo Hill | June |\n"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.html", f"<html><body><main><h1>Elmshire plan</h1>{AS_HTML}</main></body></html>"),
        ("plan.md", f"# Elmshire plan\n\n{AS_MARKDOWN}"),
        ("raw.md", f"# Elmshire plan\n\n{AS_HTML}\n\nThe end of it.\n"),
        ("plan.docx", word(PLAIN)[1]),
    ],
)
def test_each_row_stands_alone_under_its_heads(tmp_path: Path, name: str, data: bytes | str) -> None:
    assert rows_of(tmp_path, name, data) == [
        (HEADS, "Hire staff | Ann Lee | May"),
        (HEADS, "Train them | Bo Hill | June"),
    ]


HTML_TABLES = [
    # a cell merged down two rows stands for both
    ("<tr><th>Team<th>Who<th>Wait</tr><tr><td rowspan=2>North<td>Ann<td>5</tr><tr><td>Bo<td>6</tr>",
     [("Team | Who | Wait", "North | Ann | 5"), ("Team | Who | Wait", "North | Bo | 6")]),
    # an empty corner, years over figures
    ("<tr><td></td><th>2023</th><th>2024</th></tr><tr><th>New plans</th><td>31</td><td>44</td></tr>",
     [("2023 | 2024", "New plans | 31 | 44")]),
    # two rows of heads
    ("<thead><tr><th>Team<th colspan=2>Waits</tr><tr><th>Name<th>May<th>June</tr></thead>"
     "<tr><td>North<td>5<td>6</tr>", [("Team | Waits / Name | May | June", "North | 5 | 6")]),
    # a name across the table heads the rows below it
    ("<tr><th>Item<th>Owner</tr><tr><td colspan=2>Early help</td></tr><tr><td>Hire<td>Ann</tr>",
     [("Early help: Item | Owner", "Hire | Ann")]),
    # heads known only by what stands under them
    ("<tr><td>Clinic<td>Seen<td>Longest</tr><tr><td>North<td>61<td>19 weeks</tr><tr><td>South<td>9<td>7 weeks</tr>",
     [("Clinic | Seen | Longest", "North | 61 | 19 weeks"), ("Clinic | Seen | Longest", "South | 9 | 7 weeks")]),
    # months over figures, and a dash where there is none
    ("<tr><td>Clinic<td>March 2023<td>March 2024</tr><tr><td>North<td>n/a<td>19</tr><tr><td>South<td>9<td>–</tr>",
     [("Clinic | March 2023 | March 2024", "North | n/a | 19"), ("Clinic | March 2023 | March 2024", "South | 9 | –")]),
    # a label and its value head no other label
    ("<tr><td>Name<td>Ann Lee</tr><tr><td>Ages<td>0 to 5</tr>", [("", "Name | Ann Lee"), ("", "Ages | 0 to 5")]),
    # a table inside a cell has heads of its own
    ("<tr><td>Action<td>Detail</tr><tr><td>Open a hub<td>In May <table><tr><th>Step<th>Owner</tr><tr><td>Hire<td>Ann"
     "</tr></table></tr>", [("Action | Detail", "Open a hub | In May"), ("Step | Owner", "Hire | Ann")]),
    # no heads at all: people, not columns, stand in the first row
    ("<tr><td>Ann Lee<td>Chair<td>Elm School</tr><tr><td>Bo Hill<td>Clerk<td>Ash School</tr>",
     [("", "Ann Lee | Chair | Elm School"), ("", "Bo Hill | Clerk | Ash School")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "expected"), HTML_TABLES)
def test_html_tables(tmp_path: Path, table: str, expected: list[tuple[str, str]]) -> None:
    page = f"<html><body><main><h1>Elmshire waits</h1><p>Kept by us.</p><table>{table}</table></main></body></html>"
    assert rows_of(tmp_path, "p.html", page) == expected


def test_two_tables_side_by_side_do_not_share_their_heads(tmp_path: Path) -> None:
    second = "<table><tr><td>Elm House<td>12 beds<td>open</tr></table>"
    page = f"<html><body><main><h1>Elmshire plan</h1>{AS_HTML}{second}</main></body></html>"
    assert rows_of(tmp_path, "p.html", page)[-1] == ("", "Elm House | 12 beds | open")


def test_word_cells_merged_down_and_a_table_inside_a_cell(tmp_path: Path) -> None:
    document, _ = word([["Area", "School", "Places"], ["North", "Elm", "40"], ["", "Ash", "55"], ["South", "Oak", "9"]])
    table = document.tables[0]
    table.cell(1, 0).merge(table.cell(2, 0))
    inner = table.cell(3, 1).add_table(rows=2, cols=2)
    for cell, text in zip(inner._cells, ("Item", "Status", "Hall", "open"), strict=True):
        cell.text = text
    heads = "Area | School | Places"
    assert rows_of(tmp_path, "p.docx", saved(document)) == [
        (heads, "North | Elm | 40"), (heads, "North | Ash | 55"), (heads, "South | Oak | 9"),
        ("Item | Status", "Hall | open"),
    ]  # fmt: skip


def test_the_list_of_contents_is_no_evidence(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Waiting times\t7", style="toc 1")
    document.add_paragraph("Families wait 14 weeks in Elmshire.")
    assert document.element.body.find(qn("w:p")) is not None
    (found,) = cut(tmp_path, "a.docx", saved(document))
    assert [p.text for p in found.passages] == ["Families wait 14 weeks in Elmshire."]
    source = "Waiting times ............ 7\n\nTransport . . . . . . 12\n\nFamilies wait 14 weeks in Elmshire.\n"
    (found,) = cut(tmp_path, "b.txt", source)
    assert [p.text for p in found.passages] == ["Families wait 14 weeks in Elmshire."]
