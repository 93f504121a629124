"""Cases to values to figures: per question first, then means over the questions each metric applies to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.metrics import METRICS
from eval.records import ActualAnswer, Case, Corpus, GoldenQuestion
from eval.scoring.estimates import Estimate, estimate
from eval.scoring.stages import Finding, stage_of

Figures = Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question judged: a value of each metric (None where it does not apply) and the stage that lost it."""

    case: Case
    values: Mapping[str, float | None]
    finding: Finding


@dataclass(frozen=True, slots=True)
class Scores:
    """A scored run. `by` holds figures by each of DIMENSIONS, then by its value."""

    results: tuple[QuestionResult, ...]
    overall: Figures
    by: Mapping[str, Mapping[str, Figures]]

    @property
    def open(self) -> tuple[QuestionResult, ...]:
        """The questions that may be shown one by one; sealed ones count in figures alone."""
        return tuple(result for result in self.results if not result.case.expected.sealed)

    @property
    def stages(self) -> Counter[str]:
        """How many questions each stage lost; "right" for those that none did."""
        return Counter(result.finding.stage for result in self.results)

    @property
    def missing(self) -> int:
        """Questions without a saved answer: they count nowhere."""
        return sum(result.case.actual.status == "missing" for result in self.results)


def score(questions: Sequence[GoldenQuestion], answers: Mapping[str, ActualAnswer], corpus: Corpus) -> Scores:
    """Score saved answers. A question without one is kept as missing and counts in no figure."""
    results = []
    for expected in questions:
        case = Case(expected, answers.get(expected.id) or ActualAnswer(expected.id, "missing"), corpus)
        results.append(QuestionResult(case, {m.name: m.measure(case) for m in METRICS}, stage_of(case)))
    return Scores(tuple(results), figures(results), {name: split(results, keys) for name, keys in DIMENSIONS.items()})


def figures(results: Iterable[QuestionResult]) -> dict[str, Estimate]:
    """Every metric over the questions it applies to."""
    results = list(results)
    return {m.name: estimate([v for r in results if (v := r.values[m.name]) is not None], m.statistic) for m in METRICS}


def split(results: Iterable[QuestionResult], keys: Callable[[Case], Iterable[str]]) -> dict[str, Figures]:
    """Figures apart for each key; a question with several keys counts under each."""
    parts: dict[str, list[QuestionResult]] = {}
    for result in results:
        for key in keys(result.case):
            parts.setdefault(key, []).append(result)
    return {key: figures(part) for key, part in sorted(parts.items())}


def _areas(case: Case) -> list[str]:
    found = {area for e in case.expected.gold for area in case.corpus.areas_of(e.document)}
    return sorted(found or {case.expected.area or "(no area)"})


def _document_kinds(case: Case) -> list[str]:
    known = case.corpus.documents
    return sorted({known[e.stem].kind for e in case.expected.gold if e.stem in known})


def _named(value: str) -> list[str]:
    return [value] if value else []


DIMENSIONS: dict[str, Callable[[Case], Iterable[str]]] = {
    "kind": lambda case: [case.expected.kind],
    "area": _areas,
    "document_kind": _document_kinds,
    "paraphrase": lambda case: _named(case.expected.paraphrase),
    "voice": lambda case: _named(case.expected.voice),
    "perturbation": lambda case: _named(case.expected.perturbation),
}
