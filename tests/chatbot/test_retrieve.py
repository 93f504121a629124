"""What speaks for a passage: its words, its source, its form; and what is not searched at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatbot.conversation import Assistant
from chatbot.library import Library
from chatbot.records import Question
from chatbot.retrieve import Retriever, bag, coverage, strength
from chatbot.thesaurus import stems_of
from chatbot.weights import WEIGHTS
from tests.chatbot.making import concept, passage, weighted

Asked = Callable[..., Question]


@pytest.fixture(scope="module")
def retriever(assistant: Assistant) -> Retriever:
    return Retriever(assistant.library, assistant.embedder)


def test_strength_takes_whole_phrases() -> None:
    stems = bag(passage("Speech and language therapy is good.")).text
    assert strength(concept("speech and language therapy"), stems) == 1.0
    assert strength(concept("language school"), stems) == 0.0
    assert strength(concept("age"), stems) == 0.0  # "language" has it only inside a word


def test_coverage_is_a_weighted_share() -> None:
    stems = bag(passage("Short breaks.")).text
    assert coverage(weighted(concept("short breaks", 3.0), concept("ponies", 1.0)), stems) == 0.75
    assert coverage([], stems) == 0.0


def test_every_feature_but_noted_ones_has_a_weight(retriever: Retriever, sample: Library, asked: Asked) -> None:
    found = retriever.features(asked("short breaks"), sample.passage(0), 0.5, 0.5, [])
    assert set(found) == set(WEIGHTS)


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("What did the peer review say about waits?", "kind"),
        ("What was said about waits in 2022?", "year"),
        ("How many children were waiting?", "form_anywhere"),
    ],
)
def test_wishes_are_seen(text: str, feature: str, retriever: Retriever, sample: Library, asked: Asked) -> None:
    said = next(p for p in sample.passages_of("westmarch-peer-review-2022.docx") if "1,260 children" in p.text)
    assert retriever.features(asked(text), said, 0.5, 0.5, [])[feature] == 1.0
    assert retriever.features(asked("waits"), said, 0.5, 0.5, [])[feature] == 0.0


def hits(retriever: Retriever, question: Question) -> list:
    documents = retriever.library.in_areas(question.areas)
    return retriever.hits(question, documents, retriever.query_vector(question))


def test_the_best_passage_comes_first(retriever: Retriever, asked: Asked) -> None:
    found = hits(retriever, asked("Why did Fern House close?"))
    assert "Fern House closed in March 2021 because its building was unsafe" in found[0].passage.text
    assert [h.score for h in found if not h.dropped] == sorted((h.score for h in found if not h.dropped), reverse=True)


def test_other_areas_are_never_searched(retriever: Retriever, asked: Asked, sample: Library) -> None:
    found = hits(retriever, asked("short breaks in Aldershire"))
    assert found and all("Aldershire" in sample.by_name[h.passage.document].facts.areas for h in found)


def test_twins_are_marked_and_come_last(retriever: Retriever, asked: Asked) -> None:
    found = hits(retriever, asked("short breaks"))
    dropped = [bool(h.dropped) for h in found]
    assert dropped == sorted(dropped)


def test_no_documents_give_no_hits(retriever: Retriever, asked: Asked) -> None:
    question = asked("short breaks")
    assert retriever.hits(question, [], retriever.query_vector(question)) == []


def test_rare_ideas_weigh_more(retriever: Retriever, sample: Library) -> None:
    question = Question("q", "q", "finding", concepts=(concept("children"), concept("boatyard")))
    weights = {c.label: w for c, w in retriever.weighted(question, [sample.passage(n) for n in range(200)])}
    assert weights["boatyard"] > weights["children"]


def test_short_forms_are_written_out_for_the_model(retriever: Retriever, asked: Asked) -> None:
    assert Retriever._name(asked("CAMHS").concepts[0]) != "camhs"
    assert stems_of("child and adolescent mental health services") in {w for w, _ in asked("CAMHS").concepts[0].phrases}
