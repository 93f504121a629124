"""The addresses of the themes: table and picture, filter, CSV, the sentences behind a number."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from chatbot.national.theme_model import ids, names, shown
from chatbot.page.app import build_app
from chatbot.page.service import Service


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(build_app(service)) as opened:
        yield opened


def test_every_number_opens_its_sentences(client: TestClient) -> None:
    page = client.get("/themes").text
    links = re.findall(r'<a href="(/themes/\w+/\w+)">(\d+) of (\d+) ', page)
    assert links
    for address, count, _ in links:
        opened = client.get(address)
        assert opened.status_code == 200 and len(re.findall("<h2>", opened.text)) == int(count)
        assert "<blockquote>" in opened.text and "?quote=" in opened.text


def test_the_table_is_narrowed_by_its_address(client: TestClient) -> None:
    every, some = client.get("/themes").text, client.get("/themes?outcome=systemic_failings").text
    assert "1 of " in some and "/themes/ap/priority?outcome=systemic_failings" in some and every != some
    assert "No report fits." in client.get("/themes?year=1999").text
    assert "<script>" not in client.get("/themes?region=%3Cscript%3E").text


def test_the_picture_says_what_the_table_says_and_what_is_left_out_is_told(client: TestClient) -> None:
    page = client.get("/themes").text
    assert page.index("<table>") < page.index("<svg") and 'role="img" aria-label="Bars of the table above' in page
    assert page.count("<rect") == 3 * len(shown())
    for name in set(ids()) - set(shown()):
        assert names()[name].replace("&", "&amp;") in page.split("Not shown, ")[1]


def test_it_can_be_taken_away(client: TestClient) -> None:
    taken = client.get("/themes.csv")
    rows = list(csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert [row["theme"] for row in rows] == list(shown())
    assert all(float(r["improve_low"]) <= float(r["improve_share"]) <= float(r["improve_high"]) for r in rows)


@pytest.mark.parametrize("address", ["/themes/nothing/improve", "/themes/short/nothing", "/themes/transport/improve"])
def test_what_there_is_not_is_told(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404
