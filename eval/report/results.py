"""The figures of a run as files for other programs: metrics.json and questions.csv."""

from __future__ import annotations

import json
from typing import Any

from eval.errors import RunError
from eval.metrics import METRICS
from eval.report.report import write_report
from eval.runs.runs import Run
from eval.scoring.scoring import Figures, QuestionResult
from eval.tables import write_rows

METRICS_FILE, QUESTIONS_FILE, REPORT_FILE = "metrics.json", "questions.csv", "report.html"


def publish(run: Run) -> None:
    """Write metrics.json, questions.csv and report.html into the run's folder, and into its baseline's."""
    for one in filter(None, (run, run.baseline)):
        try:
            (one.folder / METRICS_FILE).write_text(json.dumps(metrics_json(one), indent=1), encoding="utf-8")
        except OSError as error:
            raise RunError(f"{one.folder / METRICS_FILE} cannot be written: {error.strerror}.") from error
        rows = [_row(result) for result in one.scores.open]
        write_rows(one.folder / QUESTIONS_FILE, list(rows[0]) if rows else ["id"], rows)
        write_report(one, one.folder / REPORT_FILE)


def metrics_json(run: Run) -> dict[str, Any]:
    """All figures with intervals and n: overall and by kind, area and document kind; and the stages."""
    results = run.scores.results
    return {
        "system": run.name,
        "golden": run.facts["golden"],
        "index": run.facts.get("index"),
        "questions": len(results),
        "sealed": len(results) - len(run.scores.open),
        "missing": run.scores.missing,
        "failed": sum(r.case.actual.status == "error" for r in results),
        "metrics": _json(run.scores.overall),
        "by": {name: {key: _json(f) for key, f in groups.items()} for name, groups in run.scores.by.items()},
        "stages": dict(run.scores.stages),
    }


def _json(figures: Figures) -> dict[str, Any]:
    return {
        m.name: {**figures[m.name].as_json(), "better": m.better, "unit": m.unit} for m in METRICS if figures[m.name].n
    }


def _row(result: QuestionResult) -> dict[str, Any]:
    expected, actual = result.case.expected, result.case.actual
    return {
        "id": expected.id,
        "question": expected.question,
        "area": expected.area or "",
        "kind": expected.kind,
        "answerable": "yes" if expected.answerable else "no",
        "near_miss": "yes" if result.case.near_miss else "no",
        "status": actual.status,
        "stage": result.finding.stage,
        "what_happened": result.finding.sentence,
        **{m.name: "" if (v := result.values[m.name]) is None else round(v, 5) for m in METRICS},
    }
