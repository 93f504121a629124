"""Pages that are pictures: read where a program for that is installed, told where it is not, marked wherever quoted."""

import io
import os
import stat
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest import pipeline
from ingest.commands import document_row
from ingest.errors import NeedsOcrError
from ingest.index import store
from ingest.parsers.pdf import ocr, pdf
from ingest.settings import Settings
from tests.ingest.making import containing, cut

TYPED = ["The Elmshire board met on 3 March 2025.", "It heard that 62 children wait for a school place."]
SCANNED = ["Westbrook School will have twenty four new places.", "They open in September 2026 for pupils with autism."]
TABLE = """level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
4\t1\t1\t1\t1\t0\t300\t300\t900\t50\t-1\t
5\t1\t1\t1\t1\t1\t300\t300\t400\t50\t96.1\tFamilies wait-
5\t1\t1\t1\t2\t1\t300\t362\t400\t50\t95.0\ted nine weeks.
5\t1\t2\t1\t1\t1\t300\t600\t400\t50\t90.0\tAnother paragraph.
5\t1\t3\t1\t1\t1\t300\t900\t400\t50\t12.0\t~|;:
"""


def picture(*lines: str) -> Image.Image:
    """A page as a scanner gives it, in grey, a little uneven."""
    made = Image.new("L", (1240, 1754), 244)
    draw = ImageDraw.Draw(made)
    for number, line in enumerate(lines):
        draw.text((120, 160 + 60 * number), line, 20, ImageFont.load_default(34))
    return made


def paper(*pages: list[str] | Image.Image) -> bytes:
    """A PDF of typed pages and pictures."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for page in pages:
        if isinstance(page, Image.Image):
            canvas.drawImage(ImageReader(page), 0, 0, *A4)
        for number, line in enumerate(page if isinstance(page, list) else []):
            canvas.drawString(60, 760 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def none_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def install(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of that name which prints what the script says."""
    program = folder / "bin" / ocr.PROGRAM
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ncat >/dev/null\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


def test_a_page_that_is_a_picture_is_told_where_nothing_can_read_it(tmp_path: Path, none_installed: None) -> None:
    (document,) = cut(tmp_path, "a.pdf", paper(TYPED, picture(*SCANNED), picture()))
    assert document.facts.unread_pages == (2, 3) and document.facts.scanned_pages == ()
    assert "Pages 2-3" in document.warnings[0] and "tesseract" in document.warnings[0]


def test_pictures_alone_are_no_paper_where_nothing_can_read_them(none_installed: None) -> None:
    with pytest.raises(NeedsOcrError):
        pdf.read(paper(picture(*SCANNED)), "a.pdf")


def test_a_scanned_page_is_read_and_known_as_one(tmp_path: Path) -> None:
    """With the real program, which CI installs."""
    if not ocr.installed():
        pytest.skip("tesseract-ocr is not installed")
    (document,) = cut(tmp_path, "a.pdf", paper(TYPED, picture(*SCANNED)))
    assert document.facts.scanned_pages == (2,) and document.facts.unread_pages == ()
    found = containing(document, "twenty four new places")
    assert found.pages == (2,) and "September 2026" in " ".join(p.text for p in document.passages)
    assert "Page 2" in document.warnings[0] and "OCR" in document.warnings[0]


def test_what_the_program_prints_becomes_paragraphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "table").write_text(TABLE)
    install(tmp_path, f"cat {tmp_path}/table", monkeypatch)
    document = pdf.read(paper(TYPED, picture()), "a.pdf", {"waited"}.__contains__)
    assert [line.text for line in document.lines[2:]] == ["Families waited", "nine weeks.", "Another paragraph."]
    assert [line.starts for line in document.lines[2:]] == [True, False, True]
    assert document.scanned_pages == (2,)


@pytest.mark.parametrize("script", ["exit 3", "exec sleep 30", "head -c 100000 /dev/zero; exit 0"])
def test_a_program_that_fails_costs_its_page_only(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "SECONDS", 2)
    install(tmp_path, script, monkeypatch)
    document = pdf.read(paper(TYPED, picture()), "a.pdf")
    assert [line.text for line in document.lines] == TYPED and not document.scanned_pages


def test_the_progress_of_pages_that_take_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedded: list[str]
) -> None:
    (tmp_path / "table").write_text(TABLE)
    install(tmp_path, f"cat {tmp_path}/table", monkeypatch)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.pdf").write_bytes(paper(TYPED, *[picture()] * 4))
    seen: list[tuple[str, int]] = []
    result = pipeline.add([tmp_path / "papers"], tmp_path / "i", Settings(), None, lambda s, d, t: seen.append((s, d)))
    assert [row.status for row in result.rows] == ["added"]
    assert seen.count(("Scans", 1)) == 4


def test_a_paper_is_read_again_when_the_program_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedded: list[str]
) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.pdf").write_bytes(paper(TYPED, picture()))
    (tmp_path / "table").write_text(TABLE)

    def added() -> str:
        result = pipeline.add([tmp_path / "papers"], tmp_path / "i", Settings())
        return result.rows[0].status

    with monkeypatch.context() as without:
        without.setattr(ocr, "installed", lambda: False)
        without.setenv("PATH", "/nowhere")
        assert (added(), added()) == ("added", "unchanged")
    rows = store.Rows(store.current(tmp_path / "i"))
    assert document_row(rows.stored(0))["unread_pages"] == (2,)
    install(tmp_path, f"cat {tmp_path}/table", monkeypatch)
    assert (added(), added()) == ("updated", "unchanged")
    rows = store.Rows(store.current(tmp_path / "i"))
    assert document_row(rows.stored(0))["scanned_pages"] == (2,)
