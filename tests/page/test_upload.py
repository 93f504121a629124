"""Papers brought in through the page: by operators only, read as by `ingest add`, and undone without a trace."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from chatbot.conversation import Assistant
from chatbot.library import Library
from chatbot.page import check_access
from chatbot.page.access.login import line
from chatbot.page.app import build_app
from chatbot.page.routes.upload import name_of
from chatbot.page.service import Service
from ingest.encoder.embedder import SentenceTransformerEmbedder
from ingest.errors import SettingsError
from ingest.settings import Access, Page, Settings
from tests.page.conftest import Served, Visit, serve
from tests.page.test_axe import check
from tests.page.test_login import PASSWORD, basic
from tests.page.visiting import page

OLGA = basic("olga", PASSWORD)
ACCESS = Access(operators=(line("olga", PASSWORD),))
FIRST = (
    b"SEND in Westmarch: a note\n\nDate: 3 March 2025\n\nThe short breaks team has nine members of staff this year.\n"
)


def test_nothing_can_be_brought_in_unless_the_operator_wants_it(service: Service) -> None:
    with TestClient(build_app(service)) as client:
        assert client.get("/upload").status_code == client.post("/upload/undo").status_code == 404
        assert client.post("/upload", files={"papers": ("a.txt", FIRST)}).status_code == 404
        assert "/upload" not in client.get("/documents").text


def test_only_operators_come_to_it_and_only_from_our_own_pages(service: Service) -> None:
    anna = line("anna", PASSWORD)
    with page(service, operators=ACCESS.operators, users=(anna,)) as client:
        for login in ({}, basic("anna", PASSWORD), basic("olga", PASSWORD + "x")):
            assert client.get("/upload", headers=login).status_code == 401
            assert client.post("/upload", files={"papers": ("a.txt", FIRST)}, headers=login).status_code == 401
            assert client.post("/upload/undo", headers=login).status_code == 401
        assert client.get("/documents", headers=OLGA).status_code == 200
        elsewhere = OLGA | {"sec-fetch-site": "cross-site"}
        assert client.post("/upload", files={"papers": ("a.txt", FIRST)}, headers=elsewhere).status_code == 403
        assert client.post("/upload", headers=OLGA).status_code == 400
        twice = [("papers", ("a/x.txt", FIRST)), ("papers", ("b\\x.txt", FIRST))]
        assert "called x.txt" in client.post("/upload", files=twice, headers=OLGA).text
        assert client.post("/plain", content=b"x" * 1_100_000, headers=OLGA).status_code == 413
    with page(service, operators=ACCESS.operators) as client:
        assert client.get("/documents").status_code == 200 and "/upload" in client.get("/documents").text
    with pytest.raises(SettingsError, match="TLS"):
        check_access(ACCESS, "0.0.0.0")


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/x.pdf", "x.pdf"), ("C:\\papers\\y.docx", "y.docx"), (".hidden.txt", "hidden.txt"), ("..", "paper"),
        ("a\x00b\u202e.pdf", "ab.pdf"), ("z" * 300 + ".pdf", "z" * 116 + ".pdf"),
    ],
)  # fmt: skip
def test_a_files_name_leads_nowhere_else(sent: str, name: str) -> None:
    assert name_of(sent) == name


@pytest.fixture
def own(hostile_index: Path, tmp_path: Path, embedder: SentenceTransformerEmbedder) -> Service:
    """A small collection with an operator."""
    shutil.copytree(hostile_index, tmp_path / "index")
    return Service(Assistant(tmp_path / "index", Settings(), embedder), Page(), ACCESS)


@pytest.fixture
def served_own(own: Service) -> Iterator[Served]:
    """The small collection, served."""
    yield from serve(own)


@pytest.mark.browser
def test_papers_are_dropped_in_read_replaced_and_undone(visit: Any, served_own: Served, axe: str) -> None:
    def library() -> Library:
        return served_own.service.library

    before, note = {d.facts.document for d in library().documents}, "The short breaks team has nine members"
    page: Visit = visit(served_own, http_credentials={"username": "olga", "password": PASSWORD})
    tab = page.open("/upload")
    check(page, axe)
    tab.evaluate(
        """text => { const files = new DataTransfer(); files.items.add(new File([text], "note.txt"));
        files.items.add(new File(["MZ"], "tool.exe"));
        document.querySelector(".drop").dispatchEvent(new DragEvent("drop", {dataTransfer: files})); }""",
        FIRST.decode(),
    )
    tab.get_by_role("button", name="Bring them in").click()
    tab.wait_for_selector("progress:not([id])")
    sent = {"papers": {"name": "note.txt", "mimeType": "text/plain", "buffer": FIRST.replace(b"nine", b"forty-four")}}
    assert tab.request.post(f"{page.base}/upload", multipart=sent).status == 409  # one at a time
    tab.wait_for_selector("[data-state=done]", timeout=120_000)
    assert tab.locator("#upload-told").inner_text() == "The papers have been read"
    assert "passed over: " in tab.get_by_role("row", name="tool.exe").inner_text()
    assert tab.get_by_role("link", name="note.txt").count() == 1
    assert library().passages_of("note.txt")[-1].text.startswith(note)
    check(page, axe)
    assert tab.request.post(f"{page.base}/upload", multipart=sent).ok
    tab.reload()
    tab.wait_for_selector("[data-state=done]", timeout=120_000)
    assert "taken in anew" in tab.inner_text("table")
    assert "forty-four" in library().passages_of("note.txt")[-1].text
    tab.get_by_role("button", name="Undo").click()
    tab.wait_for_selector("[data-state=undone]", timeout=120_000)
    assert {d.facts.document for d in library().documents} == before | {"note.txt"}
    assert library().passages_of("note.txt")[-1].text.startswith(note)
    assert tab.request.post(f"{page.base}/upload/undo").status == 409
    assert [f for f in library().index.rglob("*") if f.is_file() and b"forty-four" in f.read_bytes()] == []
