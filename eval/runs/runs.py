"""A run folder: what is in it, how it is made and how it is read back.

answers.jsonl    the actual answers, as the contract has them
questions.jsonl  the questions with what was expected, as they were read
corpus.json      what scoring needs of the index
run.json         what made the answers: settings, index, code, prompts, machine
metrics.json, questions.csv, report.html   made from the above, again at any time
baseline/        the same for the plain LlamaIndex system, where it ran too
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from eval.errors import RunError
from eval.questions import golden, sealed
from eval.records import GoldenQuestion
from eval.runs import answering, provenance, snapshot
from eval.runs.answers import answer_from, read_lines
from eval.runs.snapshot import IndexView
from eval.runs.systems import System
from eval.scoring import scoring
from eval.scoring.scoring import Scores
from eval.tables import write_rows

FACTS, QUESTIONS, BASELINE = "run.json", "questions.jsonl", "baseline"
COLUMNS = (
    "id", "question", "area", "history", "kind", "answerable", "gold", "must_include", "status", "sealed", "paraphrase",
    "voice", "near_miss", "twin", "perturbation", "areas", "number",
)  # fmt: skip
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """A scored run. `facts` is run.json; `baseline` the run beside it, None where there is none."""

    folder: Path
    facts: dict[str, Any]
    scores: Scores
    baseline: Run | None = None

    @property
    def name(self) -> str:
        """The system that answered."""
        return str(self.facts.get("system", "unknown system"))

    @property
    def questions(self) -> tuple[GoldenQuestion, ...]:
        """The questions in order."""
        return tuple(result.case.expected for result in self.scores.results)


@dataclass(frozen=True, slots=True)
class Part:
    """A system with the folder of its run; `more` is added to its run.json."""

    system: System
    folder: Path
    more: dict[str, Any] = field(default_factory=dict)


def carry_out(
    golden_file: Path,
    questions: Sequence[GoldenQuestion],
    parts: Sequence[Part],
    view: IndexView | None,
    progress: Progress,
) -> None:
    """Answer the questions and save answers and provenance. Raises RunError where a folder cannot be written.

    Several systems take turns, question by question, so that what else the machine does slows all of them alike.
    """
    try:
        for part in parts:
            part.folder.mkdir(parents=True, exist_ok=True)
            write_questions(part.folder / QUESTIONS, questions)
        identity = [part.system.identity() for part in parts]
        askings = sealed.record(golden_file, questions, identity, parts[0].folder)
        told = {"sealed_askings": askings} if askings else {}
        for _ in zip(*(answering.answer_each(questions, p.system, p.folder, identity) for p in parts), strict=True):
            progress("questions", 1, len(questions))
        for part in parts:
            _save_facts(golden_file, len(questions), replace(part, more={**part.more, **told}), view)
    except OSError as error:
        raise RunError(f"The run cannot be saved in {parts[0].folder}: {error.strerror}.") from error


def _save_facts(golden_file: Path, questions: int, part: Part, view: IndexView | None) -> None:
    rows = list(read_lines(part.folder / answering.NAME).values())
    facts = {
        "format": 1,
        "system": part.system.name,
        "made": provenance.now(),
        "golden": _golden_facts(golden_file, questions),
        "index": _index_facts(view),
        "answered_from": sorted({str(row["index"]) for row in rows if row.get("index")}),
        "settings": part.system.identity().get("settings", {}),
        "code": provenance.code(),
        "prompts": provenance.prompt_versions(),
        "machine": provenance.machine(),
        **part.more,
    }
    (part.folder / FACTS).write_text(json.dumps(facts, indent=1, ensure_ascii=False), encoding="utf-8")
    if view:
        snapshot.save(part.folder, snapshot.take(view, _same_index(rows, view)))


def _golden_facts(golden_file: Path, questions: int) -> dict[str, Any]:
    return {"file": golden_file.name, "sha256": provenance.file_sha256(golden_file), "questions": questions}


def _index_facts(view: IndexView | None) -> dict[str, Any] | None:
    if view is None:
        return None
    made = view.manifest
    return {
        "fingerprint": made.fingerprint,
        "documents": made.documents,
        "pages": made.pages,
        "passages": made.passages,
        "model": made.model,
        "model_sha256": made.model_sha256,
        "cutter": made.cutter,
    }


def _same_index(rows: list[dict[str, Any]], view: IndexView) -> list[dict[str, Any]]:
    """Answers given from this very index: only their quotes can be checked against its pages."""
    return [row for row in rows if row.get("index") == view.fingerprint]


def write_questions(path: Path, questions: Sequence[GoldenQuestion]) -> None:
    """Write questions so that `golden.load` reads them back. Raises EvalError."""
    write_rows(path, COLUMNS, [question_row(q) for q in questions])


def question_row(question: GoldenQuestion) -> dict[str, Any]:
    """A question in the columns of the contract."""
    return {
        **question.as_input(),
        "kind": question.kind,
        "answerable": question.answerable,
        "gold": [
            {"document": e.document, "page": e.page, "evidence": e.words, "group": e.group} for e in question.gold
        ],
        "must_include": [list(wordings) for wordings in question.must_include],
        "status": " | ".join(question.statuses),
        **{name: getattr(question, name) for name in COLUMNS[9:]},
        "areas": list(question.areas) or None,  # a cell of a table holds no empty list
    }


def load(folder: Path, golden_file: Path | None = None) -> Run:
    """Read a run folder back and score it, on request against another version of the questions.

    Raises RunError where it is no run folder or damaged.
    """
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except OSError as error:
        raise RunError(f"{folder} is not the folder of a finished run: it has no {FACTS}.") from error
    except ValueError as error:
        raise RunError(f"{folder / FACTS} is damaged: run the questions again.") from error
    questions = golden.load(golden_file or folder / QUESTIONS)
    if golden_file:
        facts["golden"] = _golden_facts(golden_file, len(questions))
    answers = {id_: answer_from(row) for id_, row in read_lines(folder / answering.NAME).items()}
    run = Run(folder, facts, scoring.score(questions, answers, snapshot.load(folder)))
    # A baseline left from an earlier run of the folder was not asked in turn with this one.
    return replace(run, baseline=load(folder / facts["beside"], golden_file)) if facts.get("beside") else run
