"""An Answer that must never be shown cannot exist."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from chatbot.serialise import as_json
from ingest.errors import QuoteError
from tests.chatbot.making import answer, citation


def test_answered_needs_a_quote() -> None:
    with pytest.raises(QuoteError, match="without a quote"):
        answer("answered")


@pytest.mark.parametrize("bad", [citation(verified=False), citation(quote="")])
def test_a_quote_that_was_not_found_is_refused(bad: object) -> None:
    with pytest.raises(QuoteError, match="not found on its page"):
        answer("answered", (citation(), bad))  # type: ignore[arg-type]


@pytest.mark.parametrize("status", ["not_found", "out_of_scope", "clarify", "safeguarding", "private"])
def test_a_refusal_carries_no_quotes(status: str) -> None:
    assert answer(status).citations == ()
    with pytest.raises(QuoteError, match="cannot carry quotes"):
        answer(status, (citation(),))


def test_a_quote_cannot_be_taken_away_afterwards() -> None:
    made = answer("answered", (citation(),))
    with pytest.raises(QuoteError):
        replace(made, citations=())
    with pytest.raises(FrozenInstanceError):
        made.citations = ()  # type: ignore[misc]


def test_unknown_status_is_refused() -> None:
    with pytest.raises(ValueError, match="perhaps"):
        answer("perhaps")


def test_json_has_what_the_contract_names() -> None:
    row = as_json(answer("answered", (citation(),)))
    assert {"id", "question", "resolved_question", "status", "answer", "citations", "passages", "searched"} <= set(row)
    assert {"marker", "document", "title", "kind", "area", "date", "speaker", "page", "paragraph", "section"} <= set(
        row["citations"][0]
    )
    assert row["searched"] == {"documents": 0, "passages": 0, "areas": [], "from": None, "to": None}
