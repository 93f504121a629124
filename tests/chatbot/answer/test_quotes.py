"""Every quote is read again from its page; a page that has changed gives no quote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answer.quotes import Pick, cite, joined
from chatbot.library import Library
from chatbot.records import Hit
from ingest.errors import QuoteError
from ingest.records import collapse, slices
from tests.chatbot.making import hit


def test_any_sentences_of_any_passage_are_found_on_their_pages(sample: Library) -> None:
    for about in sample.documents:
        pages = " ".join(collapse(page.text) for page in sample.pages_of(about.facts.document))
        for passage in sample.passages_of(about.facts.document):
            for n in range(len(passage.sentences)):
                citation = cite(Pick(Hit(passage, 1.0), n, n), 1, sample)
                assert citation.verified
                if len(passage.pages) < 2 and len(passage.spans) == 1:
                    assert citation.quote in pages


def test_words_that_are_not_on_the_page_are_refused(sample: Library) -> None:
    passage = sample.passage(5)
    forged = replace(passage, text="X" + passage.text[1:])
    with pytest.raises(QuoteError, match="ingest check"):
        cite(Pick(Hit(forged, 1.0), 0, 0), 1, sample)


@given(start=st.integers(0, 400), length=st.integers(0, 400), row=st.integers(0, 300))
def test_spans_are_exactly_the_characters_asked_for(sample: Library, start: int, length: int, row: int) -> None:
    passage = sample.passage(row)
    end = min(start + length, len(passage.text))
    pages = sample.pages_of(passage.document)
    spans = slices(passage.spans, start, end)
    found = "".join(pages[s.page].text[s.start : s.end] for s in spans)
    if (
        len(passage.spans) == 1
        and start < end
        and passage.text == pages[spans[0].page].text[passage.spans[0].start : passage.spans[0].end]
    ):
        assert found == passage.text[start:end]
    assert all(s.start < s.end for s in spans)


def test_neighbours_of_one_passage_become_one_quote() -> None:
    found = hit("One.", "Two.", "Three.", "Four.")
    (pick,) = joined([Pick(found, 2, 2), Pick(found, 1, 1), Pick(found, 2, 3)])
    assert (pick.first, pick.last) == (1, 3)


def test_apart_they_stay_two() -> None:
    found = hit("One.", "Two.", "Three.", "Four.")
    assert len(joined([Pick(found, 0, 0), Pick(found, 2, 2), Pick(hit("One.", id_="p2"), 1, 1)])) == 3
