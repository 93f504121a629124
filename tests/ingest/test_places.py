"""Areas in text, those that no list knows included."""

import pytest

from ingest.places import count_areas, full_name, mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rotherham Council and the Rotherham Parent Carers Forum met in Rotherham.", "Rotherham"),
        ("Herefordshire and Worcestershire Integrated Care Board spoke of children in Herefordshire.", "Herefordshire"),
        ("Telford and Wrekin Council. SEND in Telford and Wrekin. Wrekin is a hill.", "Telford and Wrekin"),
        ("Westmarch Parent Carer Voice and Westmarch Council. You live in Westmarch.", "Westmarch"),
        ("Owned by Elmshire Council and NHS Elmshire and Oakvale Integrated Care Board.", "Elmshire"),
        ("Feedback of the SEND peer review in Elmshire. The review in Elmshire took place in May.", "Elmshire"),
        ("The local area of Elmshire was inspected.", "Elmshire"),
        ("The Full Council met. The Cabinet agreed.", None),
        ("He enjoys reading and bury the news.", None),
    ],
)
def test_count_areas(text: str, expected: str | None) -> None:
    assert count_areas(text) == expected


def test_mentions_need_a_capital_where_asked() -> None:
    assert [name for name, _, _ in mentions("in rotherham", capitals=False)] == ["Rotherham"]
    assert mentions("in rotherham") == []
    assert mentions("the Reading of the plan", capitals=False) == []


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("the London Borough of Bexley", "Bexley"),
        ("Brighton & Hove", "Brighton and Hove"),
        ("City of York", "York"),
        ("Elmshire", "Elmshire"),
    ],
)
def test_full_name(printed: str, expected: str) -> None:
    assert full_name(printed) == expected
