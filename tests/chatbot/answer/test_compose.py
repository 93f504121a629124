"""Quotes in the order people read them, under headings that say where they are from, with what must be said beside."""

from __future__ import annotations

from collections.abc import Callable

from chatbot.answer import compose
from chatbot.conversation import Assistant
from chatbot.records import Finding, Hit, Pick, Question, Reading, Scope

Asked = Callable[..., Question]


def test_change_reads_from_old_to_new(assistant: Assistant) -> None:
    answer = assistant.answer("How has the local offer in Westmarch changed since 2016?")
    dates = [c.date or "" for c in answer.citations]
    years = [date[:4] for date in dates]
    assert answer.status == "answered" and years == sorted(years) and len(set(years)) > 1


def test_areas_stay_apart_in_the_order_named(assistant: Assistant) -> None:
    areas = [c.area for c in assistant.answer("Compare short breaks in Westmarch and Aldershire").citations]
    assert areas == sorted(areas, reverse=True) and set(areas) == {"Westmarch", "Aldershire"}


def test_markers_count_from_one_and_stand_in_groups_once(assistant: Assistant) -> None:
    answer = assistant.answer("What did inspectors say about short breaks in Westmarch?")
    markers = [m for group in answer.groups for m in group.markers]
    assert sorted(markers) == [c.marker for c in answer.citations] == list(range(1, len(markers) + 1))


def test_strengths_stand_apart_from_what_must_get_better(assistant: Assistant) -> None:
    answer = assistant.answer("What did inspectors say about short breaks in Westmarch?")
    polarity = {c.marker: (c.document, c.polarity) for c in answer.citations}
    assert all(len({polarity[m] for m in group.markers}) == 1 for group in answer.groups)


def test_a_guess_is_told_as_one(assistant: Assistant) -> None:
    answer = assistant.answer("What did inspectors say about short breaks in Westmarch?")

    def lead(*none: float) -> str:
        findings = [Finding("", Scope("", ()), (), (), Reading((), share, 0.25)) for share in none]
        return compose.lead(answer.question, answer.citations, assistant.library, findings)

    assert lead(0.7, 0.6) == f"This comes closest, but it may not answer the question. {lead(0.3)}"
    assert lead(0.7, 0.3) == lead(0.3) == compose.lead(answer.question, answer.citations, assistant.library)


def test_silent_side_is_named(assistant: Assistant) -> None:
    answer = assistant.answer("Compare supported internships in Westmarch and Aldershire")
    sides = {c.area for c in answer.citations}
    assert sides == {"Westmarch", "Aldershire"} or any("Aldershire" in note for note in answer.notes)


def test_side_without_papers_is_named(assistant: Assistant) -> None:
    answer = assistant.answer("Compare short breaks in Westmarch and Bury")
    assert {c.area for c in answer.citations} == {"Westmarch"}
    assert "There are no papers about Bury here." in answer.notes


def test_mended_spelling_is_told(assistant: Assistant) -> None:
    assert "Read as: theraphy as therapy." in assistant.answer("speech theraphy waits in Westmarch").notes


def test_minutes_and_rights_are_explained(assistant: Assistant) -> None:
    answer = assistant.answer("Is my child entitled to a Kestrel Card in Westmarch?")
    assert any("cannot say whether you or your child qualify" in note for note in answer.notes)
    minutes = assistant.answer("What did the cabinet minutes say about Rowan Lodge?")
    assert any(note.startswith("Minutes record") for note in minutes.notes)


def test_meaning_of_jargon_is_our_own_line(asked: Asked) -> None:
    ((name, means),) = compose.definitions(asked("What does DSCO mean?"))
    assert (name, means) == ("designated social care officer", "The social care lead for SEND.")
    assert compose.definitions(asked("How many DSCOs are there?")) == []


def test_lead_only_says_where_the_quotes_are_from(assistant: Assistant) -> None:
    one = assistant.answer("When did inspectors visit Aldershire?")
    assert one.lead == "Aldershire inspection report, 20 October 2023 says:"
    several = assistant.answer("What did inspectors say about short breaks?")
    count = len({c.document for c in several.citations})
    assert count > 1 and several.lead == f"{count} documents speak about this:"


def test_the_newest_leads_only_where_it_answers_as_well(asked: Asked, assistant: Assistant) -> None:
    """A paper is not put first for its date alone: people read the first quote as the answer."""
    dated = sorted((d for d in assistant.library.documents if d.facts.date), key=lambda d: d.facts.date or "")
    old, new = (assistant.library.passages_of(d.facts.document)[0] for d in (dated[0], dated[-1]))

    def first(worth_of_new: float) -> str:
        hits = (Hit(old, 0.0, sentences=(4.0,)), Hit(new, 0.0, sentences=(worth_of_new,)))
        picks = [Pick(hit, 0, 0) for hit in hits]
        return compose.ordered(asked("What is said about short breaks?"), [picks], assistant.library)[
            0
        ].hit.passage.document

    assert first(4.0 - compose.AS_GOOD) == new.document
    assert first(3.9 - compose.AS_GOOD) == old.document
