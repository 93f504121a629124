"""Which areas were told something: who is named with a quote, who spoke otherwise, who is silent."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatbot.conversation import Assistant
from chatbot.national import topics, wanted
from chatbot.national.wanted import ABOUT, BAD, GOOD, IMPROVE, OTHER, WantedModel, frame
from chatbot.records import Answer
from eval.train import linear
from eval.train.area_questions import examples
from ingest.encoder import model
from ingest.settings import Settings


@pytest.fixture(scope="module")
def assistant(sample_index: Path) -> Assistant:
    return Assistant(sample_index, Settings())


def areas(found: Answer) -> list[str]:
    return [group.heading for group in found.groups]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which areas were told about waits for speech therapy?", ["Aldershire", "Westmarch"]),
        ("Which areas were told to improve occupational therapy?", ["Westmarch"]),
        ("who else was told to improve alternative provision", ["Aldershire"]),
    ],
)
def test_areas_are_counted_listed_and_quoted(assistant: Assistant, question: str, expected: list[str]) -> None:
    found = assistant.answer(question)
    assert (found.status, found.reason) == ("answered", "areas")
    assert areas(found) == expected and found.lead.startswith(f"{len(expected)} of 2 areas ")
    assert [c.area for c in found.citations] == expected  # one quote each
    assert "2 areas, 16 papers" in found.notes[0]


def test_an_area_that_speaks_otherwise_is_told_apart_from_one_that_is_silent(assistant: Assistant) -> None:
    improve = assistant.answer("Which areas were told to improve occupational therapy?")
    assert any(note.startswith("Areas whose papers ") and note.endswith(": Aldershire.") for note in improve.notes)
    nobody = assistant.answer("Which areas were told about helicopters?")
    assert nobody.status == "not_found" and not nobody.citations
    assert nobody.notes[-1].endswith("does not mean that all is well there (2): Aldershire and Westmarch.")


def test_where_a_passage_stands_decides_what_it_can_say(assistant: Assistant) -> None:
    question = replace(assistant.answer("Which areas mention short breaks?").question, areas=())
    vector = assistant.embedder.embed_query(question.standalone)
    told = {w: topics.answer(question, w, vector, assistant.library) for w in (GOOD, BAD, IMPROVE)}
    polarity = {w: {c.polarity for c in found.citations} if found else set() for w, found in told.items()}
    assert polarity[IMPROVE] == {"improvement"}
    assert not polarity[GOOD] & {"development", "improvement", "priority"} and "strength" not in polarity[BAD]


def test_a_question_that_follows_can_want_the_opposite(assistant: Assistant) -> None:
    before = "Which areas were praised for their work on occupational therapy?"
    found = assistant.answer("and which ones were told to improve it?", history=[before])
    assert areas(found) == ["Westmarch"] and {c.polarity for c in found.citations} <= {"improvement", "priority"}


def test_years_and_more_narrow_and_widen(assistant: Assistant) -> None:
    every = assistant.answer("Which areas were told about waits for speech therapy?")
    more = topics.answer(
        replace(every.question, more=1), ABOUT, assistant.embedder.embed_query(every.question.standalone),
        assistant.library,
    )  # fmt: skip
    assert more is not None and len(more.citations) > len(every.citations)
    old = assistant.answer("Which areas were told about waits for speech therapy in 2016?")
    assert {c.date[:4] for c in old.citations if c.date} <= {"2016"}


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("Which areas were told about braille?", ABOUT),
        ("Which areas were praised for mentoring?", GOOD),
        ("Where is there not enough physiotherapy?", BAD),
        ("Which areas must improve mentoring?", IMPROVE),
        ("What did inspectors say about physiotherapy?", OTHER),
        ("How long do children wait for a mentor?", OTHER),
        ("What is an EHC plan?", OTHER),
    ],
)
def test_what_is_asked_of_all_areas(assistant: Assistant, question: str, what: str) -> None:
    across = assistant.kinds.guess(question).kinds["across"]
    assert assistant.wanted.wanted(assistant.embedder.embed_query(question), across) == what


def test_weights_of_another_encoder_are_not_used() -> None:
    other = WantedModel("another")
    assert other.wanted(np.ones(384, dtype=np.float32), 0.9) == ABOUT
    assert other.wanted(np.ones(384, dtype=np.float32), 0.1) == OTHER


def test_the_packaged_weights_are_those_of_the_sentences_and_the_encoder() -> None:
    """If this fails after either changed: `python -m eval.train.national`."""
    stored = wanted._stored(model.locate(Settings().model).sha256)
    assert stored is not None and stored.shape == (len(wanted.CLASSES), 385)


def test_words_that_only_ask_are_not_looked_for() -> None:
    assert {"area", "prais", "improv"} <= frame() and not {"wait", "portag", "break"} & frame()


def test_the_classifier_is_fitted_from_every_class_and_the_same_each_time() -> None:
    texts, classes = examples(random.Random(0))
    assert set(classes) == set(range(len(wanted.CLASSES))) and not any("X" in text for text in texts[:50])
    vectors = np.random.default_rng(0).normal(size=(40, 6)).astype(np.float32)
    sorts = (vectors[:, 0] > 0).astype(int) + (vectors[:, 1] > 0)
    weights = linear.softmax(vectors, sorts)
    assert weights.flags["C_CONTIGUOUS"] and np.array_equal(weights, linear.softmax(vectors, sorts))
    right = (weights[:, :-1] @ vectors.T + weights[:, -1:]).argmax(axis=0) == sorts
    assert right.mean() > 0.9
