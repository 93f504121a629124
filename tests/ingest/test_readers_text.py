"""Plain text: lines kept, encodings told, binary refused."""

import pytest

from ingest.errors import DocumentError
from ingest.parsers.text.text import read


def test_keeps_lines_and_marks_where_blocks_start() -> None:
    document = read("Minutes:\nThe Chair\u00a0 opened\tthe meeting.\n\nNext item\x0cPage two\n".encode(), "m.txt")
    assert [line.text for line in document.lines] == [
        "Minutes:",
        "The Chair opened the meeting.",
        "Next item",
        "Page two",
    ]
    assert [line.starts for line in document.lines] == [True, False, True, True]
    assert {line.role for line in document.lines} == {None}
    page = document.pages[0]
    assert page.number is None
    assert all(page.text[line.span.start : line.span.end] == line.text for line in document.lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_reads_unicode_without_warning(encoding: str) -> None:
    document = read("children’s plans".encode(encoding), "m.txt")
    assert document.lines[0].text == "children’s plans"
    assert document.warnings == ()


def test_guesses_windows_text_and_says_so() -> None:
    document = read("children’s plans".encode("cp1252"), "old.txt")
    assert document.lines[0].text == "children’s plans"
    assert document.warnings[0].startswith("old.txt is not UTF-8 text")


def test_old_mac_and_windows_line_ends() -> None:
    assert len(read(b"one\rtwo\r\nthree", "m.txt").lines) == 3


def test_soft_hyphens_and_zero_width_marks_vanish() -> None:
    assert read("co\u00adproduc\u200btion".encode(), "m.txt").lines[0].text == "coproduction"


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\xff\xfea\x00\x00\x00b\x00"])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"binary data|empty"):
        read(data, "x.txt")


def test_empty_file_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"^x\.txt is empty"):
        read(b" \n\n", "x.txt")


def test_a_stray_zero_byte_does_not_make_a_text_binary() -> None:
    assert [line.text for line in read(b"The wait is 61\x00 weeks.", "x.txt").lines] == ["The wait is 61 weeks."]
