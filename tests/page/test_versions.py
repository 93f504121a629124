"""Several page processes over one index while papers come and go: every answer is wholly of one version."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from chatbot import conversation
from chatbot.conversation import Assistant
from chatbot.library import Library
from chatbot.page.pinned import pinned
from chatbot.page.service import Asked, Service, document_id
from chatbot.serialise import as_json
from ingest import pipeline
from ingest.encoder.embedder import SentenceTransformerEmbedder
from ingest.errors import IndexFault
from ingest.index import store
from ingest.settings import Page, Settings
from tests.conftest import ROOT
from tests.ingest.in_process import write_and_prove_here
from tests.page.conftest import serve

PAPER = "{name} of Westmarch\n\nDate: 3 March 2025\n\nThe {what} scheme in Westmarch helps {count} families.\n"
OLD, NEW = "lighthouse", "windmill"
QUESTIONS = tuple(f"How many families does the {what} scheme help?" for what in (OLD, NEW))
BOUND = 20.0  # seconds until every process reads a new version, on a machine with much else to do
START_SECONDS = 240
PAGES = 3
PROCESSES = int(os.environ.get("SEND_PAGE_PROCESSES", "1"))  # of the pages; the others are threads of this one


@pytest.fixture(scope="module", autouse=True)
def in_this_process() -> Iterator[None]:
    """Write and prove versions here: a child each time costs seconds."""
    with pytest.MonkeyPatch.context() as patch:
        write_and_prove_here(patch)
        yield


def add(index: Path, folder: Path, what: str, count: int) -> None:
    paper = folder / f"{what}.txt"
    paper.write_text(PAPER.format(name=what.title(), what=what, count=count), encoding="utf-8")
    assert not pipeline.add([paper], index, Settings()).failed


@pytest.fixture(scope="module")
def with_old(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample and a paper that will be removed; not to be changed."""
    folder = tmp_path_factory.mktemp("old")
    index = Path(shutil.copytree(sample_index, folder / "ix"))
    add(index, folder, OLD, 31)
    return index


@pytest.fixture
def index(with_old: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(with_old, tmp_path / "ix"))


def answers(index: Path, embedder: SentenceTransformerEmbedder) -> dict[str, Any]:
    """What the version in use says to each question."""
    assistant = Assistant(index, Settings(), embedder)
    return {q: as_json(assistant.answer(q)) | {"seconds": None, "id": None} for q in QUESTIONS}


@contextmanager
def process(index: Path) -> Iterator[str]:
    """A page process of its own, which may not be up yet; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "chatbot", "serve", "--index", str(index), "--port", str(port)]
    started = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        started.terminate()
        started.wait(30)


def wait_until_up(address: str) -> None:
    """Return when the page answers."""
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            assert httpx.get(f"{address}/health", timeout=5).status_code == 200
            return
        except httpx.HTTPError:
            assert time.monotonic() < end, "the page did not start"
            time.sleep(0.2)


@dataclass
class Person:
    """Asks one page in turn, without a pause, until told to stop; keeps everything that came back."""

    address: str
    stop: threading.Event
    got: list[tuple[str, int, Any]] = field(default_factory=list)
    papers: list[tuple[int, str]] = field(default_factory=list)

    def ask(self) -> None:
        with httpx.Client(base_url=self.address, timeout=60) as client:
            while not self.stop.is_set():
                for question in QUESTIONS:
                    response = client.post("/api/answer", json={"question": question})
                    self.got.append((question, response.status_code, response.json()))
                paper = client.get(f"/documents/{document_id(f'{OLD}.txt')}")
                self.papers.append((paper.status_code, paper.text))


def wait_for(addresses: list[str], fingerprint: str) -> float:
    """Seconds until all pages read this version, asked nothing but their health."""
    began = time.monotonic()
    while any(httpx.get(f"{a}/health", timeout=30).json()["index"] != fingerprint for a in addresses):
        assert time.monotonic() - began < BOUND, "a page still reads an old version"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.mark.slow
def test_every_answer_is_wholly_of_one_version(
    index: Path, embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    expected = {}
    stop = threading.Event()
    with ExitStack() as stack:
        addresses = [stack.enter_context(process(index)) for _ in range(PROCESSES)]
        for _ in range(PAGES - PROCESSES):
            service = Service(Assistant(index, Settings(), embedder), Page())
            service.watch()
            pages = serve(service)
            addresses.append(next(pages).address)
            stack.callback(pages.close)
        for address in addresses:
            wait_until_up(address)
        people = [Person(address, stop) for address in addresses]
        threads = [threading.Thread(target=person.ask) for person in people]
        for thread in threads:
            thread.start()
        try:
            order, waits = [], []
            for change in (lambda: None, lambda: add(index, tmp_path, NEW, 57), lambda: remove(index)):
                change()
                order.append(store.read_manifest(store.current(index)).fingerprint)
                waits.append(wait_for(addresses, order[-1]))
                expected[order[-1]] = answers(index, embedder)
                time.sleep(1)
        finally:
            stop.set()
            for thread in threads:
                thread.join(60)
        last = [httpx.get(f"{a}/documents/{document_id(f'{OLD}.txt')}", timeout=30).status_code for a in addresses]
    first, added, removed = (expected[fingerprint] for fingerprint in order)
    facts = [["31" in e[QUESTIONS[0]]["answer"], "57" in e[QUESTIONS[1]]["answer"]] for e in (first, added, removed)]
    assert facts == [[True, False], [True, True], [False, True]]
    for person in people:
        assert {status for _, status, _ in person.got} == {200}
        assert all(got | {"seconds": None} == expected[got["index"]][question] for question, _, got in person.got)
        steps = [order.index(got["index"]) for _, _, got in person.got]
        assert steps == sorted(steps) and set(steps) == {0, 1, 2}  # never back to an older one
        assert {status for status, _ in person.papers} <= {200, 404}
        assert all("31 families" in text for status, text in person.papers if status == 200)
    assert last == [404] * PAGES
    sys.stderr.write(f"\n{sum(len(p.got) for p in people)} answers; new versions read after {waits[1:]} s\n")


def remove(index: Path) -> None:
    pipeline.remove([f"{OLD}.txt"], index, Settings())


def test_a_version_goes_on_answering_when_it_is_cleared_away(
    index: Path, embedder: SentenceTransformerEmbedder
) -> None:
    expected = answers(index, embedder)
    assistant = Assistant(index, Settings(), embedder)
    shutil.rmtree(index / "versions")
    assistant.refresh()
    assert {q: as_json(assistant.answer(q)) | {"seconds": None, "id": None} for q in QUESTIONS} == expected


def test_a_version_cleared_away_while_it_is_opened_is_left_for_the_next(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, rows = store.current(index), store.Rows

    def switched(folder: Path) -> store.Rows:
        if folder == old:
            shutil.copytree(old, old.with_name("next"))
            (index / store.CURRENT).write_text("next")
            shutil.rmtree(old)
        return rows(folder)

    monkeypatch.setattr(store, "Rows", switched)
    assert Library(index, Settings()).folder.name == "next"


def test_a_damaged_version_is_told_and_not_tried_for_ever(index: Path) -> None:
    next(store.current(index).rglob("columns.npz")).unlink()
    with pytest.raises(IndexFault, match="damaged"):
        Library(index, Settings())


def next_version(index: Path) -> str:
    old = store.current(index)
    shutil.copytree(old, old.with_name("next"))
    (index / store.CURRENT).write_text("next")
    return "next"


def test_one_thread_opens_a_version_and_others_do_not_wait(
    index: Path, embedder: SentenceTransformerEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = Assistant(index, Settings(), embedder)
    before = assistant.library
    opening, go = threading.Event(), threading.Event()
    opened: list[Path] = []

    def slow(index: Path, settings: Settings) -> Library:
        opening.set()
        assert go.wait(30)
        opened.append(index)
        return Library(index, settings)

    monkeypatch.setattr(conversation, "Library", slow)
    next_version(index)
    thread = threading.Thread(target=assistant.refresh)
    thread.start()
    assert opening.wait(30)
    assistant.refresh()  # would wait here for ever
    assert assistant.library is before and assistant.answer(QUESTIONS[0]).status == "answered"
    go.set()
    thread.join(30)
    assistant.refresh()
    assert assistant.library.folder.name == "next" and len(opened) == 1


def test_answers_go_on_where_a_new_version_cannot_be_opened(
    index: Path, embedder: SentenceTransformerEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    assistant = Assistant(index, Settings(), embedder)
    (index / "versions" / next_version(index) / "manifest.json").write_text("{")
    assistant.refresh()
    assert assistant.answer(QUESTIONS[0]).status == "answered"
    assert "answers go on from version" in caplog.text


def test_a_request_holds_its_version_in_every_thread(index: Path, embedder: SentenceTransformerEmbedder) -> None:
    service = Service(Assistant(index, Settings(), embedder), Page())

    async def request() -> tuple[Library, Library, str]:
        async with pinned(service):
            before = service.library
            next_version(index)
            service.refresh()
            assert service.assistant.library is not before
            answer = await service.queue.run(service.answer, Asked(QUESTIONS[0]))
            return before, await service.queue.run(lambda: service.library), answer.status

    with ThreadPoolExecutor(1) as apart:  # a browser's driver may have left its own loop in this thread
        before, inside, status = apart.submit(lambda: asyncio.run(request())).result()
    assert inside is before and status == "answered"
    assert service.library is service.assistant.library is not before


def test_a_page_that_nobody_asks_reads_the_new_version(index: Path, embedder: SentenceTransformerEmbedder) -> None:
    service = Service(Assistant(index, Settings(), embedder), Page())
    service.watch(0.05)
    next_version(index)
    end = time.monotonic() + BOUND
    while service.library.folder.name != "next":
        assert time.monotonic() < end
        time.sleep(0.02)
