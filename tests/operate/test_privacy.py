"""The whole product at work under watch: nobody else is called, nothing is written elsewhere, no question is left over.

Every Python process, children included, starts with `watch/sitecustomize.py`. Code that is not Python is watched from
outside: its proxy is a trap, and the folders it might write to are empty before and looked through afterwards.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import ROOT, SAMPLE

CANARY = "zebracorn"
QUESTION = f"What did inspectors say about the {CANARY} lighthouse and short breaks in Westmarch?"
PAPERS = ("westmarch-area-send-report-2024.pdf", "westmarch-action-plan-2025.docx")
QUIET = ("/dev/null", "/dev/tty")
BAD = """import contextlib, socket, subprocess, sys
open(sys.argv[1], "w").close()
with contextlib.suppress(OSError):
    socket.create_connection(("192.0.2.1", 80), 1)
with contextlib.suppress(OSError):
    socket.getaddrinfo("example.org", 80)
if len(sys.argv) == 2:
    subprocess.run([sys.executable, *sys.argv, "child"], check=True)
"""
pytestmark = pytest.mark.slow


@dataclass
class Session:
    """One run of everything: its folders, what was seen, what the commands said."""

    home: Path
    seen: list[tuple[str, str]] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    trapped: int = 0
    log: str = ""

    def folder(self, name: str) -> Path:
        return self.home / name

    def of(self, kind: str) -> set[str]:
        return {what for k, what in self.seen if k == kind}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Read papers, ask, serve and ask in every way, evaluate, take away."""
    made = Session(tmp_path_factory.mktemp("watched"))
    for name in ("user", "temp", "work", "papers", "output"):
        made.folder(name).mkdir()
    for paper in PAPERS:
        shutil.copy(SAMPLE / paper, made.folder("papers"))
    settings = made.folder("work") / "settings.toml"
    settings.write_text('[log]\nformat = "json"\nlevel = "info"\n', encoding="utf-8")
    golden = made.folder("work") / "golden.jsonl"
    rows = (ROOT / "eval" / "golden" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    golden.write_text("\n".join([row for row in rows if Path(PAPERS[0]).stem in row][:2]) + "\n", encoding="utf-8")
    with trap() as (port, caught):
        env = surroundings(made, port)
        index = ["--index", str(made.folder("index")), "--settings", str(settings)]
        run(made, env, "-m", "ingest", "add", str(made.folder("papers")), *index)
        with served(made, env, index) as address:
            evaluate = ("eval", "run", "--golden", str(golden), "--output", str(made.folder("output")), *index)
            ask = ("chatbot", "ask", QUESTION, "--json", *index)
            with ThreadPoolExecutor() as both:
                list(both.map(lambda command: run(made, env, "-m", *command), (evaluate, ask)))
            ready(address)
            ask_every_way(made, address)
        made.trapped = len(caught)
    made.seen = [tuple(json.loads(line)[:2]) for line in (made.home / "seen").read_text().splitlines()]
    yield made


class trap:  # noqa: N801
    """A proxy that only counts who comes."""

    def __enter__(self) -> tuple[int, list[bytes]]:
        self.socket = socket.create_server(("127.0.0.1", 0))
        caught: list[bytes] = []

        def wait() -> None:
            while True:
                try:
                    caller, _ = self.socket.accept()
                except OSError:
                    return
                caught.append(caller.recv(200))
                caller.close()

        threading.Thread(target=wait, daemon=True).start()
        return self.socket.getsockname()[1], caught

    def __exit__(self, *_: object) -> None:
        self.socket.close()


def surroundings(made: Session, port: int) -> dict[str, str]:
    """An environment with an empty home, and without any variable that would keep a library quiet."""
    proxy = f"http://127.0.0.1:{port}"
    return {
        "PATH": os.environ["PATH"], "HOME": str(made.folder("user")), "TMPDIR": str(made.folder("temp")),
        "PYTHONPATH": f"{ROOT / 'tests' / 'operate' / 'watch'}:{ROOT}", "SEND_WATCH": str(made.home / "seen"),
        "PYTHONDONTWRITEBYTECODE": "1", "HTTP_PROXY": proxy, "HTTPS_PROXY": proxy, "ALL_PROXY": proxy,
        "LANG": "C.UTF-8", "http_proxy": proxy, "https_proxy": proxy,
    }  # fmt: skip


def run(made: Session, env: dict[str, str], *arguments: str) -> None:
    ran = subprocess.run(
        [sys.executable, *arguments], env=env, cwd=made.folder("work"), capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stderr
    made.log += ran.stderr


class served:  # noqa: N801
    """The page in a process of its own; its log is kept."""

    def __init__(self, made: Session, env: dict[str, str], index: list[str]) -> None:
        self.made = made
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "chatbot", "serve", "--port", str(port), *index],
            env=env, cwd=made.folder("work"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def __enter__(self) -> str:
        return self.address

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.made.log += self.process.communicate(timeout=60)[0]
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self.made.statuses["stopped"] = self.process.returncode


def ready(address: str) -> None:
    end = time.monotonic() + 240
    while time.monotonic() < end:
        try:
            if httpx.get(f"{address}/ready", timeout=10, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.3)
    raise AssertionError("the page was never ready")


def ask_every_way(made: Session, address: str) -> None:
    """The canary by every way into the page, whole and broken."""
    with httpx.Client(base_url=address, timeout=120, trust_env=False, follow_redirects=True) as client:

        def sent(name: str, response: httpx.Response) -> httpx.Response:
            made.statuses[name] = response.status_code
            return response

        turns = json.dumps([{"question": QUESTION}])
        sent("api", client.post("/api/answer", json={"question": QUESTION, "history": [QUESTION]}))
        sent("api broken", client.post("/api/answer", content=f'{{"question": "{CANARY}'))
        sent("plain", client.post("/plain", data={"question": QUESTION, "turns": turns}))
        sent("plain by address", client.get("/plain", params={"question": QUESTION}))
        sent("compare", client.get("/compare", params={"topic": f"short breaks\n{CANARY}"}))
        sent("enquiry", client.get("/enquiry", params={"topic": f"{CANARY} short breaks", "areas": "Westmarch"}))
        found = sent("search", client.get("/documents", params={"text": f"{CANARY} short"}))
        sent("search whole", client.get("/documents", params={"text": "short breaks"}))
        paper = client.get("/documents").text.split('href="/documents/')[1].split('"')[0]
        sent("find", client.get(f"/documents/{paper}", params={"topic": CANARY}))
        for kind in ("docx", "pdf", "md", "csv"):
            form = {"what": "answers", "format": kind, "turns": turns}
            sent(f"take {kind}", client.post("/take-away", data=form))
        sent("feedback", client.post("/feedback", data={"verdict": "right", "question": QUESTION, "keep": "yes"}))
        sent("no such page", client.get(f"/{CANARY}"))
        sent("upload", client.post("/gradio_api/upload", files={"files": (f"{CANARY}.txt", CANARY * 9)}))
        sent("form with a file", client.post("/plain", files={"question": (f"{CANARY}.txt", CANARY * 50_000)}))
        chat(client, sent)
        assert found.status_code == 200


def chat(client: httpx.Client, sent: Any) -> None:
    """The chat itself and the public endpoint, as Gradio's own script speaks to them."""
    events = client.get("/config").json()["dependencies"]
    for number, data in enumerate(([QUESTION, "", None], [{CANARY: [CANARY]}, 3, CANARY], [CANARY])):
        event = next(e["id"] for e in events if len(e["inputs"]) == 3)
        body = {"data": data, "fn_index": event, "session_hash": f"s{number}", "trigger_id": None}
        sent(f"chat {number}", client.post("/gradio_api/queue/join", json=body))
        with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": f"s{number}"}) as stream:
            for line in stream.iter_lines():
                if "process_completed" in line or "close_stream" in line or "unexpected_error" in line:
                    break
    for number, data in enumerate(([QUESTION, "", [QUESTION]], [CANARY, CANARY, CANARY, CANARY], CANARY)):
        started = sent(f"call {number}", client.post("/gradio_api/call/answer", json={"data": data}))
        if started.status_code == 200:
            client.get(f"/gradio_api/call/answer/{started.json()['event_id']}")
    sent("run", client.post("/gradio_api/run/answer", json={"data": [QUESTION, "", []]}))
    sent("run broken", client.post("/gradio_api/run/answer", json={"data": {CANARY: 1}}))


def test_every_way_was_gone(session: Session) -> None:
    wanted = ["api", "plain", "plain by address", "compare", "enquiry", "search", "find", "chat 0", "call 0", "run"]
    assert {name: session.statuses[name] for name in wanted} == dict.fromkeys(wanted, 200)
    assert [session.statuses[f"take {kind}"] for kind in ("docx", "pdf", "md", "csv")] == [200] * 4
    assert session.statuses["feedback"] == session.statuses["upload"] == 404
    assert session.log.count('"event": "request"') > len(wanted)
    assert session.statuses["stopped"] == 0 and '"event": "stopped"' in session.log


def test_the_watch_sees_what_it_should(tmp_path: Path) -> None:
    """The proof of the proof: a program that does what must not be done is caught, in its child too."""
    program = tmp_path / "bad.py"
    program.write_text(BAD, encoding="utf-8")
    env = {**surroundings(Session(tmp_path), 9), "TMPDIR": str(tmp_path), "HOME": str(tmp_path)}
    subprocess.run([sys.executable, str(program), str(tmp_path / "left")], env=env, check=True, timeout=60)
    rows = [json.loads(line) for line in (tmp_path / "seen").read_text().splitlines()]
    for kind, part in (("write", "left"), ("left", "192.0.2.1"), ("left", "example.org")):
        assert len({pid for k, what, pid in rows if k == kind and part in what}) == 2, (kind, part)


def test_no_call_to_another_host(session: Session) -> None:
    assert session.of("left") == set()
    assert session.trapped == 0
    # git: an evaluation notes the commit. fc-list: matplotlib, which only developers have installed.
    assert {Path(program).name.split(".")[0] for program in session.of("start")} <= {
        "python",
        "python3",
        "git",
        "fc-list",
    }


def test_nothing_is_written_outside_index_and_output(session: Session) -> None:
    allowed = tuple(f"{session.folder(name)}" for name in ("index", "output", "temp"))
    strays = {path for path in session.of("write") if not path.startswith((*allowed, *QUIET))}
    assert strays == set()
    left = {p.relative_to(session.home).as_posix() for n in ("user", "work") for p in session.folder(n).rglob("*")}
    assert left == {"work/settings.toml", "work/golden.jsonl"}
    assert [p for p in session.folder("temp").rglob("*") if p.is_file()] == []
    assert not [p for p in session.folder("temp").iterdir() if p.name.startswith("send-chatbot-")]


def test_the_log_holds_only_what_it_says(session: Session) -> None:
    rows = [json.loads(line) for line in session.log.splitlines() if line.startswith("{")]
    always = {"time", "level", "event"}
    holds = {
        "request": {"method", "route", "status", "ms"}, "started": {"index", "documents"}, "stopped": set(),
        "error": {"id", "where", "error", "at"}, "library": {"library", "says", "at", "error"},
    }  # fmt: skip
    assert {row["event"] for row in rows} >= {"request", "started", "stopped"}
    assert [row for row in rows if not always <= set(row) <= always | holds[row["event"]]] == []
    assert "Westmarch" not in json.dumps(rows) and "127.0.0.1" not in json.dumps(rows)


def test_no_question_is_left_anywhere(session: Session) -> None:
    told = [path for path in session.home.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert told == [] and not [path for path in session.home.rglob(f"*{CANARY}*")]
    assert [line for line in session.log.splitlines() if CANARY in line.lower()] == []
