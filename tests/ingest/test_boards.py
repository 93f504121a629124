"""Health boards of before and after 1 April 2026, by the names that people write."""

import pytest

from ingest.facts import boards


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What must NHS Frimley improve?", ["Frimley"]),
        ("BLMK ICB and waits", ["Bedfordshire, Luton and Milton Keynes"]),
        ("Bedfordshire Luton & Milton Keynes integrated care board", ["Bedfordshire, Luton and Milton Keynes"]),
        ("the Essex ICB, and NHS Mid and South Essex ICB", ["Essex", "Mid and South Essex"]),
        ("NHS Sussex Partnership Foundation Trust", []),
        ("schools in Sussex", []),
        ("Hampshire and Isle of Wight ICB", []),
        ("North East Essex ICB", []),
    ],
)
def test_boards_are_known_by_their_names(text: str, names: list[str]) -> None:
    assert [board.name for board in boards.named(text)] == names


def test_every_board_that_ended_has_one_that_took_its_place() -> None:
    """And each new one says which parts it is made of."""
    ended = [board for board in boards.boards().values() if board.after]
    begun = [board for board in boards.boards().values() if board.before]
    assert (len(ended), len(begun)) == (12, 6) and len(ended) + len(begun) == len(boards.boards())
    (essex,) = (board for board in begun if board.name == "Essex")
    assert dict(essex.before) == {
        "Hertfordshire and West Essex": True,
        "Mid and South Essex": False,
        "Suffolk and North East Essex": True,
    }
