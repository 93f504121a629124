"""Promises of an area, later passages near them, and the tracker made of them. All text is invented."""

import csv
import io
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from chatbot.export import tracker
from chatbot.national import promises
from chatbot.records import About
from ingest.records import Commitment, DocumentFacts, Passage

TODAY = date(2025, 6, 15)


def paper(number: int, name: str, day: str | None, count: int) -> About:
    facts = DocumentFacts(name, name, "minutes", ("Elmshire",), date=day)
    return About(facts, number, number, count, "", "text")


def passage(name: str, text: str, *own: Commitment, part: str = "") -> Passage:
    return Passage(name, name, 0, text, (), (3,), "bullet", (), ((0, len(text)),), "", part=part, commitments=own)


class Papers:
    """A library of a few passages, as far as promises need one: (paper, passage, vector)."""

    def __init__(self, *rows: tuple[About, Passage, tuple[float, float]]) -> None:
        self.documents = list({about.number: about for about, _, _ in rows}.values())
        self.areas = ("Elmshire",)
        self._passages = [p for _, p, _ in rows]
        self.rows = SimpleNamespace(
            commits=np.asarray([bool(p.commitments) for p in self._passages]),
            parts=np.asarray([p.part for p in self._passages]),
        )
        self._vectors = np.asarray([vector for _, _, vector in rows], dtype=np.float32)

    def vectors_of(self, rows: np.ndarray) -> np.ndarray:
        return self._vectors[rows]

    def in_areas(self, areas: list[str]) -> list[About]:
        return self.documents

    def passage(self, row: int) -> Passage:
        return self._passages[row]


OWN = Commitment("action", 0, 35, who="The Clerk", due="by March 2025", by="2025-03", number="2b")
PROMISE = passage("minutes", "The Clerk will publish waiting times. More follows.", OWN)
LATER = "Waiting times for therapy are now on the website every single month."


def found(*rows: tuple[About, Passage, tuple[float, float]]) -> tuple[promises.Promise, ...]:
    return promises.of_area(Papers((paper(0, "minutes", "2024-09-17", 1), PROMISE, (1, 0)), *rows), "Elmshire")  # type: ignore[arg-type]


def test_the_quote_is_the_promise_alone() -> None:
    (own,) = found()
    assert (own.quote, own.compared, own.later) == ("The Clerk will publish waiting time", 0, ())


@pytest.mark.parametrize(
    ("day", "vector", "part", "near"),
    [
        ("2025-05", (0.9, 0.436), "better", 1),
        ("2025-05", (0.5, 0.866), "better", 0),  # not near
        ("2024-09", (0.9, 0.436), "better", 0),  # perhaps of the same day
        ("2024-09-16", (0.9, 0.436), "better", 0),  # earlier
        (None, (0.9, 0.436), "better", 0),  # of no known date
        ("2025-05", (0.9, 0.436), "team", 0),  # says nothing of any promise
    ],
)
def test_only_what_is_later_and_near_is_laid_beside(day: str | None, vector: Any, part: str, near: int) -> None:
    own = found((paper(1, "report", day, 1), passage("report", LATER, part=part), vector))[-1]
    assert len(own.later) == near


def test_a_later_row_with_the_same_number_may_be_less_near() -> None:
    row = Commitment("action", 0, 20, number="2b")
    assert len(found((paper(1, "update", "2025-05", 1), passage("update", LATER, row), (0.5, 0.866)))[-1].later) == 1
    other = Commitment("action", 0, 20, number="2c")
    assert not found((paper(1, "update", "2025-05", 1), passage("update", LATER, other), (0.5, 0.866)))[-1].later


def test_at_most_three_the_nearest_first() -> None:
    vectors = [(0.7, 0.714), (0.95, 0.312), (0.8, 0.6), (0.6, 0.8)]
    rows = [(paper(1, "report", "2025-05", 4), passage(f"p{n}", f"{LATER} {n}"), v) for n, v in enumerate(vectors)]
    assert [later.passage.id for later in found(*rows)[-1].later] == ["p1", "p2", "p0"]


@pytest.mark.parametrize(
    ("by", "past"),
    [("2025-06-14", True), ("2025-06-15", False), ("2025-06", False), ("2025-05", True), ("2024", True), ("", False)],
)  # fmt: skip
def test_a_month_has_passed_when_it_is_over(by: str, past: bool) -> None:
    own = promises.Promise("Elmshire", paper(0, "m", None, 1), PROMISE, Commitment("action", 0, 5, by=by), (), 0)
    assert own.is_past(TODAY) is past


def test_areas_are_counted_without_reading_a_passage() -> None:
    library = Papers(
        (paper(0, "minutes", "2024", 2), PROMISE, (1, 0)), (paper(0, "minutes", "2024", 2), PROMISE, (1, 0))
    )
    library.passage = None  # type: ignore[assignment,method-assign]
    assert promises.counts(library) == {"Elmshire": 2}  # type: ignore[arg-type]


def test_the_tracker_is_the_same_in_every_form() -> None:
    own = found((paper(1, "report", "2025-05", 1), passage("report", LATER), (0.9, 0.436)))
    (row,) = tracker.rows(own)
    assert (row["area"], row["what"], row["who"], row["due"], row["page"]) == (
        "Elmshire", own[0].quote, "The Clerk", "2025-03", 3,
    )  # fmt: skip
    assert row["later"] == [{"document": "report", "page": 3, "quote": LATER}]
    (told,) = csv.DictReader(io.StringIO(tracker.as_sheet(own, "csv").decode("utf-8-sig")))
    assert (told["what"], told["later"]) == (own[0].quote, f"report: {LATER}")
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(tracker.as_sheet(own, "xlsx"))).active
    assert sheet is not None and sheet["C2"].value == own[0].quote and sheet["A1"].value == "area"
    made = tracker.paper("Elmshire", own, TODAY)
    cells = [cell[0].text for cell in made.parts[-1].rows[0]]  # type: ignore[union-attr]
    assert made.wide and cells[1] == own[0].quote and cells[3] == "March 2025"  # for people, not as a machine writes it
    assert cells[5].endswith(", page 3") and LATER in cells[6]
    assert len(made.parts[-1].widths) == len(cells)  # type: ignore[union-attr]


def test_no_cell_is_run_as_a_formula(tmp_path: Path) -> None:
    bad = passage("minutes", "=HYPERLINK(1) would be sent", Commitment("action", 0, 27, who="+1"))
    own = promises.Promise("Elmshire", paper(0, "m", None, 1), bad, bad.commitments[0], (), 0)
    (told,) = csv.DictReader(io.StringIO(tracker.as_sheet([own], "csv").decode("utf-8-sig")))
    assert (told["what"], told["who"]) == ("'=HYPERLINK(1) would be sent", "'+1")
