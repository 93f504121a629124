"""Every passage of every paper is looked at: none that mentions a topic is missed, none that does not is quoted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chatbot.library import Library
from chatbot.search.filters import Filters
from chatbot.topics.compare import MOST_TOPICS, cell, compare, mentioned, mentions, topic_of, wordings
from ingest.records import collapse
from ingest.settings import Settings


@pytest.fixture(scope="module")
def library(sample_index: Path) -> Library:
    return Library(sample_index, Settings())


def test_nothing_is_cut_off(library: Library) -> None:
    """The prefilter by words loses no passage that the rule itself would find."""
    for topic in ("short breaks", "waiting times for speech therapy", "parent carer forum", "EHCP"):
        question = topic_of(topic, library)
        found = {p.id for p in mentions(question, library.documents, library)}
        every = [p for d in library.documents for p in library.passages_of(d.facts.document)]
        assert found == {p.id for p in every if mentioned(question.concepts, p)}
        assert found


def test_plain_words_are_never_missed(library: Library) -> None:
    """Wherever the very words stand, the paper is not called silent."""
    found = {p.id for p in mentions(topic_of("short breaks", library), library.documents, library)}
    for about in library.documents:
        for passage in library.passages_of(about.facts.document):
            if re.search(r"\bshort breaks?\b", passage.text, re.IGNORECASE):
                assert passage.id in found, passage.text


def test_a_silent_paper_says_how_much_was_looked_at(library: Library) -> None:
    about = library.by_name["westmarch-revisit-letter-2018.pdf"]
    silent = cell(topic_of("short breaks", library), about, library)
    assert (silent.count, silent.citations, silent.looked) == (0, (), about.count)
    assert not any("short break" in p.text.lower() for p in library.passages_of(about.facts.document))


def test_ideas_that_stand_apart_are_told(library: Library) -> None:
    about = library.by_name["westmarch-local-offer-short-breaks.html"]
    apart = cell(topic_of("waiting times for speech therapy", library), about, library)
    assert apart.count == 0 and apart.partly == ("waiting times",) and apart.missing == ("speech therapy",)


def test_quotes_are_verified_and_numbered_through(library: Library) -> None:
    found = compare(library, ["short breaks", "waiting times"], ["Westmarch"], Filters())
    cited = [c for row in found.rows for cell_ in row.cells for c in cell_.citations]
    assert [c.marker for c in cited] == list(range(1, len(cited) + 1))
    for citation in cited:
        assert citation.verified
        pages = library.pages_of(citation.document)
        text = collapse(" ".join(page.text for page in pages))
        assert all(word in text for word in citation.quote.split())


@pytest.mark.parametrize("oldest_first", [True, False])
def test_papers_stand_in_order_of_date(library: Library, oldest_first: bool) -> None:
    dates = [d.facts.date or "" for d in compare(library, ["waits"], [], Filters(), oldest_first).documents]
    assert dates == sorted(dates, reverse=not oldest_first)


def test_areas_kinds_and_years_choose_papers(library: Library) -> None:
    assert len(compare(library, ["waits"], ["Aldershire"], Filters()).documents) == 1
    kinds = compare(library, ["waits"], [], Filters(kinds=("minutes",))).documents
    assert {d.facts.kind for d in kinds} == {"minutes"}
    years = compare(library, ["waits"], [], Filters(first=2016, last=2018)).documents
    assert {d.year for d in years} == {2016, 2018}
    assert compare(library, ["waits"], ["Leeds"], Filters()).documents == ()


def test_topics_without_words_are_left_out_and_there_are_not_too_many(library: Library) -> None:
    found = compare(library, ["", "the of and", "waits", "short breaks", "CAMHS", "autism", "SENDIASS"], [], Filters())
    assert len(found.rows) == MOST_TOPICS and found.rows[0].topic == "waits"


def test_what_was_looked_for_is_said(library: Library) -> None:
    said = wordings(topic_of("speech therapy", library))
    assert said[0] == "speech therapy" and "speech and language therapy" in said and "SALT" in said


@pytest.mark.corpus
def test_all_real_papers_within_seconds(corpus_index: Path) -> None:
    import time

    library = Library(corpus_index, Settings())
    started = time.perf_counter()
    found = compare(library, ["short breaks", "waiting times for speech therapy"], [], Filters())
    assert time.perf_counter() - started < 20
    assert all(0 < len(row.silent) < len(row.cells) for row in found.rows)
