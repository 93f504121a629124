"""What a document is, from its content: reports, letters and council papers under names that say nothing."""

from pathlib import Path

import pytest

from ingest.records import DocumentFacts
from tests.ingest.making import Pdf, containing, cut, texts

POSITIVE = (
    "The local area partnership's arrangements typically lead to positive experiences and",
    "outcomes for children and young people with special educational needs and disabilities.",
)
INCONSISTENT = (
    "The local area partnership's arrangements lead to inconsistent experiences and outcomes",
    "for children and young people with special educational needs and/or disabilities.",
)
FAILINGS = (
    "There are widespread and/or systemic failings leading to significant concerns about the",
    "experiences and outcomes of children and young people.",
)


def report(
    dates: tuple[str, ...],
    outcome: tuple[str, ...] = INCONSISTENT,
    next_full: str = "The next full area SEND inspection will be within approximately three years.",
    title: tuple[str, ...] = ("Area SEND inspection of Elmshire", "Local Area Partnership"),
    header: str = "Area SEND inspection report: Elmshire Local Area Partnership #",
    bold: bool = True,
    indent: float = 60,
) -> Pdf:
    """A report of the 2023 framework of four short pages."""
    sheet = Pdf(running=[header]).heading(*title, size=24)
    for text in dates:
        sheet.line(text, gap=16)
    sheet.line("Inspection outcome", bold=bold, size=14, x=indent, gap=30).paragraph(*outcome).paragraph(next_full)
    sheet.heading("Information about the local area partnership", bold=bold)
    sheet.paragraph("Elmshire Council and NHS Elmshire Integrated Care Board share responsibility.").page()
    sheet.heading(
        "What is it like to be a child or young person with special educational", "needs in this area?", bold=bold
    )
    sheet.paragraph(
        "Many children wait too long to be seen by a therapist. Their families are tired of this, and"
    ).page()
    sheet.paragraph("some have given up hope of any help. Schools do what they can.")
    sheet.heading("What is the area partnership doing that is effective?", bold=bold)
    sheet.bullet("Leaders listen to families and change what they do.")
    sheet.heading("What does the area partnership need to do better?", bold=bold)
    sheet.bullet("The quality of plans varies too much from place to place.").page()
    sheet.heading("Areas for improvement", bold=bold)
    sheet.line("Leaders should shorten the waits for therapy.", gap=26)
    sheet.heading("Information about this inspection", bold=bold)
    return sheet.paragraph("The inspection was carried out at the request of the Secretary of State.")


def facts(tmp_path: Path, sheet: Pdf, name: str = "50268244.pdf") -> DocumentFacts:
    (document,) = cut(tmp_path, name, sheet.data())
    return document.facts


@pytest.mark.parametrize(
    ("dates", "start", "end", "previous"),
    [
        (("Inspection dates: 2 to 6 December 2024", "Dates of previous inspection: 26 to 30 September 2016"),
         "2024-12-02", "2024-12-06", "2016-09-26/2016-09-30"),
        (("Inspection dates: 30 September 2024 to 4 October 2024", "Date of previous inspection: 16 May 2016"),
         "2024-09-30", "2024-10-04", "2016-05-16"),
        (("Inspection date: 02 to 09 February 2024", "Dates of previous inspections: Not previously inspected"),
         "2024-02-02", "2024-02-09", "not previously inspected"),
        (("Inspection dates: 29 April to 3 May 2024", "The previous full inspection was on 19 March 2018. There were"),
         "2024-04-29", "2024-05-03", "2018-03-19"),
    ],
)  # fmt: skip
def test_dates_of_a_report(tmp_path: Path, dates: tuple[str, ...], start: str, end: str, previous: str) -> None:
    found = facts(tmp_path, report(dates))
    assert (found.kind, found.areas, found.date, found.date_basis) == (
        "inspection_report",
        ("Elmshire",),
        end,
        "stated",
    )
    assert found.inspection is not None
    assert (found.inspection.framework, found.inspection.start, found.inspection.end) == ("2023", start, end)
    assert found.inspection.previous == previous


@pytest.mark.parametrize(
    ("outcome", "sentence", "expected", "within"),
    [
        (POSITIVE, "The next full area SEND inspection will be within five years.", "positive", "within five years"),
        (INCONSISTENT, "The next full area SEND inspection will be within approximately 3 years.", "inconsistent",
         "within approximately 3 years"),
        (FAILINGS, "A monitoring inspection will be carried out within approximately 18 months. The next full "
         "reinspection will be within approximately three years.",
         "systemic_failings", "within approximately three years"),
    ],
)  # fmt: skip
def test_outcome_and_next_inspection(
    tmp_path: Path, outcome: tuple[str, ...], sentence: str, expected: str, within: str
) -> None:
    inspection = facts(tmp_path, report(("Inspection dates: 2 to 6 May 2024",), outcome, sentence)).inspection
    assert inspection is not None
    assert (inspection.outcome, inspection.next_full_inspection) == (expected, within)


@pytest.mark.parametrize(
    "layout",
    [
        {"header": "Inspection report: Elmshire LAP, 2 to 6 May 2024 #"},
        {"title": ("Area SEND inspection of", "Elmshire Local AREA Partnership")},
        {"bold": False},
        {"indent": 72},
    ],
)
def test_layouts_of_other_reports(tmp_path: Path, layout: dict[str, object]) -> None:
    sheet = report(("Inspection dates: 2 to 6 May 2024",), **layout)  # type: ignore[arg-type]
    (document,) = cut(tmp_path, "1.pdf", sheet.data())
    assert document.facts.areas == ("Elmshire",)
    assert document.facts.inspection is not None and document.facts.inspection.outcome == "inconsistent"
    parts = [p.part for p in document.passages]
    assert list(dict.fromkeys(parts)) == [
        "",
        "outcome",
        "context",
        "experience",
        "effective",
        "better",
        "improvement",
        "method",
    ]
    assert containing(document, "some have given up hope").pages == (2, 3)
    assert not [text for text in texts(document) if "Inspection report" in text or "inspection report:" in text]


@pytest.mark.parametrize(
    ("title", "area"),
    [
        (("Area SEND inspection of Stoke-on-", "Trent Local Area Partnership"), "Stoke-on-Trent"),
        (("Area SEND inspection of Kingston upon", "Hull Local Area Partnership"), "Kingston upon Hull"),
        (("Area SEND inspection of Roth\u00aderham Local", "Area Partnership"), "Rotherham"),
        (("AREA SEND INSPECTION OF SOUTHEND-ON-SEA", "LOCAL AREA PARTNERSHIP"), "Southend-on-Sea"),
        (("Area SEND inspection of the Royal Borough of", "Windsor and Maidenhead Local Area Partnership"),
         "Windsor and Maidenhead"),
        (("Area SEND inspection of Bedford Borough", "Local Area Partnership"), "Bedford"),
    ],
)  # fmt: skip
def test_an_area_broken_or_long(tmp_path: Path, title: tuple[str, ...], area: str) -> None:
    found = facts(tmp_path, report(("Inspection dates: 2 to 6 May 2024",), title=title))
    assert (found.kind, found.areas) == ("inspection_report", (area,))


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("# Written statement of action for Elmshire Council\n\nFamilies wait for help.\n",
         "Written statement of action for Elmshire Council"),
        ("Elmstow Council\n\nDear parents and carers\n\n**Taxis from May**\n\nThey are shared.\n", "Taxis from May"),
        ("- Home\n- SEND\n\nShort breaks\n\n- Who can apply\n", "Short breaks"),
        ("# City of Elmstow Council\n\nSEND plan\n\nFamilies wait for help.\n", "SEND plan"),
        ("Report to | Scrutiny\n--- | ---\nMeeting date | 18 March 2025\nDue | 1 May 2025\n\n## SEND places\n\nText.\n",
         "SEND places"),
    ],
)  # fmt: skip
def test_the_title_is_neither_a_council_nor_a_row(tmp_path: Path, page: str, title: str) -> None:
    (document,) = cut(tmp_path, "p.md", page)
    assert document.facts.title == title


def letter(title: str, *body: str) -> Pdf:
    """A letter of the first framework with running headers and its findings unsigned."""
    sheet = Pdf(running=["Joint local area SEND inspection letter, Elmshire #"])
    sheet.paragraph("18 October 2016").paragraph("Ms Ada Hill", "Director of Children's Services", "Elmshire Council")
    sheet.paragraph("Dear Ms Hill").heading(title)
    for text in body:
        sheet.paragraph(text)
    return sheet


def test_a_letter_of_the_first_framework(tmp_path: Path) -> None:
    sheet = letter(
        "Joint local area SEND inspection in Elmshire",
        "Between 26 September and 30 September 2016, Ofsted and the Care Quality Commission came to Elmshire.",
    )
    for theme in ("identifying", "improving outcomes for"):
        sheet.heading(f"The effectiveness of the local area in {theme} children and", "young people with special needs")
        sheet.heading("Strengths", size=12).bullet(
            f"Staff know those whom {theme} concerns,", f"and help with {theme} them."
        ).page()
        sheet.heading("Areas for development", size=12).bullet(f"Too few plans for {theme} are clear.")
    sheet.paragraph("Yours sincerely").paragraph("Bo Reed", "Her Majesty's Inspector")
    sheet.line("Ofsted", bold=True, gap=30).line("Care Quality Commission", bold=True, x=320, gap=0)
    sheet.line("Bo Reed HMI", gap=20).line("Cy Dale", x=320, gap=0)
    sheet.paragraph("CC: Clinical commissioning group")
    (document,) = cut(tmp_path, "s12345.pdf", sheet.data())
    found = document.facts
    assert (found.kind, found.areas, found.date) == ("inspection_letter", ("Elmshire",), "2016-10-18")
    assert (found.inspection.start, found.inspection.end) == ("2016-09-26", "2016-09-30")  # type: ignore[union-attr]
    strength, weakness = (
        containing(document, "whom identifying"),
        containing(document, "for improving outcomes for are"),
    )
    assert (strength.polarity, weakness.polarity) == ("strength", "development")
    assert strength.headings == (
        "The effectiveness of the local area in identifying children and young people with special needs", "Strengths",
    )  # fmt: skip
    signed = [p for p in document.passages if p.part == "team"]
    assert [p.text for p in signed][0] == "Yours sincerely"
    assert {p.polarity for p in signed} == {"neutral"} and {p.headings for p in signed} == {()}
    assert "Bo Reed HMI" in [p.text for p in signed]


def test_a_revisit_letter(tmp_path: Path) -> None:
    sheet = letter(
        "Joint area SEND revisit in Elmshire",
        "Between 8 and 10 October 2018, Ofsted and the CQC revisited the area of Elmshire to decide whether it",
    ).line("has made sufficient progress in addressing the significant weaknesses.")
    found = facts(
        tmp_path, sheet.heading("The initial inspection found that plans were late.").bullet("They still are.")
    )
    assert (found.kind, found.areas) == ("revisit_letter", ("Elmshire",))
    assert (found.inspection.start, found.inspection.end) == ("2018-10-08", "2018-10-10")  # type: ignore[union-attr]


def test_a_monitoring_report_tells_no_outcome_of_its_own(tmp_path: Path) -> None:
    sheet = Pdf().heading("Area SEND monitoring inspection of Elmshire", "Local Area Partnership", size=24)
    sheet.line("Inspection dates: 3 to 5 June 2025", gap=18).heading("Inspection outcome").paragraph(*FAILINGS)
    found = facts(tmp_path, sheet.heading("Areas for priority action").paragraph("Leaders have begun to act."))
    assert (found.kind, found.areas, found.date) == ("monitoring_report", ("Elmshire",), "2025-06-05")
    assert found.inspection is not None and found.inspection.outcome is None


def test_a_cover_report_as_pdf(tmp_path: Path) -> None:
    sheet = Pdf(running=["Further information on the subject of this report is available from Ada Hill, page #"])
    sheet.heading("Title of report: SEND annual report").paragraph("Meeting: Children's Scrutiny Committee")
    sheet.paragraph("Meeting date: Tuesday 14 February 2023").paragraph("Report by: Director, Elmshire Council")
    sheet.heading("Recommendations").paragraph("That the committee receives this report.").page()
    sheet.heading("Legal implications").paragraph("There are none that the council knows of.")
    found = facts(tmp_path, sheet)
    assert (found.kind, found.areas, found.publisher) == ("cover_report", ("Elmshire",), "Elmshire Council")
    assert (found.title, found.committee) == ("SEND annual report", "Children's Scrutiny Committee")
    assert (found.date, found.date_basis) == ("2023-02-14", "stated")


MINUTES = (
    "The Chair welcomed members of Elmshire Council to the meeting.",
    "A Member asked how long families wait for therapy.",
    "It was confirmed that the wait was 20 weeks in March 2024.",
)


def test_printed_minutes_as_pdf(tmp_path: Path) -> None:
    sheet = Pdf(running=["Children's Scrutiny Committee 5.12.24 #"]).heading("Children's Scrutiny Committee")
    sheet.paragraph("Thursday 5 December 2024").heading("Minutes")
    for number, text in enumerate(MINUTES, 1):
        sheet.paragraph(f"{number}. {text}").page()
    sheet.paragraph("RESOLVED that the report be noted.")
    (document,) = cut(tmp_path, "g1234.pdf", sheet.data())
    assert (document.facts.kind, document.facts.areas, document.facts.date) == ("minutes", ("Elmshire",), "2024-12-05")
    asked = containing(document, "A Member asked")
    assert (asked.number, asked.speaker, asked.pages) == ("2", "councillor", (2,))
    assert containing(document, "RESOLVED").part == "decision"


def test_the_same_minutes_as_a_page_of_moderngov(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p class='MsoNormal'>&#183;&nbsp;&nbsp;&nbsp;{text}</p>" for text in MINUTES)
    page = (
        "<html><head><title>Agenda item - Children's Scrutiny Committee, Thursday 5 December 2024</title></head><body>"
        "<div class='mgContent'><h1>Agenda for Children's Scrutiny Committee on Thursday, 5th December, 2024</h1>"
        "<table class='mgItemTable'><tr><td class='mgItemNumberCell'>4.</td><td><p class='mgAiTitleTxt'>SEND update "
        "<a>PDF 391 KB</a></p><p class='mgSubItemTitleTxt'>Minutes:</p>"
        f"<div class='mgWordPara'>{paragraphs}</div></td></tr></table></div></body></html>"
    )
    (document,) = cut(tmp_path, "mgAi.html", page)
    assert (document.facts.kind, document.facts.areas, document.facts.date) == ("minutes", ("Elmshire",), "2024-12-05")
    assert containing(document, "A Member asked").speaker == "councillor"
    assert not [text for text in texts(document) if "391 KB" in text]


@pytest.mark.parametrize(
    ("line", "date", "basis"),
    [
        ("Version 3, July 2025. Owned by Elmshire Council.", "2025-07", "stated"),
        ("Last updated: 4 March 2025", "2025-03-04", "stated"),
        ("Summer 2025", "2025", "stated"),
        ("Owned by Elmshire Council.", None, "unknown"),
    ],
)
def test_a_plan_is_never_dated_by_its_deadlines(tmp_path: Path, line: str, date: str | None, basis: str) -> None:
    rows = "| Action | Lead | End date |\n| --- | --- | --- |\n| Cut waits | Jo | March 2027 |\n"
    plan = f"# SEND action plan\n\n{line}\n\n{rows}"
    (document,) = cut(tmp_path, "plan.md", plan)
    assert (document.facts.kind, document.facts.date, document.facts.date_basis) == ("action_plan", date, basis)


def test_what_families_were_told_is_a_page_of_the_local_offer(tmp_path: Path) -> None:
    page = (
        "# You said, we did\n\nElmshire Parent Carer Voice and Elmshire Council. Summer 2025.\n\n"
        "You said: plans are late.\n\nWe did: nothing yet.\n"
    )
    (document,) = cut(tmp_path, "x.md", page)
    assert (document.facts.kind, document.facts.areas, document.facts.date) == ("local_offer", ("Elmshire",), "2025")
    assert document.facts.publisher == "Elmshire Council"
    assert [p.speaker for p in document.passages][1:] == ["families", "council"]
