"""The table of areas: every value from a stated fact, nothing where no paper says it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import prompts
from chatbot.national.areas import REQUIRED, areas, outcome_of, regions, row_of, verdict
from chatbot.national.demands import missing
from chatbot.records import About
from ingest.records import DocumentFacts, Fact, Inspection, Span

PLACE = (Span(0, 0, 5),)


def paper(
    kind: str, date: str | None = None, area: str = "Elmshire", inspection: Inspection | None = None, **stated: str
) -> About:
    """A paper that states some facts, a list of values parted by blanks."""
    facts = tuple(Fact(name, value, PLACE) for name, values in stated.items() for value in values.split("|"))
    name = f"{kind}-{date}-{area}.pdf"
    about = DocumentFacts(name, name, kind, (area,), None, date, "stated", None, inspection, stated=facts)
    return About(about, 0, 0, 0, "0" * 64, "pdf")


def report(end: str, outcome: str, within: str = "within approximately three years", **stated: str) -> About:
    """A report of the 2023 framework."""
    inspection = Inspection("2023", end, end, None, outcome, within)
    own = {"inspection_dates": f"{end}/{end}", "outcome": outcome, "next_full_inspection": within}
    return paper("inspection_report", end, inspection=inspection, **own, **stated)


def table(*papers: About) -> list[dict[str, object]]:
    return [row.as_json() for row in areas(SimpleNamespace(documents=list(papers)))]  # type: ignore[arg-type]


def row(*papers: About):  # type: ignore[no-untyped-def]
    return areas(SimpleNamespace(documents=list(papers)))[0]  # type: ignore[arg-type]


def test_the_last_full_inspection_makes_the_row() -> None:
    old = paper("inspection_letter", "2016-10-18", inspection=Inspection("2016", "2016-09-26", "2016-09-30"))
    assert table(report("2024-12-06", "inconsistent"), old, paper("minutes", "2025-03")) == [
        {
            "area": "Elmshire", "region": None, "inspection_start": "2024-12-06", "inspection_end": "2024-12-06",
            "framework": "2023", "outcome": "inconsistent", "monitoring": None, "next_expected": "2027-12", "papers": 3,
            "newest": "2025-03", "monitoring_date": None, "next_monitoring": None, "inspections": 2,
        }
    ]  # fmt: skip


def test_an_area_without_an_inspection_stands_in_the_table_with_nothing_said_of_it() -> None:
    (only,) = table(paper("minutes", None))
    assert only["papers"] == 1
    assert {only[k] for k in ("outcome", "framework", "monitoring", "next_expected", "newest", "inspection_end")} == {
        None
    }


@pytest.mark.parametrize(
    ("within", "month"),
    [
        ("within approximately three years", "2027-11"),
        ("within five years", "2029-11"),
        ("within 18 months", "2026-05"),
        ("within approximately 3 years", "2027-11"),
        ("within several years", None),
        ("within twelve months", "2025-11"),
    ],
)
def test_when_the_next_one_is_expected(within: str, month: str | None) -> None:
    assert table(report("2024-11-22", "positive", within))[0]["next_expected"] == month


def test_a_visit_counts_its_verdicts_and_ends_the_wait_for_it() -> None:
    systemic = report("2023-07-14", "systemic_failings", next_monitoring="within approximately 18 months")
    assert table(systemic)[0]["next_monitoring"] == "2025-01"
    visit = paper("monitoring_report", "2025-02-10", effective_action="taken|not_taken|taken")
    found = row(visit, systemic)
    assert (verdict(found.follow_ups[0]), found.next_monitoring) == ("effective action 2 of 3", None)
    revisit = paper("revisit_letter", "2019-02-10", progress="sufficient|not_sufficient")
    assert row(revisit, systemic).follow_ups == ()  # it came before the last full inspection
    assert row(revisit, systemic).visits == (revisit, systemic)
    assert verdict(row(paper("revisit_letter", "2019-02-10")).follow_ups[0]) == "not stated"


def test_a_letter_has_an_outcome_only_where_it_asks_for_a_statement() -> None:
    asked = paper("inspection_letter", "2018-01-01", statement_of_action="required")
    assert outcome_of(asked) == REQUIRED
    assert outcome_of(paper("inspection_letter", "2018-01-01", statement_of_action="not_required")) is None


def missing_of(own, speaker: str = "families") -> list[str]:  # type: ignore[no-untyped-def]
    library = SimpleNamespace(passages_of=lambda name: [SimpleNamespace(speaker=speaker)])
    return missing(own, library)  # type: ignore[arg-type]


def test_that_no_family_is_heard_is_told() -> None:
    both = (report("2024-12-06", "positive"), paper("minutes", "2025-03"))
    assert missing_of(row(*both), "inspectors") == ["No paper here tells what families say."]


def test_what_is_missing_is_told() -> None:
    assert missing_of(row(paper("minutes"))) == [
        "There is no inspection report or letter of this area here.",
        "Papers whose date is not known: 1.",
    ]
    systemic = report("2023-07-14", "systemic_failings", next_monitoring="within approximately 18 months")
    later = paper("minutes", "2025-06")
    assert missing_of(row(systemic, later)) == [
        "The last report expects a monitoring inspection by about January 2025; no report of one is here.",
        "The last inspection requires a plan; none from after it is here.",
    ]
    assert missing_of(row(systemic)) == [
        "The last inspection requires a plan; none from after it is here.",
        "No paper here is newer than the last inspection (14 July 2023).",
    ]
    assert missing_of(row(systemic, paper("action_plan", "2023-12"), paper("monitoring_report", "2025-01-01"))) == []


def test_every_area_of_england_has_one_region() -> None:
    listed = [name for names in prompts.table("regions")["regions"].values() for name in names]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(prompts.table("places")["areas"])
    assert set(regions().values()) == set(prompts.table("regions")["regions"])


def test_an_area_is_found_by_its_other_names() -> None:
    library = SimpleNamespace(
        areas=("Durham",), documents=[], in_areas=lambda names: [paper("minutes", None, "Durham")]
    )
    assert row_of("County Durham", library).area == "Durham"  # type: ignore[arg-type, union-attr]
    assert row_of("Kent", library) is None  # type: ignore[arg-type]
