"""Plots as inline SVG that need no script: each has a title and a description, and its values stand in it as text.

Colours come from classes of the page's style sheet, so that dark mode and print work; series also differ in form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from eval.scoring.estimates import Estimate

WIDTH, LABEL, BAR, GAP = 800, 330, 16, 12
PLOT = WIDTH - LABEL - 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a value of 0 to `most` with what is written behind it; the whiskers are drawn where both are known."""

    value: float
    text: str
    series: int = 0
    low: float | None = None
    high: float | None = None


def frame(name: str, title: str, description: str, height: float, parts: Sequence[str]) -> str:
    """The SVG element around its parts; `name` has to be unique on the page."""
    return (
        f'<svg class="plot" role="img" aria-labelledby="{name}-t {name}-d" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(description)}</desc>{"".join(parts)}</svg>'
    )


def text(x: float, y: float, words: str, anchor: str = "start") -> str:
    """A line of text."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def bars(name: str, title: str, rows: Sequence[tuple[str, Sequence[Bar]]], most: float = 1.0) -> str:
    """Horizontal bars, one group a row; the description lists every value."""
    parts: list[str] = []
    y = 6.0
    for label, group in rows:
        parts.append(text(LABEL - 10, y + BAR - 3, label, "end"))
        for bar in group:
            parts.append(_bar(bar, y, most))
            y += BAR + 2
        y += GAP
    told = "; ".join(f"{label}: {', '.join(bar.text for bar in group)}" for label, group in rows)
    return frame(name, title, told, y, parts)


def _bar(bar: Bar, y: float, most: float) -> str:
    def x(value: float) -> float:
        return LABEL + PLOT * min(max(value / most, 0), 1) if most else LABEL

    end = x(bar.value)
    length = max(1.0, end - LABEL)
    drawn = [f'<rect class="s{bar.series}" x="{LABEL}" y="{y:.1f}" width="{length:.1f}" height="{BAR}"/>']
    if bar.low is not None and bar.high is not None:
        low, high, middle = x(bar.low), x(bar.high), y + BAR / 2
        path = f"M{low:.1f} {middle - 4:.1f}v8M{low:.1f} {middle:.1f}H{high:.1f}M{high:.1f} {middle - 4:.1f}v8"
        drawn.append(f'<path class="halo" d="{path}"/><path class="whisker" d="{path}"/>')
        end = max(end, high)
    drawn.append(text(end + 6, y + BAR - 3, bar.text))
    return "".join(drawn)


def estimate_bar(estimate: Estimate, words: str, series: int) -> Bar:
    """A bar of a figure with its interval."""
    return Bar(estimate.value or 0.0, words, series, estimate.low, estimate.high)


def histogram(
    name: str, title: str, description: str, series: Sequence[tuple[str, Sequence[float]]], mark: float, bins: int = 24
) -> str:
    """Two or more distributions over one axis, one above the other, with a line at `mark`."""
    values = [v for _, points in series for v in points] + [mark]
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    left, width, tall = 20, WIDTH - 40, 90
    parts, y = [], 10.0
    for number, (label, points) in enumerate(series):
        counts = [0] * bins
        for value in points:
            counts[min(bins - 1, int((value - low) / span * bins))] += 1
        parts.append(text(left, y + 12, f"{label} (n = {len(points)})"))
        for i, count in enumerate(counts):
            if count:
                size = tall * count / max(counts)
                parts.append(
                    f'<rect class="s{number}" x="{left + width * i / bins + 1:.1f}" y="{y + 24 + tall - size:.1f}" '
                    f'width="{width / bins - 2:.1f}" height="{size:.1f}"/>'
                )
        y += tall + 40
    at = left + width * (mark - low) / span
    parts.append(f'<path class="mark" d="M{at:.1f} 26V{y - 14:.1f}"/>')
    parts += [text(left, y + 4, f"{low:.2f}"), text(left + width, y + 4, f"{high:.2f}", "end")]
    parts.append(text(min(max(at, left + 60), left + width - 60), y + 4, f"threshold {mark:.3f}", "middle"))
    return frame(name, title, description, y + 14, parts)


def curves(
    name: str, title: str, description: str, series: Sequence[tuple[str, Sequence[tuple[float, float]]]], mark: float
) -> str:
    """Lines of shares (0 to 1) over one axis, with a line at `mark`; later series are dashed."""
    xs = [x for _, points in series for x, _ in points] + [mark]
    low, span = min(xs), (max(xs) - min(xs)) or 1.0
    left, top, width, tall = 50, 12, WIDTH - 70, 200

    def place(x: float, y: float) -> str:
        return f"{left + width * (x - low) / span:.1f} {top + tall * (1 - y):.1f}"

    parts = [f'<path class="axis" d="M{left} {top}v{tall}h{width}"/>']
    parts += [text(left - 6, top + 5 + tall * (1 - v), f"{v:.0%}", "end") for v in (0, 0.5, 1)]
    for number, (label, points) in enumerate(series):
        path = "L".join(place(x, y) for x, y in points)
        parts.append(f'<path class="line s{number}" d="M{path}"/>')
        y = top + tall + 40 + 18 * number
        parts.append(f'<path class="line s{number}" d="M{left} {y - 4}h30"/>{text(left + 38, y, label)}')
    at = place(mark, 1).split()[0]
    parts.append(f'<path class="mark" d="M{at} {top}v{tall}"/>')
    parts += [
        text(left, top + tall + 16, f"{low:.2f}"),
        text(left + width, top + tall + 16, f"{low + span:.2f}", "end"),
    ]
    return frame(name, title, description, top + tall + 44 + 18 * len(series), parts)
