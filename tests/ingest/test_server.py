"""A Chroma server as the store of vectors: the Rust server of the chromadb package, started here on loopback."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import chatbot.__main__ as chatbot_command
import eval.__main__ as eval_command
import ingest.__main__ as ingest_command
from chatbot import library
from chatbot.conversation import Assistant
from chatbot.search import candidates as stage
from chatbot.serialise import as_json
from ingest import pipeline, settings
from ingest.encoder.embedder import SentenceTransformerEmbedder
from ingest.errors import IndexFault, SettingsError
from ingest.index import server, store, vectors, version
from ingest.settings import Model, Settings, Store
from tests.conftest import ROOT
from tests.ingest.in_process import write_and_prove_here

CHROMA = shutil.which("chroma", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
needs_server = pytest.mark.skipif(CHROMA is None, reason="the command `chroma` of the chromadb package is not here")
SECRET = "quixotic periwinkle"
MEMO = f"""Memo on short breaks in Westmarch

Date: 3 March 2025

The {SECRET} fund pays £48,200 for short breaks in Westmarch.
"""
READY_SECONDS = 30


@dataclass
class Running:
    """A Chroma server with the folder of its files."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [str(CHROMA), "run", "--path", str(self.folder), "--port", str(self.port), "--host", "127.0.0.1"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + READY_SECONDS
        while True:
            try:
                return server.reach(server.address(self.url))
            except IndexFault:
                assert time.monotonic() < end and self.process.poll() is None, "the server did not start"
                time.sleep(0.1)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def signal(self, number: int) -> None:
        assert self.process
        self.process.send_signal(number)

    def collections(self) -> set[str]:
        client = vectors._client(self.url, 10)
        return {c.name for c in client.list_collections()}

    def holds(self, words: str) -> bool:
        """Whether words stand anywhere in its files."""
        return any(words.encode() in path.read_bytes() for path in self.folder.rglob("*") if path.is_file())


def segments(index: Path) -> set[str]:
    """Of the version in use; each has a collection of its name."""
    return {segment.name for segment in store.Rows(store.current(index)).segments}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server for all tests of this module."""
    made = Running(free_port(), tmp_path_factory.mktemp("chroma"))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module", autouse=True)
def in_this_process() -> Iterator[None]:
    """Write and prove versions here: a child each time costs seconds, and test_pipeline has it."""
    with pytest.MonkeyPatch.context() as patch:
        write_and_prove_here(patch)
        yield


@pytest.fixture(scope="module")
def memo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("papers") / "memo.txt"
    path.write_text(MEMO, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def local(sample_index: Path, memo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample and the memo with their vectors beside them."""
    return with_memo(sample_index, memo, tmp_path_factory.mktemp("local") / "ix", Settings())


def with_memo(sample: Path, memo: Path, index: Path, options: Settings) -> Path:
    shutil.copytree(sample, index)
    assert not pipeline.add([memo], index, options).failed
    return index


def over(running: Running) -> Settings:
    return Settings(store=Store(running.url))


@pytest.fixture
def served(sample_index: Path, memo: Path, running: Running, tmp_path: Path) -> Path:
    """The same with their vectors in the server."""
    return with_memo(sample_index, memo, tmp_path / "ix", over(running))


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(Model())


@pytest.fixture
def asks_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let questions go to Chroma, as with more passages than are compared one by one."""
    monkeypatch.setattr(library, "EXACT", 20)
    monkeypatch.setattr(library, "FEW", 0)


def questions() -> list[str]:
    """The memo's, and some of the sample's own, asked of all areas at once."""
    rows = [json.loads(line) for line in (ROOT / "eval/golden/sample.jsonl").read_text().splitlines()]
    return [f"How much does the {SECRET} fund pay for short breaks?", *[r["question"] for r in rows[:60:4]]]


def answers(index: Path, options: Settings, embedder: SentenceTransformerEmbedder) -> list[dict[str, Any]]:
    assistant = Assistant(index, options, embedder)
    told = [as_json(assistant.answer(q)) for q in questions()]
    # What a reader sees. Chroma may find another neighbour at the edge, which moves scores by a little.
    return [{key: row[key] for key in ("question", "status", "answer", "citations")} for row in told]


@needs_server
def test_answers_are_those_of_a_local_index(
    local: Path, served: Path, running: Running, embedder: SentenceTransformerEmbedder,
    monkeypatch: pytest.MonkeyPatch, asks_chroma: None,
) -> None:  # fmt: skip
    asked: list[int] = []
    nearest = vectors.VectorIndex.nearest

    def counted(
        self: vectors.VectorIndex, vector: np.ndarray, count: int, where: dict[str, Any] | None
    ) -> list[tuple[str, float]]:
        found = nearest(self, vector, count, where)
        asked.append(len(found))
        return found

    monkeypatch.setattr(vectors.VectorIndex, "nearest", counted)
    ours = answers(served, over(running), embedder)
    assert len(asked) >= 5 and max(asked) == stage.WIDER * stage.ARM  # the server was asked
    monkeypatch.setattr(library, "EXACT", 100_000)
    assert ours == answers(local, Settings(), embedder)  # those by comparing every vector
    assert ours[0]["status"] == "answered" and "£48,200" in ours[0]["answer"]
    assert sum(row["status"] == "answered" for row in ours) > len(ours) // 2
    folder = store.current(served)
    with pytest.raises(IndexFault, match="no vector store beside it: give the --chroma-url"):
        version.fault_of(folder, folder.name, Settings())
    assert not list(folder.rglob("chroma"))


@needs_server
def test_a_removal_leaves_no_words_on_the_server(served: Path, running: Running) -> None:
    before = segments(served)
    assert before <= running.collections()
    pipeline.remove(["memo.txt"], served, over(running))
    folder = store.current(served)
    assert version.fault_of(folder, folder.name, over(running)) == ""
    assert running.collections() & segments(served) == segments(served)
    assert not before & running.collections()
    for words in (SECRET, "memo.txt", "short breaks", "48,200"):  # of what stays no word is there either
        assert not running.holds(words)


@needs_server
def test_only_versions_in_use_stay_on_the_server(served: Path, running: Running, memo: Path, tmp_path: Path) -> None:
    killed = f"killed-{os.getpid()}"
    one = vectors.Entries(["a"], np.ones((1, 4), np.float32), [{"kind": "other"}])
    vectors.write(tmp_path / "none", f"{killed}.1", running.url, one)
    (served / "versions" / f"{killed}.tmp").mkdir()
    second = segments(served)
    (tmp_path / "more.txt").write_text(MEMO.replace(SECRET, "second"))
    pipeline.add([tmp_path / "more.txt"], served, over(running))
    third = segments(served)
    (tmp_path / "more.txt").write_text(MEMO.replace(SECRET, "third"))
    pipeline.add([tmp_path / "more.txt"], served, over(running))
    there = running.collections()
    assert third | segments(served) <= there  # the version before is kept for who still reads it
    assert not there & {f"{killed}.1", *second}


@needs_server
def test_an_open_page_goes_on_without_the_server_and_all_else_waits_for_it(
    served: Path, running: Running, embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    options = over(running)
    assistant = Assistant(served, options, embedder)
    question = questions()[0]
    before = as_json(assistant.answer(question)) | {"seconds": None}
    running.stop()
    try:
        assert as_json(assistant.answer(question)) | {"seconds": None} == before
        with pytest.raises(IndexFault, match="cannot be reached .*start it"):
            Assistant(served, options, embedder)
        folder = store.current(served)
        with pytest.raises(IndexFault, match="cannot be reached"):
            version.fault_of(folder, folder.name, options)
        (tmp_path / "more.txt").write_text(MEMO.replace(SECRET, "other"))
        with pytest.raises(IndexFault, match="cannot be reached"):
            pipeline.add([tmp_path / "more.txt"], served, options)
        assert store.current(served) == folder
    finally:
        running.start()
    assert version.fault_of(folder, folder.name, options) == ""  # what it was given is still there
    assert as_json(Assistant(served, options, embedder).answer(question)) | {"seconds": None} == before


@needs_server
def test_a_server_that_hangs_is_told(
    served: Path, running: Running, embedder: SentenceTransformerEmbedder, monkeypatch: pytest.MonkeyPatch,
    asks_chroma: None,
) -> None:  # fmt: skip
    monkeypatch.setattr(vectors, "READ_SECONDS", 3)  # a busy machine takes more than one
    assistant = Assistant(served, over(running), embedder)
    vector = assistant.library.vectors_of(np.arange(1))[0]
    assert assistant.library.neighbours(assistant.library.documents, vector, 9)
    running.signal(signal.SIGSTOP)  # it takes connections and says nothing
    try:
        with pytest.raises(IndexFault, match="does not answer"):
            assistant.library.neighbours(assistant.library.documents, vector, 9)
    finally:
        running.signal(signal.SIGCONT)


@needs_server
def test_a_server_without_the_index_is_told_and_vectors_beside_it_need_none(
    local: Path, served: Path, running: Running
) -> None:
    assert version.fault_of(store.current(local), "", over(running)) == ""
    vectors.drop(running.url, list(segments(served)))
    with pytest.raises(IndexFault, match="has not this index: .*check --repair"):
        version.fault_of(store.current(served), "", over(running))


@needs_server
def test_https_where_there_is_none_is_told(running: Running) -> None:
    with pytest.raises(IndexFault, match="no valid https"):
        server.reach(server.address(running.url.replace("http:", "https:")))


@needs_server
@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="the open ports are read from Linux's /proc")
def test_the_server_listens_on_loopback_only(running: Running) -> None:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = {row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{running.port:04X}")}
    assert listening == {f"0100007F:{running.port:04X}"}


@needs_server
def test_no_proxy_is_asked(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(key, f"http://127.0.0.1:{free_port()}")  # nothing listens there
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    assert isinstance(running.collections(), set)


def test_nobody_at_the_address_is_told() -> None:
    with pytest.raises(IndexFault, match="cannot be reached .*start it, or correct its address"):
        server.reach(server.address(f"http://127.0.0.1:{free_port()}"))


@pytest.mark.parametrize(
    "url", ["nonsense", "127.0.0.1:8000", "ftp://a", "http://", "http://a:99999", "http://a/b", "http://u:p@a", "http://[1"]
)  # fmt: skip
def test_a_wrong_address_is_told(url: str) -> None:
    with pytest.raises(SettingsError, match="is not the address of a Chroma server"):
        server.address(url)


def test_addresses_have_the_usual_ports() -> None:
    assert server.address("http://chroma.internal/") == server.Address("chroma.internal", 8000, False)
    assert server.address("https://chroma.internal") == server.Address("chroma.internal", 443, True)
    assert str(server.address("http://[::1]:9000")) == "http://[::1]:9000"


def test_the_command_line_goes_before_the_settings_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[store]\nchroma_url = "http://127.0.0.1:8001"\n[answers]\nthreshold = 0.5\n')
    for words in (["ingest", "check"], ["chatbot", "ask", "Why?"], ["eval", "run", "--golden", "g", "--output", "o"]):
        parser = {"ingest": ingest_command, "chatbot": chatbot_command, "eval": eval_command}[words[0]].parser()
        from_file = settings.chosen(parser.parse_args([*words[1:], "--settings", str(file)]))
        url = ["--chroma-url", "http://127.0.0.1:8002"]
        both = settings.chosen(parser.parse_args([*words[1:], "--settings", str(file), *url]))
        assert from_file.store.chroma_url == "http://127.0.0.1:8001"
        assert both == replace(from_file, store=Store("http://127.0.0.1:8002"))
