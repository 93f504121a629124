"""How many right claims the check leaves out: told as a share, and held."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from chatbot.library import Library
from chatbot.llm.check.check import check
from chatbot.llm.model.reply import RawClaim
from chatbot.records import Citation
from ingest.encoder.embedder import Embedder
from ingest.settings import Settings
from tests.llm.lying import quote
from tests.llm.right import ASKED, RETOLD, Right

MOST_OF_ASKED = 0.15  # 8 of 56 when it was measured
MOST_OF_ALL = 0.40  # 29 of 77: none of the free retellings passes


@pytest.fixture(scope="module")
def library(sample_index: Path) -> Library:
    return Library(sample_index, Settings())


def cited(library: Library, document: str, sentences: str) -> Citation:
    """The passage of the sample that holds some sentences, as it would be quoted."""
    facts = next(d.facts for d in library.documents if d.facts.document == document)
    passage = next(p for p in library.passages_of(document) if sentences in p.text)
    return quote(
        1, passage.text, kind=facts.kind, area=", ".join(facts.areas), date=facts.date,
        speaker=passage.speaker, lead_in=passage.lead_in,
    )  # fmt: skip


def rejected(claims: Sequence[Right], library: Library, embedder: Embedder) -> list[str]:
    """The kinds and reasons of the right claims that are left out."""
    found = []
    for kind, document, claim, sentences in claims:
        verdict = check(RawClaim(claim, (1,), (sentences,)), (cited(library, document, sentences),), embedder)
        if verdict.claim is None:
            found.append(f"{kind}: {verdict.reason}")
    return found


def test_few_right_claims_in_the_form_asked_for_are_left_out(library: Library, embedder: Embedder) -> None:
    asked, retold = (rejected(claims, library, embedder) for claims in (ASKED, RETOLD))
    told = f"left out: {len(asked)} of {len(ASKED)} in the form asked for, {len(retold)} of {len(RETOLD)} retold"
    sys.stdout.write(f"{told}\n{Counter(asked + retold)}\n")
    assert len(ASKED) >= 50 and len(RETOLD) >= 20 and len({claim for _, _, claim, _ in ASKED + RETOLD}) >= 70
    assert len(asked) / len(ASKED) <= MOST_OF_ASKED, asked
    assert (len(asked) + len(retold)) / len(ASKED + RETOLD) <= MOST_OF_ALL


def test_the_same_claims_pass_beside_no_other_passage(library: Library, embedder: Embedder) -> None:
    """What lets right claims in must not be that everything gets in."""
    for number, (_, _, claim, _) in enumerate(ASKED):
        _, document, other, sentences = ASKED[(number + 9) % len(ASKED)]
        if other.split()[0] == claim.split()[0]:
            continue
        raw = RawClaim(claim, (1,), (sentences,))
        assert check(raw, (cited(library, document, sentences),), embedder).claim is None, claim
