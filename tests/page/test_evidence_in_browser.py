"""The page a quote comes from: the marked rectangle covers the quoted words, by the PDF's own character boxes."""

from __future__ import annotations

import io
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest

from chatbot.page import page_image
from chatbot.page.service import document_id
from tests.page.conftest import Served

YELLOW = (255, 228, 120)


# Whether a mark stands in the window: the one on the picture where it is wide enough to be read, else that of the text.
IN_VIEW = """() => {
  const drawn = document.querySelector(".mark-on-page"), written = document.querySelector("mark");
  const legible = drawn && drawn.ownerSVGElement.getBoundingClientRect().width >= 480;
  const at = (legible ? drawn : written).getBoundingClientRect();
  return at.height > 0 && at.top >= 0 && at.top < innerHeight && at.left >= 0 && at.left < innerWidth;
}"""


Boxes = list[tuple[float, float, float, float]]


def _places(path: Path, number: int, words: str) -> list[Boxes]:
    """The boxes of the characters of some words wherever they stand, by the PDF library's own search; top left is 0."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    text, height = document[number - 1].get_textpage(), document[number - 1].get_height()
    search, found = text.search(words, match_case=True), []
    while place := search.get_next():
        boxes = [text.get_charbox(n) for n in range(place[0], place[0] + place[1])]
        found.append(
            [(left, height - top, right, height - bottom) for left, bottom, right, top in boxes if right > left]
        )
    document.close()
    return found


def _is_marked(picture: Any, boxes: Boxes, scale: float) -> bool:
    """Whether the ground of every character is yellow."""
    for left, top, right, bottom in boxes:
        edges = (floor(left * scale), floor(top * scale), ceil(right * scale), ceil(bottom * scale))
        lightest = max((colour for _, colour in picture.crop(edges).getcolors(10_000)), key=sum)
        if any(abs(a - b) > 40 for a, b in zip(lightest, YELLOW, strict=True)):
            return False
    return True


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_the_marked_rectangle_covers_the_quoted_words(visit: Any, served: Served, width: int) -> None:
    from PIL import Image

    page = visit(served, width)
    tab = page.open()
    turn = page.ask("What did inspectors say about short breaks in Westmarch?")
    answer = served.service.assistant.answer("What did inspectors say about short breaks in Westmarch?")
    citation = next(c for c in answer.citations if c.page)
    link = turn.locator(f"#turn-1-quote-{citation.marker} .evidence-link")
    assert link.inner_text().startswith(f"See page {citation.page}")
    link.click()
    image = tab.locator("#evidence[open] img.page-picture").first
    image.scroll_into_view_if_needed()
    tab.wait_for_function("document.querySelector('#evidence img').naturalWidth > 0")
    assert "marked in yellow" in image.get_attribute("alt")
    data = tab.request.get(page.base + image.get_attribute("src")).body()
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    about = served.service.library.by_name[citation.document]
    scale = picture.width / _width(served.service.original(about), citation.page)
    original = served.service.original(about)
    for words in (" ".join(citation.quote.split()[:3]), " ".join(citation.quote.split()[-2:])):
        assert any(_is_marked(picture, boxes, scale) for boxes in _places(original, citation.page, words)), words
    others = [p for p in served.service.library.passages_of(citation.document) if p.pages == (citation.page,)]
    other = next(p for p in others if p.id != citation.passage_id and len(p.text.split()) > 8)
    assert not any(
        _is_marked(picture, boxes, scale)
        for boxes in _places(original, citation.page, " ".join(other.text.split()[:4]))
    )
    marked = tab.locator("#evidence mark")
    assert citation.quote in marked.inner_text()


def _width(path: Path, number: int) -> float:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    width = document[number - 1].get_width()
    document.close()
    return width


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (640, 450), (390, 700), (320, 225)])
def test_the_marked_words_come_into_view(visit: Any, served: Served, width: int, height: int) -> None:
    """At once, at every size, by an address of its own and in the panel; on the picture only where it can be read."""
    page = visit(served, width, height)
    library = served.service.library
    for about in library.documents:
        passage = library.passages_of(about.facts.document)[-2:][0]
        end = passage.sentences[0][1] if passage.sentences else len(passage.text)
        place = f"/passages/{passage.id}?quote=0-{end}#quote"
        page.tab.goto(f"{page.base}/documents/{document_id(about.facts.document)}{place}")
        page.tab.wait_for_function(IN_VIEW)
    tab = page.open()
    turn = page.ask("What did inspectors say about short breaks in Westmarch?")
    for link in turn.locator(".evidence-link").all():
        link.click()
        tab.wait_for_selector("#evidence[open] mark")
        tab.wait_for_function(IN_VIEW)
        tab.go_back()  # closes the panel, and stays
        tab.wait_for_selector("#evidence:not([open])", state="attached")
    link = turn.locator(".evidence-link").first
    link.click()
    tab.click("#evidence-close")
    tab.wait_for_function("!history.state || !history.state.evidence")
    assert link.evaluate("e => e === document.activeElement") and turn.is_visible()
    tab.go_back()  # to where one was before the page
    assert "/documents/" in tab.url


@pytest.mark.browser
def test_the_words_around_can_be_walked_and_the_way_back_is_kept(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open()
    turn = page.ask("What did inspectors say about short breaks in Westmarch?")
    link = turn.get_by_role("link", name="See page").first
    link.click()
    tab.wait_for_selector("#evidence[open] mark")
    first = tab.locator("#evidence h3").first.inner_text()
    tab.get_by_role("link", name="Read the page after").click()
    tab.wait_for_function("t => document.querySelector('#evidence h3').innerText !== t", arg=first)
    opened = tab.get_by_role("link", name="Open the PDF at page").get_attribute("href")
    assert opened.endswith(f"#page={tab.locator('#evidence h3').first.inner_text().split()[-1]}")
    tab.click("#evidence-close")
    assert link.evaluate("e => e === document.activeElement")


@pytest.mark.browser
def test_one_control_leads_through_all_quotes_by_the_keyboard(visit: Any, served: Served) -> None:
    page = visit(served, 320)
    tab = page.open()
    turn = page.ask("What are the areas for improvement in Westmarch?")
    links = turn.locator(".evidence-link")
    assert (count := links.count()) > 1
    links.first.click()
    tab.wait_for_selector("#evidence[open] mark")
    seen = [tab.locator("#evidence mark").first.inner_text()]
    tab.get_by_role("button", name="Next", exact=True).focus()
    for number in [*range(2, count + 1), 1]:  # after the last comes the first
        tab.keyboard.press("Enter")
        tab.wait_for_function(
            "t => document.querySelector('#evidence-at').textContent === t", arg=f"{number} / {count}"
        )
        assert tab.evaluate(IN_VIEW)
        seen.append(tab.locator("#evidence mark").first.inner_text())
    assert seen[-1] == seen[0] and len(set(seen)) == count
    tab.keyboard.press("Escape")
    assert links.first.evaluate("e => e === document.activeElement")


@pytest.mark.browser
def test_a_paper_without_pages_shows_the_passage_where_it_stands(visit: Any, served: Served) -> None:
    page = visit(served)
    tab = page.open()
    turn = page.ask("How do I apply for a short break in Westmarch?")
    turn.get_by_role("link", name="See it in the paper").first.click()
    tab.wait_for_selector("#evidence[open] mark")
    assert tab.locator("#evidence img").count() == 0
    assert tab.locator("#evidence .text-of-page p, #evidence .text-of-page li").count() >= 3


def test_every_quote_of_every_pdf_is_marked(served: Served) -> None:
    """Each passage of the sample's PDFs has its boxes, within the page."""
    library = served.service.library
    for about in library.documents:
        if about.media != "pdf":
            continue
        pages = library.pages_of(about.facts.document)
        for passage in library.passages_of(about.facts.document)[::5]:
            for page in {span.page for span in passage.spans}:
                spans = [s for s in passage.spans if s.page == page]
                found = page_image.boxes(served.service.original(about), pages[page], spans)
                assert found, passage.text
                assert all(0 <= box.left < box.right <= 620 and 0 <= box.bottom < box.top <= 860 for box in found)
