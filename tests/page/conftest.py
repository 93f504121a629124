"""A page served from the sample, one from hostile text, and a browser to drive them with."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from chatbot.conversation import Assistant
from chatbot.page.service import Service
from ingest.encoder.embedder import SentenceTransformerEmbedder
from ingest.settings import Model, Page, Settings

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOSTILE = """SEND in Westmarch: a hostile paper

Date: 3 March 2025

Short breaks <script>document.title='owned'</script> are for <b>families</b>.

Families of children <img src=x onerror="document.title='owned'"> told us about short breaks.

Overnight stays **bold** $$\\int_0^1 x$$ `code` [link](javascript:alert(1))
{{constructor.constructor('alert(1)')()}} ${document.title='owned'} wait.

The wait for speech and language therapy is 21 weeks </textarea></details></article><h1>owned</h1> &lt;i&gt; &amp;amp;.
"""


@pytest.fixture(scope="session")
def embedder() -> SentenceTransformerEmbedder:
    """The model, loaded once for all services."""
    return SentenceTransformerEmbedder(Model())


@pytest.fixture(scope="session")
def service(sample_index: Path, embedder: SentenceTransformerEmbedder) -> Service:
    """The sample behind a page with all defaults."""
    return Service(Assistant(sample_index, Settings(), embedder), Page())


@pytest.fixture(scope="session")
def hostile_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of papers whose text is full of markup."""
    from ingest import pipeline

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "papers").mkdir()
    (folder / "papers" / "hostile-<b>westmarch.txt").write_text(HOSTILE, encoding="utf-8")
    result = pipeline.add([folder / "papers"], folder / "index", Settings())
    assert not result.failed
    return folder / "index"


@pytest.fixture(scope="session")
def hostile(hostile_index: Path, embedder: SentenceTransformerEmbedder) -> Service:
    """The hostile papers behind a page."""
    return Service(Assistant(hostile_index, Settings(), embedder), Page())


def with_page(service: Service, **changes: Any) -> Service:
    """A service over the same index with other settings of the page."""
    return Service(service.assistant, replace(service.page, **changes))


@dataclass
class Served:
    """A page on a port of its own."""

    service: Service
    address: str


def serve(service: Service) -> Iterator[Served]:
    """Serve in a thread until the generator is closed."""
    import uvicorn

    from chatbot.page.app import build_app

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(build_app(service), port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield Served(service, f"http://127.0.0.1:{port}")
    server.should_exit = True
    thread.join(1)  # a view that is still open keeps a stream to it; it need not be waited for


@pytest.fixture(scope="session")
def served(service: Service) -> Iterator[Served]:
    """The sample, served."""
    yield from serve(service)


@pytest.fixture(scope="session")
def hostile_served(hostile: Service) -> Iterator[Served]:
    """The hostile papers, served."""
    yield from serve(hostile)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, headless; skips where it is not installed."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, from the package that brings it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@dataclass
class Visit:
    """A browser tab with what went wrong in it: script errors, requests to other hosts, answers of 400 and above."""

    tab: Any
    problems: list[str]
    base: str
    absent: set[str]  # addresses that nothing is meant to be at

    def note(self, told: str) -> None:
        """Keep what a script told. Leaving a view cuts off the stream that Gradio keeps open to it, which its script
        tells as an AbortError, on the console or as an error of the page: that alone is no fault."""
        if not told.removeprefix("Uncaught (in promise) ").startswith("AbortError"):
            self.problems.append(told)

    def heard(self, message: Any) -> None:
        """Note an error or warning on the console, but not that an absent address is absent."""
        told_absent = message.text.startswith("Failed to load resource") and message.location["url"] in self.absent
        if message.type in ("error", "warning") and not told_absent:
            self.note(message.text)

    def answered(self, response: Any) -> None:
        """An answer of 400 or above is a problem, and so is anything but 404 at an absent address."""
        if response.status != 404 if response.url in self.absent else response.status >= 400:
            self.problems.append(f"{response.status} {response.url}")

    def open_absent(self, address: str) -> Any:
        """Go where nothing is: what is told there is a view too."""
        self.absent.add(self.base + address)
        return self.open(address)

    def open(self, address: str = "/") -> Any:
        """Go there; on the Ask view wait until it can be used."""
        self.tab.goto(self.base + address)
        if address == "/":
            self.tab.wait_for_selector("#question textarea")
            self.tab.wait_for_selector("#intro h1")
        return self.tab

    def ask(self, question: str) -> Any:
        """Ask, and give the newest answer when it stands there."""
        before = self.tab.locator("article.turn").count()
        self.tab.fill("#question textarea", question)
        self.tab.keyboard.press("Enter")
        self.tab.wait_for_function(f"document.querySelectorAll('article.turn').length === {before + 1}", timeout=20_000)
        return self.tab.locator("article.turn").first


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Opens tabs: visit(served, width=..., dark=...). Nothing may have gone wrong in them in the end."""
    opened: list[tuple[Any, Visit]] = []

    def make(served: Served, width: int = 1280, height: int = 900, dark: bool = False, **options: Any) -> Visit:
        scheme = "dark" if dark else "light"
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **options)
        tab = context.new_page()
        made = Visit(tab, [], served.address, set())
        tab.on("console", made.heard)
        tab.on("pageerror", lambda e: made.note(str(e)))
        tab.on(
            "request",
            lambda r: None if r.url.startswith((served.address, "data:", "blob:")) else made.problems.append(r.url),
        )
        tab.on("response", made.answered)
        opened.append((context, made))
        return made

    yield make
    for context, made in opened:
        context.close()
        assert not made.problems
