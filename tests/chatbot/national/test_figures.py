"""Figures over time: what is a number that measures, of which time; what stands together, and what a line joins."""

from __future__ import annotations

import pytest

from chatbot.national import amounts, times
from chatbot.national.areas import row_of
from chatbot.national.figures import COLUMNS, Followed, as_row, of_area
from ingest.records import Passage
from ingest.structure import sentences

TABLE = "Ref | Measure | 2022/23 | 2023/24 | Target | Rating"
PLAN = "Ref | Action | Lead | Due | Position"


def told(text: str, kind: str = "paragraph", lead_in: str = "", date: str | None = "2024-06-14") -> list[str]:
    """Each number as its words, unit and time, with T for a target."""
    passage = Passage("1", "x", 0, text, (), (), kind, (), tuple(sentences.split(text)), "", lead_in)
    found = amounts.of(passage, date)
    return [f"{text[a.start : a.end]}|{a.unit}|{a.at}{'|T' if a.target else ''}" for a in found]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Children aged 5 to 11 wait 31 weeks.", ["31 weeks|weeks|"]),
        ("The 0 to 19 service meets at 10.30 am on 6 March 2024 and 12 May.", []),
        ("In Year 9, at key stage 3, see paragraphs 9 to 31 of part 2 of 2022.", []),
        ("In 2023 1,204 parents replied; 14 of 40 plans were good.", ["1,204||2023", "14 of 40|of|2023"]),
        ("The deficit was £6.8 million in March 2024.", ["£6.8 million|£|2024-03"]),
        ("The deficit was £6.8 million.", []),
        ("It was reviewed twice over the last two years.", []),
        ("Some wait up to two years; children over five years old wait longer.", ["two years|years|"]),
        ("Leaders should read the 2014 Act and the 2023-24 plan.", []),
        (
            "The average wait fell from 46 weeks in April 2017 to 31 weeks in May 2018.",
            ["46 weeks|weeks|2017-04", "31 weeks|weeks|2018-05"],
        ),
        ("In May 2024, 58% of new plans were issued within 20 weeks.", ["58%|%|2024-05"]),
        ("Seen within 12 weeks: 83% (2022/23: 71%).", ["83%|%|2022/23", "71%|%|2022/23"]),
        ("New plans: 70% on time by March 2026.", ["70%|%|2026-03|T"]),
        ("The target was 60% in 2023.", ["60%|%|2023|T"]),
    ],
)
def test_numbers_are_figures_where_a_time_or_a_wait_stands_with_them(text: str, numbers: list[str]) -> None:
    assert told(text) == numbers


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


def test_a_row_is_read_by_the_heads_of_its_columns_and_its_label() -> None:
    assert told("1 | New plans within 20 weeks | 58% | 71% | 75% | Amber", "row", TABLE) == [
        "58%|%|2022/23", "71%|%|2023/24", "75%|%||T",
    ]  # fmt: skip
    assert told("2 | Speech therapy, average weeks | 22 | 19 | 18 | Green", "row", TABLE) == [
        "22|weeks|2022/23", "19|weeks|2023/24", "18|weeks||T",
    ]  # fmt: skip
    assert told("2.1 | 70% of plans good | A. Lee | March 2026 | 52% in May 2024", "row", PLAN)[1:] == ["52%|%|2024-05"]


@pytest.fixture(scope="module")
def followed(assistant) -> dict[str, Followed]:  # type: ignore[no-untyped-def]
    row = row_of("Westmarch", assistant.library)
    return {one.name: one for one in of_area(row, assistant.library)[0]}


def test_a_line_joins_only_what_is_said_alike_of_times_as_long(followed: dict[str, Followed]) -> None:
    plans = followed["20-week timescale: per cent"]
    assert {"38%", "61%", "54%", "49%", "58%", "63%"} == {one.number for one in plans.said}
    assert [[one.number for one in line] for line in plans.lines] == [["38%", "61%", "54%"]]  # of years, not of months
    speech = followed["Speech and language therapy: weeks"]
    assert [one.number for one in speech.lines[0]] == ["46 weeks", "31 weeks", "27 weeks", "22 weeks", "19 weeks"]
    assert {one.number for one in speech.said if one.own.target} == {"18 weeks"}


def test_every_number_stands_in_its_quote_and_a_figure_stands_once(followed: dict[str, Followed]) -> None:
    said = [one for each in followed.values() for one in each.said]
    assert said and all(one.number in one.quote for one in said)
    assert len({(s.topic, s.own.unit, s.at[:4], s.own.value, s.own.target) for s in said}) == len(said)
    assert all(len(as_row(one)) == len(COLUMNS) for one in said)
