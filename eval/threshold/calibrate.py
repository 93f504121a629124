"""The refusal threshold, from questions that should be answered and questions that should not.

Below the threshold an answer is refused. What is chosen is the middle of the widest stretch of thresholds with the
lowest cost, where the cost is the share of wrong refusals plus `weight` times the share of wrong answers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvalError
from eval.report import pages, svg
from eval.threshold.tradeoff import ANSWERED, area_under_curve, curve, refused_at
from eval.wording import share
from prompts import words

MARK = "# threshold: set by `python -m eval calibrate`"


@dataclass(frozen=True, slots=True)
class Scored:
    """A question's gate score; `answer` tells whether it should be answered. `score` is None where no gate was met."""

    id: str
    answer: bool
    score: float | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a threshold costs: shares of questions to answer that it refuses, and to refuse that it lets pass."""

    threshold: float
    wrongly_refused: float
    wrongly_answered: float

    def total(self, weight: float) -> float:
        """Both errors as one number."""
        return self.wrongly_refused + weight * self.wrongly_answered


@dataclass(frozen=True, slots=True)
class Calibration:
    """The chosen point with everything it was chosen from."""

    answer: tuple[float, ...]
    refuse: tuple[float, ...]
    excluded: tuple[Scored, ...]
    costs: tuple[Cost, ...]
    chosen: Cost
    weight: float

    @property
    def overlap(self) -> tuple[float, float] | None:
        """Lowest score to answer and highest score to refuse where they cross; None where a gap is between them."""
        low, high = min(self.answer), max(self.refuse)
        return (low, high) if low <= high else None


def calibrate(scored: Iterable[Scored], weight: float = 1.0) -> Calibration:
    """Choose the threshold. Raises EvalError where either kind of question has no score, or all scores are the same."""
    scored = list(scored)
    answer = tuple(sorted(s.score for s in scored if s.answer and s.score is not None))
    refuse = tuple(sorted(s.score for s in scored if not s.answer and s.score is not None))
    if not answer or not refuse:
        raise EvalError(
            f"{len(answer)} questions to answer and {len(refuse)} to refuse have a gate score: both kinds are needed."
        )
    points = sorted({*answer, *refuse})
    if len(points) == 1:
        raise EvalError(f"All gate scores are {points[0]:g}, so no threshold can tell the questions apart.")
    # Between two neighbouring scores every threshold does the same: their middle stands for it.
    edges = [points[0] - 0.01, *((a + b) / 2 for a, b in zip(points, points[1:], strict=False)), points[-1] + 0.01]
    costs = tuple(
        Cost(e, sum(s < e for s in answer) / len(answer), sum(s >= e for s in refuse) / len(refuse)) for e in edges
    )
    excluded = tuple(s for s in scored if s.score is None)
    return Calibration(answer, refuse, excluded, costs, _choose(costs, points, weight), weight)


def _choose(costs: Sequence[Cost], points: Sequence[float], weight: float) -> Cost:
    """Of the cheapest thresholds the one with the widest free stretch around it, so that little upsets it."""
    lowest = min(cost.total(weight) for cost in costs)
    widths = [0.0, *(b - a for a, b in zip(points, points[1:], strict=False)), 0.0]
    return max(
        ((cost, width) for cost, width in zip(costs, widths, strict=True) if cost.total(weight) <= lowest + 1e-12),
        key=lambda pair: pair[1],
    )[0]


def sentences(c: Calibration) -> list[str]:
    """The calibration in plain sentences."""
    if c.overlap:
        low, high = c.overlap
        inside = sum(low <= s <= high for s in (*c.answer, *c.refuse))
        first = words(
            "eval",
            "calibrate.verdict_overlap",
            inside=inside,
            n=len(c.answer) + len(c.refuse),
            low=f"{low:.3f}",
            high=f"{high:.3f}",
        )
    else:
        first = words("eval", "calibrate.verdict_gap", low=f"{max(c.refuse):.3f}", high=f"{min(c.answer):.3f}")
    chosen = words(
        "eval", "calibrate.chosen", threshold=f"{c.chosen.threshold:.3f}",
        wrongly_refused=share(round(c.chosen.wrongly_refused * len(c.answer)), len(c.answer)),
        wrongly_answered=share(round(c.chosen.wrongly_answered * len(c.refuse)), len(c.refuse)),
    )  # fmt: skip
    told = [first, chosen, tradeoff_sentence(c), words("eval", "calibrate.weight", weight=f"{c.weight:g}")]
    if c.excluded:
        to_answer = sum(s.answer for s in c.excluded)
        told.append(
            words(
                "eval",
                "calibrate.excluded",
                n=len(c.excluded),
                answerable=to_answer,
                unanswerable=len(c.excluded) - to_answer,
            )
        )
    return told


def tradeoff_sentence(c: Calibration) -> str:
    """How well the scores tell both kinds of question apart, whatever the threshold."""
    return words(
        "eval", "calibrate.area", area=f"{area_under_curve(c.answer, c.refuse):.3f}",
        refused=f"{refused_at(ANSWERED, c.answer, c.refuse):.0%}", answered=f"{ANSWERED:.0%}",
    )  # fmt: skip


def histogram(c: Calibration, bins: int = 20) -> str:
    """Both distributions for a terminal: a row for each stretch of scores, # to answer and o to refuse."""
    low, high = min(*c.answer, *c.refuse), max(*c.answer, *c.refuse)
    step = (high - low) / bins
    lines = [f"{'score':>9}  {'to answer (#)':<32}to refuse (o)"]
    for n in range(bins):
        start, end = low + n * step, low + (n + 1) * step
        inside = [
            sum(start <= s < end or (n == bins - 1 and s == high) for s in scores) for scores in (c.answer, c.refuse)
        ]
        line = "<- threshold" if start <= c.chosen.threshold < end else ""
        lines.append(f"{start:9.3f}  {'#' * min(30, inside[0]):<32}{'o' * min(30, inside[1]):<32}{line}")
    return "\n".join(lines)


def write_report(c: Calibration, path: Path, provenance: dict[str, Any]) -> None:
    """Write the calibration as a page with both plots."""
    distributions = svg.histogram(
        "plot-scores", "Scores of questions to answer (above) and to refuse (below)", sentences(c)[0],
        (("Questions to answer", c.answer), ("Questions to refuse", c.refuse)), c.chosen.threshold,
    )  # fmt: skip
    costs = svg.curves(
        "plot-costs", "Errors at every threshold", sentences(c)[1],
        (("Wrongly refused", [(k.threshold, k.wrongly_refused) for k in c.costs]),
         ("Wrongly answered", [(k.threshold, k.wrongly_answered) for k in c.costs])), c.chosen.threshold,
    )  # fmt: skip
    shares = svg.curves(
        "plot-tradeoff", words("eval", "calibrate.tradeoff"), tradeoff_sentence(c),
        (("Refused of those to refuse", curve(c.answer, c.refuse)),), 1 - c.chosen.wrongly_refused,
    )  # fmt: skip
    pages.write(
        path, "calibrate.html", title=words("eval", "report.calibrate_title"), made=provenance["date"],
        verdict=sentences(c), plots=[distributions, costs, shares],
        provenance=[(k, str(v)) for k, v in provenance.items()],
        rows=[[f"{k.threshold:.4f}", f"{k.wrongly_refused:.1%}", f"{k.wrongly_answered:.1%}"] for k in c.costs],
    )  # fmt: skip


def write_setting(path: Path, c: Calibration, provenance: dict[str, Any]) -> None:
    """Set [answers] threshold in a settings file, everything else kept, with where the value comes from above it.

    Raises EvalError where the file cannot be read or written, or would no longer be TOML.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        told = ", ".join(f"{key} {value}" for key, value in provenance.items())
        new = f"{MARK} ({told})\nthreshold = {c.chosen.threshold:.4f}\n"
        text = _with_setting(text, new)
        tomllib.loads(text)
        path.write_text(text, encoding="utf-8")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EvalError(f"The settings file {path} cannot be changed: {error}.") from error


def _with_setting(text: str, new: str) -> str:
    """The text with the lines of the setting put in place of the old ones, or under [answers], added where missing."""
    section = re.search(r"^\[answers\][^\n]*\n?", text, re.MULTILINE)
    if not section:
        return f"{text.rstrip()}\n\n[answers]\n{new}".lstrip()
    head, body = text[: section.end()], text[section.end() :]
    following = re.search(r"^\[", body, re.MULTILINE)
    rest = body[following.start() :] if following else ""
    own = body[: following.start()] if following else body
    kept = [line for line in own.split("\n") if not line.startswith(MARK) and not re.match(r"\s*threshold\s*=", line)]
    return f"{head.rstrip()}\n{new}" + "\n".join(kept) + rest
