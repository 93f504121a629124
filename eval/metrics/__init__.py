"""All metrics, in the order of the report. Adding one is adding a file and naming it here."""

from __future__ import annotations

from eval.metrics import (
    area_sets,
    citation_precision,
    citation_recall,
    completeness,
    count_exact,
    determinism,
    evidence_in_words,
    evidence_recall,
    length,
    level_recall,
    ndcg,
    quote_exactness,
    reciprocal_rank,
    refusal,
    required_facts,
    status,
    summaries,
    time,
    wrong_source,
)
from eval.metrics.base import Metric

_MODULES = (
    status, refusal, citation_recall, citation_precision, required_facts, completeness, area_sets, count_exact,
    quote_exactness, wrong_source,
    evidence_recall, evidence_in_words, level_recall, reciprocal_rank, ndcg, summaries, length, determinism, time,
)  # fmt: skip

METRICS: tuple[Metric, ...] = tuple(metric for module in _MODULES for metric in module.METRICS)
BY_NAME: dict[str, Metric] = {metric.name: metric for metric in METRICS}
