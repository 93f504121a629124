"""Questions answered by stored facts: the number, the list, a quote of each area, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.conversation import Assistant
from chatbot.national import asking, counting
from chatbot.national.asking import AskedFact, FactModel, examples, made_of, without_names
from chatbot.records import Answer, Question
from chatbot.serialise import as_json
from ingest.encoder import model
from ingest.settings import Settings

OUTCOME = AskedFact("areas", "outcome", "systemic_failings")
HEALTH, COUNCIL = (next(a for _, a in examples() if a and a.fact == fact) for fact in ("health", "council"))


def told(assistant: Assistant, question: Question, *asked: AskedFact | None) -> Answer | None:
    return counting.answer(question, assistant.library, list(asked))


@pytest.fixture(scope="module")
def assistant(sample_index: Path) -> Assistant:
    return Assistant(sample_index, Settings())


@pytest.mark.parametrize(
    ("asked", "area", "quote"),
    [
        (AskedFact("areas", "outcome", "systemic_failings"), "Aldershire", "widespread and/or systemic failings"),
        (AskedFact("areas", "outcome", "inconsistent"), "Westmarch", "lead to inconsistent experiences"),
        (AskedFact("areas", "statement_of_action", "required"), "Westmarch", "written statement of action"),
        (AskedFact("areas", "follow_up", "yes"), "Westmarch", "sufficient progress"),
        (AskedFact("areas", "next_monitoring", "yes"), "Aldershire", "monitoring inspection will be carried out"),
    ],
)  # fmt: skip
def test_areas_that_meet_a_condition_are_counted_and_quoted(
    assistant: Assistant, asked: AskedFact, area: str, quote: str
) -> None:
    found = told(assistant, Question("Which areas?", "Which areas?", "across"), asked)
    assert found is not None and found.status == "answered"
    assert found.lead.startswith("1 of 2 areas where ") and found.lead.endswith(f": {area}.")
    assert {c.area for c in found.citations} == {area} and any(quote in c.quote for c in found.citations)
    assert found.notes[0].startswith("Counted from what the papers state of themselves: 2 areas, 16 papers,")


def test_others_are_told_apart_from_those_of_whom_no_paper_says_it(assistant: Assistant) -> None:
    asked = Question("Which areas?", "Which areas?", "across")
    assert "Areas of which the papers say otherwise: 1." in told(assistant, asked, OUTCOME).notes  # type: ignore[union-attr]
    statement = told(assistant, asked, AskedFact("areas", "statement_of_action", "required"))
    assert "Areas of which no paper here says either (1): Aldershire." in statement.notes  # type: ignore[union-attr]


def test_years_and_regions_narrow_what_is_counted(assistant: Assistant) -> None:
    in_2016 = Question("q", "q", "across", years=(2016,))
    inspected = told(assistant, in_2016, AskedFact("areas", "inspection_dates", "year"))
    assert inspected is not None and inspected.lead == "1 of 2 areas where an inspection took place, 2016: Westmarch."
    both = told(assistant, Question("q", "q", "across"), AskedFact("areas", "inspection_dates", "year"))
    assert both is not None and both.lead.startswith("2 of 2 areas ")
    london = Question("Which areas of London have systemic failings?", "q", "across")
    assert told(assistant, london, OUTCOME) is None


def test_one_fact_of_one_area_from_its_newest_paper_or_the_year_named(assistant: Assistant) -> None:
    newest = told(assistant, Question("q", "q", "finding", ("Westmarch",)), AskedFact("one", "inspection_dates"))
    assert newest is not None and [c.quote for c in newest.citations] == ["Inspection dates: 10 to 14 June 2024"]
    older = Question("q", "q", "finding", ("Westmarch",), years=(2016,))
    found = told(assistant, older, AskedFact("one", "inspection_dates"))
    assert found is not None and "Between 14 and 18 November 2016" in found.citations[0].quote
    never = Question("q", "q", "finding", ("Westmarch",), years=(2011,))
    assert told(assistant, never, AskedFact("one", "inspection_dates")) is None  # no other year's stands for it
    two = told(
        assistant, Question("q", "q", "finding", ("Westmarch",)), AskedFact("one", "inspection_dates"),
        AskedFact("one", "previous_inspection"),
    )  # fmt: skip
    assert two is not None and len(two.citations) == 2


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (Question("q", "q", "finding"), [AskedFact("one", "outcome")]),  # of which area?
        (Question("q", "q", "finding", ("Westmarch",), ("Leeds",)), [AskedFact("one", "outcome")]),
        (Question("q", "q", "finding", ("Westmarch",), kinds=("peer_review",)), [AskedFact("one", "outcome")]),
        (Question("q", "q", "finding", ("Westmarch",)), [AskedFact("one", "next_monitoring")]),  # no paper says it
        (Question("q", "q", "finding", ("Westmarch",)), [AskedFact("one", "outcome"), None]),  # the rest is searched
        (Question("q", "q", "across", ("Westmarch",)), [OUTCOME]),
        (Question("q", "q", "across"), [AskedFact("areas", "outcome", "positive")]),  # nobody
    ],
)  # fmt: skip
def test_all_else_is_searched(assistant: Assistant, question: Question, asked: list[AskedFact | None]) -> None:
    assert told(assistant, question, *asked) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How many of our areas were found to have systemic failings?", OUTCOME),
        ("which councils had the worst result in their SEND inspection", OUTCOME),
        ("Who was lead inspector in Westmarch?", AskedFact("one", "lead_inspector")),
        ("On what dates was Westmarch inspected?", AskedFact("one", "inspection_dates")),
        ("What must the ICB do in Westmarch?", HEALTH),
        ("Which actions does Westmarch Council lead?", COUNCIL),
        ("What must the council do about transport in Westmarch?", None),
        ("What did inspectors say about speech therapy in Westmarch?", None),
        ("How many areas for improvement does Westmarch have?", None),
        ("When is the peer team coming to Westmarch?", None),
    ],
)  # fmt: skip
def test_what_a_question_asks_for(assistant: Assistant, text: str, asked: AskedFact | None) -> None:
    assert assistant.facts.asked(text, assistant.library.areas) == asked


@pytest.mark.parametrize(
    ("asked", "area", "documents", "quote"),
    [
        (HEALTH, "Westmarch", ["westmarch-action-plan-2025.docx", "westmarch-area-send-report-2024.pdf"], "The ICB"),
        (COUNCIL, "Aldershire", ["aldershire-area-send-report-2023.pdf"], "The council should act urgently"),
    ],
)  # fmt: skip
def test_what_a_body_must_do_is_quoted_from_the_rows_that_name_it(
    assistant: Assistant, asked: AskedFact, area: str, documents: list[str], quote: str
) -> None:
    found = told(assistant, Question("q", "q", "list", (area,)), asked)
    assert found is not None and list(dict.fromkeys(c.document for c in found.citations)) == documents
    assert any(c.quote.startswith(quote) for c in found.citations) and "name the body" in found.notes[0]
    assert told(assistant, Question("q", "q", "list", (area,), years=(1999,)), asked) is None
    assert told(assistant, Question("q", "q", "list"), asked) is None


def test_asked_in_words_end_to_end(assistant: Assistant) -> None:
    found = assistant.answer("Which areas have systemic failings?")
    said = "1 of 2 areas where inspectors found widespread and/or systemic failings: Aldershire."
    assert (found.reason, found.lead) == ("facts", said)
    assert "1 of 2 areas" in as_json(found)["answer"]


def test_the_packaged_vectors_are_those_of_the_examples_and_the_encoder() -> None:
    """If this fails after the examples or the encoder changed: `python -m eval.train.national`."""
    stored = asking._stored(made_of(model.locate(Settings().model).sha256))
    assert stored is not None and stored.shape == (len(examples()), 384)


def test_vectors_of_other_examples_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counting:
        asked = 0

        def embed_query(self, text: str):  # type: ignore[no-untyped-def]
            import numpy as np

            self.asked += 1
            return np.eye(2, dtype=np.float32)[int(text == "Why?")]

    embedder = Counting()
    monkeypatch.setattr(asking, "examples", lambda: [("When?", AskedFact("one", "inspection_dates")), ("Why?", None)])
    fresh = FactModel(embedder, "another model")
    assert embedder.asked == 0
    assert fresh.asked("When?", ()) == AskedFact("one", "inspection_dates") and embedder.asked == 3


def test_names_of_places_are_left_out(assistant: Assistant) -> None:
    assert without_names("When was Leeds inspected?", ()) == "When was the area inspected?"
    assert without_names("When was Westmarch inspected?", assistant.library.areas) == "When was the area inspected?"
