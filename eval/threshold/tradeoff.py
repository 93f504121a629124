"""How well a score tells questions to answer from questions to refuse, whatever the threshold."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy.stats import mannwhitneyu

ANSWERED = 0.9  # share of the questions to answer at which refusals are compared


def area_under_curve(to_answer: Sequence[float], to_refuse: Sequence[float]) -> float | None:
    """How often a question to answer scores above one to refuse, equal scores half; None without either kind."""
    if not to_answer or not to_refuse:
        return None
    return round(float(mannwhitneyu(to_answer, to_refuse).statistic) / (len(to_answer) * len(to_refuse)), 4)


def refused_at(answered: float, to_answer: Sequence[float], to_refuse: Sequence[float]) -> float | None:
    """Share of the questions to refuse below the highest threshold that answers this share of those to answer."""
    if not to_answer or not to_refuse:
        return None
    ordered = sorted(to_answer, reverse=True)
    threshold = ordered[math.ceil(answered * len(ordered)) - 1]
    return round(sum(score < threshold for score in to_refuse) / len(to_refuse), 4)


def curve(to_answer: Sequence[float], to_refuse: Sequence[float]) -> list[tuple[float, float]]:
    """For each threshold, from low to high, the shares answered of those to answer and refused of those to refuse."""
    points = [*sorted({*to_answer, *to_refuse}), math.inf]
    return [
        (sum(s >= t for s in to_answer) / len(to_answer), sum(s < t for s in to_refuse) / len(to_refuse))
        for t in points
    ]  # fmt: skip
