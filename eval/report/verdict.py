"""A run in three plain sentences."""

from __future__ import annotations

from eval.runs.runs import Run
from eval.scoring import stages
from eval.scoring.scoring import QuestionResult
from eval.wording import number, questions, share
from prompts import words


def made_line(run: Run) -> str:
    """When and from what the run was made."""
    index = run.facts.get("index")
    documents = f"{index['documents']} documents (index {index['fingerprint']})" if index else "an index not at hand"
    return words(
        "eval",
        "report.made",
        made=run.facts.get("made", "-"),
        questions=questions(len(run.questions)),
        documents=documents,
    )


def verdict(run: Run) -> list[str]:
    """Answers, refusals, losses: a sentence each."""
    asked = [r for r in run.scores.results if r.case.actual.status != "missing"]
    return [
        _answers([r for r in asked if r.case.expected.answerable]),
        _refusals([r for r in asked if not r.case.expected.answerable]),
        _losses(run),
    ]


def _answers(results: list[QuestionResult]) -> str:
    if not results:
        return words("eval", "verdict.answers_none")
    n = len(results)
    answered = sum(r.case.actual.answered for r in results)
    complete = sum(r.finding.right and r.case.actual.answered for r in results)
    return words(
        "eval", "verdict.answers", questions=questions(n), answered=share(answered, n), complete=share(complete, n)
    )


def _refusals(results: list[QuestionResult]) -> str:
    if not results:
        return words("eval", "verdict.refusals_none")
    refused = sum(r.case.actual.refused for r in results)
    near = [r for r in results if r.case.near_miss]
    told = {"questions": questions(len(results)), "refused": share(refused, len(results))}
    if not near:
        return words("eval", "verdict.refusals_plain", **told)
    near_refused = sum(r.case.actual.refused for r in near)
    return words("eval", "verdict.refusals", near=len(near), near_refused=near_refused, **told)


def _losses(run: Run) -> str:
    exactness = run.scores.overall["quote_exactness"]
    exact = (
        words("eval", "verdict.exact", share=number(exactness.value, "share"))
        if exactness.n
        else words("eval", "verdict.exact_unknown")
    )
    lost = {stage: n for stage, n in run.scores.stages.items() if stage != stages.RIGHT}
    if not lost:
        return words("eval", "verdict.losses_none", exact=exact)
    worst = max(stages.STAGES, key=lambda stage: lost.get(stage, 0))
    return words(
        "eval",
        "verdict.losses",
        questions=questions(sum(lost.values())),
        stage=words("eval", f"stages.{worst}"),
        count=lost[worst],
        exact=exact,
    )
