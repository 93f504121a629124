"""The addresses of the areas: table, filter, order, files, one area, where a fact stands."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from chatbot.export import sheet
from chatbot.page.app import build_app
from chatbot.page.service import Service, document_id

REPORT = document_id("westmarch-area-send-report-2024.pdf")


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(build_app(service)) as opened:
        yield opened


def order(text: str) -> list[str]:
    return sorted(("Aldershire", "Westmarch"), key=lambda name: text.index(f'href="/areas/{name}"'))


def test_the_table_sorts_and_filters_by_its_address(client: TestClient) -> None:
    assert order(client.get("/areas").text) == ["Aldershire", "Westmarch"]
    assert order(client.get("/areas?sort=papers&order=desc").text) == ["Westmarch", "Aldershire"]
    assert order(client.get("/areas?sort=nonsense").text) == ["Aldershire", "Westmarch"]
    filtered = client.get("/areas?outcome=inconsistent").text
    assert "1 of 2 areas." in filtered and 'href="/areas/Aldershire"' not in filtered
    assert "No area fits." in client.get("/areas?text=zzz").text
    assert 'aria-sort="descending"' in client.get("/areas?sort=papers&order=desc").text


def test_the_table_can_be_taken_away_as_it_is_filtered(client: TestClient) -> None:
    taken = client.get("/areas.csv?outcome=systemic_failings")
    rows = list(csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert [(r["area"], r["outcome"], r["next_expected"]) for r in rows] == [
        ("Aldershire", "systemic_failings", "2026-10")
    ]
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(client.get("/areas.xlsx").content))
    cells = [[cell.value for cell in row] for row in book.active.rows]  # type: ignore[union-attr]
    assert cells[0][:3] == ["area", "region", "inspection_start"] and [c[0] for c in cells[1:]] == [
        "Aldershire", "Westmarch",
    ]  # fmt: skip
    assert client.get("/areas.exe").status_code == 404


def test_no_cell_is_a_formula() -> None:
    data = sheet.written("csv", ["a"], [["=1+1"], ["-"], [3]], "t").decode("utf-8-sig")
    assert data.splitlines() == ["a", "'=1+1", "'-", "3"]


def test_one_area_shows_what_was_found_and_what_has_to_be_done(client: TestClient) -> None:
    text = client.get("/areas/Westmarch").text
    for words in ("a written statement of action is required", "sufficient progress 3 of 4", "Areas for improvement"):
        assert words in text
    assert "Responsible" not in client.get("/areas/Westmarch").text
    assert "Areas for priority action" in client.get("/areas/Aldershire").text


def test_the_last_inspection_stands_beside_the_one_before(client: TestClient, service: Service) -> None:
    told = client.get("/areas/Westmarch").text
    table = told.split("Earlier words")[1].split("</table>")[0]
    assert table.index("written statement of action") < table.index("lead to inconsistent experiences")
    assert "made under different frameworks" in told and "Letters of the first framework have no such list." in table
    for address in re.findall(r'href="(/documents/[^"]+)"', table):
        assert "<mark>" in client.get(address).text
    assert "Earlier words" not in client.get("/areas/Aldershire").text  # inspected once


def test_a_fact_opens_its_words(client: TestClient) -> None:
    found = client.get(f"/documents/{REPORT}/facts/outcome")
    assert found.status_code == 200 and "lead to inconsistent experiences" in found.text.split("<mark>")[1]
    for name in ("nothing", "area"):  # no such fact; one that stands in a heading
        assert client.get(f"/documents/{REPORT}/facts/{name}").status_code == 404
    assert client.get("/documents/nope/facts/outcome").status_code == 404


def test_an_unknown_area_is_told_with_the_nearest(client: TestClient) -> None:
    found = client.get("/areas/Westmerch<b>")
    assert found.status_code == 404
    assert "There are no papers about “Westmerch&lt;b&gt;” here." in found.text
    assert 'href="/areas/Westmarch"' in found.text


def test_figures_stand_in_order_of_time_and_open_their_quotes(client: TestClient) -> None:
    text = client.get("/areas/Westmarch").text
    section = text.split('<h2 id="figures">')[1].split("<h2>")[0]
    speech = section.split("<h3>Speech and language therapy: weeks</h3>")[1].split("<section")[0]
    assert speech.count("<polyline") == 1 and 'role="img"' in speech
    numbers = re.findall(r'<a href="([^"]+)">([^<]+)</a>', speech)
    assert [n for _, n in numbers][:3] == ["46 weeks", "31 weeks", "27 weeks"]
    for address, number in numbers[:6]:
        marked = re.findall(r"<mark[^>]*>(.*?)</mark>", client.get(address).text, re.DOTALL)
        assert number in " ".join(marked)


def test_figures_can_be_taken_away(client: TestClient) -> None:
    taken = client.get("/areas/Westmarch/figures.csv")
    rows = list(csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert any(r["figure"] == "18 weeks" and r["role"] == "target" and r["figure"] in r["quote"] for r in rows)
    assert client.get("/areas/Westmarch/figures.xlsx").content[:2] == b"PK"
    assert client.get("/areas/Nowhere/figures.csv").status_code == 404
    assert client.get("/areas/Westmarch/figures.exe").status_code == 404


def test_inspectors_stand_beside_families_theme_by_theme(client: TestClient) -> None:
    section = client.get("/areas/Westmarch").text.split('<h2 id="voices">')[1].split("<h2>")[0]
    short = section.split("Short breaks and activities</th>")[1].split("</tr>")[0]
    inspectors, families = short.split("</td>")[:2]
    assert "widen the range of short breaks" in inspectors and "Saturday clubs" in families
    assert "No area like it has papers here" in section  # what "like" means is said
    for address in re.findall(r'href="(/documents/[^"]+)"', short):
        assert "<mark" in client.get(address).text
