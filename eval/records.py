"""The nouns of an evaluation: what was expected, what actually came, and where the two meet. All frozen.

GoldenQuestion (Evidence) + ActualAnswer (ActualCitation, ActualPassage) + Corpus -> Case
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

KINDS = (
    "fact",
    "finding",
    "list",
    "compare",
    "followup",
    "meta",
    "unanswerable",
    "offtopic",
    "yesno",
    "which",
    "count",
)

PREMISE = "premise"  # the perturbation that turns round what the papers say


def stem(document: str | None) -> str:
    """What documents are compared by: the file name in lower case without its ending."""
    return PurePath(PurePath(document or "").name.lower()).stem


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that stand on a page and are needed. Entries of one group are alternatives.

    `page` is None for formats without pages, and where any page will do.
    """

    document: str
    page: int | None
    words: str
    group: int

    @property
    def stem(self) -> str:
        """The document as it is compared."""
        return stem(self.document)


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question with what is expected. `must_include`: of each inner tuple one has to be said.

    `statuses` are those that count as right; empty means the usual ones for its kind. `row` is where it
    stands in the file (a line, or a row of the sheet), for messages. A `sealed` one judges and is never learned from.
    `near_miss` is the sentence that comes nearest to a question that should be refused. A question made from another,
    its `twin`, by `eval perturb` says how (`perturbation`). A question of which areas expects the set of `areas`, one
    of how many the `number`; these two need no evidence.
    """

    id: str
    question: str
    kind: str
    answerable: bool
    area: str | None = None
    history: tuple[str, ...] = ()
    gold: tuple[Evidence, ...] = ()
    must_include: tuple[tuple[str, ...], ...] = ()
    statuses: tuple[str, ...] = ()
    row: int = 0
    sealed: bool = False
    paraphrase: str = ""
    voice: str = ""
    near_miss: str = ""
    twin: str = ""
    perturbation: str = ""
    areas: tuple[str, ...] = ()
    number: int | None = None

    @property
    def groups(self) -> dict[int, tuple[Evidence, ...]]:
        """The evidence by need: one of each group's entries has to be found."""
        found: dict[int, list[Evidence]] = {}
        for evidence in self.gold:
            found.setdefault(evidence.group, []).append(evidence)
        return {number: tuple(entries) for number, entries in found.items()}

    def as_input(self) -> dict[str, Any]:
        """What the system under test is given: never what is expected of it."""
        return {"id": self.id, "question": self.question, "area": self.area, "history": list(self.history)}


@dataclass(frozen=True, slots=True)
class ActualCitation:
    """A quote as it was given."""

    document: str
    page: int | None
    quote: str
    area: str = ""
    title: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class ActualPassage:
    """A retrieved passage, best first. `dropped` says why it was not used, where that is told."""

    document: str
    page: int | None
    text: str
    score: float | None = None
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class ActualClaim:
    """A sentence of a language model that was shown; `quotes` are the quotes it was said to rest on."""

    text: str
    words: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActualAnswer:
    """An answer read back from a saved line. What a system does not tell is None or empty.

    `status` is "error" where the question failed; `error` then holds the sentence. `same_again` tells
    whether a second asking gave the same answer, None where it was not asked again. `seconds` is as told
    by the system, `waited` as measured around the call. `claims` are those of a summary and `claims_dropped` counts
    those that were not shown, None where no language model was asked; `claims_failed` counts them by check.
    """

    id: str
    status: str
    text: str = ""
    citations: tuple[ActualCitation, ...] = ()
    passages: tuple[ActualPassage, ...] = ()
    resolved: str = ""
    understood: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    gate_score: float | None = None
    gate_threshold: float | None = None
    seconds: float | None = None
    waited: float | None = None
    same_again: bool | None = None
    error: str = ""
    claims: tuple[ActualClaim, ...] = ()
    claims_dropped: int | None = None
    claims_failed: Mapping[str, int] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """Whether it says something, rather than refusing, redirecting or asking back."""
        return self.status == "answered"

    @property
    def refused(self) -> bool:
        """Whether it came back with another reply than an answer; an error is no refusal."""
        return self.status not in ("answered", "error", "missing")


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """What scoring has to know of a document of the index."""

    document: str
    title: str
    kind: str
    areas: tuple[str, ...]
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of the index by stem, and the text of the pages that were cited. Both may be empty."""

    documents: Mapping[str, CorpusDocument] = field(default_factory=dict)
    pages: Mapping[tuple[str, int | None], str] = field(default_factory=dict)

    @property
    def areas(self) -> frozenset[str]:
        """Areas that have papers."""
        return frozenset(area for d in self.documents.values() for area in d.areas)

    def areas_of(self, document: str) -> tuple[str, ...]:
        """The areas of a document, empty where it is not known."""
        known = self.documents.get(stem(document))
        return known.areas if known else ()


@dataclass(frozen=True, slots=True)
class Case:
    """One question with its answer: all that a metric may look at."""

    expected: GoldenQuestion
    actual: ActualAnswer
    corpus: Corpus = field(default_factory=Corpus)

    @property
    def near_miss(self) -> bool:
        """Unanswerable although papers of the area are loaded: the hard kind of refusal."""
        expected = self.expected
        if expected.answerable or expected.kind == "offtopic" or not expected.area:
            return False
        return not self.corpus.documents or expected.area in self.corpus.areas
