"""Connections that are held half-sent are closed; whole requests are answered on them as ever."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import uvicorn

from chatbot.page.access.patience import PatientProtocol

WHOLE = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"


class Impatient(PatientProtocol):
    """Patience that a test can wait for."""

    seconds = 0.2


async def hello(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Reads all of a request, then answers."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[str, int]]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(hello, http=Impatient, lifespan="off", log_config=None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join(20)


@pytest.mark.parametrize("sent", [b"", b"GET / HTT", WHOLE[:30], WHOLE[:-1], WHOLE + b"GET / HT"])
def test_half_a_request_is_let_go(place: tuple[str, int], sent: bytes) -> None:
    with socket.create_connection(place, timeout=60) as line:
        line.sendall(sent)
        heard = b""
        while more := line.recv(1000):  # ends when the server closes, fails after a minute when it does not
            heard += more
    assert (b"200 OK" in heard) is sent.startswith(WHOLE)


def test_papers_on_their_way_may_take_longer_than_other_requests(place: tuple[str, int]) -> None:
    parts = [b"POST /%s HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n", *[b"x"] * 5]
    for name, answered in ((b"upload", True), (b"plain", False)):
        heard = b""
        with socket.create_connection(place, timeout=60) as line, suppress(OSError):
            for part in parts:
                line.sendall(part % name if b"%" in part else part)
                time.sleep(Impatient.seconds / 3)
            heard = line.recv(1000)
        assert (b"200 OK" in heard) is answered


def test_whole_requests_are_answered_one_after_another(place: tuple[str, int]) -> None:
    with socket.create_connection(place, timeout=60) as line:
        for _ in range(3):
            line.sendall(WHOLE)
            heard = b""
            while not heard.endswith(b"ok"):
                heard += line.recv(1000)
