"""What papers say must or will be done: plans, formal areas, recommendations, minutes. All text is invented."""

from pathlib import Path

import pytest

from ingest.facts import commitments, due
from ingest.records import Block, Commitment, DocumentFacts
from tests.ingest.making import cut

PLAN = "Ref | What we will do | Who | By when | How we will know"
TRACKER = "Ref | Made on | Recommendation | Response | Owner | Due | Status"


def facts(kind: str = "minutes", date: str | None = "2024-09-17") -> DocumentFacts:
    return DocumentFacts("x.md", "Paper", kind, ("Elmshire",), date=date)


def block(text: str, kind: str = "paragraph", lead_in: str = "", number: str | None = None) -> Block:
    return Block(kind, (), text, number=number, lead_in=lead_in)


def found(text: str, part: str = "", kind: str = "paragraph", **more: object) -> list[Commitment]:
    paper = str(more.pop("paper", "minutes"))
    return list(commitments.of(block(text, kind, **more), part, facts(paper)))  # type: ignore[arg-type]


def words(text: str, own: Commitment) -> str:
    return text[own.start : own.end]


def test_row_of_a_plan_is_read_by_the_heads_of_its_columns() -> None:
    text = "2b | Answer letters in ten days | Head of Inclusion | 31 Jan 2025 | Survey each term"
    (own,) = found(text, kind="row", lead_in=PLAN, paper="action_plan")
    assert (words(text, own), own.who, own.due, own.by, own.number, own.sort) == (
        "Answer letters in ten days", "Head of Inclusion", "31 Jan 2025", "2025-01-31", "2b", "action",
    )  # fmt: skip


def test_row_of_a_tracker_tells_where_it_stands_and_the_last_of_two_dates() -> None:
    text = (
        "24/11 | 5 Nov 2024 | That the backlog be cleared | Accepted | Cabinet Member | July 2025, now March 2026 | Red"
    )
    (own,) = found(text, kind="row", lead_in=TRACKER, paper="tracker")
    assert (own.sort, own.status, own.by, own.number) == ("recommendation", "Red", "2026-03", "24/11")


@pytest.mark.parametrize(
    "heads", ["Measure | Value | Note", "Risk | Likelihood | Mitigation", "Group | Present | Apologies"]
)
def test_other_tables_promise_nothing(heads: str) -> None:
    assert not found("Plans on time | 62% | Up from 51%", kind="row", lead_in=heads, paper="action_plan")


def test_a_cell_of_minutes_holds_the_actions_of_several_people() -> None:
    text = "6. Funding | The grant was late. | Clerk - put it on the agenda. JP - write to the council by 14/2"
    first, second = found(text, kind="row", lead_in="Item | Notes | Action")
    assert (first.who, words(text, first)) == ("Clerk", "Clerk - put it on the agenda.")
    assert (second.who, second.by) == ("JP", "2025-02-14")


def test_a_row_without_an_action_has_none() -> None:
    assert not found("2. Apologies | None.", kind="row", lead_in="Item | Notes | Action")
    assert not found("7. Base | See below. | See below", kind="row", lead_in="Item | Notes | Action")


def test_the_body_beside_a_priority_action_must_do_it() -> None:
    text = "Leaders should act with urgency to reduce waits for therapy."
    (own,) = found(
        text, "priority", "row", lead_in="Elmshire Council and NHS Elm Valley ICB", paper="inspection_report"
    )
    assert (own.who, own.sort) == ("Elmshire Council and NHS Elm Valley ICB", "priority")


@pytest.mark.parametrize(
    ("text", "who", "number"),
    [
        ("2. Leaders in health should shorten the wait for therapy.", "Leaders in health", "2"),
        ("Too few families are visited. The area partnership must see that all are.", "The area partnership", ""),
        ("To help families, leaders, with schools, need to write clearly.", "", ""),
    ],
)
def test_else_it_is_who_should(text: str, who: str, number: str) -> None:
    (own,) = found(text, "improvement", "row", paper="inspection_report")
    assert (own.who, own.number, own.sort) == (who, number, "improvement")


@pytest.mark.parametrize(
    ("text", "who", "by"),
    [
        ("The Head of Learning agreed to circulate the figures in February.", "The Head of Learning", "2025-02"),
        ("It was agreed that the slides would be circulated to members.", "", ""),
        ("It was agreed that a further report would be considered in six months.", "", "2025-03"),
        ("It was requested that the Head of Care provides it by 4 May 2025.", "the Head of Care", "2025-05-04"),
        ("He undertook to send it within ten working days. Action: Head of Inclusion", "Head of Inclusion", "2024-09"),
        ("A plan was made to bring waits down to 18 weeks by December 2026.", "", "2026-12"),
        ("The Chair to write to the trust before Easter.", "The Chair", ""),
    ],
)  # fmt: skip
def test_minutes_say_who_undertakes_what_by_when(text: str, who: str, by: str) -> None:
    (own,) = found(text)
    assert (own.who, own.by, own.sort) == (who, by, "action")


@pytest.mark.parametrize(
    "text",
    [
        "Members were told that waits had fallen since July.",
        "The service would not be able to share the figures.",
        "Would the figures be shared with the panel?",
        "The presentation would provide an overview of the findings.",
        "The panel agreed to note the report.",
    ],
)
def test_minutes_that_promise_nothing(text: str) -> None:
    assert not found(text)


def test_only_minutes_are_read_for_what_is_undertaken() -> None:
    assert not found("It was agreed that the slides would be circulated.", paper="inspection_report")


def test_items_of_a_resolution_without_those_done_by_resolving() -> None:
    text = "RESOLVED: (1) That the report be noted; (2) that the Director write to every school by 1 March 2025."
    (own,) = found(text, "decision")
    assert (own.number, own.by, own.sort) == ("2", "2025-03-01", "decision")
    assert words(text, own).startswith("(2) that the Director")
    assert not found("That the minutes be approved and signed by the Chair.", "decision", "bullet", number="1")
    assert found("That the report be noted and a further one be brought in May.", "decision", "bullet", number="1")


def test_recommendations_are_kept_whole_and_their_opening_is_none() -> None:
    (own,) = found("Agree one strategy with families.", "recommendations", "bullet", number="10.1", paper="peer_review")
    assert (own.sort, own.number, own.end) == ("recommendation", "10.1", 33)
    assert not found("The team suggests that you:", "recommendations", "paragraph", number="9", paper="peer_review")


def test_demands_of_a_notice_name_who_should_and_by_when() -> None:
    text = "by 31 January 2025 appoint a director;"
    (own,) = found(text, kind="bullet", lead_in="The Council should:", number="8a", paper="improvement_notice")
    assert (own.who, own.by, own.number) == ("The Council", "2025-01-31", "8a")


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("in March 2024", "2024-09", ("", "")),  # past when the paper was written
        ("plans issued within 20 weeks", "2024-09-17", ("", "")),  # the statutory period
        ("opening not before January 2026", "2024-09-17", ("", "")),
        ("a report in January", "2024-09-17", ("in January", "2025-01")),
        ("when available", None, ("when available", "")),
    ],
)
def test_due_dates(text: str, written: str | None, expected: tuple[str, str]) -> None:
    assert due.said(text, written) == expected


def test_pieces_of_a_cut_row_keep_only_what_begins_in_them() -> None:
    own = Commitment("action", 12, 50)
    assert commitments.within([own], 10, 20) == (Commitment("action", 2, 20),)
    assert commitments.within([own], 30, 40) == ()


@pytest.mark.parametrize(
    ("heads", "text", "theme"),
    [
        ("Ref | Theme | Action | Lead | Due", "1.1 | Autism | Cut the wait | ICB | May 2025", "Autism"),
        ("Autism: Action | Lead | Due", "Cut the wait | ICB | May 2025", "Autism"),
        ("Action | Priority | Lead", "Cut the wait | High | ICB", ""),
        ("Priority area | Action | Lead", "Joint commissioning | Cut the wait | ICB", "Joint commissioning"),
        ("Action | Lead | Due", "Cut the wait | ICB | May 2025", ""),
    ],
)
def test_the_theme_of_a_row_is_its_own_cell_or_what_stands_over_its_rows(heads: str, text: str, theme: str) -> None:
    (own,) = found(text, kind="row", lead_in=heads, paper="action_plan")
    assert (own.theme, own.who, words(text, own)) == (theme, "ICB", "Cut the wait")


def test_a_need_is_nobody_who_must() -> None:
    (own,) = found("Leaders have identified the need to improve. They should act.", "improvement", "row")
    assert own.who == ""


MINUTES = "# Elmshire Council: Scrutiny\n\nMinutes of the meeting held on 4 March 2025\n\nPresent: Cllr Ash\n\n"
REPORT = (
    "# Area SEND inspection of Elmshire Local Area Partnership\n\nInspection dates: 4 to 8 March 2024\n\n"
    "## Inspection outcome\n\nArrangements lead to inconsistent experiences.\n\n"
)
PAPERS = {
    "a block of actions apart from their items": (
        f"{MINUTES}## Actions\n\n- Head of SEND to circulate the slides by 5 May 2025\n"
        "- ICB: share the figures (30 June 2025)\n- Clerk to add timeliness to the work programme\n",
        [("action", "Head of SEND", "2025-05-05"), ("action", "ICB", "2025-06-30"), ("action", "Clerk", "")],
    ),
    "fields written out": (
        "Elmshire Council\nImprovement plan 2025\n\nAction: Cut therapy waits\nOwner: NHS Elmshire ICB\n"
        "Due: 30 September 2025\n\nAction: Train staff\nOwner: Education service\nDue: March 2026\n",
        [("action", "NHS Elmshire ICB", "2025-09-30"), ("action", "Education service", "2026-03")],
    ),
    "a report saved as text": (
        f"{REPORT}## Areas for improvement\n\n1. Leaders in health should cut waits.\n"
        "2. The local authority should review plans by March 2025.\n",
        [("improvement", "Leaders in health", ""), ("improvement", "The local authority", "2025-03")],
    ),
    "a table of priority actions": (
        f"{REPORT}## Areas for priority action\n\n| Responsible body | Areas for priority action |\n|---|---|\n"
        "| Elmshire Council and NHS Elmshire ICB | Leaders should urgently cut waits. |\n",
        [("priority", "Elmshire Council and NHS Elmshire ICB", "")],
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_who_must_do_it_in_papers_of_many_forms(tmp_path: Path, name: str) -> None:
    text, expected = PAPERS[name]
    (document,) = cut(tmp_path, "paper.txt" if name == "fields written out" else "paper.md", text)
    assert [(own.sort, own.who, own.by) for p in document.passages for own in p.commitments] == expected


def test_the_heading_over_a_table_is_its_theme(tmp_path: Path) -> None:
    table = "| Action | Lead | Due |\n|---|---|---|\n| Cut waits | ICB | May 2026 |\n"
    (document,) = cut(tmp_path, "plan.md", f"# Elmshire SEND plan\n\nJune 2025\n\n## Priority 1: Autism\n\n{table}")
    assert [own.theme for p in document.passages for own in p.commitments] == ["Priority 1: Autism"]
