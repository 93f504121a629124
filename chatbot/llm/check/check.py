"""Checks what a model claims against the quotes it names. Nothing the model says of itself is trusted.

A claim passes where its exact words stand in each quote it names and a sentence of that quote bears it out: by its
words (align.py) and by its meaning (the embedding model). A claim is one sentence and is held to one quote at a time,
so that two papers can never be made into one finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.llm.check import lexicon
from chatbot.llm.check.align import fault
from chatbot.llm.check.attribution import bare
from chatbot.llm.check.sentence import Word, words
from chatbot.llm.model.prompt import steers
from chatbot.llm.model.reply import RawClaim
from chatbot.question import policy
from chatbot.records import Citation, Claim
from ingest.encoder.embedder import Embedder
from ingest.records import collapse
from ingest.structure import sentences

LEAST_WORDS, MOST_WORDS = 3, 60
LEAST_EXACT = 3  # words that a claim must copy from each quote it names
CLOSE = 0.5  # cosine of a claim and its sentence: tests/llm/test_rejections.py measures it


@dataclass(frozen=True, slots=True)
class Verdict:
    """A checked claim: the claim where it may be shown, else None and why not, as a key."""

    claim: Claim | None
    reason: str = ""


def check(raw: RawClaim, citations: Sequence[Citation], embedder: Embedder) -> Verdict:
    """One claim against the citations; `raw.passages` are their markers."""
    text = policy.clean(raw.claim)
    named = {c.marker: c for c in citations}
    if reason := _form(text):
        return Verdict(None, reason)
    if not raw.passages or any(number not in named for number in raw.passages):
        return Verdict(None, "passage")
    exact = [even(w) for w in raw.words]
    markers = tuple(sorted(set(raw.passages)))
    if any(not any(_stands(w, named[m].quote) for m in markers) for w in exact):
        return Verdict(None, "words")
    for marker in markers:
        own = [w for w in exact if len(w.split()) >= LEAST_EXACT and _stands(w, named[marker].quote)]
        if reason := _borne_out(text, own, named[marker], embedder) if own else "words":
            return Verdict(None, reason)
    return Verdict(Claim(text if text.endswith((".", "!")) else f"{text}.", markers, tuple(raw.words)))


def even(text: str) -> str:
    """Text in which only words differ: white space collapsed, quotation marks and dashes of one kind, no end stop."""
    kept = collapse(policy.clean(text)).replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"[‐‑–—]", "-", kept).rstrip(" .")


def _stands(exact: str, quote: str) -> bool:
    """Whether copied words stand in a quote as whole words."""
    return bool(exact) and bool(re.search(rf"(?<!\w){re.escape(exact)}(?!\w)", even(quote)))


def _form(text: str) -> str:
    """Why a claim is not one plain sentence; empty where it is."""
    count = len(text.split())
    if not LEAST_WORDS <= count <= MOST_WORDS:
        return "length"
    if len(sentences.split(text)) != 1 or text.endswith("?"):
        return "sentences"
    if steers(text):
        return "steering"
    return "unclear" if _unclear(text) else ""


def _unclear(text: str) -> bool:
    """Whether a claim cannot be understood without what came before: "They ...", "In 2016, the service has ..."."""
    found = words(text)
    if not found or found[0].text in lexicon.words("unclear"):
        return True
    for place, (one, other, verb) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        begins = place == 0 or (one.part == 1 and found[place - 1].part == 0)
        if begins and one.text == "the" and other.text in lexicon.words("unclear", "general"):
            described = [w.text for w in found[place + 3 : place + 4]] == ["by"]  # "The service offered by ..."
            return bool(
                verb.tense or verb.sign not in ("", "name") or (verb.text.endswith(("s", "ed")) and not described)
            )
    return False


def _borne_out(text: str, exact: Sequence[str], citation: Citation, embedder: Embedder) -> str:
    """Why no sentence that the copied words touch bears the claim out; empty where one does."""
    reasons = ["words"]
    for start, end in sentences.split(citation.quote):
        sentence = citation.quote[start:end]
        if steers(sentence) or not any(_touches(w, sentence) for w in exact):
            continue
        own, inner = source(sentence, citation.lead_in), bare(text, sentence, citation)
        reason = fault(_opened(words(text)), own) and fault(_opened(words(inner)), own)
        if not reason and _unclear(inner):
            reason = "unclear"
        if not reason and closeness(text, sentence, embedder) < CLOSE:
            reason = "meaning"
        if not reason:
            return ""
        reasons.append(reason)
    return reasons[-1]


def source(sentence: str, lead_in: str) -> list[Word]:
    """The words a claim may use: a sentence, after the words that open its list where there are any.

    A connective at its start ("However, ...") belongs to the sentence before and may be left out. The header cells
    of a table are no sentence.
    """
    return words(f"{lead_in} {sentence}") if lead_in and " | " not in lead_in else _opened(words(sentence))


def _opened(found: list[Word]) -> list[Word]:
    while found and found[0].text in lexicon.words("bound", "connectives"):
        found = found[1:]
    return found


def closeness(claim: str, sentence: str, embedder: Embedder) -> float:
    """How near two sentences are in meaning, from -1 to 1."""
    one, other = embedder.embed_texts(
        [lexicon.one_wording(text.lower()).replace("_", " ") for text in (claim, sentence)]
    )
    return float(one @ other)


def _touches(exact: str, sentence: str) -> bool:
    """Whether copied words and a sentence share a stretch that is long enough to mean it."""
    whole = even(sentence)
    pieces = [even(exact[a:b]) for a, b in sentences.split(exact)]
    return whole in exact or any(len(p.split()) >= LEAST_EXACT and p in whole for p in pieces)
