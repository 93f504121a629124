"""Rank sums over needs, without knowledge of questions: each takes what every rank meets, best first.

An entry of `gains` is the set of needs that the item at this rank meets (empty: irrelevant). An item that only
repeats met needs adds nothing to recall and nDCG.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

Gains = Sequence[frozenset[Hashable]]


def recall(gains: Gains, needs: int, depth: int) -> float:
    """Share of needs met within `depth`; 0 where nothing is needed."""
    return len(frozenset().union(*gains[:depth])) / needs if needs else 0.0


def reciprocal_rank(gains: Gains, depth: int) -> float:
    """1 over the rank of the first item that meets a need; 0 where none does within `depth`."""
    return next((1 / rank for rank, met in enumerate(gains[:depth], 1) if met), 0.0)


def fresh(gains: Gains) -> list[bool]:
    """For each rank whether it meets a need that no better rank has met."""
    seen: set[Hashable] = set()
    marks = []
    for met in gains:
        marks.append(not met <= seen)
        seen |= met
    return marks


def ndcg(gains: Gains, needs: int, depth: int) -> float:
    """Discounted gain of items that meet a new need, as a share of the best order.

    The best order has all these items first, then one item for every need that no item met.
    """
    marks = fresh(gains)
    unmet = needs - len(frozenset().union(*gains))
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(depth, sum(marks) + unmet) + 1))
    actual = sum(1 / math.log2(rank + 1) for rank, new in enumerate(marks[:depth], 1) if new)
    return actual / ideal if ideal else 0.0
