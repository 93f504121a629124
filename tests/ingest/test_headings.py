"""What is set like a heading and says something can be quoted; what heads a part is a heading."""

import io
from pathlib import Path

import docx
import pytest

from ingest.structure.headings import is_statement
from tests.ingest.making import Pdf, cut


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Waiting times", False), ("What is working well?", False), ("Priority 3: therapy for sensory needs", False),
        ("How the plan was written and by whom", False), ("Areas for improvement", False),
        ("Waits fell in all clinics.", True), ("Waits fell. Every school has a nurse", True),
        ("A member asked how many of the pupils in the borough wait for a place?", True),
        ("The council " + "and its partners " * 8 + "met", True),
    ],
)  # fmt: skip
def test_statements_are_no_headings(text: str, says: bool) -> None:
    assert is_statement(text) is says


BOLD = [
    ("Transport", "heading"), ("Waits fell in all clinics and no family was turned away.", "text"),
    ("Reply: 31 pupils are waiting", "both"), ("What we will do", "heading"), ("New places at Elm School: 31", "text"),
]  # fmt: skip


@pytest.mark.parametrize("media", ["docx", "pdf"])
@pytest.mark.parametrize(("bold", "is_a"), BOLD)
def test_bold_lines(tmp_path: Path, media: str, bold: str, is_a: str) -> None:
    under = [] if bold.startswith("New places") else ["The item was noted by all who were there."]
    lines = [("Elmshire Council", True), ("The papers were sent out a week before.", False), (bold, True)]
    lines += [(text, False) for text in under] + [("Another matter", True), ("It was closed at nine.", False)]
    (document,) = cut(tmp_path, f"a.{media}", word(lines) if media == "docx" else sheet(lines))
    texts = [passage.text for passage in document.passages]
    heads = {heading for passage in document.passages for heading in passage.headings}
    assert (bold in texts, bold.rstrip(":") in heads) == (is_a in ("text", "both"), is_a in ("heading", "both"))


def word(lines: list[tuple[str, bool]]) -> bytes:
    document = docx.Document()
    for text, bold in lines:
        document.add_paragraph().add_run(text).bold = bold
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def sheet(lines: list[tuple[str, bool]]) -> bytes:
    page = Pdf()
    for text, bold in lines:
        page.line(text, bold=bold, gap=30)
    return page.data()
