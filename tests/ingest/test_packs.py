"""Agenda packs: taken apart where bookmarks or the agenda say, each paper with its own facts and both page numbers."""

import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest import pipeline
from ingest.index import store
from ingest.index.reuse import file_of
from ingest.parsers.pdf import pdf
from ingest.settings import Settings
from ingest.structure import packs
from tests.ingest.making import cut

AGENDA = [
    "Elmshire Council", "Children's Scrutiny Committee", "Agenda", "Date: 14 March 2025", "1. Apologies for absence",
    "2. Declarations of interest",
]  # fmt: skip
MINUTES = ["Minutes of the Children's Scrutiny Committee", "held on 16 January 2025", "Present: Councillors A, B and C"]
PLAN = ["Elmshire SEND Action Plan 2025", "Schools will be trained in the spring term."]
LEAFLET = ["Short breaks in Westbrook", "Families may book a weekend from the summer."]


class Sheets:
    """A PDF of pages of lines, some with bookmarks."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=A4)
        self.count = 0

    def page(self, lines: list[str], foot: str = "", mark: str = "", level: int = 0, stamp: bool = False) -> None:
        """Add a page; `stamp` prints its number in the pack at the head."""
        self.count += 1
        if mark:
            self._canvas.bookmarkPage(mark)
            self._canvas.addOutlineEntry(mark, mark, level)
        if stamp:
            self._canvas.drawString(480, 815, f"Page {self.count + 4}")
        for number, line in enumerate(lines):
            self._canvas.setFont("Helvetica-Bold" if not number else "Helvetica", 16 if not number else 11)
            self._canvas.drawString(60, 780 - 28 * number, line)
        self._canvas.drawString(290, 24, foot)
        self._canvas.showPage()

    def data(self) -> bytes:
        self._canvas.save()
        return self._file.getvalue()


def pack(agenda: list[str], marks: bool = False, stamp: bool = False) -> bytes:
    """A front sheet, minutes of three pages, a plan of six and a leaflet of four, each with feet of its own."""
    sheets = Sheets()
    sheets.page([*AGENDA, *agenda, "7. Date of next meeting"], mark="Agenda" if marks else "")
    for name, first, count in (("Minutes", MINUTES, 3), ("Plan", PLAN, 6), ("Leaflet", LEAFLET, 4)):
        for number in range(count):
            lines = first if not number else [f"{name}, continued {number}", f"More of part {number} of the {name}."]
            sheets.page(lines, str(number + 1), name if marks and not number else "", stamp=stamp)
    return sheets.data()


NAMED = [
    "3. Minutes (Pages 2 - 4)",
    "4. Action plan (Pages 5 - 10)",
    "5. Exempt item",
    "6. Short breaks (Pages 11 - 14)",
]
SHIFTED = ["3. Minutes (Pages 6 - 8)", "4. Action plan (Pages 9 - 14)", "6. Short breaks (Pages 15 - 18)"]
DOTTED = ["3. Minutes ............ 2", "4. Action plan ............ 5", "6. Short breaks ............ 11"]


@pytest.mark.parametrize(
    ("agenda", "marks", "stamp"),
    [
        ([], True, False),
        (NAMED, False, False),
        (SHIFTED, False, True),
        (DOTTED, False, False),
        (["4. Plan"], True, True),
    ],
)
def test_a_pack_is_taken_apart_where_its_papers_begin(
    agenda: list[str], marks: bool, stamp: bool, tmp_path: Path
) -> None:
    front, *papers = cut(tmp_path, "pack.pdf", pack(agenda, marks, stamp))
    assert front.facts.document == "pack.pdf" and front.facts.kind == "other"
    assert "3 papers" in front.warnings[-1]
    assert [d.facts.document for d in papers] == ["pack.pdf#page-2", "pack.pdf#page-5", "pack.pdf#page-11"]
    assert {file_of(d.facts.document) for d in papers} == {"pack.pdf"}
    assert [d.facts.kind for d in papers] == ["minutes", "action_plan", papers[2].facts.kind]
    assert [d.facts.areas for d in papers] == [("Elmshire",)] * 3
    dates = [(d.facts.date, d.facts.date_basis) for d in papers]
    assert dates[0] == ("2025-01-16", "stated") and dates[2] == ("2025-03-14", "inferred")


def test_both_numbers_of_a_page_are_known(tmp_path: Path) -> None:
    plan = cut(tmp_path, "pack.pdf", pack(NAMED))[2]
    assert [(page.number, page.label) for page in plan.pages] == [(n + 5, str(n + 1)) for n in range(6)]
    found = next(p for p in plan.passages if "trained" in p.text)
    assert found.pages == (5,)


def book(first: list[str]) -> bytes:
    sheets = Sheets()
    for number in range(14):
        sheets.page(
            first if not number else [f"Chapter {number}", f"What stands in chapter {number}."], mark=f"C{number}"
        )
    return sheets.data()


@pytest.mark.parametrize(
    "data",
    [
        book(["Elmshire SEND strategy", "Our aims for all children."]),  # bookmarks, and no agenda
        pack([]),  # an agenda that says nowhere where its papers begin
        pack(["3. Minutes (Page 9)", "4. Plan (Page 5)", "5. Other (Page 2)"]),  # ... or says it in no order
        pack(["3. Minutes (Page 90)", "4. Plan (Page 95)"]),
    ],
)
def test_no_other_paper_is_taken_apart(data: bytes) -> None:
    assert len(packs.parts_of(pdf.read(data, "a.pdf"))) == 1


def test_appendices_are_papers_and_chapters_of_papers_are_not() -> None:
    sheets = Sheets()
    sheets.page([*AGENDA, "3. Plan"], mark="Agenda")
    for number in range(12):
        mark, level = {0: ("3 Plan", 0), 2: ("Chapter one", 1), 5: ("Appendix A", 1), 8: ("4 Leaflet", 0)}.get(
            number, ("", 0)
        )
        sheets.page([f"Words of page {number}", f"More words {number}."], mark=mark, level=level)
    parts = packs.parts_of(pdf.read(sheets.data(), "a.pdf"))
    assert [part.pages[0].number for part in parts] == [1, 2, 7, 10]
    assert [len(part.pages) for part in parts] == [1, 5, 3, 4]
    for part in parts:
        assert all(part.pages[x.span.page].text[x.span.start : x.span.end] == x.text for x in part.lines)


def test_a_pack_goes_in_stays_and_goes_out_as_one_file(tmp_path: Path, embedded: list[str]) -> None:
    folder, index = tmp_path / "papers", tmp_path / "index"
    folder.mkdir()
    (folder / "pack.pdf").write_bytes(pack(NAMED))
    (folder / "other.txt").write_text("Elmshire minutes.\n\nThe Chair welcomed everybody to the meeting.\n")

    def statuses() -> dict[str, str]:
        return {row.document: row.status for row in pipeline.add([folder], index, Settings()).rows}

    names = ["other.txt", "pack.pdf", "pack.pdf#page-11", "pack.pdf#page-2", "pack.pdf#page-5"]
    assert statuses() == dict.fromkeys(names, "added")
    assert statuses() == dict.fromkeys(names, "unchanged")
    originals = sorted(path.name for path in (index / "originals").iterdir())
    (one,) = pipeline.remove(["pack.pdf#page-5"], index, Settings()).rows
    assert one.document == "pack.pdf#page-5" and "remove pack.pdf to erase" in one.reason
    assert sorted(path.name for path in (index / "originals").iterdir()) == originals
    names.remove("pack.pdf#page-5")
    removed = pipeline.remove(["pack.pdf"], index, Settings())
    assert [row.document for row in removed.rows] == sorted(names[1:]) and not any(row.reason for row in removed.rows)
    rows = store.Rows(store.current(index))
    assert [d["facts"]["document"] for d in rows.documents] == ["other.txt"]
    assert [path.name for path in (index / "originals").iterdir()] == [rows.documents[0]["sha256"]]
