"""From values to a figure that admits its uncertainty: intervals by resampling, paired tests. Always repeatable."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import permutation_test

SEED = 20_240
RESAMPLES = 2_000
Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over `n` applicable questions with its 95 % interval. With n of 0 the others are None."""

    value: float | None
    low: float | None
    high: float | None
    n: int

    def as_json(self) -> dict[str, float | int | None]:
        """Rounded to what the data can bear."""
        numbers = {"value": self.value, "low": self.low, "high": self.high}
        return {**{k: None if v is None else round(v, 5) for k, v in numbers.items()}, "n": self.n}


def statistic(values: np.ndarray, name: str, axis: int = -1) -> np.ndarray:
    """Mean, median or the value that 95 % do not exceed."""
    if name == "median":
        return np.median(values, axis=axis)
    if name == "p95":
        return np.percentile(values, 95, axis=axis, method="lower")
    return values.mean(axis=axis)


def estimate(values: Sequence[float], name: str = "mean") -> Estimate:
    """A figure and its interval by bootstrap; Wilson's interval where all values are 0, or all are 1.

    Resampling equal values would claim certainty that a handful of questions cannot give.
    """
    data = np.asarray(values, dtype=float)
    if not len(data):
        return Estimate(None, None, None, 0)
    value = float(statistic(data, name))
    if name == "mean" and (np.all(data == 0) or np.all(data == 1)):
        low, high = wilson(value, len(data))
        return Estimate(value, low, high, len(data))
    low, high = np.percentile(statistic(_resampled(data), name), [2.5, 97.5])
    return Estimate(value, float(low), float(high), len(data))


def _resampled(data: np.ndarray) -> np.ndarray:
    generator = np.random.default_rng(SEED)
    return data[generator.integers(0, len(data), size=(RESAMPLES, len(data)))]


def wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's score interval of a share."""
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class PairedTest:
    """The difference of two runs on the same questions, and how often chance alone would give as much."""

    difference: float
    low: float
    high: float
    p: float
    n: int


def paired(first: Sequence[float], second: Sequence[float]) -> PairedTest | None:
    """Second minus first with a bootstrap interval and a two-sided sign-flip permutation test; None without pairs."""
    differences = np.asarray(second, dtype=float) - np.asarray(first, dtype=float)
    if not len(differences):
        return None
    low, high = np.percentile(_resampled(differences).mean(axis=1), [2.5, 97.5])
    return PairedTest(float(differences.mean()), float(low), float(high), _chance(differences), len(differences))


def _chance(differences: np.ndarray) -> float:
    """How often flipped signs give a mean as far from 0: of all flips where these are few, else of 9,999 drawn ones."""
    moved = differences[differences != 0]
    if len(moved) < 2:
        return 1.0
    found = permutation_test(
        (moved,), np.mean, permutation_type="samples", vectorized=True, n_resamples=9_999, alternative="two-sided",
        rng=np.random.default_rng(SEED),
    )  # fmt: skip
    return min(1.0, float(found.pvalue))
