"""Asking in a real browser: answers, follow-ups, filters, the announced answer, coming back, keyboard, reflow."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.page.conftest import Served

pytestmark = pytest.mark.browser
WAITS = "How long are waits for speech and language therapy in Westmarch?"


def test_an_answer_is_quotes_with_all_that_belongs_to_them(visit: Any, served: Served) -> None:
    page = visit(served)
    page.open()
    turn = page.ask(WAITS)
    assert turn.locator("h2").inner_text().endswith(WAITS)
    quotes = turn.locator("blockquote")
    assert quotes.count() >= 2
    for number in range(quotes.count()):
        caption = turn.locator("figcaption").nth(number).inner_text()
        assert "Found word for word" in caption and ("page " in caption or "See it in the paper" in caption)
    assert all(re.search(r"20[12]\d", heading) for heading in turn.locator("h3").all_inner_texts())
    asked = served.service.assistant.answer(WAITS)
    assert [q.inner_text().replace("\n", " ").strip() for q in quotes.all()] == [
        c.quote for g in asked.groups for m in g.markers for c in asked.citations if c.marker == m
    ]


def test_a_follow_up_is_completed_and_shown(visit: Any, served: Served) -> None:
    page = visit(served)
    page.open()
    page.ask("What is said about speech and language therapy in Westmarch in 2024?")
    turn = page.ask("And in 2016?")
    assert (
        "Read as:" in turn.inner_text() and "speech and language therapy" in turn.locator(".chips").first.inner_text()
    )
    assert page.tab.locator("article.turn").count() == 2
    assert page.tab.locator("#turns > form.take").count() == 1  # all answers can be taken away together


def test_the_finished_answer_is_announced_once_and_focus_stays_in_the_box(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open()
    tab.evaluate(
        "window.said = []; "
        "new MutationObserver(() => window.said.push(document.querySelector('#announce').textContent))"
        ".observe(document.querySelector('#announce'), {childList: true, characterData: true, subtree: true})"
    )
    page.ask(WAITS)
    tab.wait_for_function("document.querySelector('#announce').textContent !== ''")
    tab.wait_for_timeout(300)
    said = [text for text in tab.evaluate("window.said") if text]
    assert len(said) == 1 and said[0].startswith("Answer to question 1.") and "quotes from" in said[0]
    assert tab.evaluate("document.activeElement.tagName") == "TEXTAREA"
    live = "[...document.querySelectorAll('[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]')]"
    assert tab.evaluate(f"{live}.filter(e => e.textContent.trim()).map(e => e.id)") == ["announce"]


def test_filters_are_native_and_used(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open()
    tab.click("#filters summary")
    tab.select_option("#year-first", "2025")
    tab.select_option("#year-last", "2016")
    assert tab.locator("#years-told").is_visible()
    tab.fill("#question textarea", WAITS)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#problem")
    assert tab.input_value("#question textarea") == WAITS and tab.locator("article.turn").count() == 0
    for end in ("first", "last"):
        tab.select_option(f"#year-{end}", "")
    assert tab.locator("#years-told").is_hidden()
    assert tab.locator("#filter-box [role=listbox], #filter-box [role=combobox]").count() == 0
    tab.check("#area-westmarch")
    tab.check("#kinds-minutes")
    turn = page.ask("What is said about short breaks?")
    captions = " ".join(turn.locator("h3").all_inner_texts())
    assert "minutes" in captions and "report" not in captions
    assert "Papers: meeting minutes" in turn.inner_text()


def test_an_example_asks_itself(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open()
    question = tab.locator(".example").first.inner_text()
    tab.locator(".example").first.click()
    tab.wait_for_selector("article.turn", timeout=20_000)
    assert question in tab.locator("article.turn h2").inner_text()
    assert tab.locator(".example").count() == 0 or not tab.locator(".example").first.is_visible()


def test_the_conversation_is_there_again_after_another_view_and_gone_when_cleared(visit: Any, served: Served) -> None:
    page = visit(served)
    page.open()
    page.ask(WAITS)
    page.ask("And short breaks?")
    page.open("/documents")
    tab = page.open()
    tab.wait_for_function("document.querySelectorAll('article.turn').length === 2", timeout=20_000)
    tab.click("#fresh")
    tab.wait_for_function("document.querySelectorAll('article.turn').length === 0")
    assert tab.evaluate("sessionStorage.length + localStorage.length") == 0
    assert tab.evaluate("document.cookie") == ""
    tab = page.open()
    tab.wait_for_selector(".example")
    assert tab.locator("article.turn").count() == 0


def test_what_cannot_be_answered_says_so(visit: Any, served: Served) -> None:
    page = visit(served)
    page.open()
    turn = page.ask("How is SEND in Leeds?")
    assert turn.locator("blockquote").count() == 0 and "no papers about Leeds" in turn.inner_text()


def test_everything_by_keyboard(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    for _ in range(12):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    tab.keyboard.type(WAITS)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("article.turn", timeout=20_000)
    for _ in range(30):
        tab.keyboard.press("Tab")
        outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid" or tab.evaluate("document.activeElement === document.body")
        if tab.evaluate("document.activeElement.classList.contains('evidence-link')"):
            break
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#evidence[open] mark")
    assert tab.evaluate("document.activeElement.id") == "evidence-heading"
    tab.keyboard.press("Escape")
    tab.wait_for_selector("#evidence:not([open])", state="attached")
    assert tab.evaluate("document.activeElement.classList.contains('evidence-link')")


def test_an_answer_stays_when_the_page_was_slow_to_come_up(visit: Any, served: Served) -> None:
    page, held = visit(served), []
    page.tab.route("**/queue/join*", lambda route: route.continue_() if held else held.append(route))
    tab = page.open()
    page.ask(WAITS)
    tab.focus(".evidence-link")
    with tab.expect_response("**/queue/join*"):
        held[0].continue_()
    tab.wait_for_timeout(800)  # what the page asks for when it is opened is answered only now
    assert tab.locator("article.turn").count() == 1
    assert tab.evaluate("document.activeElement.classList.contains('evidence-link')")


@pytest.mark.parametrize(("width", "height"), [(320, 800), (320, 225)], ids=["320px", "400 % of 1280x900"])
@pytest.mark.parametrize("address", ["/", "/documents", "/compare", "/enquiry", "/help", "/plain"])
def test_nothing_is_cut_off_when_narrow(visit: Any, served: Served, address: str, width: int, height: int) -> None:
    page = visit(served, width, height)
    tab = page.open(address)
    if address == "/":
        page.ask(WAITS)
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    stuck = (
        "[...document.querySelectorAll('body *')]"
        ".filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position)"
    )
    assert (
        tab.evaluate(f"{stuck} && e.getBoundingClientRect().height > innerHeight / 3).map(e => e.id + e.className)")
        == []
    )


def test_targets_are_large_enough(visit: Any, served: Served) -> None:
    page = visit(served, 320, 800)
    tab = page.open()
    tab.click("#filters summary")
    page.ask(WAITS)
    small = tab.evaluate(
        "[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]"
        ".filter(e => e.checkVisibility() && !e.closest('.unseen') && !e.classList.contains('skip'))"
        ".map(e => [e.getBoundingClientRect(), e.outerHTML])"
        ".filter(([r]) => r.width < 24 || r.height < 24).map(([, h]) => h)"
    )
    assert small == []


def test_motion_is_still_when_asked(visit: Any, served: Served) -> None:
    page = visit(served, reduced_motion="reduce")
    tab = page.open()
    tab.evaluate("document.querySelector('#working').textContent = 'x'")
    assert tab.evaluate("getComputedStyle(document.querySelector('#working'), '::before').animationName") == "none"


def test_jargon_is_explained_by_hover_focus_and_tap_and_the_quote_keeps_its_words(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open()
    turn = page.ask("What did inspectors say about EHC plans in Westmarch?")
    term = turn.locator(".term").first
    described = tab.locator(f"#{term.get_attribute('aria-describedby')}").text_content()
    term.hover()
    assert tab.locator("#tip").inner_text() == described
    tab.keyboard.press("Escape")
    assert tab.locator("#tip").is_hidden()
    term.focus()
    assert tab.locator("#tip").inner_text() == described
    tab.mouse.click(5, 5)
    assert tab.locator("#tip").is_hidden()
    term.click()
    assert tab.locator("#tip").is_visible()
    texts = {
        c.quote
        for c in served.service.assistant.answer("What did inspectors say about EHC plans in Westmarch?").citations
    }
    assert {q.text_content() for q in turn.locator("blockquote").all()} == texts
