"""The figures of papers: what is one, what it counts, of which time, and if it is a target. All invented."""

from __future__ import annotations

import pytest

from ingest.facts import amounts, figures, times
from ingest.records import Block, DocumentFacts, Figure
from ingest.structure import sentences

TABLE = "Ref | Measure | 2022/23 | 2023/24 | Target | Rating"
PLAN = "Ref | Action | Lead | Start | End | Milestone | Rating"


def found(text: str, kind: str = "paragraph", lead_in: str = "", date: str | None = "2024-06-14") -> list[Figure]:
    facts = DocumentFacts("x.md", "Paper", "minutes", ("Elmshire",), date=date)
    bounds = tuple(sentences.split(text))
    return list(figures.of(text, bounds, Block(kind, (), text, lead_in=lead_in), lead_in, "", facts))


def told(text: str, **more: str) -> list[str]:
    """Each figure as its words, its measure, role and time."""
    return [f"{text[f.start : f.end]}|{f.measure}|{f.role}|{f.at}" for f in found(text, **more)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Children aged 5 to 11 wait 31 weeks.", ["31 weeks"]),
        ("The 0 to 19 service meets at 10.30 am on 6 March 2024 and 12 May.", []),
        ("In Year 9, at key stage 3, see paragraphs 9 to 31 of part 2.", []),
        ("Two in five of 1,204 parents replied; a third of plans are late.", ["Two in five", "1,204", "a third"]),
        ("The deficit is £6.8 million, up from £940,000.", ["£6.8 million", "£940,000"]),
        ("Nine of the 24 plans were good.", ["Nine of the 24"]),
        ("It was reviewed twice over the last two years, and every six weeks since.", []),
        ("The next full inspection will be within approximately three years.", []),
        ("Actions rose from 7 to 71.", ["7", "71"]),
        ("Leaders should read the 2014 Act and the 2023-24 plan.", []),
    ],
)  # fmt: skip
def test_numbers_that_measure_or_count_are_figures_and_others_are_not(text: str, numbers: list[str]) -> None:
    assert [text[a.start : a.end] for a in amounts.find(text)] == numbers


@pytest.mark.parametrize(
    ("text", "at", "span"),
    [
        ("in the year to August 2016", "2016-08", "year"), ("the 12 months to 31 March 2018", "2018-03-31", "year"),
        ("April to June 2025", "2025-06", "quarter"), ("Q2 2024/25", "2024/25", "quarter"),
        ("2023-24", "2023/24", "year"),
        ("on 6 March 2024", "2024-03-06", "day"), ("by 2029", "2029", "year"),
        ("the first eight months of 2023", "2023", "part of a year"),
        ("in October", "2023-10", "month"), ("in March", "2024-03", "month"), ("autumn term 2022", "2022", "term"),
    ],
)  # fmt: skip
def test_times_are_as_precise_as_they_are_written(text: str, at: str, span: str) -> None:
    assert [(t.at, t.span) for t in times.find(text, "2024-06-14")] == [(at, span)]


def test_a_number_has_the_time_beside_it_and_what_its_neighbour_counts() -> None:
    text = (
        "The average wait for speech therapy fell from 46 weeks in April 2017 to 31 weeks in May 2018. Aim: 18 weeks."
    )
    assert told(text) == [
        "46 weeks|wait_speech|actual|2017-04", "31 weeks|wait_speech|actual|2018-05", "18 weeks|wait_speech|target|",
    ]  # fmt: skip
    assert {f.statistic for f in found(text)[:2]} == {"average"}


def test_a_sentence_that_points_back_counts_what_the_one_before_does() -> None:
    text = "In May 2024, 58% of new plans were issued within 20 weeks. The figure for May 2023 was 49%."
    assert told(text) == ["58%|plans_on_time|actual|2024-05", "49%|plans_on_time|actual|2023-05"]
    assert found(text)[0].bound == "20 weeks" and not found(text)[0].statistic  # the limit is no figure of its own


def test_what_is_still_to_come_is_a_target_and_what_is_compared_with_is_earlier() -> None:
    assert told("New plans: 70% on time by March 2026.") == ["70%|plans_on_time|target|2026-03"]
    assert told("Of new plans 61% were on time, compared with 38% at the inspection.") == [
        "61%|plans_on_time|actual|", "38%|plans_on_time|earlier|",
    ]  # fmt: skip


def test_groups_of_children_and_england_are_told_apart() -> None:
    text = "Children wait 12 weeks for speech therapy if under five and 24 weeks at school age."
    assert [f.groups for f in found(text)] == [("under five",), ("school age",)]
    assert [f.groups for f in found("New plans on time: 38% in 2023 (England 50%).")] == [(), ("elsewhere",)]


def test_a_row_is_read_by_the_heads_of_its_columns() -> None:
    text = "1 | New plans within 20 weeks | 58% | 71% | 75% | Amber"
    assert told(text, kind="row", lead_in=TABLE) == [
        "58%|plans_on_time|actual|2022/23", "71%|plans_on_time|actual|2023/24", "75%|plans_on_time|target|",
    ]  # fmt: skip
    weeks = "2 | Speech therapy, average weeks to first appointment | 22 | 19 | 18 | Green"
    assert [(f.value, f.unit, f.statistic) for f in found(weeks, "row", TABLE)] == [
        (22, "weeks", "average"), (19, "weeks", "average"), (18, "weeks", "average"),
    ]  # fmt: skip


def test_an_action_sets_a_target_that_its_milestones_are_measured_by() -> None:
    action = "Bring the average wait for speech therapy down to 18 weeks"
    text = f"2.1 | {action} | A. Lee | May 2023 | March 2026 | 22 weeks in May 2024 | Amber"
    assert told(text, kind="row", lead_in=PLAN) == [
        "18 weeks|wait_speech|target|2026-03", "22 weeks|wait_speech|actual|2024-05",
    ]  # fmt: skip


def test_that_nobody_waits_is_no_figure_of_the_wait() -> None:
    assert told("No child was waiting more than 18 weeks for occupational therapy.") == ["18 weeks||actual|"]
