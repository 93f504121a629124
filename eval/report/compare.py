"""Two runs on the same questions, question by question."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.errors import RunError
from eval.metrics import METRICS
from eval.metrics.base import Metric
from eval.records import GoldenQuestion
from eval.report import pages
from eval.report.question_view import answer_view, expected_lines
from eval.report.report import HEADLINE
from eval.runs.runs import Run
from eval.scoring.estimates import PairedTest, paired
from eval.scoring.scoring import QuestionResult
from eval.wording import number
from prompts import words

CERTAIN = 0.05
# Facts that differ between any two runs and explain nothing.
UNTELLING = ("made", "answered_from", "beside", "golden", "built", "format")


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure in both runs, over the questions it applies to in both."""

    metric: Metric
    first: float
    second: float
    test: PairedTest

    @property
    def sure(self) -> bool:
        """Whether chance alone would seldom give as much."""
        return self.test.p < CERTAIN


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both runs over the questions they share; `different` is True where their questions are not the same."""

    first: Run
    second: Run
    pairs: tuple[tuple[QuestionResult, QuestionResult], ...]
    differences: tuple[Difference, ...]
    settings: tuple[tuple[str, str, str], ...]
    different: bool

    @property
    def gained(self) -> list[tuple[QuestionResult, QuestionResult]]:
        """Wrong in the first, right in the second; sealed questions are counted in figures alone."""
        return [(a, b) for a, b in self._open if b.finding.right and not a.finding.right]

    @property
    def lost(self) -> list[tuple[QuestionResult, QuestionResult]]:
        """Right in the first, wrong in the second; sealed questions are counted in figures alone."""
        return [(a, b) for a, b in self._open if a.finding.right and not b.finding.right]

    @property
    def _open(self) -> list[tuple[QuestionResult, QuestionResult]]:
        return [(a, b) for a, b in self.pairs if not a.case.expected.sealed]


def compare(first: Run, second: Run, allow_different: bool = False) -> Comparison:
    """Compare two runs. Raises RunError where their questions differ and that was not allowed, or none is shared."""
    ours, theirs = ({_same(q): q.id for q in run.questions} for run in (first, second))
    different = ours.keys() != theirs.keys()
    if different and not allow_different:
        raise RunError(
            f"The runs are on different questions: {len(ours.keys() & theirs.keys())} of {len(ours)} and {len(theirs)} "
            "are the same. Run both on one file, or add --allow-different to compare only what they share."
        )
    shared = ours.keys() & theirs.keys()
    if not shared:
        raise RunError("The runs have no question in common, so there is nothing to compare.")
    other = {result.case.expected.id: result for result in second.scores.results}
    pairs = tuple(
        (a, other[theirs[_same(a.case.expected)]]) for a in first.scores.results if _same(a.case.expected) in shared
    )
    return Comparison(first, second, pairs, _differences(pairs), _settings(first.facts, second.facts), different)


def _same(question: GoldenQuestion) -> GoldenQuestion:
    """The question as it is told apart: all but where it stands in its file."""
    return replace(question, row=0)


def _differences(pairs: tuple[tuple[QuestionResult, QuestionResult], ...]) -> tuple[Difference, ...]:
    found = []
    for metric in METRICS:
        both = [(a.values[metric.name], b.values[metric.name]) for a, b in pairs]
        kept = [(x, y) for x, y in both if x is not None and y is not None]
        # A paired test is about means; medians and percentiles of times have none here.
        if metric.statistic != "mean" or not (test := paired([x for x, _ in kept], [y for _, y in kept])):
            continue
        figures = [sum(column) / len(kept) for column in zip(*kept, strict=True)]
        found.append(Difference(metric, figures[0], figures[1], test))
    return tuple(found)


def _settings(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Names and both values of recorded facts that differ."""
    ours, theirs = _flat(first), _flat(second)
    return tuple(
        (name, ours.get(name, "-"), theirs.get(name, "-"))
        for name in dict.fromkeys([*ours, *theirs])
        if ours.get(name) != theirs.get(name)
    )


def _flat(facts: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in facts.items():
        if not prefix and key in UNTELLING:
            continue
        if isinstance(value, Mapping):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = str(value)
    return found


def sentences(comparison: Comparison) -> list[str]:
    """The comparison in two or three sentences."""
    c = comparison
    told = [words("eval", "compare.different", n=len(c.pairs))] if c.different else []
    if all(a.finding.stage == b.finding.stage and a.values == b.values for a, b in _without_time(c)):
        return [*told, words("eval", "compare.same")]
    told.append(words("eval", "compare.verdict", gained=len(c.gained), lost=len(c.lost), n=len(c.pairs)))
    sure = [f"{d.metric.title} ({signed(d)})" for d in c.differences if d.sure and d.metric.name in HEADLINE]
    told.append(
        words("eval", "compare.verdict_sure", names="; ".join(sure))
        if sure
        else words("eval", "compare.verdict_unsure")
    )
    return told


def _without_time(c: Comparison) -> list[tuple[QuestionResult, QuestionResult]]:
    def bare(r: QuestionResult) -> QuestionResult:
        return replace(r, values={k: v for k, v in r.values.items() if not k.startswith("seconds")})

    return [(bare(a), bare(b)) for a, b in c.pairs]


def signed(difference: Difference) -> str:
    """The difference with its sign."""
    value = difference.test.difference
    return ("+" if value >= 0 else "-") + number(abs(value), difference.metric.unit)


def rows(differences: Iterable[Difference]) -> list[list[str]]:
    """The table of figures: both values, the difference with its interval, p and n."""
    return [
        [
            d.metric.title, number(d.first, d.metric.unit), number(d.second, d.metric.unit), signed(d),
            f"{d.test.low:+.3f} to {d.test.high:+.3f}", f"{d.test.p:.3f}", str(d.test.n),
        ]
        for d in differences
    ]  # fmt: skip


COLUMNS = ("Figure", "First", "Second", "Difference", "95% interval", "p", "n")


def write(comparison: Comparison, folder: Path) -> None:
    """Write compare.html and compare.json into a folder."""
    c = comparison
    lists = [
        {
            "id": name,
            "title": words("eval", f"compare.{name}"),
            "help": words("eval", f"compare.{name}_help"),
            "rows": [_pair_view(a, b) for a, b in pairs],
        }
        for name, pairs in (("lost", c.lost), ("gained", c.gained))
    ]
    pages.write(
        folder / "compare.html", "compare.html",
        title=words("eval", "report.compare_title", file=c.first.facts["golden"]["file"]),
        made=f"First: {c.first.folder.name} ({c.first.name}). Second: {c.second.folder.name} ({c.second.name}).",
        verdict=sentences(c), columns=COLUMNS, rows=rows(c.differences), lists=lists, settings=c.settings,
    )  # fmt: skip
    (folder / "compare.json").write_text(json.dumps(as_json(c), indent=1, ensure_ascii=False), encoding="utf-8")


def _pair_view(first: QuestionResult, second: QuestionResult) -> dict[str, Any]:
    expected = first.case.expected
    return {
        "id": expected.id,
        "question": expected.question,
        "expected": expected_lines(expected),
        "answers": [
            {
                "name": name,
                "stage": r.finding.title,
                "sentence": r.finding.sentence,
                "answer": answer_view(r.case.actual),
            }
            for name, r in (("First run", first), ("Second run", second))
        ],
    }


def as_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison for other programs."""
    c = comparison
    return {
        "questions": len(c.pairs), "different_questions": c.different,
        "gained": [b.case.expected.id for _, b in c.gained], "lost": [b.case.expected.id for _, b in c.lost],
        "differences": {
            d.metric.name: {
                "first": round(d.first, 5), "second": round(d.second, 5), "difference": round(d.test.difference, 5),
                "low": round(d.test.low, 5), "high": round(d.test.high, 5), "p": round(d.test.p, 5), "n": d.test.n,
            }
            for d in c.differences
        },
        "settings": [list(row) for row in c.settings],
    }  # fmt: skip
