"""Lines of enquiry for a topic in one area: what prompts each, what the papers do not say, how one would know.

Made by rule from every passage that mentions the topic. They are themes, not questions to read out, and they never
say whether something is good or bad: the words about the papers are the papers' own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chatbot import wording
from chatbot.answer import quotes
from chatbot.library import Library
from chatbot.records import About, Citation, Hit, Pick, Question
from chatbot.topics.compare import best_part, mentions, topic_of
from chatbot.vocabulary.stems import LOW_PARTS
from ingest.records import Passage
from ingest.registry.sections import having
from prompts import words

PROMISE = re.compile(
    r"\b(agreed to|would be (shared|circulated|reported|brought|provided|sent)|"
    r"will be (shared|circulated|reported|opened|published|in place)|to be (circulated|shared|reported|provided)|"
    r"requested that|promised|committed to|aims? to|plans? to|by (the end of )?"
    r"(january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|20\d\d))\b",
    re.IGNORECASE,
)
FIGURE = re.compile(
    r"(?<!\d)\d++(\.\d++)?\s?(%|(per cent|weeks?|months?|days?|years?|children|families|plans|pupils|young people)\b)",
    re.IGNORECASE,
)
ANY_NUMBER = re.compile(
    r"(?<![\d.])(?!(?:19|20)\d\d\b)\d|\b(three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter|hundred|thousand|dozen)\b",
    re.IGNORECASE,
)
IMPROVE = frozenset({"improvement", "priority", "development"})
FORMAL_FIRST = having("improves")
PROMISING = ("minutes", "action_plan", "cover_report", "local_offer")
FAMILIES = re.compile(r"\b(parents|carers|families)\b.{0,40}\b(said|told|feel|felt|report|say)", re.IGNORECASE)
MOST = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One line of enquiry. `citations` prompt it; they are verified like those of an answer. Never empty."""

    kind: str
    heading: str
    think: str
    citations: tuple[Citation, ...]
    silent: str
    know: str


@dataclass(frozen=True, slots=True)
class Enquiry:
    """All lines for a topic, and what was looked at to make them."""

    topic: str
    area: str
    lines: tuple[Line, ...]
    documents: int
    passages: int
    index: str


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of the topic: its passages, newest paper first."""

    question: Question
    area: str
    library: Library
    documents: tuple[About, ...]
    passages: tuple[Passage, ...]

    def date(self, passage: Passage) -> str:
        return self.library.by_name[passage.document].facts.date or ""

    def kind(self, passage: Passage) -> str:
        return self.library.by_name[passage.document].facts.kind

    def newer(self, passage: Passage, figures: bool) -> int:
        """How many newer papers mention the topic; only those that give a figure with it where `figures` is set."""
        later = (p for p in self.passages if self.date(p) > self.date(passage) and self.date(passage))
        return len({p.document for p in later if not figures or FIGURE.search(p.text)})


def enquire(library: Library, topic: str, area: str) -> Enquiry:
    """The lines of enquiry for a topic in an area; none where the papers do not mention it."""
    question = topic_of(topic, library)
    documents = sorted(library.in_areas([area]), key=lambda d: d.facts.date or "", reverse=True)
    found = [p for about in documents for p in mentions(question, [about], library) if p.part not in LOW_PARTS]
    known = _Found(question, area, library, tuple(documents), tuple(found))
    lines: list[Line] = []
    used: set[str] = set()
    for make in (_progress, _promise, _figure, _voices, _families, _quiet):
        line = make(known, used, sum(len(made.citations) for made in lines))
        if line is not None:
            lines.append(line)
            used.update(c.passage_id for c in line.citations)
    return Enquiry(
        question.text, area, tuple(lines[:MOST]), len(documents), sum(d.count for d in documents), library.fingerprint
    )


def _progress(known: _Found, used: set[str], marker: int) -> Line | None:
    """Something to improve, from the newest paper that lists one."""
    formal = [p for p in known.passages if p.polarity in IMPROVE or p.part in FORMAL_FIRST]
    formal.sort(key=lambda p: FORMAL_FIRST.index(p.part) if p.part in FORMAL_FIRST else 9)
    newest = max((known.date(p) for p in formal), default="")
    prompt = next((p for p in formal if known.date(p) == newest), None)
    return _line("progress", known, [prompt], marker) if prompt else None


def _promise(known: _Found, used: set[str], marker: int) -> Line | None:
    """Something said or agreed to be done, from a paper of the council or its partners."""
    prompt = _first(known, used, lambda p: known.kind(p) in PROMISING and bool(PROMISE.search(p.text)))
    return _line("promise", known, [prompt], marker) if prompt else None


def _figure(known: _Found, used: set[str], marker: int) -> Line | None:
    """A figure, or that there is none."""
    prompt = _first(known, used, lambda p: bool(FIGURE.search(p.text)))
    if prompt is not None:
        return _line("figure", known, [prompt], marker, figure=True)
    spoken = _first(known, used, lambda p: True)
    if spoken is None or any(ANY_NUMBER.search(p.text) for p in known.passages):
        return None
    return _line("no_figure", known, [spoken], marker)


def _voices(known: _Found, used: set[str], marker: int) -> Line | None:
    """Two voices on the topic, from papers no more than about a year apart."""
    dated = [p for p in known.passages if known.date(p) and p.id not in used and known.kind(p) != "local_offer"]
    for one in dated:
        for other in dated:
            apart = abs(int(known.date(one)[:4]) - int(known.date(other)[:4]))
            if one.speaker != other.speaker and one.document != other.document and apart <= 1:
                return _line("voices", known, [one, other], marker)
    return None


def _families(known: _Found, used: set[str], marker: int) -> Line | None:
    """That no passage gives the view of families."""
    if any(p.speaker == "families" or FAMILIES.search(p.text) for p in known.passages):
        return None
    prompt = _first(known, used, lambda p: True)
    return _line("families", known, [prompt], marker) if prompt else None


def _quiet(known: _Found, used: set[str], marker: int) -> Line | None:
    """That the newest paper of the kind that looks at an area as a whole is silent."""
    newest = next((d for d in known.documents if d.facts.date and d.facts.kind != "local_offer"), None)
    if newest is None or not known.passages or any(p.document == newest.facts.document for p in known.passages):
        return None
    prompt = _first(known, set(), lambda p: True)
    return _line("quiet", known, [prompt], marker) if prompt else None


def _first(known: _Found, used: set[str], fits: Callable[[Passage], bool]) -> Passage | None:
    """The first fitting passage of the newest paper that has one, not used before."""
    return next((p for p in known.passages if p.id not in used and len(p.text.split()) > 6 and fits(p)), None)


def _line(kind: str, known: _Found, prompts: Sequence[Passage], marker: int, figure: bool = False) -> Line:
    """A line with its words filled in; the sentence that mentions the topic is the one quoted."""
    weighted = [(c, c.weight) for c in known.question.concepts]
    cited: list[Citation] = []
    for passage in prompts:
        pick = best_part(Hit(passage, 1.0), weighted)
        if figure and not FIGURE.search(pick.text):
            pick = Pick(pick.hit, 0, len(passage.sentences) - 1)
        cited.append(quotes.cite(pick, marker + len(cited) + 1, known.library))
    facts = known.library.by_name[prompts[0].document].facts
    newer = known.newer(prompts[0], figures=kind == "figure")
    newest = next((d.facts for d in known.documents if d.facts.date and d.facts.kind != "local_offer"), facts)
    values = {
        "topic": known.question.text,
        "area": known.area,
        "date": wording.date(facts.date) or "then",
        "count": newer if kind != "no_figure" else len(known.passages),
        "newest": wording.document(newest.kind, ", ".join(newest.areas), newest.date, newest.date_basis),
    }
    silent = (
        f"line.{kind}.silent_some" if newer and kind in ("progress", "promise", "figure") else f"line.{kind}.silent"
    )
    return Line(
        kind,
        _say(f"line.{kind}.heading", values),
        _say(f"line.{kind}.think", values),
        tuple(cited),
        _say(silent, values),
        _say(f"line.{kind}.know", values),
    )


def _say(key: str, values: dict[str, object]) -> str:
    return words("enquiry", key, **values)
