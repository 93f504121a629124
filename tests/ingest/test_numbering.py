"""Printed numbers: paragraphs, sub-items, and what is none."""

import pytest

from ingest.structure.numbering import Numbering, printed_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13. The team heard", ("13", 4)),
        ("4.2 Waiting times", ("4.2", 4)),
        ("a) receive the report", ("a", 3)),
        ("iv. Read papers", ("iv", 4)),
        ("12 children were seen", None),
        ("2024 was hard", None),
        ("A panel met", None),
    ],
)
def test_printed_number(text: str, expected: tuple[str, int] | None) -> None:
    assert printed_number(text) == expected


def test_items_carry_their_paragraph() -> None:
    numbering = Numbering()
    assert numbering.enter("4", 0, False) == "4"
    assert numbering.enter("a", 0, True) == "4a"
    assert numbering.enter("b", 0, True) == "4b"
    assert numbering.enter("5", 0, False) == "5"


def test_a_list_inside_a_paragraph_counts_anew() -> None:
    numbering = Numbering()
    assert numbering.enter("10", 0, False) == "10"
    assert [numbering.enter(str(n), 0, True) for n in (1, 2, 3)] == ["10.1", "10.2", "10.3"]
    assert numbering.enter("11", 0, True) == "11"


def test_a_number_amid_a_sentence_is_not_expected() -> None:
    numbering = Numbering()
    assert numbering.expects("1") and numbering.expects("a") and not numbering.expects("24")
    numbering.enter("23", 0, False)
    assert numbering.expects("24")


def test_a_letter_without_a_paragraph_stands_alone() -> None:
    assert Numbering().enter("a", 0, True) == "a"
