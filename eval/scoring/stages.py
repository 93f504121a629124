"""Which stage lost a question: the first one, in the order a question passes them, that let needed evidence go."""

from __future__ import annotations

from dataclasses import dataclass

from eval.metrics import area_sets, count_exact
from eval.metrics.status import right_statuses
from eval.records import Case, Evidence
from eval.scoring.matching import facts_missing, needs_cited, needs_met
from prompts import words

RIGHT = "right"
NOT_RUN = "not_run"
FAILED = "failed"
NOT_LOADED = "not_loaded"
UNDERSTOOD = "understood"
RETRIEVED = "retrieved"
CHOSEN = "chosen"
GATE = "gate"
NOT_REFUSED = "not_refused"
WRONG_REFUSAL = "wrong_refusal"

# In the order in which a question passes them; those after GATE are of questions that should be refused.
STAGES = (NOT_RUN, FAILED, NOT_LOADED, UNDERSTOOD, RETRIEVED, CHOSEN, GATE, NOT_REFUSED, WRONG_REFUSAL)


@dataclass(frozen=True, slots=True)
class Finding:
    """The stage that lost a question ("right" where none did) and a sentence that says how."""

    stage: str
    sentence: str

    @property
    def right(self) -> bool:
        """Whether everything expected came."""
        return self.stage == RIGHT

    @property
    def title(self) -> str:
        """The stage as people read it."""
        return words("eval", f"stages.{self.stage}")


def found(stage: str, key: str | None = None, **values: object) -> Finding:
    """A finding with its sentence from the file of words."""
    return Finding(stage, words("eval", f"losses.{key or stage}", **values))


def stage_of(case: Case) -> Finding:
    """Judge one question."""
    actual = case.actual
    if actual.status == "missing":
        return found(NOT_RUN)
    if actual.status == "error":
        return found(FAILED, error=actual.error)
    return _answerable(case) if case.expected.answerable else _unanswerable(case)


def _unanswerable(case: Case) -> Finding:
    if case.actual.answered:
        return found(NOT_REFUSED, quotes=len(case.actual.citations))
    if case.actual.status in right_statuses(case.expected):
        return found(RIGHT, "right_refusal")
    return found(WRONG_REFUSAL, status=case.actual.status, expected=_either(right_statuses(case.expected)))


def _answerable(case: Case) -> Finding:
    needed = frozenset(case.expected.groups)
    lost = needed - needs_cited(case, case.actual.citations)
    facts = facts_missing(case)
    if case.actual.status in case.expected.statuses and not case.actual.answered:
        return found(RIGHT, "right_refusal")
    if case.actual.answered and not lost and not facts:
        return found(CHOSEN, "chosen_areas") if _miscounted(case) else found(RIGHT)
    return _not_loaded(case, lost) or _misunderstood(case, lost) or _further(case, lost, facts)


def _miscounted(case: Case) -> bool:
    """Whether an answer about many areas names others than it should, or another number."""
    shares = (area_sets.recall(case), area_sets.precision(case), count_exact.measure(case))
    return any(share is not None and share < 1 for share in shares)


def _not_loaded(case: Case, lost: frozenset[int]) -> Finding | None:
    known = case.corpus.documents
    for number in sorted(lost) if known else ():
        entries = case.expected.groups[number]
        if not any(e.stem in known for e in entries):
            return found(NOT_LOADED, document=entries[0].document)
    return None


def _areas(case: Case, evidence: Evidence) -> set[str]:
    """The areas that hold a piece of evidence: told by its document, else by the question."""
    return set(case.corpus.areas_of(evidence.document)) or set(filter(None, [case.expected.area]))


def _misunderstood(case: Case, lost: frozenset[int]) -> Finding | None:
    actual = case.actual
    if actual.status in ("clarify", "out_of_scope", "private", "safeguarding"):
        return found(UNDERSTOOD, "understood_status", status=actual.status)
    searched = set(actual.understood.get("areas") or ())
    unknown = set(actual.understood.get("unknown_areas") or ())
    for number in sorted(lost):
        homes = [_areas(case, e) for e in case.expected.groups[number]]
        wanted = set().union(*homes)
        if not wanted:
            continue
        if searched and not any(searched & home for home in homes):
            return found(UNDERSTOOD, searched=_either(sorted(searched)), expected=_either(sorted(wanted)))
        if not searched and wanted & unknown:
            return found(UNDERSTOOD, "understood_unknown", area=_either(sorted(wanted & unknown)))
    if actual.status == "not_found" and actual.reason == "understood":
        return found(UNDERSTOOD, "understood_status", status=actual.status)
    return None


def _further(case: Case, lost: frozenset[int], facts: tuple[tuple[str, ...], ...]) -> Finding:
    actual = case.actual
    retrieved = needs_met(case, actual.passages)
    if actual.status == "not_found" and actual.reason == GATE and retrieved:
        score = "" if actual.gate_score is None else f" ({actual.gate_score:.3f} < {actual.gate_threshold or 0:.3f})"
        return found(GATE, found=len(retrieved), needed=len(case.expected.groups), score=score)
    if lost - retrieved:
        first = case.expected.groups[min(lost - retrieved)][0]
        return found(RETRIEVED, lost=len(lost - retrieved), needed=len(case.expected.groups), evidence=first.words)
    if lost:
        first = case.expected.groups[min(lost)][0]
        return found(CHOSEN, lost=len(lost), needed=len(case.expected.groups), evidence=first.words)
    if facts:
        return found(CHOSEN, "chosen_facts", facts="; ".join(_either(f) for f in facts))
    return found(CHOSEN, "chosen_status", status=actual.status)


def _either(values: tuple[str, ...] | list[str]) -> str:
    return " / ".join(values) or "-"
