"""Sentences of British official prose, by offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import collapse
from ingest.structure.sentences import shortened, split


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Amara Obi met Cllr. Penn and Mrs. Lowe in the hall.",
        "See para. 12 and s. 20 of the Act, i.e. the duty to assess, e.g. by a psychologist.",
        "The meeting ended at 5.30 p.m. and nobody stayed.",
        "Under s.20 the council must act.",
        "Ofsted (No. 3) was cited.",
        "J. Smith and A. B. Jones agreed.",
        "12. The panel noted the report",
    ],
)
def test_stays_whole(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Waits are long. They have grown.", ["Waits are long.", "They have grown."]),
        ("Is it enough? No. It is not!", ["Is it enough?", "No.", "It is not!"]),
        ("It opened at 9 a.m. The hall was full.", ["It opened at 9 a.m.", "The hall was full."]),
        ("She said ‘it is late.’ Others agreed.", ["She said ‘it is late.’", "Others agreed."]),
        ("In 2024. 63% were late.", ["In 2024.", "63% were late."]),
        ("Therapies, equipment, etc. Families wait.", ["Therapies, equipment, etc.", "Families wait."]),
        ("This is to ensure: • plans are clear; • reviews are held.",
         ["This is to ensure:", "• plans are clear;", "• reviews are held."]),
    ],
)  # fmt: skip
def test_ends_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_fields_begin_where_told() -> None:
    text = "Ages: 0 to 18 Cost: Free"
    assert [text[a:b] for a, b in split(text, [14])] == ["Ages: 0 to 18", "Cost: Free"]


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org/" + "a1b2c3/" * 900 + " for more.",
        "学校支持有特殊教育需要的儿童" * 200,
        "Paid were " + " ".join(f"£{n} 000 on {n % 28} March 2025 to Mr Smith" for n in range(1, 90)),
        "Present: " + ", ".join(f"Cllr A. Person{n} (Ward {n})" for n in range(120)),
    ],
)
def test_what_never_ends_is_quoted_in_parts(text: str) -> None:
    parts = [text[a:b] for a, b in shortened(text, 0, len(text))]
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    assert max(len(part.split()) for part in parts) <= 110 and max(map(len, parts)) <= 1_100
    assert not any(part.endswith(("Mr", "March")) or part.startswith("000") for part in parts)


def test_nothing_gives_nothing() -> None:
    assert split("") == []


@given(st.text(alphabet="aB .?!)(’'•1£\n", max_size=80).map(collapse), st.lists(st.integers(0, 80), max_size=3))
def test_covers_all_but_blanks(text: str, places: list[int]) -> None:
    bounds = split(text, [place for place in places if place <= len(text)])
    assert collapse(" ".join(text[a:b] for a, b in bounds)).replace(" ", "") == text.replace(" ", "")
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in bounds)
    assert all(one[1] <= two[0] for one, two in zip(bounds, bounds[1:], strict=False))
