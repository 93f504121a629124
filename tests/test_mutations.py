"""The list of faults stays true: each can still be put in, and each names tests that are there."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.mutations import ALL, mutated


def test_every_fault_can_still_be_put_in() -> None:
    wrong = []
    for mutation in ALL:
        try:
            mutated(mutation)
        except (OSError, ValueError) as error:
            wrong.append(str(error))
    assert wrong == []
    assert len({m.name for m in ALL}) == len(ALL) >= 40


def test_every_fault_names_tests_that_are_there() -> None:
    wrong = []
    for mutation in ALL:
        for test in mutation.tests:
            file, _, name = test.partition("::")
            path = ROOT / file
            if not path.is_file() or (name and f"def {name}(" not in path.read_text(encoding="utf-8")):
                wrong.append(f"{mutation.name}: {test}")
    assert wrong == []
