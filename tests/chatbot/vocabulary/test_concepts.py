"""A question's words become ideas: jargon with its other wordings, everyday words by themselves, framing left out."""

from __future__ import annotations

import pytest

from chatbot.vocabulary.concepts import ideas
from chatbot.vocabulary.thesaurus import exact_forms, stems_of


def labels(text: str) -> list[str]:
    return [idea.label for idea in ideas(text, lambda stem: True)]


def wordings(text: str) -> set[tuple[str, ...]]:
    return {stems for idea in ideas(text, lambda stem: True) for stems, _ in idea.wordings}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("EHCP", "EHC plan"),
        ("EHC plan", "EHCP"),
        ("speech therapy", "speech and language therapy"),
        ("SALT", "speech and language therapy"),
        ("camhs", "child and adolescent mental health services"),
        ("annual reviews", "annual review"),
        ("DCO", "designated clinical officer"),
        ("designated clinical officer", "DCO"),
    ],
)
def test_wordings_find_each_other(typed: str, meant: str) -> None:
    assert stems_of(meant) in wordings(typed)


@pytest.mark.parametrize("text", ["What did the inspectors say about it?", "", "so what now", "?!"])
def test_framing_words_are_no_ideas(text: str) -> None:
    assert labels(text) == []


def test_short_forms_count_as_printed() -> None:
    """ "ADD" is a condition, "Add" a word."""
    means = stems_of(exact_forms()["ADD"].name)
    assert means in wordings("Help with ADD")
    assert means not in wordings("Add more clubs")


def test_short_form_in_an_all_lower_case_question_counts() -> None:
    assert stems_of("occupational therapy") in wordings("how long is the wait for ot")


def test_two_wordings_of_one_idea_are_one() -> None:
    assert len(ideas("EHC plans and EHCPs", lambda stem: True)) == 1


def test_unknown_word_is_an_idea_that_says_so() -> None:
    (idea,) = ideas("zeppelins", lambda stem: False)
    assert (idea.label, idea.known, idea.jargon) == ("zeppelins", False, False)
