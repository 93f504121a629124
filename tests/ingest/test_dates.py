"""Dates as British papers print them."""

import pytest

from ingest.facts import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 to 6 December 2024", ("2024-12-02", "2024-12-06")),
        ("30 September 2024 to 4 October 2024", ("2024-09-30", "2024-10-04")),
        ("29 April to 3 May 2024", ("2024-04-29", "2024-05-03")),
        ("Monday 3 – Friday 7 July 2023", ("2023-07-03", "2023-07-07")),
        ("27 June and 1 July 2016", ("2016-06-27", "2016-07-01")),
        ("16 May 2016", ("2016-05-16", "2016-05-16")),
        ("Not previously inspected", None),
        ("", None),
    ],
)
def test_period(text: str, expected: tuple[str, str] | None) -> None:
    assert dates.period(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tuesday, 14th February, 2023", "2023-02-14"),
        ("14/02/2023", "2023-02-14"),
        ("held on 2023-02-14", "2023-02-14"),
        ("31 June 2023 is no day, 45 May 2023 is none", None),
        ("in February 2023", None),
    ],
)
def test_first_date(text: str, expected: str | None) -> None:
    assert dates.first_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 May 2025", "2025-05-03"),
        ("July 2025", "2025-07"),
        ("Summer 2025", "2025"),
        ("autumn term 2024", "2024"),
        ("nothing at all", None),
    ],
)
def test_as_precise_as_printed(text: str, expected: str | None) -> None:
    assert dates.printed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Inspected in October 2024. Waits will end by December 2026.", "2024-10"),
        ("The visit was in December 2024. There was a meeting on 26 March to agree it.", "2025-03"),
        ("The visit was in October 2019. The post will be filled by 1 January.", "2019-10"),
        ("The visit was in October 2019. It met on 5 July once.", "2019-10"),
        ("Nothing is dated.", None),
    ],
)
def test_latest_past(text: str, expected: str | None) -> None:
    assert dates.latest_past(text) == expected
