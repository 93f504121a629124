"""What is new: the page, the feed as an XML parser reads it, and the CSV, from the sample to an empty index."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from chatbot.export import atom
from chatbot.national import news
from chatbot.page.app import build_app
from chatbot.page.service import Service, document_id
from chatbot.page.views import news as view
from ingest.index.manifest import Run
from ingest.registry import kinds

ATOM = f"{{{atom.NAMESPACE}}}"


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(build_app(service)) as opened:
        yield opened


def standing_in(service: Service, *runs: Run, titles: str = "") -> Any:
    """A service whose index was made by these runs; its papers have another title where one is given."""
    real = service.library
    papers = {
        name: replace(about, facts=replace(about.facts, title=titles or about.facts.title))
        for name, about in real.by_name.items()
    }
    manifest = replace(real.manifest, runs=runs)
    library = SimpleNamespace(manifest=manifest, by_name=papers, documents=real.documents)
    return SimpleNamespace(library=library, page=service.page)


def test_every_paper_of_the_first_run_is_new_and_leads_to_itself(client: TestClient, service: Service) -> None:
    told = client.get("/new").text
    assert told.count("<strong>New:</strong>") == len(service.library.documents)
    for about in service.library.documents:
        assert f'href="/documents/{document_id(about.facts.document)}"' in told
    assert "before records began" not in told and 'href="/new" aria-current="page"' in told


def test_the_feed_is_read_by_a_parser_and_stays_the_same(client: TestClient, service: Service) -> None:
    answer = client.get("/new.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(entries) == len(service.library.documents)
    at = service.library.manifest.runs[0].at
    assert {entry.findtext(f"{ATOM}updated") for entry in entries} == {at} == {feed.findtext(f"{ATOM}updated")}
    addresses = [link.get("href") or "" for link in feed.iter(f"{ATOM}link")]
    assert all(address.startswith("/") and not address.startswith("//") for address in addresses)
    assert client.get(addresses[-1]).status_code == 200
    assert client.get("/new.atom").content == answer.content


def test_the_csv_has_every_entry(client: TestClient, service: Service) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/new.csv").content.decode("utf-8-sig"))))
    assert {row["document"] for row in rows} == set(service.library.by_name)
    assert {row["what"] for row in rows} == {"added"} and tuple(rows[0]) == news.COLUMNS
    assert client.get("/new.exe").status_code == 404


def test_new_versions_and_removals_are_told_newest_first(service: Service) -> None:
    one = next(iter(service.library.by_name))
    first = Run("2026-01-01T09:00:00+00:00", added=(one,))
    later = Run("2026-02-03T09:00:00+00:00", changed=(one,), removed=("minutes", "minutes"))
    stood = standing_in(service, first, later)
    told = str(view.body(stood))
    assert told.index("3 February 2026") < told.index("<strong>New version:</strong>") < told.index("1 January 2026")
    assert told.count(f"<strong>Removed:</strong> One paper ({kinds.called('minutes')}).") == 2
    assert f"{len(service.library.documents) - 1} papers came before records began." in told
    assert len({item.id for item in view.items(stood)}) == len(view.items(stood)) == 4


def test_titles_are_text_whatever_stands_in_them(service: Service) -> None:
    title = "<script>alert(1)</script> & ]]> \x0b\ufffe\u2028 =1+1"
    stood = standing_in(service, Run("2026-01-01T09:00:00+00:00", added=tuple(service.library.by_name)), titles=title)
    assert "<script>" not in str(view.body(stood))
    feed = ElementTree.fromstring(atom.feed("urn:x", "t", "2026-01-01T09:00:00+00:00", "/f", "/p", view.items(stood)))
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "New: <script>alert(1)</script> & ]]> \u2028 =1+1"
    assert feed.find(".//script") is None


def test_an_older_index_and_an_empty_one_are_told(service: Service) -> None:
    stood = standing_in(service)
    told = str(view.body(stood))
    assert "Nothing has come since records began." in told
    assert f"{len(service.library.documents)} papers came before records began." in told
    stood.library.documents, stood.library.by_name = (), {}
    assert "There are no papers yet." in str(view.body(stood)) and view.items(stood) == []


def test_a_long_list_is_cut_and_says_so(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "SHOWN", 3)
    told = str(view.body(service))
    count = len(service.library.documents)
    assert told.count("<strong>New:</strong>") == 3
    assert f"The newest 3 of {count} entries stand here; the CSV file has them all." in told
