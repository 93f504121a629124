"""Plain text of an answer: the lead, quotes with marks and sources, then the notes."""

from __future__ import annotations

from dataclasses import replace

from chatbot.conversation import Assistant
from chatbot.serialise import place, plain_text
from tests.chatbot.making import answer, citation


def test_place_is_as_exact_as_the_document() -> None:
    assert place(citation()) == "page 2"
    assert place(replace(citation(), paragraph="13")) == "page 2, paragraph 13"
    assert place(replace(citation(), page=None)) == ""
    assert place(replace(citation(), scanned=True)) == "page 2, read from a scan; check the picture"


def test_refusal_is_its_lead_and_notes() -> None:
    assert plain_text(replace(answer("not_found"), notes=("One.", "", "Two."))) == "Lead.\n\nOne.\n\nTwo."


def test_every_quote_has_its_mark_and_voice(assistant: Assistant) -> None:
    found = assistant.answer("What did parents tell the peer team about the Kestrel Card in Westmarch?")
    blocks = plain_text(found).split("\n\n")
    assert blocks[0] == found.lead
    for c in found.citations:
        assert f"“{c.quote}” [{c.marker}] (" in plain_text(found)
