"""Addresses of promises: every area, one area, what is not there, and the tracker as a file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from chatbot.national import promises
from chatbot.page.app import build_app
from chatbot.page.service import Service

AREA = "Westmarch"


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(build_app(service)) as opened:
        yield opened


def test_areas_with_their_number_lead_to_their_promises(client: TestClient, service: Service) -> None:
    told = client.get("/promises").text
    for area, count in promises.counts(service.library).items():
        assert re.search(rf">{area}</a></th><td>{count}</td>", told)
    assert (
        client.get("/promises", params={"area": AREA}, follow_redirects=False).headers["location"]
        == f"/promises/{AREA}"
    )


def test_each_promise_leads_to_its_quote(client: TestClient, service: Service) -> None:
    found = promises.of_area(service.library, AREA)
    told = client.get(f"/promises/{AREA.lower()}").text
    assert found and f"{len(found)} promises" in told
    links = re.findall(r'href="(/documents/[^"]+/passages/[^"]+)"', told)
    assert len(links) == len(found) + sum(len(own.later) for own in found)
    for link, own in zip(links[:1], found[:1], strict=True):
        assert own.quote.split()[0] in client.get(link.replace("&amp;", "&")).text


def test_an_unknown_area_is_told_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/promises/Westmorch")
    assert answer.status_code == 404
    assert "No paper here is about Westmorch." in answer.text and f"/promises/{AREA}" in answer.text
    hostile = client.get("/promises/%3Cscript%3Ealert(1)%3C%2Fscript%3E".replace("%2F", ""))
    assert hostile.status_code == 404 and "<script>alert" not in hostile.text


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
def test_the_tracker_as_a_file(client: TestClient, service: Service, kind: str) -> None:
    answer = client.get(f"/promises/{AREA}/tracker.{kind}")
    assert answer.status_code == 200 and f"promises.{kind}" in answer.headers["content-disposition"]
    first = promises.of_area(service.library, AREA)[0].quote
    if kind == "csv":
        assert first in answer.content.decode("utf-8-sig").replace('""', '"')
    elif kind == "xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None and sheet["C2"].value == first
    else:
        import docx

        assert docx.Document(io.BytesIO(answer.content)).tables[0].cell(1, 1).text == first


@pytest.mark.parametrize("path", [f"/promises/{AREA}/tracker.exe", "/promises/Nowhere/tracker.csv", "/promises/a/b"])
def test_nothing_else_is_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
