"""Lines of enquiry: tied to quotes, true about what the papers do not say, never a verdict."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import prompts
from chatbot.library import Library
from chatbot.topics.compare import mentions, topic_of
from chatbot.topics.enquiry import ANY_NUMBER, FIGURE, PROMISE, enquire
from ingest.settings import Settings

TOPICS = ("speech and language therapy", "short breaks", "waiting times", "co-production", "EHC plans")
VERDICT = re.compile(r"\b(fail\w*|poor|bad|good|excellent|should have|blame|wrong|weak|success\w*)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def library(sample_index: Path) -> Library:
    return Library(sample_index, Settings())


@pytest.mark.parametrize("topic", TOPICS)
def test_every_line_is_tied_to_a_verified_quote_about_the_topic(library: Library, topic: str) -> None:
    found = enquire(library, topic, "Westmarch")
    about = {p.id for p in mentions(topic_of(topic, library), library.in_areas(["Westmarch"]), library)}
    assert found.lines
    markers = [c.marker for line in found.lines for c in line.citations]
    assert markers == list(range(1, len(markers) + 1))
    for line in found.lines:
        assert line.citations and all(c.verified and c.passage_id in about for c in line.citations)


@pytest.mark.parametrize("topic", TOPICS)
def test_what_is_said_of_silence_is_true(library: Library, topic: str) -> None:
    for line in enquire(library, topic, "Westmarch").lines:
        date = line.citations[0].date or ""
        others = mentions(topic_of(topic, library), library.in_areas(["Westmarch"]), library)
        newer = {p.document for p in others if (library.by_name[p.document].facts.date or "") > date}
        if line.kind in ("progress", "promise"):
            assert line.silent.startswith("No newer paper") == (not newer)
        if line.kind == "figure":
            given = {p.document for p in others if FIGURE.search(p.text)}
            assert line.silent.startswith("No newer figure") == (not given & newer)
        if line.kind == "no_figure":
            assert not any(
                ANY_NUMBER.search(p.text)
                for p in others
                if p.part not in ("template", "details", "method", "front", "team")
            )
        if line.kind == "voices":
            assert len({c.document for c in line.citations}) == 2 and len({c.speaker for c in line.citations}) == 2


def test_no_words_of_ours_judge_or_script() -> None:
    for line in prompts.table("enquiry")["line"].values():
        for text in line.values():
            assert not VERDICT.search(text) and "?" not in text


def test_an_area_or_topic_without_words_gives_nothing(library: Library) -> None:
    assert enquire(library, "xyzzy", "Westmarch").lines == ()
    assert enquire(library, "", "Westmarch").lines == ()
    assert enquire(library, "short breaks", "Leeds").lines == ()


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (FIGURE, "63% of plans", True), (FIGURE, "up to 21 weeks", True), (FIGURE, "in 2024 leaders", False),
        (FIGURE, "many weeks", False), (ANY_NUMBER, "some", False),
        (ANY_NUMBER, "in 2024", False), (ANY_NUMBER, "four beds", True), (ANY_NUMBER, "a third of families", True),
        (PROMISE, "Officers agreed to circulate the slides", True), (PROMISE, "opens by September 2025", True),
        (PROMISE, "Plans are late", False),
    ],
)  # fmt: skip
def test_patterns(pattern: re.Pattern[str], text: str, found: bool) -> None:
    assert bool(pattern.search(text)) == found
