"""Addresses without a browser: what is served, what is not, what a program gets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from chatbot.page.app import build_app
from chatbot.page.routes.kept import MOST, Kept
from chatbot.page.service import KEPT_SECONDS, Asked, Service, document_id
from chatbot.page.views import documents as documents_view
from chatbot.page.views.evidence import heading
from chatbot.serialise import as_json
from ingest.errors import IndexFault, SettingsError
from tests.page.conftest import with_page

QUESTION = "What did inspectors say about short breaks in Westmarch?"
REPORT = "westmarch-area-send-report-2024.pdf"


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(build_app(service)) as opened:
        yield opened


def address(name: str, rest: str = "") -> str:
    return f"/documents/{document_id(name)}{rest}"


@pytest.mark.parametrize(
    "path",
    [
        "/nope", "/documents/nope", "/documents/000000000000", "/documents/000000000000/file", "/docs",
        "/documents/..%2f..%2fetc%2fpasswd", "/documents/../CURRENT", "/CURRENT", "/originals", "/.git/config",
        "/documents/.env", "/own/../app.py", "/own/app.py", "/own/.page.css", "/file=/etc/passwd", "/openapi.json",
        "/gradio_api/file=/etc/passwd", "/gradio_api/upload", "/monitoring", "/gradio_api/monitoring",
        "/gradio_api/runs", "/gradio_api/proxy=http://example.org", "/manifest.json", "/help/nope", "/gradio_api/mcp",
        "/gradio_api/deep_link",
    ],
)  # fmt: skip
def test_everything_else_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, data={"a": "b"}).status_code in (404, 405)


def test_only_documents_of_the_index_by_id_and_not_their_neighbours(client: TestClient, service: Service) -> None:
    about = service.library.by_name[REPORT]
    neighbour = service.original(about).parent / ".hidden"
    neighbour.write_text("secret", encoding="utf-8")
    try:
        for name in (
            about.sha256,
            ".hidden",
            REPORT,
            f"{document_id(REPORT)}/.hidden",
            f"{document_id(REPORT)}/file/../../x",
        ):
            assert client.get(f"/documents/{name}").status_code == 404
    finally:
        neighbour.unlink()
    assert client.get(address(REPORT, "/file")).content == service.original(about).read_bytes()


@pytest.mark.parametrize("about", ["pdf", "html", "docx", "text", "markdown", "services"])
def test_originals_cannot_run_in_the_browser(client: TestClient, service: Service, about: str) -> None:
    document = next(d for d in service.library.documents if d.media == about)
    response = client.get(address(document.facts.document, "/file"))
    assert response.status_code == 200
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "html" not in response.headers["content-type"]
    inline = response.headers["content-disposition"].startswith("inline")
    assert inline == (about in ("pdf", "text", "markdown"))
    assert about == "pdf" or "sandbox" in response.headers["content-security-policy"]


def test_passages_belong_to_their_document(client: TestClient, service: Service) -> None:
    passage = service.library.passages_of(REPORT)[10]
    assert client.get(address(REPORT, f"/passages/{passage.id}")).status_code == 200
    assert client.get(address("westmarch-action-plan-2025.docx", f"/passages/{passage.id}")).status_code == 404
    assert client.get(address(REPORT, "/passages/nope")).status_code == 404
    for quote in ("9-2", "0-999999", "x", "-1-4", "5-5"):
        assert client.get(address(REPORT, f"/passages/{passage.id}?quote={quote}")).status_code == 200


@pytest.mark.parametrize("name", ["0.png", "999.png", "x.png", "1.jpg", "1.png/..", "-1.png"])
def test_only_pages_there_are(client: TestClient, name: str) -> None:
    assert client.get(address(REPORT, f"/page/{name}")).status_code == 404
    assert client.get(address(REPORT, "/page/1.png")).headers["content-type"] == "image/png"


@pytest.mark.parametrize("path", ["/", "/documents", "/compare", "/enquiry", "/help", "/plain", "/health", "/nope"])
def test_security_headers_everywhere(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-frame-options"] == "DENY" and headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "http" not in policy and "frame-ancestors 'none'" in policy
    assert ("unsafe" in policy) == (path == "/")


def test_the_first_page_is_ours_before_any_script(client: TestClient) -> None:
    page = client.get("/").text
    assert '<html\n\tlang="en-GB"' in page or 'lang="en-GB"' in page
    assert page.index("Skip to the main content") < page.index("<gradio-app")
    assert "/plain" in page[page.index("<noscript") : page.index("</noscript>")]
    head = page.split("<body")[0].split("window.gradio_config")[0]
    assert "githubusercontent" not in page and "og:image" not in page and "http" not in head.replace("http-equiv", "")


def test_an_answer_for_programs_is_that_of_the_command(client: TestClient, service: Service) -> None:
    response = client.post("/api/answer", json={"question": QUESTION, "history": ["What about waits?"], "id": "s1"})
    expected = as_json(service.assistant.answer(QUESTION, None, ["What about waits?"]))
    got = response.json()
    assert got.pop("id") == "s1" and expected.pop("id") is None
    assert got.pop("seconds").keys() == expected.pop("seconds").keys()
    assert got == json.loads(json.dumps(expected))


@pytest.mark.parametrize(
    "body", ["", "[]", '{"question": 3}', '{"question": "a", "history": "b"}', "{", '{"area": "x"}']
)
def test_a_bad_request_is_told(client: TestClient, body: str) -> None:
    response = client.post("/api/answer", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 400 and response.json()["error"]


def test_one_public_endpoint(client: TestClient) -> None:
    assert list(client.get("/gradio_api/info").json()["named_endpoints"]) == ["/answer"]


def test_too_large_a_request_is_refused(client: TestClient) -> None:
    assert client.post("/plain", content=b"x" * 1_100_000).status_code == 413


def test_health(client: TestClient, service: Service) -> None:
    assert client.get("/health").json() == {
        "status": "ok", "index": service.library.fingerprint, "documents": 16,
        "passages": service.library.manifest.passages, "waiting": 0,
    }  # fmt: skip


def test_the_plain_page_answers_and_follows_up(client: TestClient) -> None:
    first = client.post("/plain", data={"question": QUESTION, "turns": "[]"})
    assert "<blockquote>" in first.text
    turns = json.dumps([{"question": QUESTION}])
    second = client.post("/plain", data={"question": "And in 2016?", "turns": turns})
    assert "Read as:" in second.text
    assert client.post("/plain", data={"question": " ", "turns": "{broken"}).status_code == 200
    long = client.post("/plain", data={"question": "waits & waits " * 400, "turns": turns})
    assert long.status_code == 400 and "too long" in long.text and "waits &amp; waits " * 400 in long.text


def test_years_turned_round_are_told_beside_them_and_nothing_is_lost(client: TestClient) -> None:
    told, years = "The first year is after the last.", {"first": "2024", "last": "2016"}
    sentence = re.compile(r'<p class="problem" id="years-told"( hidden)?>')
    plain = client.post("/plain", data={"question": QUESTION, **years})
    for page in (plain, client.get("/compare", params={"topic": "waits", **years})):
        found = sentence.search(page.text)
        assert page.status_code == 400 and told in page.text and found and not found[1]
        assert 'aria-invalid="true"' in page.text and "<blockquote>" not in page.text
        assert f">{QUESTION}</textarea>" in page.text or ">waits</textarea>" in page.text
    right = client.get("/compare?topic=waits&first=2016&last=2024")
    hidden = sentence.search(right.text)
    assert hidden and hidden[1] and "aria-invalid" not in right.text


def test_back_and_refresh_on_the_plain_page_never_meet_a_form_to_send_again(client: TestClient) -> None:
    sent = client.post("/plain", data={"question": QUESTION}, follow_redirects=False)
    assert sent.status_code == 303 and "short" not in sent.headers["location"]
    assert client.get(sent.headers["location"]).text == client.get(sent.headers["location"]).text
    assert "<blockquote>" in client.get(sent.headers["location"]).text
    gone = client.get("/plain?kept=nonsense")
    assert gone.status_code == 410 and "Please ask again" in gone.text


def test_what_is_kept_for_the_plain_page_is_forgotten() -> None:
    clock = [0.0]
    kept = Kept(lambda: clock[0])
    name = kept.keep([Asked("waits?")])
    assert kept.found(name) == [Asked("waits?")]
    clock[0] = KEPT_SECONDS + 1
    assert kept.found(name) is None
    names = [kept.keep([Asked(str(n))]) for n in range(MOST + 1)]
    assert kept.found(names[0]) is None and kept.found(names[-1]) and len(set(names)) == len(names)


@pytest.mark.parametrize("kind", ["docx", "pdf", "md", "csv"])
@pytest.mark.parametrize("what", ["answer", "answers", "comparison", "enquiry"])
def test_everything_can_be_taken_away(client: TestClient, what: str, kind: str) -> None:
    turns = json.dumps([{"question": QUESTION}, {"question": "And in 2016?"}])
    form = {"what": what, "turns": turns, "topic": "short breaks", "areas": "Westmarch", "format": kind}
    response = client.post("/take-away", data={**form, "title": "For our committee"})
    assert response.status_code == 200 and len(response.content) > 500
    day = date.today().isoformat()
    named = f'attachment; filename="for-our-committee-{day}.{kind}"'
    assert response.headers["content-disposition"] == named


@pytest.mark.parametrize(
    "form", [{}, {"format": "exe"}, {"format": "pdf"}, {"format": "pdf", "what": "answer", "turns": "x"}]
)
def test_nothing_to_take_away(client: TestClient, form: dict[str, str]) -> None:
    assert client.post("/take-away", data=form).status_code == 404


def test_a_changed_collection_is_told_in_the_file(client: TestClient) -> None:
    form = {"what": "answer", "turns": json.dumps([{"question": QUESTION}]), "format": "md"}
    told = "The collection has changed since this was asked."
    assert told in client.post("/take-away", data={**form, "index": "another"}).text
    assert told not in client.post("/take-away", data=form).text


def test_documents_are_searched_and_filtered(client: TestClient) -> None:
    def titles(query: str) -> int:
        return client.get(f"/documents?{query}").text.count("<article>")

    assert titles("") == 16 and titles("kind=minutes") == 2 and titles("area=Aldershire") == 1
    assert titles("text=Kestrel+Card") > 0 and titles("text=xyzzyx") == 0
    assert titles("year=2024") == 2 and titles("year=x&page=-3&sort=y") == 16
    beyond = client.get("/documents?page=99999").text
    assert "This list has no page 99999. Here is its last page, 1." in beyond and beyond.count("<article>") == 16
    newest, oldest = (client.get(f"/documents?sort={sort}").text for sort in ("newest", "oldest"))
    first, last = "Joint local area SEND inspection in Westmarch</a></h2>", "Westmarch SEND action plan 2025</a></h2>"
    assert oldest.index(first) < oldest.index(last) and newest.index(last) < newest.index(first)
    assert "no papers dated 2019 to 2021" in client.get("/documents").text
    assert "no papers dated 2019 to 2021" not in client.get("/documents?area=Aldershire").text


def test_find_in_a_paper(client: TestClient) -> None:
    found = client.get(address(REPORT), params={"topic": "short breaks"}).text
    assert "3 passages speak of short breaks" in found and "on 3 of 8 pages" in found
    assert "No mention of xyzzy" in client.get(address(REPORT), params={"topic": "xyzzy"}).text


def test_a_page_of_a_paper_has_an_address_and_leads_to_its_neighbours(client: TestClient) -> None:
    page = client.get(address(REPORT, "/pages/2")).text
    assert f'href="{address(REPORT, "/pages/1")}"' in page and f'href="{address(REPORT, "/pages/3")}"' in page
    assert f'src="{address(REPORT, "/page/2.png")}"' in page and "Page 2" in page
    assert address(REPORT, "/pages/0") not in client.get(address(REPORT, "/pages/1")).text
    for number in ("0", "9", "-1", "x", "1e1", "²"):
        assert client.get(address(REPORT, f"/pages/{number}")).status_code == 404


def test_the_number_printed_on_a_page_is_told_beside_the_files(client: TestClient, service: Service) -> None:
    pages = service.library.pages_of(REPORT)
    assert heading(pages[0]) == "Page 1"
    assert heading(replace(pages[0], label="iv")) == "Page 1 of the file, with the printed number iv"


def test_the_place_of_a_quote_can_be_gone_to(client: TestClient, service: Service) -> None:
    for about in service.library.documents:
        passage = service.library.passages_of(about.facts.document)[-1]
        page = client.get(address(about.facts.document, f"/passages/{passage.id}")).text
        assert page.count('id="quote"') == 1 and page.count("<mark") >= 1


def test_an_address_that_leads_nowhere_is_told_on_a_page_with_ways_on(client: TestClient) -> None:
    for path in ("/nope", "/documents/nope", "/help/nope"):
        response = client.get(path, headers={"accept": "text/html"})
        assert response.status_code == 404 and '<a href="/compare">' in response.text.split("<main")[1]


def test_a_collection_that_cannot_be_read_is_told_on_a_page(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object) -> Any:
        raise IndexFault("gone")

    monkeypatch.setattr(documents_view, "listing", unreadable)
    with TestClient(build_app(service)) as opened:
        response = opened.get("/documents")
    assert response.status_code == 503 and "being renewed" in response.text and response.headers["retry-after"]


def test_a_collection_without_papers_says_how_to_bring_some_in(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.library, "documents", [])
    page = documents_view.listing(service, documents_view.Wanted())
    assert "python -m ingest add" in page and str(service.library.index) in page


def test_lines_of_enquiry_and_the_election_switch(service: Service) -> None:
    with TestClient(build_app(with_page(service, election_period=True))) as quiet:
        assert "election period" in quiet.get("/enquiry").text
        assert "election period" in quiet.get("/enquiry?topic=waits&areas=Westmarch").text
        form = {"what": "enquiry", "topic": "short breaks", "areas": "Westmarch", "format": "md"}
        assert quiet.post("/take-away", data=form).status_code == 404


def test_feedback_only_where_the_operator_keeps_it(client: TestClient, service: Service, tmp_path: Path) -> None:
    form = {"verdict": "missing", "question": QUESTION, "status": "answered", "index": "x", "shown": "[]"}
    assert client.post("/feedback", data=form).status_code == 404
    kept = with_page(service, store_feedback=True, feedback_file=str(tmp_path / "feedback.jsonl"))
    with TestClient(build_app(kept)) as open_:
        assert "Thank you" in open_.post("/feedback", data=form).text
        assert open_.post("/feedback", data={**form, "keep": "yes"}).status_code == 200
        assert open_.post("/feedback", data={**form, "verdict": "rude"}).status_code == 400
        assert open_.post("/feedback", data={**form, "shown": "{"}).status_code == 400
    rows = [json.loads(line) for line in (tmp_path / "feedback.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row.get("question") for row in rows] == [None, QUESTION]


def test_the_operator_is_named_and_reachable(service: Service) -> None:
    named = with_page(service, operator="Westmarch <Council>", contact="send@example.org", title="Ask Westmarch")
    with TestClient(build_app(named)) as open_:
        page = open_.get("/help/report").text
    assert "Westmarch &lt;Council&gt;" in page and 'href="mailto:send@example.org"' in page and "Ask Westmarch" in page


def test_mcp_needs_its_package(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "mcp" else real(name, *a))
    with pytest.raises(SettingsError, match="send-chatbot\\[mcp\\]"):
        build_app(with_page(service, mcp=True))


def test_nothing_asked_is_written_anywhere(client: TestClient, service: Service, capfd: Any, caplog: Any) -> None:
    secret = "What about the zebracorn lighthouse in Westmarch?"
    before = {path: path.stat().st_mtime_ns for path in service.library.index.rglob("*") if path.is_file()}
    client.post("/api/answer", json={"question": secret})
    client.post("/plain", data={"question": secret})
    client.get("/compare", params={"topic": secret})
    after = {path: path.stat().st_mtime_ns for path in service.library.index.rglob("*") if path.is_file()}
    assert before == after
    out = capfd.readouterr()
    assert "zebracorn" not in out.out + out.err + caplog.text
