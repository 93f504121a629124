"""What a claim may say beside its sentence: which paper and place it is about, where the quote's own facts agree."""

from __future__ import annotations

import re
from functools import cache

from chatbot import wording
from chatbot.llm.check import lexicon
from chatbot.llm.check.sentence import words
from chatbot.records import Citation
from ingest.facts import places
from ingest.registry import kinds

PAPER = re.compile(r"^(?:In|According to)\s+(?P<who>[^,.;:]{3,90}),\s+")
GENERIC = frozenset({"document", "paper"})
NAMED_SPEAKERS = ("inspectors", "peer_team", "minutes", "council")


@cache
def _said() -> re.Pattern[str]:
    verbs = "|".join(sorted(lexicon.words("frame", "verbs")))
    return re.compile(rf"^(?P<who>[^,.;:]{{3,90}}?)\s+(?:{verbs})\s+that\s+", re.IGNORECASE)


def bare(claim: str, sentence: str, citation: Citation) -> str:
    """The claim without a true opening ("The 2024 report says that") and without its true place ("in Bury").

    An opening that names another paper, year, place or speaker stays, and will not be found in the sentence.
    """
    match = _said().match(claim) or PAPER.match(claim)
    if match and _about(match["who"], citation):
        claim = claim[match.end() :]
    return _without_place(claim, sentence, citation)


def _about(who: str, citation: Citation) -> bool:
    """Whether an opening names the citation's own paper or its speaker, and nothing else."""
    found = {w.text.removesuffix("'s") for w in words(who.lower()) if not w.light}
    kind = {w.text for w in words(kinds.called(citation.kind))}
    facts = {w.text for w in words(f"{citation.area} {wording.date(citation.date)}".lower())}
    speaker = lexicon.words("frame", citation.speaker) if citation.speaker in NAMED_SPEAKERS else frozenset()
    papers = (kind & lexicon.words("frame", "papers")) | GENERIC | speaker
    return bool(found & papers) and found <= papers | kind | facts | lexicon.words("frame", "beside")


def _without_place(claim: str, sentence: str, citation: Citation) -> str:
    """The claim without its paper's area, unless the sentence may speak of another place."""
    spoken = {w.text for w in words(sentence)}
    if not citation.area or places.mentions(sentence) or lexicon.any_of(spoken, "elsewhere"):
        return claim
    for area in citation.area.split(", "):
        claim = re.sub(rf"\s*\b(?:in|across|within|of) {re.escape(area)}\b", "", claim, flags=re.IGNORECASE)
        claim = re.sub(rf"\b{re.escape(area)}['’]s\b", "the", claim, flags=re.IGNORECASE)
        claim = re.sub(rf"^{re.escape(area)} (?=[a-z])", "", claim)
    return re.sub(r"^[\s,]+", "", claim)
