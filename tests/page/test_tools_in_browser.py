"""Compare, take away, feedback and the plain page in a real browser."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chatbot.page.service import Service
from tests.page.conftest import Served, serve, with_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 320])
def test_a_comparison_is_a_table_with_a_column_for_each_paper(visit: Any, served: Served, width: int) -> None:
    page = visit(served, width)
    tab = page.open("/compare")
    tab.fill("#topic", "short breaks\nlighthouses")
    for choice in ("#areas-westmarch", "#kinds-inspection_report", "#kinds-inspection_letter", "#kinds-revisit_letter"):
        tab.check(choice)
    tab.locator("button.first").click()
    tab.wait_for_function("document.activeElement.id === 'result'")
    heads = tab.locator("thead th").all_text_contents()
    assert heads[0] == "Topic" and len(heads) == 4 and any("revisit letter" in head for head in heads)
    assert tab.locator("tbody tr").count() == 2
    cells = tab.locator("tbody tr").nth(0).locator("td")
    silent = cells.nth(next(n for n, head in enumerate(heads) if "revisit" in head) - 1)
    assert "No mention found. All 33 passages were looked at." in silent.inner_text()
    assert tab.locator("tbody tr").nth(1).inner_text().count("No mention found.") == 3
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_a_timeline_stands_oldest_first(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open("/compare")
    tab.fill("#topic", "speech and language therapy")
    tab.check("#areas-westmarch")
    tab.check("#shape-timeline")
    tab.locator("button.first").click()
    years = [text[-4:] for text in tab.locator(".timeline .when").all_inner_texts()]
    assert years == sorted(years) and years[0] == "2016" and len(years) == 15


def test_an_answer_leads_to_the_comparison_with_its_topic(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open()
    page.ask("What did inspectors say about short breaks in Westmarch?")
    tab.get_by_role("button", name="Look for this in every paper").first.click()
    tab.wait_for_selector("table")
    assert "speak of short breaks" in tab.locator("main").inner_text()
    tab.reload()
    assert tab.locator("table").count() == 1  # its address is enough to make it again


def test_back_and_refresh_lose_nothing_and_ask_nothing(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open("/compare")
    tab.fill("#topic", "short breaks")
    tab.locator("button.first").click()
    tab.wait_for_selector("table.compared")
    tab.locator("td a[href*='/documents/']").first.click()
    tab.wait_for_selector(".text-of-page")
    tab.go_back()
    tab.wait_for_selector("table.compared")
    tab.go_back()
    assert tab.locator("#topic").is_visible() and tab.locator("table").count() == 0
    tab.go_forward()
    tab.wait_for_selector("table.compared")
    tab.goto(page.base + "/enquiry?topic=short+breaks&areas=Westmarch")
    tab.reload()
    tab.wait_for_selector("blockquote")


def test_what_is_not_shown_of_a_paper_in_a_comparison_is_one_press_away(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open("/compare?topic=families")
    link = tab.get_by_role("link", name=re.compile("Read all [0-9]+ passages")).first
    count = int(link.inner_text().split()[2])
    link.click()
    assert tab.locator(".quotes > li").count() == count > 4


@pytest.mark.parametrize("kind", ["Word", "PDF", "Markdown"])
def test_a_conversation_is_downloaded(visit: Any, served: Served, kind: str) -> None:
    page = visit(served, accept_downloads=True)
    tab = page.open()
    page.ask("What did inspectors say about short breaks in Westmarch?")
    page.ask("And in 2016?")
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name=f"Take all answers with you as {kind}").click()
    data = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename.startswith("2-questions-and-what-the-papers-say-20")
    if kind == "Word":
        from docx import Document

        text = "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    elif kind == "PDF":
        from pypdf import PdfReader

        text = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(data)).pages)
    else:
        text = data.decode()
    text = " ".join(text.split())
    assert "short breaks in Westmarch" in text and "And in 2016?" in text and "Read as:" in text
    assert tab.locator("article.turn").count() == 2  # the conversation is still there


@pytest.fixture
def keeping(service: Service, tmp_path: Path) -> Iterator[Served]:
    """A page whose operator keeps feedback."""
    yield from serve(with_page(service, store_feedback=True, feedback_file=str(tmp_path / "feedback.jsonl")))


def test_feedback_is_kept_without_leaving_the_page(visit: Any, keeping: Served) -> None:
    page = visit(keeping)
    tab = page.open()
    turn = page.ask("What did inspectors say about short breaks in Westmarch?")
    turn.get_by_text("Is something wrong with this answer?").click()
    turn.get_by_label("Something is missing").check()
    turn.get_by_role("button", name="Send").click()
    tab.wait_for_function("document.querySelector('article.turn').innerText.includes('Thank you')")
    lines = Path(keeping.service.page.feedback_file).read_text(encoding="utf-8").splitlines()
    (row,) = [json.loads(line) for line in lines]
    assert row["verdict"] == "missing" and "question" not in row and row["shown"]


def test_without_script_the_plain_page_does_it_all(visit: Any, served: Served) -> None:
    page = visit(served, java_script_enabled=False)
    tab = page.tab
    tab.goto(page.base + "/")
    tab.get_by_role("link", name="Use the plain page").click()
    tab.get_by_label("Your question").fill("What did inspectors say about short breaks in Westmarch?")
    tab.get_by_role("button", name="Ask", exact=True).click()
    tab.get_by_label("Your question").fill("And in 2016?")
    tab.get_by_role("button", name="Ask", exact=True).click()
    assert "Read as:" in tab.locator("article.turn").inner_text()
    tab.locator(".evidence-link").first.click()
    assert tab.locator("mark").count() == 1 and tab.locator("h1").inner_text() == "The page it comes from"


def test_printing_leaves_the_answer_and_hides_the_controls(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open()
    page.ask("What did inspectors say about short breaks in Westmarch?")
    tab.emulate_media(media="print")
    assert tab.locator("article.turn blockquote").first.is_visible()
    for hidden in (".top", "#buttons", "#question", ".tools", ".take"):
        assert not tab.locator(hidden).first.is_visible(), hidden


def test_the_accessibility_tree_of_an_answer(visit: Any, served: Served) -> None:
    """What a screen reader walks through: landmarks, one h1, a heading for the question, lists and quotes."""
    page = visit(served)
    tab = page.open()
    page.ask("What did inspectors say about waiting times in Westmarch?")
    tree = tab.locator("body").aria_snapshot()
    landmarks = ("banner", "navigation", "main", "contentinfo")
    for role in (*landmarks, "article", "blockquote", "figure", "heading", "listitem", "status"):
        assert re.search(rf"- '?{role}\b", tree), role
    assert tree.count("[level=1]") == 1
    levels = [int(part[0]) for part in tree.split("[level=")[1:]]
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))
    assert tab.evaluate("document.documentElement.lang") == "en-GB"
