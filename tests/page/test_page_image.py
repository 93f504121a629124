"""Marks on a page: exact or none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from chatbot.page.page_image import Box, boxes, letters, picture
from ingest.errors import DocumentError
from ingest.records import Page, Span


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Two pages; the same sentence twice on the first, a hyphenated word, a ligature."""
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path / "a.pdf"
    canvas = Canvas(str(file), pagesize=(400, 300))
    for line, text in enumerate(
        ("Waits are long.", "Families told us.", "Waits are long.", "A multi-", "agency team (final).")
    ):
        canvas.drawString(40, 260 - 30 * line, text)
    canvas.showPage()
    canvas.drawString(40, 100, "Second page.")
    canvas.save()
    return file


STORED = Page(1, "Waits are long.\nFamilies told us.\nWaits are long.\nA multi-agency team (final).")


def span(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = STORED.text.index(words, start + 1)
    return Span(0, start, start + len(words))


def test_of_two_equal_sentences_the_right_one_is_marked(pdf: Path) -> None:
    (first,), (second,) = (
        boxes(pdf, STORED, [span("Waits are long.")]),
        boxes(pdf, STORED, [span("Waits are long.", 1)]),
    )
    assert first.bottom - second.bottom == pytest.approx(60, abs=1)


def test_a_word_broken_over_a_line_is_marked_in_both(pdf: Path) -> None:
    assert len(boxes(pdf, STORED, [span("A multi-agency team (final).")])) == 2


def test_what_is_not_there_exactly_is_not_marked(pdf: Path) -> None:
    wrong = Page(1, "Waits were long.")
    assert boxes(pdf, wrong, [Span(0, 0, 16)]) == ()
    assert boxes(pdf, STORED, []) == () and boxes(pdf, Page(None, "x"), [Span(0, 0, 1)]) == ()


def test_a_mark_includes_the_signs_at_its_ends(pdf: Path) -> None:
    whole, inner = boxes(pdf, STORED, [span("Families told us.")]), boxes(pdf, STORED, [span("Families told us")])
    assert whole[0].right > inner[0].right


def test_the_picture_shows_the_marks(pdf: Path) -> None:
    from PIL import Image

    mark = boxes(pdf, STORED, [span("Families told us.")])
    plain, marked = (Image.open(io.BytesIO(picture(pdf, 1, m, 400))).convert("RGB") for m in ((), mark))
    assert plain.size == marked.size == (400, 300)
    yellow = [
        (x, y) for x in range(400) for y in range(300) if marked.getpixel((x, y))[2] < 150 < marked.getpixel((x, y))[0]
    ]
    assert yellow and all(55 < y < 85 for _, y in yellow)


@pytest.mark.parametrize("number", [0, 3, 99])
def test_a_page_that_is_not_there(pdf: Path, number: int) -> None:
    with pytest.raises(DocumentError):
        picture(pdf, number)


def test_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"no")
    with pytest.raises(DocumentError):
        picture(tmp_path / "x.pdf", 1)


def test_letters_are_what_readers_agree_on() -> None:
    assert "".join(letter for letter, _ in letters("“Ofﬁce” — co-\nproduction £5")) == "officecoproduction5"


def test_boxes_join_on_a_line() -> None:
    a, b, c = Box(0, 0, 5, 10), Box(6, 1, 9, 9), Box(0, 20, 5, 30)
    assert a.same_line(b) and not a.same_line(c) and a.around(b) == Box(0, 0, 9, 10)
