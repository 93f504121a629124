"""Who is let in, how much they may ask, and what they and the log are told."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from chatbot.page import check_access, journal
from chatbot.page.app import build_app
from chatbot.page.limit import MOST_VISITORS, Limit, TooManyError, visitor
from chatbot.page.login import TRIES, Login, line
from chatbot.page.service import Service
from ingest.errors import SettingsError
from ingest.settings import Access

QUESTION = "What did inspectors say about short breaks in Westmarch?"
VISITOR = ("203.0.113.5", 50000)
PASSWORD = "three plain words"


def page(service: Service, client: tuple[str, int] = VISITOR, **access: Any) -> TestClient:
    """The page with other settings of access, as a visitor of that address meets it."""
    changed = Service(service.assistant, service.page, Access(**access))
    return TestClient(build_app(changed), client=client, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def open_page(service: Service) -> Iterator[TestClient]:
    with page(service, hosts=("ask.example.org",)) as client:
        yield client


# --- the limit ----------------------------------------------------------------------------------------------------


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_allowance_is_taken_and_refilled_evenly() -> None:
    clock = Clock()
    limit = Limit(6, clock)
    limit.take("a", 6)
    with pytest.raises(TooManyError) as error:
        limit.take("a")
    assert error.value.seconds == 10
    limit.take("b", 6)  # another visitor has their own
    clock.now = 10
    limit.take("a")
    with pytest.raises(TooManyError):
        limit.take("a")
    clock.now = 70
    limit.take("a", 30)  # more than a whole allowance counts as a whole one


def test_visitors_are_forgotten_after_a_minute_and_never_known_by_address() -> None:
    clock = Clock()
    limit = Limit(6, clock)
    for number in range(MOST_VISITORS + 500):
        limit.take(f"198.51.100.{number}")
    assert len(limit) <= MOST_VISITORS
    assert b"198.51.100" not in b"".join(limit._left)
    clock.now = 61
    limit.take("new")
    assert len(limit) == 1


def test_no_limit_where_it_is_nought() -> None:
    limit = Limit(0)
    for _ in range(1000):
        limit.take("a", 100)
    assert len(limit) == 0


@pytest.mark.parametrize(
    ("host", "who"),
    [
        ("203.0.113.5", "203.0.113.5"), ("::ffff:203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"), ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"), ("127.0.0.1", None), ("::1", None), ("::ffff:127.0.0.1", None),
        ("testclient", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_who_is_one_visitor(host: str | None, who: str | None) -> None:
    assert visitor(host) == who


WAYS: list[tuple[str, str, dict[str, Any]]] = [
    ("post", "/api/answer", {"json": {"question": QUESTION}}),
    ("post", "/plain", {"data": {"question": QUESTION}}),
    ("post", "/compare", {"data": {"topic": "short breaks"}}),
    ("post", "/enquiry", {"data": {"topic": "short breaks", "areas": "Westmarch"}}),
    ("post", "/take-away", {"data": {"what": "answer", "format": "md", "turns": json.dumps([{"question": QUESTION}])}}),
    ("post", "/documents/000000000000", {"data": {"topic": "x"}}),
    ("post", "/feedback", {"data": {"verdict": "right"}}),
    ("get", "/documents?text=waits", {}),
    ("get", "/documents/000000000000/page/1.png", {}),
]


def test_every_way_to_ask_is_limited_with_a_plain_sentence(service: Service) -> None:
    with page(service, questions_per_minute=1) as client:
        assert client.post("/api/answer", json={"question": QUESTION}).status_code == 200
        for method, path, body in WAYS:
            response = getattr(client, method)(path, **body)
            assert response.status_code == 429, path
            assert 1 <= int(response.headers["retry-after"]) <= 60
            assert "Please wait" in response.text and "from your network" in response.text
        assert asked(client)["error"].startswith("A great many questions")
        assert client.get("/documents").status_code == client.get("/compare").status_code == 200  # reading goes on


def asked(client: TestClient) -> Any:
    """What Gradio's public endpoint gives."""
    started = client.post("/gradio_api/call/answer", json={"data": [QUESTION, "", []]})
    lines = client.get(f"/gradio_api/call/answer/{started.json()['event_id']}").text.splitlines()
    return json.loads(next(text for text in lines if text.startswith("data: "))[6:])


def test_a_long_conversation_counts_as_its_questions(service: Service) -> None:
    turns = json.dumps([{"question": f"What about waits {n}?"} for n in range(12)])
    form = {"what": "answers", "format": "md", "turns": turns}
    with page(service, questions_per_minute=15) as client:
        assert client.post("/take-away", data=form).status_code == 200
        assert client.post("/take-away", data=form).status_code == 429


def test_only_a_known_proxy_says_who_asks(service: Service) -> None:
    forged = {"x-forwarded-for": "198.51.100.7"}
    with page(service, questions_per_minute=1) as client:
        assert client.post("/feedback", headers=forged).status_code == 404
        assert client.post("/feedback", headers={"x-forwarded-for": "198.51.100.8"}).status_code == 429
    with page(service, ("127.0.0.1", 1), questions_per_minute=1, proxies=("127.0.0.0/8", "10.1.0.0/16")) as client:
        for wanted in (404, 429):
            chain = {
                "x-forwarded-for": f"192.0.2.{wanted % 250}, 198.51.100.7, 10.1.2.3"
            }  # the first is the visitor's own claim
            assert client.post("/feedback", headers=chain).status_code == wanted
        assert client.post("/feedback", headers={"x-forwarded-for": "2001:db8::1"}).status_code == 404
        assert client.post("/feedback", headers={"x-forwarded-for": "2001:db8::2"}).status_code == 429


def test_this_machine_is_not_limited(service: Service) -> None:
    with page(service, ("127.0.0.1", 1), questions_per_minute=1) as client:
        assert {client.post("/feedback").status_code for _ in range(5)} == {404}


# --- login --------------------------------------------------------------------------------------------------------


def basic(name: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_with_users_everything_wants_a_login_but_the_probes(service: Service) -> None:
    paths = ["/", "/documents", "/config", "/gradio_api/info", "/own/page.css", "/nope", "/gradio_api/mcp", "/plain"]
    with page(service, users=(line("zoë", PASSWORD),)) as client:
        for path in paths:
            response = client.get(path)
            assert response.status_code == 401 and response.headers["www-authenticate"].startswith("Basic")
        assert client.post("/api/answer", json={"question": QUESTION}).status_code == 401
        assert client.get("/health").status_code == client.get("/ready").status_code == 200
        assert client.get("/documents", headers=basic("zoë", PASSWORD)).status_code == 200
        assert client.get("/documents", headers=basic("zoë", PASSWORD + "x")).status_code == 401
        assert client.get("/documents", headers=basic("anna", PASSWORD)).status_code == 401
        for broken in (
            "Basic",
            "Basic ???",
            "Bearer x",
            "Basic " + base64.b64encode(b"\xff\xfe").decode(),
            "Basic Og==",
        ):
            assert client.get("/documents", headers={"authorization": broken}).status_code == 401


def test_guessing_is_slowed_and_does_not_lock_out_who_is_in() -> None:
    login = Login((line("anna", PASSWORD),))
    right = basic("anna", PASSWORD)["authorization"]

    async def guess() -> int:
        assert await login.allows(right, "v")
        for number in range(TRIES * 2):
            try:
                assert not await login.allows(basic("anna", f"guess number {number}")["authorization"], "v")
            except TooManyError:
                assert await login.allows(right, "v")
                return number
        return -1

    assert 0 < asyncio.Runner().run(guess()) < TRIES * 2


@pytest.mark.parametrize("user", ["anna", "anna:secret", "anna:scrypt$short$short", ":scrypt$a$b", "anna:$2b$12$x"])
def test_only_lines_of_the_command_are_users(user: str) -> None:
    with pytest.raises(SettingsError, match=r"Line 1 of the setting access\.users") as error:
        Login((user,))
    assert "secret" not in str(error.value)


def test_the_command_makes_a_line_that_works() -> None:
    def made(password: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "chatbot", "password", "anna"]
        return subprocess.run(command, input=password + "\n", capture_output=True, text=True, timeout=120)

    found = made(PASSWORD)
    assert PASSWORD not in found.stdout + found.stderr
    allowed = Login((found.stdout.strip(),)).allows(basic("anna", PASSWORD)["authorization"], "v")
    assert asyncio.Runner().run(allowed)
    assert made("short").returncode == 1


def test_no_login_in_the_clear_over_the_network() -> None:
    users = (line("anna", PASSWORD),)
    for host in ("127.0.0.1", "::1", "localhost"):
        check_access(Access(users=users), host)
    check_access(Access(users=users, behind_tls=True), "0.0.0.0")
    for host in ("0.0.0.0", "10.0.0.1", "::", "machine"):
        with pytest.raises(SettingsError, match="TLS"):
            check_access(Access(users=users), host)
    with pytest.raises(SettingsError, match="proxies"):
        check_access(Access(proxies=("nginx",)), "127.0.0.1")


# --- other sites --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7860", 200), ("[::1]:7860", 200), ("10.1.2.3", 200), ("localhost:7860", 200), ("westmarch-pc", 200),
        ("ask.example.org", 200), ("ASK.example.org:443", 200), ("ask.example.org.", 200), ("evil.example", 400),
        ("ask.example.org.evil.example", 400), ("127.0.0.1.evil.example", 400), ("", 400), ("[::1", 400),
    ],
)  # fmt: skip
def test_the_page_goes_by_its_own_names_only(open_page: TestClient, host: str, status: int) -> None:
    assert open_page.get("/help", headers={"host": host}).status_code == status
    assert open_page.get("/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/answer", "/plain", "/feedback", "/gradio_api/queue/join", "/gradio_api/call/answer"]
)
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-site", "origin": "http://other.localhost"},
        {"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://testserver.evil.example"},
    ],
)  # fmt: skip
def test_other_sites_cannot_send_anything(open_page: TestClient, path: str, headers: dict[str, str]) -> None:
    assert open_page.post(path, headers=headers, json={"question": QUESTION}).status_code == 403


def test_our_own_pages_and_programs_can(open_page: TestClient) -> None:
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}, {}):
        assert open_page.post("/api/answer", headers=headers, json={"question": ""}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/config", "/gradio_api/info", "/api/answer", "/documents", "/gradio_api/queue/join"]
)
def test_no_other_site_may_read_an_answer(open_page: TestClient, path: str) -> None:
    origin = {"origin": "https://evil.example", "host": "ask.example.org"}
    preflight = {**origin, "access-control-request-method": "POST"}
    for response in (open_page.get(path, headers=origin), open_page.options(path, headers=preflight)):
        assert not [name for name in response.headers if name.startswith("access-control")]
        assert response.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_body_of_untold_length_is_refused(open_page: TestClient) -> None:
    assert open_page.post("/plain", content=iter([b"question=", b"x"])).status_code == 411


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd", "/gradio_api/file/etc/passwd", "/file=/etc/passwd", "/gradio_api/upload",
        "/gradio_api/upload_progress", "/gradio_api/proxy=https://example.org/x", "/proxy=https://example.org/x",
        "/gradio_api/stream/a/b/c/playlist.m3u8", "/gradio_api/component_server", "/gradio_api/process_recording",
        "/gradio_api/vibe-edit", "/gradio_api/openapi.json", "/gradio_api/reset", "/gradio_api/cancel", "/login",
        "/gradio_api/dev/reload", "/custom_component/a/b/c/d", "/svelte/x", "/robots.txt", "/pwa_icon", "/token",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
def test_what_gradio_could_do_with_files_and_other_hosts_is_not_there(
    open_page: TestClient, path: str, method: str
) -> None:
    assert getattr(open_page, method)(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/documents", "/documents?text=waits", "/compare", "/help", "/plain", "/config", "/ready", "/nope"]
)
def test_nothing_but_pictures_and_style_stays_in_a_cache(open_page: TestClient, path: str) -> None:
    assert open_page.get(path).headers["cache-control"] == "no-store"
    assert "max-age" in open_page.get("/own/page.css").headers["cache-control"]


def test_a_visitor_cannot_rename_the_page(open_page: TestClient) -> None:
    for path in ("/", "/config"):
        assert "evil.example" not in open_page.get(path, headers={"x-forwarded-host": "evil.example"}).text


def test_hsts_only_behind_tls(service: Service, open_page: TestClient) -> None:
    assert "strict-transport-security" not in open_page.get("/help").headers
    with page(service, behind_tls=True) as client:
        assert "max-age" in client.get("/help").headers["strict-transport-security"]


# --- readiness, faults and the log --------------------------------------------------------------------------------


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
            change.setattr(type(service.assistant.embedder), "embed_query", broken)
            assert client.get("/ready").status_code == 200  # tried a moment ago
            change.setattr("chatbot.page.health.PROVED_SECONDS", 0.0)
            assert "model" in client.get("/ready").json()["reason"]
        with monkeypatch.context() as change:
            change.setattr("chatbot.page.desk.Desk.full", True)
            assert "waiting" in client.get("/ready").json()["reason"]
        assert client.get("/ready").status_code == 200


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
    assert journal.route(path) == route


@pytest.mark.parametrize("form", ["text", "json"])
def test_lines_of_the_log(form: str) -> None:
    """In a process of its own: the log is that of the whole process."""
    program = (
        "import logging; from chatbot.page import journal; from ingest.settings import Log\n"
        f"journal.start(Log({form!r}, 'info'))\n"
        "journal.told('request', route='/plain', status=200)\n"
        "logging.getLogger('uvicorn.error').warning('bad request from %s', 'canary')\n"
        "logging.getLogger('other').warning('about canary')\n"
        "logging.getLogger('other').info('canary')\n"
        "try: {}['canary']\n"
        "except KeyError as error:\n"
        "    logging.getLogger('other').exception('failed')\n"
        "    print(journal.failed(error, 'here'))\n"
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
