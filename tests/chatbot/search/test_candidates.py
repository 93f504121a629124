"""The first stage: two lists fused by rank, within the papers asked for, always in one order."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.conversation import Assistant
from chatbot.library import Library
from chatbot.records import Question
from chatbot.search import candidates as stage
from chatbot.search.candidates import DEPTH, candidates
from tests.chatbot.making import hit

TEXT = "How long are the waits for speech and language therapy?"
ASKED = Question(TEXT, TEXT, "finding", standalone=TEXT)


@pytest.fixture(scope="module")
def vector(assistant: Assistant) -> np.ndarray:
    return assistant.embedder.embed_query(TEXT)


def ids(library: Library, vector: np.ndarray, question: Question = ASKED, area: str = "Westmarch") -> list[str]:
    return [h.passage.id for h in candidates(question, library.in_areas([area]), vector, library)]


def test_both_lists_have_a_say(sample: Library, vector: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    fused = ids(sample, vector)
    by_words = ids(sample, np.zeros_like(vector))
    by_meaning = ids(sample, vector, Question("", "", "finding", standalone="zzz"))
    assert fused not in (by_words, by_meaning)
    assert fused[0] in by_meaning[:5] + by_words[:5]


def test_only_papers_asked_for(sample: Library, vector: np.ndarray) -> None:
    for area in ("Westmarch", "Aldershire"):
        found = candidates(ASKED, sample.in_areas([area]), vector, sample)
        assert found and all(area in sample.by_name[h.passage.document].facts.areas for h in found)
    assert candidates(ASKED, [], vector, sample) == []


def test_best_first_no_more_than_the_depth_and_the_same_each_time(sample: Library, vector: np.ndarray) -> None:
    found = candidates(ASKED, sample.documents, vector, sample)
    kept = [h.score for h in found if not h.dropped]
    assert len(found) == DEPTH and kept == sorted(kept, reverse=True)
    assert found == candidates(ASKED, sample.documents, vector, sample)


def test_equal_scores_keep_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert stage.best(np.asarray([1.0, 2.0, 2.0, 0.5])) == [1, 2, 0, 3]
    many = stage.best(np.ones(stage.ARM * 3))
    assert many == list(range(stage.ARM))


def test_the_same_words_are_read_once() -> None:
    text = "Families wait a very long time for their first appointment."
    hits = [hit(text, id_="a"), hit(text.upper(), id_="b"), hit("Nobody was told why that is so.", id_="c")]
    found = stage.without_twins(hits)
    assert [(h.passage.id, bool(h.dropped)) for h in found] == [("a", False), ("c", False), ("b", True)]
