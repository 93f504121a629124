"""Thirty people asking at once: no error, turns taken fairly, and a plain "busy" where there are far too many.

SEND_LOAD_SECONDS sets how long (default 8); the figures are printed with `-s`.
"""

from __future__ import annotations

import os
import statistics
import sys
import threading
import time
from collections.abc import Iterator

import gradio_client
import httpx
import pytest

from chatbot.page.service import Service
from chatbot.serialise import as_json
from eval.bench.load import load
from tests.page.conftest import Served, serve, with_page

PEOPLE = 30
SECONDS = float(os.environ.get("SEND_LOAD_SECONDS", "8"))
TOPICS = ("waiting times", "short breaks", "EHC plans", "co-production", "SENDIASS", "autism", "transport")


@pytest.mark.slow
def test_thirty_people_at_once(served: Served) -> None:
    took: list[list[float]] = [[] for _ in range(PEOPLE)]
    wrong: list[str] = []
    end = time.monotonic() + SECONDS

    def person(number: int) -> None:
        with httpx.Client(timeout=90) as client:
            while time.monotonic() < end or not took[number]:
                topic = TOPICS[(number + len(took[number])) % len(TOPICS)]
                started = time.monotonic()
                question = {"question": f"What is said about {topic} in Westmarch?"}
                response = client.post(f"{served.address}/api/answer", json=question)
                took[number].append(time.monotonic() - started)
                if response.status_code != 200 or not response.json()["answer"]:
                    wrong.append(f"{response.status_code} {response.text[:100]}")

    threads = [threading.Thread(target=person, args=(n,)) for n in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = sorted(seconds for own in took for seconds in own)
    counts = sorted(len(own) for own in took)
    sys.stderr.write(
        f"\n{len(everything)} answers for {PEOPLE} people in {SECONDS:.0f} s: "
        f"median {statistics.median(everything):.2f} s, 95 % within {everything[int(0.95 * len(everything))]:.2f} s, "
        f"longest {everything[-1]:.2f} s; "
        f"each got {counts[0]} to {counts[-1]} answers; {len(wrong)} errors\n"
    )
    assert wrong == []
    assert counts[-1] - counts[0] <= 2 + counts[-1] // 4  # fair


@pytest.fixture
def crowded(service: Service) -> Iterator[Served]:
    """A page where only two may wait."""
    yield from serve(with_page(service, at_once=1, waiting=2))


@pytest.mark.slow
def test_too_many_are_told_so_and_nobody_hangs(crowded: Served) -> None:
    found: list[tuple[int, str]] = []

    def person() -> None:
        question = {"question": "What is said about waiting times?"}
        response = httpx.post(f"{crowded.address}/api/answer", json=question, timeout=60)
        found.append((response.status_code, response.json().get("error", "")))

    threads = [threading.Thread(target=person) for _ in range(25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    busy = [error for status, error in found if status == 503]
    assert len(found) == 25 and {status for status, _ in found} == {200, 503}
    assert all("Many people are asking" in error for error in busy)


@pytest.mark.browser
def test_a_busy_page_says_so_and_keeps_the_question(visit: object, crowded: Served) -> None:
    queue = crowded.service.queue
    page = visit(crowded)  # type: ignore[operator]
    tab = page.open()
    queue._present = 99
    tab.fill("#question textarea", "What is said about waiting times?")
    tab.click("#send")
    tab.wait_for_selector("#problem")
    queue._present = 0
    assert "Many people are asking" in tab.inner_text("#problem")
    assert tab.input_value("#question textarea") == "What is said about waiting times?"
    assert "Many people are asking" in tab.inner_text("#announce")


@pytest.mark.slow
def test_the_gradio_client_gets_the_same_json(served: Served) -> None:
    client = gradio_client.Client(served.address, verbose=False)
    found = client.predict("What is said about short breaks in Westmarch?", api_name="/answer")
    expected = as_json(served.service.assistant.answer("What is said about short breaks in Westmarch?"))
    assert found["citations"] == expected["citations"] and found["index"] == expected["index"]


def test_the_figures_of_a_load_are_of_what_came(served: Served) -> None:
    """`eval.bench.load` against a page: one asker is answered, an address where nobody is counts as what it is."""
    questions = [{"question": "What is said about short breaks in Westmarch?", "area": None, "history": None}]
    told = load(served.address, questions, 1, 1, 0.1, hostile=False)["askers"]
    assert set(told["statuses"]) == {"200"} and 0 < told["p50"] <= told["p95"] <= told["longest"]
    gone = load("http://127.0.0.1:9", questions, 0.3, 1, 0.1, hostile=False)["askers"]
    assert set(gone["statuses"]) == {"URLError"} and gone["p95"] is None
