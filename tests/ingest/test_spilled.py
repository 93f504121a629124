"""Rows of the table of priority actions whose first cell is cut by the end of a page."""

from pathlib import Path

import pytest

from tests.ingest.making import Pdf, cut

BODY = ("Elmshire County Council", "and NHS Elmshire and", "Aldershire Integrated Care", "Board")


def _row(sheet: Pdf, body: tuple[str, ...], text: tuple[str, ...], gap: float) -> None:
    top = sheet.y - gap
    for number, line in enumerate(body):
        sheet.line(line, x=62, gap=gap if number == 0 else 14.4)
    sheet.y = top + 14.4
    for line in text:
        sheet.line(line, x=224)
    sheet.y = top - 14.4 * (max(len(body), len(text)) - 1)


@pytest.mark.parametrize("whole", [True, False], ids=["the row has ended", "the row goes on"])
def test_the_rest_of_a_body_goes_back_to_its_row(tmp_path: Path, whole: bool) -> None:
    sheet = Pdf().heading("Area SEND inspection of Elmshire Local Area Partnership", size=18)
    sheet.paragraph("Inspection dates: 4 to 8 March 2024").heading("Inspection outcome")
    sheet.paragraph("There are widespread and/or systemic failings.")
    sheet.heading("Areas for priority action")
    sheet.line("Responsible body", bold=True, x=62, gap=30).line("Areas for priority action", bold=True, x=224, gap=0)
    text = ("Leaders should urgently cut the waits", "for therapy in every nursery" + "." * whole)
    _row(sheet, BODY[:3], text, 16)
    sheet.page()
    sheet.line(BODY[3], x=62, gap=0)
    sheet.y += 14.4
    if whole:
        sheet.y -= 14.4
    else:
        sheet.line("and school, and tell families.", x=224)
    _row(sheet, BODY, ("Leaders must hear what families", "say of the plans."), 21)
    sheet.heading("Areas for improvement")
    sheet.line("Areas for improvement", bold=True, x=62, gap=30)
    sheet.paragraph("Health leaders should check plans.", x=62)
    (document,) = cut(tmp_path, "report.pdf", sheet.data())
    rows = [(own.who, p.text) for p in document.passages for own in p.commitments if own.sort == "priority"]
    assert [who for who, _ in rows] == [" ".join(BODY)] * 2, rows
    assert rows[0][1].endswith("every nursery." if whole else "tell families."), rows
    assert [own.who for p in document.passages for own in p.commitments][-1] == "Health leaders"
