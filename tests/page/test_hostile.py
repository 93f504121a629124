"""Text of a document with HTML, Markdown, LaTeX and script in it is displayed as text, everywhere."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.export import written
from chatbot.export.markdown import escaped
from chatbot.export.paper import Wish, from_answers
from chatbot.page.service import Service
from chatbot.page.views import templates
from chatbot.page.views.markup import tag, web_address
from chatbot.page.views.terms import Glossary
from tests.page.conftest import Served

QUESTIONS = (
    "Who are short breaks for?",
    "What about overnight stays?",
    "What about speech and language therapy waits?",
)

MARKUP = (
    "<script>", "<img src=x", "<b>families</b>", "**bold**", "$$\\int_0^1 x$$", "{{constructor", "${document.title",
    "</article><h1>owned</h1>", "<i> &amp;",
)  # fmt: skip


@pytest.mark.browser
def test_it_is_text_in_every_view(visit: Any, hostile_served: Served) -> None:
    page = visit(hostile_served)
    tab = page.open()
    title = tab.title()
    shown = " ".join(page.ask(question).inner_text() for question in QUESTIONS)
    assert "<script>" in shown and "</article><h1>owned</h1>" in shown
    assert tab.locator("article.turn script, article.turn img, article.turn b, .katex").count() == 0
    tab.locator(".evidence-link").first.click()
    tab.wait_for_selector("#evidence[open] mark")
    assert tab.locator("#evidence script, #evidence img, #evidence b").count() == 0
    tab.goto(page.base + "/documents")
    tab.locator(".papers h2 a").first.click()
    text = " ".join(tab.locator("main").inner_text().split())
    for words in MARKUP:
        assert words in text, words
    assert tab.locator("main script, main b, main i, main img, main h1").count() == 1  # our own h1
    tab.goto(page.base + "/compare")
    tab.fill("#topic", "short breaks <i>x</i>")
    tab.locator("button.first").click()
    assert tab.locator("main i").count() == 0
    assert tab.title() != "owned" and title != "owned"


def test_it_is_text_in_every_file(hostile: Service) -> None:
    from docx import Document
    from pypdf import PdfReader

    answers = [hostile.assistant.answer(question) for question in QUESTIONS]
    quotes = [c.quote for a in answers for c in a.citations]
    assert any("<script>" in q for q in quotes)
    paper = from_answers(answers, hostile.library, Wish("T"))
    data = written(paper, "docx")
    text = "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    assert all(f"“{quote}”" in text for quote in quotes)
    assert b"<script>" not in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    printed = "".join(
        "".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(written(paper, "pdf"))).pages
    )
    assert all("".join(quote.split()) in printed for quote in quotes)
    markdown = written(paper, "md").decode()
    assert "<script>" not in markdown.replace("\\<script\\>", "") and "](javascript" not in markdown


@given(st.text())
def test_a_tag_never_lets_markup_through(words: str) -> None:
    made = tag("p", words, title=words)
    assert made.count("<") == 2 and made.count('"') == 2


def test_a_template_escapes_what_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "any.html").write_text('<p title="{{ words }}">{{ words }}</p>', encoding="utf-8")
    monkeypatch.setattr(templates, "FOLDER", tmp_path)
    templates._environment.cache_clear()
    made = templates.render("any", words='"<i>&')
    templates._environment.cache_clear()
    assert made.count("<") == 2 and made.count('"') == 2


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_marking_terms_changes_no_letter(words: str) -> None:
    from lxml import html

    for text in (words, f"{words} EHCP and SENDIASS {words}"):
        marked = html.fromstring(f"<div>{Glossary('x').mark(text)}</div>")
        assert marked.text_content() == text


@given(st.text(alphabet="ab*_`[]()<>#+-.!|~$&\\:/@w1 \n{}", min_size=1))
def test_markdown_shows_what_was_given(words: str) -> None:
    from lxml import html
    from markdown_it import MarkdownIt

    shown = html.fromstring(f"<div>{MarkdownIt('commonmark').render(escaped(words))}</div>")
    assert [e.tag for e in shown.iter() if e.tag not in ("div", "p")] == []
    assert " ".join(shown.text_content().split()) == " ".join(words.split())


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x", "http://", "ftp://a/b", None, "http://[::1"]
)
def test_only_web_addresses_become_links(address: str | None) -> None:
    assert web_address(address) is None
    assert web_address("https://example.org/a?b") == "https://example.org/a?b"
