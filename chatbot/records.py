"""The nouns of journey 2: Question -> Hit -> Reading -> Pick -> Citation -> Answer. All frozen.

An Answer cannot be `answered` without verified quotes: its constructor refuses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from chatbot.signposts import Reply, Translation
from ingest.errors import QuoteError
from ingest.records import DocumentFacts, Passage

STATUSES = ("answered", "not_found", "out_of_scope", "clarify", "safeguarding", "private")


@dataclass(frozen=True, slots=True)
class About:
    """A document as the chat needs it: its facts, its number and how many pages and passages it has."""

    facts: DocumentFacts
    number: int
    first: int
    count: int
    sha256: str
    media: str

    @property
    def year(self) -> int | None:
        """The year of the document's date, None where it is unknown."""
        return int(self.facts.date[:4]) if self.facts.date else None


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea of the question: the words that may stand for it, as stems of phrases, and its weight.

    `label` is what people see; `phrases` are its wordings as (stems, strength from 0 to 1). `needles` are the phrases
    as they are looked for in joined stems, the strongest first: made once, because every passage is asked.
    """

    label: str
    phrases: tuple[tuple[tuple[str, ...], float], ...]
    weight: float
    needles: tuple[tuple[str, float], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Join the phrases."""
        joined = sorted(((f" {' '.join(w)} ", v) for w, v in self.phrases), key=lambda needle: -needle[1])
        object.__setattr__(self, "needles", tuple(joined))


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    `resolved` is the whole question for people, `standalone` what the models read: follow-ups filled in, spelling
    mended. `intent` is the form of answer ("finding", "list", "compare", "across", "definition"). `areas` are those
    to search (empty: all); `unknown_areas` are places named that have no papers here; `lie_in` are the towns and
    regions named, with the areas that they lie in or hold. `kinds`, `speakers`, `years` and `days` (ISO dates) are
    those named; `concepts` are its topics as far as words tell, for naming and
    comparing. `relative` is a time counted from now as typed ("last autumn"), else empty. `more` is how often more was
    asked for since the question was put. `apart` are areas asked about before that a question on others leaves out.
    """

    text: str
    resolved: str
    intent: str
    areas: tuple[str, ...] = ()
    unknown_areas: tuple[str, ...] = ()
    lie_in: tuple[tuple[str, tuple[str, ...]], ...] = ()
    years: tuple[int, ...] = ()
    days: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    standalone: str = ""
    relative: str = ""
    more: int = 0
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with what speaks for it.

    `score` orders hits; `features` are the numbers it comes from, for `--explain`: nearness, its ranks by meaning and
    by words, the reader's best sentence. `dropped` says why it was not used, empty where it was; `kind` is its
    document's. `sentences` are what each sentence is worth to the reader; empty for hits that it did not read.
    """

    passage: Passage
    score: float
    features: dict[str, float] = field(default_factory=dict)
    dropped: str = ""
    kind: str = ""
    sentences: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """Sentences `first` to `last` (inclusive) of a hit's passage, to be quoted as one."""

    hit: Hit
    first: int
    last: int

    @property
    def bounds(self) -> tuple[int, int]:
        """Where the quote stands in the passage's text."""
        sentences = self.hit.passage.sentences
        return (sentences[self.first][0], sentences[self.last][1]) if sentences else (0, len(self.hit.passage.text))

    @property
    def text(self) -> str:
        """The words to be quoted."""
        start, end = self.bounds
        return self.hit.passage.text[start:end]

    @property
    def words(self) -> int:
        """How many words that is."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader found in some passages: the hits it read, best first, and how likely none of them answers.

    From 0 to 1. An answer is given where `none` is below 1 - `threshold`.
    """

    hits: tuple[Hit, ...]
    none: float
    threshold: float

    @property
    def answers(self) -> bool:
        """Whether an answer may be given."""
        return bool(self.hits) and 1 - self.none >= self.threshold


@dataclass(frozen=True, slots=True)
class Scope:
    """Where one part of a question is looked for: what to call it, and the documents (empty where it has none)."""

    label: str
    documents: tuple[About, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one part of a question in one scope: ranked hits, what is to be quoted, the reading."""

    part: str
    scope: Scope
    hits: tuple[Hit, ...]
    picks: tuple[Pick, ...]
    reading: Reading


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote with where it stands. `verified` is True where it was found again in the stored page text.

    `scanned` says that this text was read from a picture of the page, where letters may be mistaken.
    `page` counts the file's pages from 1; `page_label` is the number printed on the page where that is another.
    """

    marker: int
    document: str
    title: str
    kind: str
    area: str
    date: str | None
    date_basis: str
    speaker: str
    page: int | None
    paragraph: str | None
    section: str
    quote: str
    verified: bool
    passage_id: str
    polarity: str = "neutral"
    lead_in: str = ""
    url: str | None = None
    scanned: bool = False
    page_label: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The citation as the contract prints it, with our additions."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Group:
    """Quotes shown under one heading, in our words; `markers` are those of its citations."""

    heading: str
    markers: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a language model that passed the check; `markers` are the quotes that bear it out.

    `words` are those it copied from them.
    """

    text: str
    markers: tuple[int, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of asking a language model: checked claims, or none and a `note` that says why.

    `dropped` counts the claims that are not shown, `reasons` how many failed the check for which reason. `where` says
    on which machine the model ran.
    """

    claims: tuple[Claim, ...]
    dropped: int
    model: str
    where: str
    note: str = ""
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched for an answer."""

    documents: int
    passages: int
    areas: tuple[str, ...]
    first: str | None
    last: str | None

    def as_json(self) -> dict[str, Any]:
        """As the contract prints it."""
        return {
            "documents": self.documents,
            "passages": self.passages,
            "areas": list(self.areas),
            "from": self.first,
            "to": self.last,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets. `lead` is our one line; `groups` arrange the citations; `notes` are limits said.

    `hits` are the retrieved passages, best first, also where nothing was answered; `reason` names the
    stage that decided (explain.toml lists them) and `gate` holds the gate's score, threshold and features where
    it was needed, both for evaluation and `--explain`. `reply` speaks to the person; `papers` is what the papers say
    where the question itself is not one for them: an answer of its own, None where they say nothing. `translation` is
    what is said to a question in another language.
    """

    question: Question
    status: str
    lead: str
    citations: tuple[Citation, ...]
    groups: tuple[Group, ...]
    notes: tuple[str, ...]
    hits: tuple[Hit, ...]
    searched: Searched
    index: str
    reason: str
    seconds: dict[str, float] = field(default_factory=dict)
    gate: dict[str, Any] = field(default_factory=dict)
    id: str | None = None
    summary: Summary | None = None
    reply: Reply | None = None
    papers: Answer | None = None
    translation: Translation | None = None

    def __post_init__(self) -> None:
        """Refuse what must never be shown. Raises QuoteError or ValueError."""
        if self.status not in STATUSES:
            raise ValueError(f"unknown status {self.status!r}")
        if self.status == "answered" and not self.citations:
            raise QuoteError("An answer without a quote cannot be given.")
        if self.status != "answered" and self.citations:
            raise QuoteError(f"An answer of status {self.status} cannot carry quotes.")
        if self.papers is not None and (self.status == "answered" or self.papers.status != "answered"):
            raise QuoteError("Only a reply without quotes can stand above an answer, and only above one with quotes.")
        if any(not citation.verified or not citation.quote for citation in self.citations):
            raise QuoteError("A quote that was not found on its page cannot be given.")
        markers = {citation.marker for citation in self.citations}
        if self.summary and any(not c.markers or not markers.issuperset(c.markers) for c in self.summary.claims):
            raise QuoteError("A summary cannot claim what no quote of its answer bears out.")
