"""A scripted server that speaks as an OpenAI-compatible one or Ollama does, on this machine; it lies on demand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = str | Callable[[BaseHTTPRequestHandler], None]


class Scripted(ThreadingHTTPServer):
    """Gives `reply` to every question: a text as a model's message, or a function that does worse to the connection."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply: Reply = "[]"
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections are cut on purpose here."""


class Handler(BaseHTTPRequestHandler):
    server: Scripted

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(json.loads(body))
        reply = self.server.reply
        if callable(reply):
            reply(self)
        else:
            whole(self, (ollama if self.path == "/api/chat" else completion)(reply))

    def log_message(self, *told: Any) -> None:
        pass


def completion(text: str | None) -> bytes:
    message = {"role": "assistant", "content": text}
    told = {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted"}
    return json.dumps({**told, "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}).encode()


def ollama(text: str) -> bytes:
    message = {"role": "assistant", "content": text}
    return json.dumps({"model": "m", "created_at": "2026-01-01T00:00:00Z", "message": message, "done": True}).encode()


def whole(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, length: int | None = None) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def failing(status: int) -> Reply:
    return lambda handler: whole(handler, b'{"error": {"message": "broken"}}', status)


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Half of what was announced, then nothing."""
    body = completion("[]")
    whole(handler, body[: len(body) // 2], length=len(body))
    handler.connection.close()


def slow(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(5)
    whole(handler, completion("[]"))


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then: no read ever times out."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(50):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def redirecting(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(307)
    handler.send_header("Location", "http://203.0.113.1/v1/chat/completions")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@contextmanager
def serving() -> Iterator[Scripted]:
    server = Scripted()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def told(*claims: tuple[str, int, str]) -> str:
    """A reply in the form that is asked for: (claim, passage, words)."""
    return json.dumps([{"claim": c, "passages": [p], "words": [w]} for c, p, w in claims])
