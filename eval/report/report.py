"""A scored run as one HTML page that a councillor can read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.metrics import BY_NAME, METRICS
from eval.report import pages, svg
from eval.report.model_view import model_view
from eval.report.question_view import question_view
from eval.report.verdict import made_line, verdict
from eval.runs.runs import Run
from eval.scoring import stages
from eval.scoring.scoring import Figures
from eval.wording import figure, interval, label, number
from prompts import words

HEADLINE = (
    "answered_when_answerable", "citation_recall", "facts", "quote_exactness", "citation_precision", "refused_when_not",
    "refused_near_miss", "refused_or_corrected", "wrong_area", "recall@5", "recall@300w", "quoted_words",
    "seconds_median", "seconds_p95",
)  # fmt: skip
PARTS = (
    "answered_when_answerable", "recall@5", "citation_recall", "facts", "refused_when_not", "refused_or_corrected",
)  # fmt: skip


def write_report(run: Run, path: Path) -> None:
    """Write the report of a run, with its baseline beside it where that ran too."""
    systems = [run] if run.baseline is None else [run, run.baseline]
    pages.write(
        path, "report.html",
        title=words("eval", "report.title", system=run.name, file=run.facts["golden"]["file"]),
        made=made_line(run), verdict=verdict(run), beside=_beside(run), model=model_view(run),
        headline_plot=_headline_plot(systems), headline=_table(HEADLINE, systems),
        stage_plot=_stage_plot(run), stages=_stages(run), parts=_parts(run), questions=_questions(run),
        groups=_groups(systems), provenance=_provenance(run.facts),
        again=words("eval", "report.again", folder=run.folder.name),
    )  # fmt: skip


def _beside(run: Run) -> str:
    if run.baseline is None:
        return ""
    if run.baseline.name == words("eval", "report.no_llm"):
        return words("eval", "report.beside_no_llm", baseline=run.baseline.name)
    sentence = words("eval", "report.beside", baseline=run.baseline.name)
    if built := run.baseline.facts.get("built"):
        sentence += " " + words(
            "eval",
            "report.beside_built",
            reading=number(built["seconds_reading"], "seconds"),
            indexing=number(built["seconds_indexing"], "seconds"),
            documents=built["documents"],
        )
    return sentence


def _table(names: tuple[str, ...], systems: list[Run]) -> dict[str, Any]:
    """Figures as rows, one system after the other as columns."""
    columns = ["Figure"]
    for run in systems:
        columns += [run.name if len(systems) > 1 else "Value", "95% interval", "n"]
    rows = []
    for name in names:
        row = [BY_NAME[name].title]
        for run in systems:
            estimate = run.scores.overall[name]
            unit = BY_NAME[name].unit
            row += [number(estimate.value, unit), interval(estimate, unit), str(estimate.n)]
        rows.append(row)
    return {"columns": columns, "rows": rows}


def _headline_plot(systems: list[Run]) -> str:
    rows = []
    for name in HEADLINE:
        metric = BY_NAME[name]
        estimates = [(n, run.scores.overall[name]) for n, run in enumerate(systems)]
        if metric.unit == "share" and estimates[0][1].n:
            rows.append((metric.title, [svg.estimate_bar(e, number(e.value, "share"), n) for n, e in estimates if e.n]))
    title = words("eval", "report.headline")
    if len(systems) > 1:
        title += f": {systems[0].name} (filled), {systems[1].name} (outlined)"
    return svg.bars("plot-headline", title, rows)


def _stage_plot(run: Run) -> str:
    lost = [(s["title"], s["count"]) for s in _stages(run)]
    rows = [(title, [svg.Bar(count, str(count))]) for title, count in lost]
    return svg.bars("plot-stages", words("eval", "report.stages"), rows, max((c for _, c in lost), default=1))


def _stages(run: Run) -> list[dict[str, Any]]:
    counts = run.scores.stages
    return [
        {"title": words("eval", f"stages.{s}"), "count": counts[s], "help": words("eval", f"stage_help.{s}")}
        for s in (stages.RIGHT, *stages.STAGES)
        if counts[s]
    ]


def _parts(run: Run) -> list[dict[str, Any]]:
    """The break-downs that divide at all."""
    found = []
    for dimension, groups in run.scores.by.items():
        if not groups:
            continue
        title = words("eval", f"report.by_{dimension}")
        found.append({
            "id": f"by-{dimension}", "title": title, "plot": _part_plot(dimension, title, groups),
            "columns": [label(dimension), *(BY_NAME[name].title for name in PARTS)],
            "rows": [[label(key), *(_short(figures, name) for name in PARTS)] for key, figures in groups.items()],
        })  # fmt: skip
    return found


def _short(figures: Figures, name: str) -> str:
    estimate = figures[name]
    unit = BY_NAME[name].unit
    return f"{number(estimate.value, unit)} ({interval(estimate, unit)}, n = {estimate.n})" if estimate.n else "-"


def _part_plot(dimension: str, title: str, groups: Mapping[str, Figures]) -> str:
    rows = []
    for key, figures in groups.items():
        name = "citation_recall" if figures["citation_recall"].n else "refused_when_not"
        estimate = figures[name]
        if estimate.n:
            what = "quoted" if name == "citation_recall" else "refused"
            rows.append((label(key), [svg.estimate_bar(estimate, f"{number(estimate.value, 'share')} {what}", 0)]))
    return svg.bars(f"plot-{dimension}", f"{title}: evidence quoted, or refused where it should be", rows)


def _questions(run: Run) -> list[dict[str, Any]]:
    order = {stage: n for n, stage in enumerate(stages.STAGES)}
    wrong = sorted((r for r in run.scores.open if not r.finding.right), key=lambda r: order[r.finding.stage])
    right = [r for r in run.scores.open if r.finding.right]
    return [
        {"id": name, "title": words("eval", f"report.{name}"), "rows": [question_view(r) for r in rows]}
        for name, rows in (("wrong", wrong), ("right", right))
    ]


def _groups(systems: list[Run]) -> list[dict[str, Any]]:
    found = []
    for title in dict.fromkeys(m.group for m in METRICS):
        metrics = [m for m in METRICS if m.group == title]
        found.append({"title": title, "metrics": metrics, **_table(tuple(m.name for m in metrics), systems)})
    return found


def _provenance(facts: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """run.json as rows, nested names joined."""
    rows: list[tuple[str, str]] = []
    for key, value in facts.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            rows += _provenance(value, f"{name}: ")
        else:
            rows.append((name, ", ".join(map(str, value)) if isinstance(value, list) else str(value)))
    return rows


def summary_lines(run: Run) -> list[tuple[str, str]]:
    """The main figures for the terminal."""
    return [(BY_NAME[n].title, figure(run.scores.overall[n], BY_NAME[n])) for n in HEADLINE]
