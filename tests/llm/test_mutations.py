"""Sentences of the sample papers: as they stand they pass, and with one small change for the worse they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.library import Library
from chatbot.llm.check import check
from chatbot.llm.model.reply import RawClaim
from ingest.settings import Settings
from tests.llm.lying import quote
from tests.llm.mutations import mutations

SENTENCES_OF_EACH = 12


def test_no_change_for_the_worse_passes(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words alone have to do it: the embedding model finds "some" and "most" alike."""
    monkeypatch.setattr(check, "closeness", lambda *told: 1.0)
    library = Library(sample_index, Settings())
    passed, tried, kept, whole = [], 0, 0, 0
    for about in library.documents:
        facts = about.facts
        for passage in library.passages_of(facts.document)[:SENTENCES_OF_EACH]:
            cited = quote(
                1, passage.text, kind=facts.kind, area=", ".join(facts.areas), date=facts.date, lead_in=passage.lead_in
            )
            for start, end in passage.sentences[:2]:
                sentence = passage.text[start:end]
                if not 6 <= len(sentence.split()) <= 45:
                    continue
                whole += 1
                kept += check.check(RawClaim(sentence, (1,), (sentence,)), (cited,), None).claim is not None  # type: ignore[arg-type]
                for what, changed in mutations(sentence):
                    tried += 1
                    verdict = check.check(RawClaim(changed, (1,), (sentence,)), (cited,), None)  # type: ignore[arg-type]
                    if verdict.claim:
                        passed.append((what, changed))
    assert tried > 300
    assert passed == []
    assert kept > 0.6 * whole
