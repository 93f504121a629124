"""A judged question as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from eval.report.question_view import question_view, shorten
from eval.scoring.scoring import QuestionResult


def one_line(result: QuestionResult) -> str:
    """Stage and answer in a line."""
    actual = result.case.actual
    text = actual.citations[0].quote if actual.citations else actual.text or actual.error
    return f"[{result.finding.title}] {actual.status}: {shorten(' '.join(text.split()), 30)}"


def question_lines(result: QuestionResult) -> Iterator[str]:
    """Everything known of one question."""
    view = question_view(result)
    yield f"{view['id']}  {view['question']}"
    yield view["asked"]
    if view["resolved"]:
        yield f"Understood as: {view['resolved']}"
    yield f"\n{view['stage']}. {view['sentence']}\n\nExpected"
    yield from (f"  {line}" for line in view["expected"])
    answer = view["answer"]
    yield f"\nAnswered: {answer['status']} {answer['note']}".rstrip()
    yield from (f"  {line}" for line in answer["text"].split("\n") if line)
    yield from (f"  “{quote['words']}” ({quote['place']})" for quote in answer["quotes"])
    yield "\nRetrieved, best first"
    for rank, passage in enumerate(view["passages"], 1):
        yield f"  {rank}. {passage['place']} ({passage['note'] or '-'}): {' '.join(passage['words'].split())}"
    yield f"\n{view['figures']}"
