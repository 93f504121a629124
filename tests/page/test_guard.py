"""What other sites, other names and strange requests get, and what the answers carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from chatbot.conversation import Assistant
from chatbot.page.service import MOST_EARLIER, MOST_LETTERS, Service
from tests.page.visiting import QUESTION, page


@pytest.fixture(scope="module")
def open_page(service: Service) -> Iterator[TestClient]:
    with page(service, hosts=("ask.example.org",)) as client:
        yield client


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


@pytest.mark.parametrize("path", ["/", "/areas", "/areas/Westmarch", "/help", "/health", "/own/page.css", "/new.atom"])
def test_head_is_answered_as_get_without_the_body(path: str, open_page: TestClient) -> None:
    got, head = open_page.get(path), open_page.head(path)
    assert (head.status_code, head.headers["content-type"]) == (200, got.headers["content-type"])
    assert head.content == b"" and got.content


@pytest.mark.parametrize("path", ["/areas/Nowhere", "/areas/Westmarch/x", "/areas/a/b/c", "/documents/x/y/z"])
def test_an_address_that_is_none_is_told_as_a_page(path: str, open_page: TestClient) -> None:
    answer = open_page.get(path)
    assert answer.status_code == 404 and "</html>" in answer.text and open_page.head(path).status_code == 404


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


@pytest.mark.parametrize("part", ["page=abc", "page=1e9", "page=0", "sort=best", "year=last", "year=99999"])
def test_nonsense_in_an_address_is_told_above_the_papers(open_page: TestClient, part: str) -> None:
    whole = open_page.get("/documents")
    response = open_page.get(f"/documents?text=&{part}")
    assert response.status_code == 200
    assert f"could not be understood and is left out: {part.split('=')[0]}." in response.text
    assert response.text.count("<article>") == whole.text.count("<article>") > 0


@pytest.mark.parametrize("address", ["/documents", "/documents?page=", "/documents?page=1&sort=oldest&year=2016"])
def test_what_an_address_says_well_is_not_told_as_nonsense(open_page: TestClient, address: str) -> None:
    assert "could not be understood" not in open_page.get(address).text


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/api/answer", {"content": DEEP}), ("/api/answer", {"content": b"\xff\xfe{"}),
        ("/api/answer", {"content": "[]"}),
        ("/api/answer", {"json": {"question": 7}}), ("/api/answer", {"json": {"question": "x", "history": [1]}}),
        *(("/api/answer", {"json": {"question": "x", **odd}}) for odd in (
            {"area": ["Westmarch"]}, {"area": {"a": 1}}, {"kinds": "minutes"}, {"kinds": [[]]}, {"first": "soon"},
            {"last": 10**30}, {"history": "What about waits?"})),
        ("/plain", {"content": b"--x", "headers": {"content-type": "multipart/form-data; boundary=y"}}),
        ("/plain", {"content": b"x", "headers": {"content-type": "multipart/form-data"}}),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_the_senders_fault(
    open_page: TestClient, path: str, sent: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    assert open_page.post(path, **sent).status_code == 400
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_half_characters_and_deep_conversations_are_no_fault_of_ours(open_page: TestClient) -> None:
    half = b'{"question": "What about \\ud800 waits?", "history": ["\\udfff"]}'
    answer = open_page.post("/api/answer", content=half, headers={"content-type": "application/json"})
    assert answer.status_code == 200 and "What about ? waits?" in answer.json()["question"]
    assert open_page.post("/plain", data={"turns": DEEP[:19_000], "question": "waits"}).status_code == 200


def test_gradios_entry_takes_no_endless_history(open_page: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[list[str]] = []
    answer = Assistant.answer

    def listening(self: Assistant, text: str, area: str | None, history: list[str], leave: tuple[str, ...]) -> Any:
        heard.append(list(history))
        return answer(self, text, area, history, leave)

    monkeypatch.setattr(Assistant, "answer", listening)
    data = {"data": [QUESTION, "", ["w" * 5000] * 150]}
    event = open_page.post("/gradio_api/call/answer", json=data).json()["event_id"]
    open_page.get(f"/gradio_api/call/answer/{event}")
    open_page.post("/api/answer", json={"question": QUESTION, "history": ["w" * 5000] * 100})
    assert [(len(turns), len(turns[0])) for turns in heard] == [(MOST_EARLIER, MOST_LETTERS)] * 2
