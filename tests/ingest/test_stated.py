"""What a paper states of itself, and that each fact's place holds the words it was read from."""

from pathlib import Path

import pytest

from ingest.prepare import Prepared
from ingest.records import Fact, collapse
from tests.ingest.making import Pdf, cut
from tests.ingest.test_describe import FAILINGS, INCONSISTENT, letter, report


def words_of(document: Prepared, fact: Fact) -> str:
    return collapse(" ".join(document.pages[s.page].text[s.start : s.end] for s in fact.spans))


def stated(document: Prepared) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.value, words_of(document, fact)) for fact in document.facts.stated]


def made(tmp_path: Path, sheet: Pdf) -> Prepared:
    return cut(tmp_path, "50268244.pdf", sheet.data())[0]


def test_a_report_states_its_facts_where_they_stand(tmp_path: Path) -> None:
    sheet = report(
        ("Inspection dates: 2 to 6 December 2024", "Dates of previous inspection: 26 to 30 September 2016"), FAILINGS,
        "A monitoring inspection will be carried out within approximately 18 months. The next full "
        "reinspection will be within approximately three years.",
    )  # fmt: skip
    sheet.heading("Inspection team").line("Mr Bo Reed, Ofsted HMI, lead inspector", gap=26)
    sheet.line("Cy Dale-Hart, CQC Lead inspector", gap=26).line("Ed Fox, HMI", gap=26)
    assert stated(made(tmp_path, sheet)) == [
        ("area", "Elmshire", "Area SEND inspection of Elmshire Local Area"),
        ("framework", "2023", "Area SEND inspection of Elmshire Local Area"),
        ("inspection_dates", "2024-12-02/2024-12-06", "Inspection dates: 2 to 6 December 2024"),
        ("previous_inspection", "2016-09-26/2016-09-30", "Dates of previous inspection: 26 to 30 September 2016"),
        ("outcome", "systemic_failings", "widespread and/or systemic failings"),
        ("next_full_inspection", "within approximately three years",
         "next full reinspection will be within approximately three years"),
        ("next_monitoring", "within approximately 18 months",
         "monitoring inspection will be carried out within approximately 18 months"),
        ("lead_inspector", "Bo Reed", "Mr Bo Reed, Ofsted HMI, lead inspector"),
        ("lead_inspector", "Cy Dale-Hart", "Cy Dale-Hart, CQC Lead inspector"),
    ]  # fmt: skip


def test_an_outcome_that_is_only_told_of_in_the_findings_is_none(tmp_path: Path) -> None:
    sheet = report(("Inspection dates: 2 to 6 May 2024",), ("Inspectors give their view below.",))
    sheet.page().paragraph(*INCONSISTENT, "This is what another report said.")
    assert made(tmp_path, sheet).facts.told("outcome") is None


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Her Majesty's Chief Inspector (HMCI) has determined that a written statement of action is required.",
         "required"),
        ("HMCI requires the local area to produce a Written Statement of Action because of weaknesses.", "required"),
        ("HMCI has determined that a written statement of action is not required.", "not_required"),
        ("Leaders wrote a written statement of action of their own.", None),
    ],
)  # fmt: skip
def test_whether_a_letter_asks_for_a_statement_of_action(tmp_path: Path, sentence: str, value: str | None) -> None:
    sheet = letter("Joint local area SEND inspection in Elmshire", "From 3 to 7 May 2018, Ofsted came.", sentence)
    document = made(tmp_path, sheet)
    assert document.facts.told("statement_of_action") == value
    assert ("inspection_dates", "2018-05-03/2018-05-07", "From 3 to 7 May 2018, Ofsted") in stated(document)
    assert ("date", "2016-10-18", "18 October 2016") in stated(document)


def test_each_verdict_of_a_revisit_has_its_place(tmp_path: Path) -> None:
    sheet = letter(
        "Joint area SEND revisit in Elmshire",
        "Between 8 and 10 October 2018, Ofsted and the CQC came back to see whether the area has made sufficient",
        "progress. The area has made sufficient progress in addressing the first weakness.",
        "The area has not made sufficient progress in addressing the second.",
    )
    verdicts = [(value, words) for name, value, words in stated(made(tmp_path, sheet)) if name == "progress"]
    assert verdicts == [
        ("sufficient", "has made sufficient progress"), ("not_sufficient", "has not made sufficient progress"),
    ]  # fmt: skip
    sheet = letter("Joint area SEND revisit in Elmshire", "The area has made sufficient progress in one of two.")
    sheet.paragraph("On 8 October 2018 Ofsted came.", "The area has made sufficient progress in this weakness.")
    sheet.paragraph("The area has not made sufficient progress in this weakness.")
    assert [f.value for f in made(tmp_path, sheet).facts.stated if f.name == "progress"] == [
        "sufficient", "not_sufficient",
    ]  # fmt: skip


def test_a_monitoring_report_gives_its_verdict_and_no_outcome(tmp_path: Path) -> None:
    sheet = Pdf().heading("Area SEND monitoring inspection of Elmshire", "Local Area Partnership", size=24)
    sheet.line("Inspection dates: 3 to 5 June 2025", gap=18).heading("Inspection outcome").paragraph(*FAILINGS)
    sheet.heading("Areas for priority action").paragraph("The partnership has taken effective action on plans.")
    sheet.paragraph("The partnership has not yet taken effective action on waits.")
    document = made(tmp_path, sheet)
    assert document.facts.told("outcome") is None
    assert [f.value for f in document.facts.stated if f.name == "effective_action"] == ["taken", "not_taken"]


def test_the_day_of_minutes_is_where_it_is_printed_and_a_supplied_one_nowhere(tmp_path: Path) -> None:
    text = "Elmshire Council\n\nMinutes of the Children's Committee\n\nDate: 5 December 2024\n\nThe Chair asked why.\n"
    (document,) = cut(tmp_path, "a.txt", text)
    assert ("date", "2024-12-05", "5 December 2024") in stated(document)
    (other,) = cut(tmp_path, "b.txt", text.replace("Date: 5 December 2024", "Present: all"), {"date": "2024-12-05"})
    assert (other.facts.date, other.facts.date_basis, other.facts.stated) == ("2024-12-05", "supplied", ())


def test_invisible_signs_do_not_shift_a_place(tmp_path: Path) -> None:
    text = (
        "# Area SEND inspection of Elm\u00adshire Local Area Partnership\n\nInspec\u200btion dates: 2 to 6 May 2024\n\n"
        "## Inspection outcome\n\nThe part\u00adnership's arrangements typically lead to pos\u00aditive experiences "
        "and outcomes for all.\n"
    )
    (document,) = cut(tmp_path, "a.md", text)
    assert document.facts.told("outcome") == "positive"
    outcome = next(f for f in document.facts.stated if f.name == "outcome")
    found = words_of(document, outcome).replace("\u00ad", "")
    assert found == "typically lead to positive experiences and outcomes"
