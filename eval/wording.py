"""Figures and names as people read them."""

from __future__ import annotations

from eval.metrics.base import Metric
from eval.scoring.estimates import Estimate


def number(value: float | None, unit: str) -> str:
    """A value in its unit: shares as per cent; "-" where it does not apply."""
    if value is None:
        return "-"
    if unit == "share":
        percent = round(value * 100, 1)
        return f"{percent:.0f}%" if percent in (0, 100) else f"{percent:.1f}%"
    if unit == "seconds":
        return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"
    return f"{value:.0f}" if unit == "words" else f"{value:.1f}"


def interval(estimate: Estimate, unit: str) -> str:
    """The 95 % interval as words."""
    return "-" if estimate.n == 0 else f"{number(estimate.low, unit)} to {number(estimate.high, unit)}"


def figure(estimate: Estimate, metric: Metric) -> str:
    """A value with its interval and n on one line."""
    if estimate.n == 0:
        return "does not apply (n = 0)"
    return f"{number(estimate.value, metric.unit)} ({interval(estimate, metric.unit)}, n = {estimate.n})"


def label(name: str) -> str:
    """A name of the data as people read it: "inspection_report" is "Inspection report"."""
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def questions(count: int) -> str:
    """A number of questions in words."""
    return f"{count} question{'' if count == 1 else 's'}"


def share(part: int, whole: int) -> str:
    """A part of a whole with its per cent, for a sentence that names the whole."""
    return f"{part} ({part / whole:.0%})" if whole else "0"
