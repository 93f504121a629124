"""Bad files beside good ones: none stops the others, each is told in one sentence."""

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest import pipeline
from ingest.errors import IndexFault
from ingest.parsers.pdf import pdf
from ingest.settings import Limits, Settings
from tests.ingest.making import Pdf

GOOD = "Good minutes of Elmshire Council.\n\nThe Chair welcomed everybody to the meeting.\n"


def picture_only() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for _ in range(3):
        canvas.rect(100, 100, 300, 500, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def letter(password: str = "") -> bytes:
    sheet = Pdf(password=password)
    for number in range(12):
        sheet.paragraph(f"Paragraph {number} of a letter about children and young people.")
    return sheet.data()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 250_000_000)
    return file.getvalue()


BAD = {
    "empty.pdf": (b"", "The file is empty"),
    "truncated.pdf": (letter()[:700], "damaged or cut short"),
    "locked.pdf": (letter("secret"), "locked with a password"),
    "scan.pdf": (picture_only(), "run it through OCR"),
    "page.pdf": (b"<!DOCTYPE html><html><body><p>Not found</p></body></html>", "is not a PDF file"),
    "large.pdf": (b"%PDF-1.7" + b"x" * 1_000_000, "larger than 1 MB"),
    "deep.html": (b"<div>" * 5000 + b"words" + b"</div>" * 5000, "nested too deeply"),
    "deep.json": (b"[" * 100_000, "nested too deeply"),
    "bomb.docx": (bomb(), "unpacks to more than is safe"),
    "broken.docx": (b"PK\x03\x04 nothing", "is not a Word document"),
    "binary.txt": (b"\x00\x01\x02", "binary data"),
    "no-services.json": (b'{"a": 1}', "is not Open Referral UK data"),
    "blank.md": (b"\n\n   \n", "is empty"),
}


@pytest.fixture
def small(quick: Settings) -> Settings:
    return Settings(limits=Limits(file_mb=1, seconds=60, workers=2))


def test_each_bad_file_is_told_and_the_good_ones_are_added(
    tmp_path: Path, small: Settings, embedded: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_text(GOOD)
    (folder / "old.txt").write_bytes("Children’s plans of the council.".encode("cp1252"))
    result = pipeline.add([folder, tmp_path / "nowhere"], tmp_path / "ix", small)
    rows = {row.document: row for row in result.rows}
    assert result.failed
    for name, (_, told) in BAD.items():
        assert rows[name].status == "failed", rows[name]
        assert told in rows[name].reason
        assert rows[name].reason.endswith(".") and "\n" not in rows[name].reason
    assert "no such file or folder" in rows[str(tmp_path / "nowhere")].reason
    assert rows["good.txt"].status == rows["old.txt"].status == "added"
    assert "is not UTF-8 text" in rows["old.txt"].reason
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_file_without_permission_is_told(tmp_path: Path, small: Settings, embedded: list[str]) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "secret.txt").write_text(GOOD + "More.")
    (tmp_path / "secret.txt").chmod(0)
    everything = os.access(tmp_path / "secret.txt", os.R_OK)  # some users may read any file
    rows = {row.document: row for row in pipeline.add([tmp_path], tmp_path / "ix", small).rows}
    told = "" if everything else "It cannot be read (Permission denied): check its permissions."
    assert (rows["secret.txt"].reason, rows["good.txt"].status) == (told, "added")


def test_a_file_that_cannot_be_opened_is_told_whoever_runs_it(
    tmp_path: Path, small: Settings, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "secret.txt").write_text(GOOD + "More.")
    real = open

    def refuse(path: object, *rest: object, **named: object) -> object:
        if str(path).endswith("secret.txt"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", refuse)
    rows = {row.document: row for row in pipeline.add([tmp_path], tmp_path / "ix", small).rows}
    assert rows["secret.txt"].reason == "It cannot be read (Permission denied): check its permissions."
    assert rows["good.txt"].status == "added"


@pytest.mark.parametrize(
    "stage", ["index.store.write", "index.words.build", "index.build.finish", "pipeline.keep_original"]
)
def test_a_full_disk_keeps_the_old_index(
    tmp_path: Path, small: Settings, embedded: list[str], monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    papers, index = tmp_path / "papers", tmp_path / "ix"
    papers.mkdir()
    (papers / "good.txt").write_text(GOOD)
    before = pipeline.add([papers], index, small).fingerprint
    (papers / "more.txt").write_text("More words about the children of Elmshire.")

    def full(*rest: object, **named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(f"ingest.{stage}", full)
        with pytest.raises(IndexFault, match="No space left on device.*the old index is still in use"):
            pipeline.add([papers], index, small)
    after = pipeline.add([papers / "good.txt"], index, small)
    assert after.fingerprint == before and not after.failed
    assert pipeline.add([papers], index, small).fingerprint != before


def test_a_vector_store_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, small: Settings, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: object, *rest: object) -> None:
        raise RuntimeError("database or disk is full")

    monkeypatch.setattr("ingest.index.vectors._Beside.add", full)
    (tmp_path / "good.txt").write_text(GOOD)
    with pytest.raises(IndexFault, match="could not be written .*disk is full"):
        pipeline.add([tmp_path / "good.txt"], tmp_path / "ix", small)


def test_an_index_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path, small: Settings) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexFault, match="cannot be written"):
        pipeline.add([tmp_path], tmp_path / "file" / "ix", small)


def test_an_owner_locked_pdf_opens_without_a_password() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("", ownerPassword="owner"))
    canvas.drawString(60, 700, "Anybody may read what is written on this page, if not print it.")
    canvas.save()
    assert "Anybody may read" in pdf.read(file.getvalue(), "x.pdf").pages[0].text


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_pdf_cut_anywhere_is_told_or_read(share: float) -> None:
    from ingest.errors import DocumentError

    data = letter()
    try:
        pdf.read(data[: int(len(data) * share)], "cut.pdf")
    except DocumentError as error:
        assert str(error).startswith("cut.pdf ") and str(error).endswith(".")
