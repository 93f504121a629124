"""Readiness, faults with their ids, and a log that says nothing of a visitor."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chatbot.page import log
from chatbot.page.service import Service
from tests.page.visiting import QUESTION, asked, page


def broken(*_: Any, **__: Any) -> Any:
    raise RuntimeError("canary in a message")


def test_ready_says_why_not(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    with page(service) as client:
        assert client.get("/ready").json()["index"] == service.library.fingerprint
        with monkeypatch.context() as change:
            change.setattr(service.assistant.library, "is_current", broken)
            response = client.get("/ready")
            assert response.status_code == 503 and "cannot be read" in response.json()["reason"]
            assert client.get("/health").status_code == 200
        with monkeypatch.context() as change:
            change.setattr(service.library, "index", Path("gone"))  # its open files would go on answering
            assert client.get("/ready").status_code == 503
        with monkeypatch.context() as change:  # a file that was cut short
            change.setattr(type(service.library.rows), "passage", lambda rows, row: row and broken())
            assert client.get("/ready").status_code == 503
        with monkeypatch.context() as change:
            change.setattr(type(service.assistant.embedder), "embed_query", broken)
            assert client.get("/ready").status_code == 200  # tried a moment ago
            change.setattr("chatbot.page.routes.health.PROVED_SECONDS", 0.0)
            assert "model" in client.get("/ready").json()["reason"]
        with monkeypatch.context() as change:
            change.setattr("chatbot.page.work_queue.WorkQueue.full", True)
            assert "waiting" in client.get("/ready").json()["reason"]
        assert client.get("/ready").status_code == 200


def test_counts_are_told_only_where_they_are_wanted(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    with page(service) as client:
        assert client.get("/metrics").status_code == 404
    monkeypatch.setattr(service, "page", replace(service.page, metrics=True))
    with page(service) as client:
        before = counts(client.get("/metrics").text)
        assert client.post("/api/answer", json={"question": QUESTION}).status_code == 200
        with monkeypatch.context() as change:
            change.setattr(Service, "answer", broken)
            client.post("/api/answer", json={"question": QUESTION})
        with monkeypatch.context() as change:
            change.setattr("chatbot.page.work_queue.WorkQueue.full", True)
            client.post("/api/answer", json={"question": QUESTION})
        told = client.get("/metrics")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    after = counts(told.text)
    grown = {name: after[name] - before[name] for name in after}
    assert (grown["answers_total"], grown["answers_failed_total"], grown["busy_total"]) == (1, 1, 1)
    assert grown["answer_seconds_total"] > 0 and after["passages"] == service.library.manifest.passages
    assert QUESTION not in told.text


def counts(text: str) -> dict[str, float]:
    """The values of an exposition by name; each has its help and its type before it."""
    lines = text.splitlines()
    values = [line.removeprefix("send_chatbot_").split() for line in lines if not line.startswith("#")]
    assert len(lines) == 3 * len(values)
    return {name: float(value) for name, value in values}


def test_a_fault_is_told_with_the_id_that_is_in_the_log(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    monkeypatch.setattr(Service, "answer", broken)
    with page(service) as client, caplog.at_level(logging.ERROR, "send-chatbot"):
        told = [
            client.post("/api/answer", json={"question": QUESTION}).json()["error"],
            client.post("/plain", data={"question": QUESTION}).text,
            asked(client)["error"],
        ]
    ids = [record.facts["id"] for record in caplog.records]  # type: ignore[attr-defined]
    assert len(ids) == 3 and all(id_ in text for id_, text in zip(ids, told, strict=True))
    assert all("RuntimeError" == record.facts["error"] for record in caplog.records)  # type: ignore[attr-defined]
    out = capfd.readouterr()
    assert "canary" not in "".join(told) + out.out + out.err + caplog.text


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/documents/3f9c01ab22de/passages/3f9c-4", "/documents/*/passages/*"), ("/", "/"),
        ("/gradio_api/call/answer/8a7b", "/gradio_api/call/answer/*"), ("/What about Jo Bloggs?", "/*"),
        ("/help/privacy", "/help/*"), ("/assets/index-1a.js", "/assets/*"),
    ],
)  # fmt: skip
def test_a_route_says_nothing_of_the_visit(path: str, route: str) -> None:
    assert log.route(path) == route


@pytest.mark.parametrize("form", ["text", "json"])
def test_lines_of_the_log(form: str) -> None:
    """In a process of its own: the log is that of the whole process."""
    program = (
        "import logging; from chatbot.page import log; from ingest.settings import Log\n"
        f"log.start(Log({form!r}, 'info'))\n"
        "log.event('request', route='/plain', status=200)\n"
        "logging.getLogger('uvicorn.error').warning('bad request from %s', 'canary')\n"
        "logging.getLogger('other').warning('about canary')\n"
        "logging.getLogger('other').info('canary')\n"
        "try: {}['canary']\n"
        "except KeyError as error:\n"
        "    logging.getLogger('other').exception('failed')\n"
        "    print(log.failed(error, 'here'))\n"
        "import warnings; warnings.warn('canary')\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, env=os.environ)
    lines = ran.stderr.splitlines()
    assert len(lines) == 6 and "canary" not in ran.stderr and ran.stdout.strip() in lines[4]
    if form == "json":
        rows = [json.loads(text) for text in lines]
        assert rows[0]["event"] == "request" and rows[0]["route"] == "/plain" and rows[0]["status"] == 200
        assert rows[1]["says"] == "bad request from %s" and rows[3]["error"] == "KeyError"
        assert all(row["time"] and row["level"] for row in rows)
    else:
        assert "info    request route=/plain status=200" in lines[0]
