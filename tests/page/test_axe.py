"""Every view and state under axe-core: no violation of WCAG 2.0 to 2.2 A and AA; best practices told apart."""

from __future__ import annotations

from typing import Any

import pytest

from chatbot.page.service import document_id
from tests.page.conftest import Served, Visit

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FORMS = {
    "compare": ("/compare", {"#topic": "short breaks\nwaiting times for speech therapy"}),
    "enquiry": ("/enquiry", {"#topic": "speech and language therapy"}),
    "plain": ("/plain", {"#question": "What are the areas for improvement in Westmarch?"}),
}


def check(page: Visit, axe: str) -> None:
    """No violation on the page as it stands; best practices are named by their own tag."""
    page.tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.tab.evaluate(axe)
    found = page.tab.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations', 'incomplete']}).then(r => r.violations"
        ".map(v => [v.tags.includes('best-practice') ? 'best practice' : 'WCAG', v.id, "
        "v.nodes.map(n => n.html.slice(0, 200))]))",
        RULES,
    )
    assert found == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_ask_view(visit: Any, served: Served, axe: str, width: int, dark: bool) -> None:
    page = visit(served, width, dark=dark)
    tab = page.open()
    tab.wait_for_selector(".example")
    check(page, axe)
    page.ask("What did inspectors say about waiting times in Westmarch?")
    served.service.assistant.answer("Thank you")  # the first reply is slow
    for trouble in ("my son has been waiting two years for speech therapy in Westmarch", "he hits me at home"):
        page.ask(trouble)
    check(page, axe)
    tab.locator(".evidence-link").first.click()
    tab.wait_for_selector("#evidence[open] mark")
    check(page, axe)


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)], ids=["wide and light", "narrow and dark"])
def test_the_other_views(visit: Any, served: Served, axe: str, width: int, dark: bool) -> None:
    page = visit(served, width, dark=dark)
    report = next(d.facts.document for d in served.service.library.documents if d.media == "pdf")
    paper = f"/documents/{document_id(report)}"
    passage = served.service.library.passages_of(report)[9]
    for address in (f"{paper}?topic=short+breaks", f"{paper}/pages/2", f"{paper}/passages/{passage.id}#quote"):
        page.open(address)
        check(page, axe)
    for address in (
        "/documents",
        "/promises",
        "/promises/Westmarch",
        "/themes",
        "/themes?outcome=inconsistent",
        "/themes/short/improve",
        "/new",
        "/areas",
        "/areas/Westmarch",
        "/documents?area=Westmarch&sort=oldest",
        "/help",
        "/help/privacy",
        "/help/accessibility",
    ):
        page.open(address)
        check(page, axe)
    page.open_absent("/promises/Westmorch")
    check(page, axe)
    page.open("/documents").locator(".papers h2 a").last.click()
    check(page, axe)
    for address, fields in FORMS.values():
        tab = page.open(address)
        check(page, axe)
        for selector, value in fields.items():
            tab.fill(selector, value)
        tab.locator("button.first").first.click()
        tab.wait_for_selector("blockquote")
        check(page, axe)
    tab = page.open("/compare")
    tab.fill("#topic", "short breaks")
    tab.check("#shape-timeline")
    tab.locator("button.first").click()
    tab.wait_for_selector(".timeline")
    check(page, axe)
