"""A language model's summary stands apart, its claims lead to their quotes, and the page says that one is in use."""

from __future__ import annotations

from dataclasses import replace

from lxml import html
from starlette.testclient import TestClient

from chatbot.export import written
from chatbot.export.paper import Wish, from_answers
from chatbot.page.app import build_app
from chatbot.page.service import Asked, Service
from chatbot.page.views import answer as answer_view
from chatbot.page.views import summary as summary_view
from chatbot.records import Claim, Summary
from ingest.settings import LanguageModel

QUESTION = "What did inspectors say about short breaks in Westmarch?"


def test_claims_are_escaped_and_lead_to_their_quotes(service: Service) -> None:
    told = Summary((Claim("Short <b>breaks</b> are few.", (1,)),), 1, "tiny", "here", "One sentence was left out.")
    answer = replace(service.assistant.answer(QUESTION), summary=told)
    page = html.fromstring(answer_view.turn(service, Asked(QUESTION), answer, 3))
    section = page.find_class("summary")[0]
    assert "Short <b>breaks</b> are few." in section.text_content() and not section.findall(".//b")
    (link,) = section.findall(".//a")
    assert page.get_element_by_id(link.get("href").lstrip("#")).tag == "figure"
    assert "left out" in section.text_content()
    text = written(from_answers([answer], service.library, Wish("T")), "md").decode()
    assert "Short \\<b\\>breaks" in text


def test_without_claims_only_the_reason_stands_there(service: Service) -> None:
    answer = replace(service.assistant.answer(QUESTION), summary=Summary((), 0, "tiny", "here", "No summary."))
    page = answer_view.turn(service, Asked(QUESTION), answer, 1)
    assert "No summary." in page and 'class="summary"' not in page


def test_the_page_says_that_a_model_is_in_use_and_where(service: Service) -> None:
    assert summary_view.notice(service) == ""
    settings = replace(service.assistant.settings, llm=LanguageModel("ollama", "tiny", "http://127.0.0.1:11434"))
    with_model = Service(_other(service.assistant, settings), service.page)
    with TestClient(build_app(with_model)) as client:
        for address in ("/", "/plain", "/help", "/help/privacy"):
            assert "tiny" in client.get(address).text and "127.0.0.1:11434" in client.get(address).text, address


def test_the_page_says_when_a_question_leaves_the_machine(service: Service) -> None:
    remote = LanguageModel("openai-like", "big", "https://models.example.org/v1", allow_remote=True)
    settings = replace(service.assistant.settings, llm=remote)
    with_model = Service(_other(service.assistant, settings), service.page)
    with TestClient(build_app(with_model)) as client:
        for address in ("/", "/plain", "/help", "/help/privacy"):
            page = client.get(address).text
            assert "another computer: https://models.example.org/v1" in page, address
            assert "Do not type anything private" in page, address


def test_a_page_without_a_model_speaks_of_none(service: Service) -> None:
    with TestClient(build_app(service)) as client:
        assert "language model (" not in client.get("/").text + client.get("/plain").text


def _other(assistant: object, settings: object) -> object:
    import copy

    other = copy.copy(assistant)
    other.settings = settings
    return other
