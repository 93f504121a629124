"""Markdown: roles by marks, numbers kept, marks gone from the text."""

import time

import pytest

from ingest.errors import DocumentError
from ingest.parsers.text.markdown import plain, read


def lines(source: str) -> list[tuple[str | None, int, str]]:
    return [(line.role, line.level, line.text) for line in read(source.encode(), "r.md").lines]


def test_headings_of_both_forms() -> None:
    assert lines("# Peer review #\n\nSetext\n======\n\nSmaller\n---\n\n## **Purpose**\n") == [
        ("heading", 1, "Peer review"),
        ("heading", 1, "Setext"),
        ("heading", 2, "Smaller"),
        ("heading", 2, "Purpose"),
    ]


def test_soft_and_hard_breaks_join_a_paragraph() -> None:
    assert lines("**Report by: Service Director,  \nChildren**\nand families\n") == [
        ("paragraph", 0, "Report by: Service Director, Children and families")
    ]


def test_nested_numbers_keep_their_labels() -> None:
    source = "4. The lines were:\n  - a. Are needs met?\n  - b. Are families heard?\n10. Points:\n  1. A plan\n"
    assert lines(source) == [
        ("bullet", 1, "4. The lines were:"),
        ("bullet", 2, "a. Are needs met?"),
        ("bullet", 2, "b. Are families heard?"),
        ("bullet", 1, "10. Points:"),
        ("bullet", 2, "1. A plan"),
    ]


def test_lettered_lines_without_bullets_are_items() -> None:
    assert [text for _, _, text in lines("RESOLVED that:\n\na) the report be noted;\nb) it come back.\n")] == [
        "RESOLVED that:",
        "a) the report be noted;",
        "b) it come back.",
    ]


def test_bullets_nest_by_indent() -> None:
    assert [(level, text) for _, level, text in lines("- one\n  wrapped\n    - two\n* three\n+ four\n")] == [
        (1, "one wrapped"),
        (2, "two"),
        (1, "three"),
        (1, "four"),
    ]


def test_paragraph_broken_inside_a_sentence_stays_two_lines() -> None:
    assert lines("8. There was no clear\n\nframework for it.\n") == [
        ("bullet", 1, "8. There was no clear"),
        ("paragraph", 0, "framework for it."),
    ]


def test_wrapped_line_that_begins_with_a_number_is_no_item() -> None:
    assert len(lines("The review took place in the autumn of\n20. It found little.\n")) == 1


def test_tables_are_rows_with_a_marked_header() -> None:
    document = read(b"| Action | Lead |\n|---|:--:|\n| **Train** staff | Ann |\n\nAfter\n", "r.md")
    assert [(line.role, line.text, line.bold) for line in document.lines] == [
        ("row", "Action | Lead", True),
        ("row", "Train staff | Ann", None),
        ("paragraph", "After", None),
    ]


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("see [the plan](https://example.org/a_(b) 'title') now", "see the plan now"),
        ("**bold *inner* text** and __strong__", "bold inner text and strong"),
        ("file_name_here and 2*3*4", "file_name_here and 2*3*4"),
        (r"5 \* 3 and \[not a link\]", "5 * 3 and [not a link]"),
        ("`code *kept*`", "code kept"),
        ("£5 &amp; more", "£5 & more"),
        ("Date Click or tap to enter a date.", "Date"),
    ],
)
def test_inline_marks(marked: str, text: str) -> None:
    assert " ".join(plain(marked).split()) == text


def test_comments_are_left_out_and_quotes_kept() -> None:
    assert lines("<!-- note\nto self -->\n> Quoted words\n> go on.\n") == [("paragraph", 0, "Quoted words go on.")]


def test_a_flood_of_marks_is_read_in_time() -> None:
    begun = time.monotonic()
    for mark in ("**a ", "[", "`a ", "<!--", "_a ", "[a](", "> ", "- " * 50, "|", "<a "):
        read(("x " + mark * 20_000).encode(), "r.md")
    assert time.monotonic() - begun < 30


def test_empty_file_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"^r\.md is empty"):
        read(b"<!-- nothing -->", "r.md")
