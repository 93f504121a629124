"""What was understood, taken away in one press; addresses of answers, copying, and what is typed: nothing is lost."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from chatbot.page.app import build_app
from chatbot.page.service import Asked, Service, asked_from, turns_at
from chatbot.search.filters import Filters
from tests.page.conftest import Served

WAITS = "What did inspectors say about waiting times in Westmarch in 2016?"


def test_a_part_is_taken_away_and_travels() -> None:
    asked = Asked("waits?", "Westmarch", Filters(("minutes",), 2020, None))
    left = asked.leaving("area").leaving("years")
    assert (left.area, left.filters, left.leave) == (None, Filters(("minutes",)), ("area", "years"))
    assert asked_from(left.as_json()) == left
    assert asked.leaving("nonsense") == asked


def test_an_address_of_nonsense_asks_nothing_or_what_can_be_read() -> None:
    assert turns_at({}) == [] and turns_at({"q": ["  "]}) == []
    found = turns_at({"q": ["waits?"], "first": ["x"], "kinds": ["no"], "leave": ["area", "x"], "after": ["a", "b"]})
    assert [a.question for a in found] == ["a", "b", "waits?"] and found[-1] == Asked("waits?", leave=("area",))


def test_an_answer_has_an_address_without_script(service: Service) -> None:
    client = TestClient(build_app(service))
    page = client.get("/plain", params={"q": WAITS, "leave": "years"}).text
    assert "blockquote" in page and "Area: Westmarch" in page and "Years:" not in page
    again = client.post("/plain", data={"turns": '[{"question": "Waits in Westmarch?"}]', "leave": "area"}).text
    assert "Area: Westmarch" not in again.replace("&quot;", '"')


def test_who_can_help_follows_the_quotes_and_comes_at_once_in_danger(service: Service) -> None:
    client = TestClient(build_app(service))
    for trouble in ("my son has been waiting two years for speech therapy in Westmarch", "can I sue over short breaks"):
        page = client.get("/plain", params={"q": trouble}).text
        kind, last = page.index('class="kind"'), page.rindex("</blockquote>")
        assert kind < page.index("<blockquote>") <= last < page.index('class="helpers"')
        assert page.count('id="turn-1-help"') == page.count('href="#turn-1-help"') == 1
    page = client.get("/plain", params={"q": "a child told me he is being hit at home"}).text
    assert "<blockquote>" not in page and "tel:999" in page.split('class="kind"')[1]


@pytest.mark.browser
def test_a_chip_asks_again_in_place_and_the_draft_stays(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open()
    page.ask(WAITS)
    tab.fill("#question textarea", "half a question")
    tab.locator(".chip[value=years]").click()
    tab.wait_for_selector(".chip[value=years]", state="detached", timeout=20_000)
    assert tab.locator("article.turn").count() == 1 and tab.locator("article.turn h2").inner_text().endswith(WAITS)
    tab.wait_for_function("document.activeElement.id === 'turn-1-heading'")
    assert tab.input_value("#question textarea") == "half a question"
    tab.reload()
    tab.wait_for_selector("article.turn", timeout=20_000)
    tab.wait_for_function("document.querySelector('#question textarea').value === 'half a question'")
    assert tab.locator(".chip[value=years]").count() == 0


@pytest.mark.browser
def test_a_link_is_copied_and_opens_the_same_answer_and_too_much_is_kept(visit: Any, served: Served) -> None:
    page = visit(served, permissions=["clipboard-read", "clipboard-write"])
    tab = page.open()
    page.ask("What is said about speech and language therapy in Westmarch in 2024?")
    turn = page.ask("And in 2016?")
    turn.locator("[data-share]").click()
    tab.wait_for_function("document.querySelector('.told').textContent === 'Copied.'")
    link, quotes = tab.evaluate("navigator.clipboard.readText()"), turn.locator("blockquote").all_inner_texts()
    assert parse_qs(urlsplit(link).query)["q"] == ["And in 2016?"] and urlsplit(tab.url).query == ""
    tab.goto(link)
    tab.wait_for_function("document.querySelectorAll('article.turn').length === 2", timeout=20_000)
    assert turn.locator("blockquote").all_inner_texts() == quotes
    text = "waits for speech therapy " * 400
    tab.fill("#question textarea", text)
    tab.click("#send")
    tab.wait_for_selector("#problem", timeout=20_000)
    assert "too long" in tab.inner_text("#problem") and tab.input_value("#question textarea") == text
    turn = page.ask("What is said about waiting\x0btimes\x07 <b>in</b> \u202eWestmarch?")
    assert turn.locator("h2 b").count() == 0 and turn.locator("blockquote").count() > 0
    tab.go_back()
    tab.wait_for_function("document.querySelectorAll('article.turn').length === 2", timeout=20_000)
    assert urlsplit(tab.url).query == ""


@pytest.mark.browser
def test_a_quote_is_copied_with_its_reference(visit: Any, served: Served) -> None:
    page = visit(served, permissions=["clipboard-read", "clipboard-write"])
    page.open()
    turn = page.ask(WAITS)
    turn.locator(".copy").first.click()
    page.tab.wait_for_function("document.querySelector('.told').textContent === 'Copied.'")
    copied = page.tab.evaluate("navigator.clipboard.readText()")
    first = served.service.assistant.answer(WAITS).citations[0]
    assert copied.startswith(f"“{first.quote}” ({first.title}, ") and f"page {first.page})" in copied
    assert copied.split()[-1] == turn.locator(".evidence-link").first.evaluate("a => a.href")
