"""What became of what an optional language model wrote: over a run, and beside the same questions without it."""

from __future__ import annotations

import statistics
from collections import Counter
from typing import Any

from eval.records import ActualAnswer
from eval.runs.runs import Run
from eval.wording import number, questions, share
from prompts import table, words


def model_view(run: Run) -> dict[str, Any] | None:
    """The section of the report, None where no language model was asked."""
    asked = _asked(run)
    if not asked:
        return None
    rows = [(words("eval", f"model.{name}"), str(count)) for name, count in _counts(asked).items()]
    rows += [(words("eval", "model.left_out", reason=_reason(key)), str(n)) for key, n in _failed(asked).most_common()]
    return {"sentences": model_sentences(run), "rows": rows}


def model_sentences(run: Run) -> list[str]:
    """What was written and shown, and the difference to no model; empty where no language model was asked."""
    asked = _asked(run)
    if not asked:
        return []
    counts = _counts(asked)
    told = {name: str(count) for name, count in counts.items()}
    given = share(counts["given"], len(asked))
    found = [words("eval", "model.verdict", questions=questions(len(asked)), share=given, **told)]
    return found + ([_difference(run, run.baseline)] if run.baseline else [])


def _asked(run: Run) -> list[ActualAnswer]:
    return [r.case.actual for r in run.scores.results if r.case.actual.claims_dropped is not None]


def _counts(asked: list[ActualAnswer]) -> dict[str, int]:
    """Questions, then sentences: `too_few` passed the check and were not shown because so many others did not."""
    shown, dropped = sum(len(a.claims) for a in asked), sum(a.claims_dropped or 0 for a in asked)
    return {
        "asked": len(asked),
        "given": sum(bool(a.claims) for a in asked),
        "no_claim": sum(not a.claims and not a.claims_dropped for a in asked),
        "written": shown + dropped,
        "shown": shown,
        "too_few": dropped - _failed(asked).total(),
    }


def _failed(asked: list[ActualAnswer]) -> Counter[str]:
    """How many sentences failed the check for which reason."""
    return sum((Counter(a.claims_failed) for a in asked), Counter())


def _reason(key: str) -> str:
    return str(table("eval")["claim_reasons"].get(key, key))


def _difference(run: Run, other: Run) -> str:
    """How answers differ from those of the same questions without the model, besides the summary."""
    without = {r.case.actual.id: r.case.actual for r in other.scores.results}
    pairs = [(r.case.actual, without[r.case.actual.id]) for r in run.scores.results if r.case.actual.id in without]
    same = sum((a.status, a.citations) == (b.status, b.citations) for a, b in pairs)
    return words("eval", "model.difference", same=same, n=len(pairs), ours=_median(run), theirs=_median(other))


def _median(run: Run) -> str:
    seconds = [a.waited for r in run.scores.results if (a := r.case.actual).waited is not None]
    return number(statistics.median(seconds) if seconds else None, "seconds")
