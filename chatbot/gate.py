"""Decides whether what was found answers the question, or the documents do not say.

The score of a side is a sum of what speaks for an answer; the threshold comes from `python -m eval calibrate`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chatbot import forms, thesaurus
from chatbot.records import Concept, Hit, Question
from chatbot.retrieve import Bag, bag, coverage, goes_on_from, strength
from ingest.records import Passage

DEPTH = 6  # hits looked at
FORM_DEPTH = 4  # hits in which a wanted figure, date or name may stand
FORM_COVERAGE = 0.55  # how much of what the best passage covers a sentence must cover for its figure to count
DATE_NEAR = 0.62  # nearness from which a passage with a date answers "when"
HEAD = re.compile(
    r"\b(?:which|what) ((?:\w+ ){0,2}\w+) (?:did|does|do|is|was|were|are|has|had|ran|runs?|for|that|will|in)\b",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?<![\w’'-])([\w’'-]+) "
    r"(?:scheme|programme|project|pilot|initiative|trial|charter|club|campaign|fund|app|centre)s?\b",
    re.IGNORECASE,
)
LATER_VISITS = {
    "peer_review": re.compile(r"\bpeer\b", re.IGNORECASE),
    "revisit_letter": re.compile(r"\bre-?visit", re.IGNORECASE),
    "monitoring_report": re.compile(r"\bmonitoring inspection", re.IGNORECASE),
}
REMOTE = 0.4  # nearness below which a passage is about something else, if most words of the question are unknown too
FORM_BESIDE = 0.8  # what the sentence before counts for it


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's decision: its score and threshold, why it refused, and the ideas that no near passage speaks of."""

    score: float
    threshold: float
    missing: tuple[str, ...]
    no_form: bool
    features: dict[str, float]

    @property
    def passes(self) -> bool:
        """Whether an answer may be given."""
        return self.score >= self.threshold


def judge(
    question: Question, hits: Sequence[Hit], weighted: Sequence[tuple[Concept, float]], threshold: float
) -> Verdict:
    """The verdict over one side's hits."""
    features, missing, no_form = measure(question, hits, weighted)
    score = sum(GATE.get(name, 0.0) * value for name, value in features.items())
    return Verdict(round(score, 4), threshold, missing, no_form, features)


def recorded(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """The best verdict of several sides, for calibration and `--explain`; empty where none was needed."""
    best = max(verdicts, key=lambda v: v.score, default=None)
    if best is None:
        return {}
    features = {name: round(value, 4) for name, value in best.features.items() if value}
    return {"score": best.score, "threshold": best.threshold, "features": features}


# Fitted on questions of our own and rounded: what refuses is a named topic, form or year that is not there.
GATE: dict[str, float] = {
    "bias": 2.0,
    "no_form": -4.0,
    "far_topic": -2.2,
    "absent_topic": -1.8,
    "no_year": -2.1,
    "no_kind": -2.1,
    "absent_head": -2.1,
    "absent_name": -2.1,
    "all_absent": -2.1,
    "remote": -1.6,
    "follow": 0.8,
    "absent": -0.3,
    "near": 0.4,
}


def measure(
    question: Question, hits: Sequence[Hit], weighted: Sequence[tuple[Concept, float]]
) -> tuple[dict[str, float], tuple[str, ...], bool]:
    """Features of the evidence, the ideas that no passage speaks of, and whether the wanted form is missing."""
    near_hits = [h for h in hits if not h.dropped][:DEPTH]
    if not near_hits:
        return {"bias": 1.0}, tuple(c.label for c in question.concepts), bool(question.wants)
    asked = [(c, w) for c, w in sorted(weighted, key=lambda cw: -cw[1]) if c.asked]
    total = sum(w for _, w in asked) or 1.0
    everywhere = [bag(h.passage) for h in hits]
    texts = everywhere_of(near_hits)
    anywhere = {c.label: max(strength(c, t.text + t.context) for t in everywhere) for c, _ in asked}
    best_of = {c.label: max(strength(c, t.text + t.context) for t in texts) for c, _ in asked}
    absent = tuple(c.label for c, _ in asked if anywhere[c.label] < 0.4)
    unknown = sum(w for c, w in asked if anywhere[c.label] < 0.4) / total
    present = [(c, w) for c, w in asked if anywhere[c.label] >= 0.4] if asked else list(weighted)
    if question.wants == "money":
        present = [(c, w) for c, w in present if not _is_money(c)]  # "spend" is the form asked for, no topic
    best = max((coverage(present, t.text) for t in texts), default=0.0)
    formed = bool(present) and any(
        _has_form(question, h, goes_on_from(h.passage, hits), present, best) for h in near_hits[:FORM_DEPTH]
    )
    formed = formed or any(_dated(question, h) for h in near_hits[:3])
    strict = question.wants in forms.STRICT
    years = {str(y) for y in question.years}
    features = {
        "bias": 1.0,
        "near": features_near(near_hits),
        "absent": unknown,
        "absent_topic": float(any(anywhere[c.label] < 0.7 for c, _ in asked if _is_firm(c))),
        "far_topic": float(any(best_of[c.label] < 0.4 for c, _ in asked if _is_firm(c))),
        "no_form": float(strict and not formed),
        "remote": float(features_near(near_hits) < REMOTE and unknown > 0.5),
        "follow": float(any(not c.asked for c, _ in weighted)),
        "all_absent": float(0 < len(absent) == len(weighted)),
        "no_kind": float(_asks_for_missing_kind(question, near_hits)),
        "absent_head": float(_head_is_absent(question, anywhere)),
        "absent_name": float(_name_is_absent(question, absent)),
        "no_year": float(bool(years) and not any(_of_year(h.passage, years) for h in near_hits[:3])),
    }
    return features, absent, strict and not formed


def _asks_for_missing_kind(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether the question asks what a peer review or later visit found and no hit comes from or speaks of one."""
    for kind, named in LATER_VISITS.items():
        if kind in question.kinds and kind not in {h.kind for h in hits}:
            if kind == "monitoring_report" or not any(named.search(h.passage.text) for h in hits[:3]):
                return True
    return False


def _head_is_absent(question: Question, anywhere: dict[str, float]) -> bool:
    """Whether "which theatre company ..." asks for a kind of thing of which the papers never speak."""
    match = HEAD.search(question.text)
    if question.wants != "name" or match is None:
        return False
    words = [w for w in match.group(1).lower().split() if w in anywhere]
    return bool(words) and all(anywhere[w] < 0.4 for w in words)


def _name_is_absent(question: Question, absent: Sequence[str]) -> bool:
    """Whether "the windmill scheme" is asked about and no passage has the word that tells it from other schemes."""
    unknown = {label.lower() for label in absent}
    return any(match.group(1).lower() in unknown for match in NAMED.finditer(question.text))


def _dated(question: Question, top: Hit) -> bool:
    """A date needs no words in common with its question ("come into existence", "was created"): being near will do."""
    return (
        question.wants == "date"
        and top.features.get("near", 0.0) >= DATE_NEAR
        and forms.has_form(top.passage.text, "date", question.text)
    )


def features_near(hits: Sequence[Hit]) -> float:
    """How near in meaning the first passages are."""
    return max(h.features.get("near", 0.0) for h in hits[:3])


def everywhere_of(hits: Sequence[Hit]) -> list[Bag]:
    """The stems of some hits."""
    return [bag(h.passage) for h in hits]


def _is_firm(concept: Concept) -> bool:
    """A named service or topic with all its wordings: where none of them stands, the papers do not speak of it."""
    own = [w for w, s in concept.phrases if s >= 1.0]
    terms = thesaurus.phrases().get(own[0], ()) if own else ()
    return bool(terms) and terms[0][0].firm and terms[0][1] >= thesaurus.EQUAL


def _is_money(concept: Concept) -> bool:
    own = [w for w, s in concept.phrases if s >= 1.0]
    terms = thesaurus.phrases().get(own[0], ()) if own else ()
    return bool(terms) and terms[0][0].name == "funding"


def _of_year(passage: Passage, years: set[str]) -> bool:
    return any(year in passage.context or year in passage.text or year in passage.section for year in years)


def _has_form(
    question: Question, hit: Hit, before: Hit | None, present: Sequence[tuple[Concept, float]], best: float
) -> bool:
    """Whether a passage has the wanted form in a sentence that speaks of the topic, or beside one that does.

    `before` is the hit it goes on from; `present` are the asked ideas of which the papers speak at all; `best` how well
    any passage covers them.
    """
    if question.kinds and hit.kind not in question.kinds:
        return False  # "what percentage did the report give" is not answered by minutes
    stems = bag(hit.passage)
    covered = [coverage(present, s) for s in stems.sentences]
    firm = [c for c, _ in present if _is_firm(c)]
    years = {str(y) for y in question.years}
    previous = [bag(before.passage).sentences[-1] if before else "", *stems.sentences]
    for number, (a, b) in enumerate(hit.passage.sentences):
        if not forms.has_form(hit.passage.text[a:b], question.wants, question.text):
            continue
        if years and not _of_year(hit.passage, years):
            continue
        both = stems.sentences[number] + previous[number]
        if firm and not any(strength(c, both + stems.context) >= 0.7 for c in firm):
            continue  # a figure about another service is no answer
        if max(covered[number], FORM_BESIDE * coverage(present, both)) >= FORM_COVERAGE * best:
            return True
    return False
