"""A refusal says what was searched, what is missing, how near the papers came and where else to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatbot.answer import refusals
from chatbot.conversation import Assistant
from chatbot.serialise import plain_text


def test_what_was_searched_is_told(assistant: Assistant) -> None:
    answer = assistant.answer("How many swimming pools are there in Aldershire?")
    assert (answer.status, answer.reason) == ("not_found", "gate")
    assert plain_text(answer).startswith("The documents do not say.")
    assert "Searched for “How many swimming pools are there in Aldershire?” in 1 paper," in plain_text(answer)
    assert "from 2023" in plain_text(answer)
    assert "freedom of information" in plain_text(answer)


def test_nearest_passage_is_shown_but_not_cited(assistant: Assistant) -> None:
    answer = assistant.answer("How much does a year at Thornfield School cost in Westmarch?")
    assert answer.status == "not_found" and not answer.citations and answer.hits
    assert "The nearest passage does not answer it. It is in Westmarch" in plain_text(answer)


def test_missing_year_is_named(assistant: Assistant) -> None:
    answer = assistant.answer("How many supported internships were there in Westmarch in 2009?")
    assert answer.status == "not_found"
    assert "No paper here is from 2009" in plain_text(answer) and "from from" not in plain_text(answer)


@pytest.mark.parametrize("text", ["What about short breaks in Bury?", "How long are waits in Thornbridge?"])
def test_place_without_papers_names_those_with(text: str, assistant: Assistant) -> None:
    answer = assistant.answer(text)
    assert (answer.status, answer.reason) == ("not_found", "area")
    assert "Aldershire and Westmarch" in plain_text(answer)


@pytest.mark.parametrize(
    "text", ["How many horses are kept in Westmarch?", "What percentage of supported interns found work in Aldershire?"]
)
def test_near_misses_are_refused(text: str, assistant: Assistant) -> None:
    assert assistant.answer(text).status == "not_found"


def test_a_paper_that_is_not_there_is_told(assistant: Assistant) -> None:
    answer = assistant.answer("What did the peer review say about waits in Aldershire?")
    assert answer.status == "not_found" or "no peer review among the papers searched" in plain_text(answer)


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("which was the one", "clarify", "no_topic"),
        ("more", "clarify", "no_topic"),
        ("Was sagen die Inspektoren über Wartezeiten für Kinder?", "clarify", "language"),
        ("My daughter is being hurt by her uncle", "safeguarding", "screened"),
        ("What is the home address of the girl in the report?", "private", "screened"),
    ],
)
def test_stages_that_decide_before_any_search(text: str, status: str, reason: str, assistant: Assistant) -> None:
    answer = assistant.answer(text)
    assert (answer.status, answer.reason, answer.hits) == (status, reason, ())


def test_safeguarding_gives_the_numbers(assistant: Assistant) -> None:
    text = plain_text(assistant.answer("My daughter is being hurt by her uncle"))
    assert "999" in text and "0808 800 5000" in text and "{" not in text


def test_pages_of_searched_papers_that_nobody_could_read_are_told(assistant: Assistant) -> None:
    """By the pages, three papers at most by name."""
    about = assistant.library.documents[0]
    papers = [replace(about, facts=replace(about.facts, title=f"Plan {n}", unread_pages=(2, 3, 7))) for n in range(5)]
    told = refusals.unread([about, *papers])
    assert told.count("pages 2-3 and 7 of Plan") == 3 and "2 more papers" in told and "misread" not in told
    scans = refusals.unread([replace(about, facts=replace(about.facts, title="Scan", scanned_pages=(4,)))])
    assert "page 4 of Scan" in scans and "misread" in scans
    assert refusals.unread([about]) == ""


def test_a_refusal_tells_pages_that_were_not_read(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    unread = [replace(d, facts=replace(d.facts, unread_pages=(4,))) for d in assistant.library.documents]
    monkeypatch.setattr(assistant.library, "documents", unread)
    answer = assistant.answer("How many swimming pools are there in Aldershire?")
    assert "page 4 of" in plain_text(answer) and "could not be read" in plain_text(answer)


def test_when_there_is_no_more_a_person_is_asked_what_else(assistant: Assistant) -> None:
    asked = "Who inspected Westmarch in 2023?"
    answer = assistant.answer("tell me more", history=[asked, *["anything else?"] * 9])
    assert (answer.status, answer.reason) == ("clarify", "no_more") and not answer.citations
