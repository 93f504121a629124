"""The commands of `python -m eval`: data on stdout, progress and messages on stderr."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from eval.errors import EvalError, RunError
from eval.questions import draft as drafting
from eval.questions import golden
from eval.questions.check import check
from eval.report import compare as comparing
from eval.report import drawing
from eval.report.model_view import model_sentences
from eval.report.report import HEADLINE, summary_lines
from eval.report.results import REPORT_FILE, publish
from eval.report.verdict import verdict
from eval.runs import runs
from eval.runs.baseline import PlainLlamaIndex
from eval.runs.gate import fallen, thresholds
from eval.runs.runs import Run
from eval.runs.snapshot import IndexView
from eval.runs.systems import OurAssistant, Served, System
from eval.threshold import threshold
from ingest import settings
from ingest.cli import default_index, progress_bar
from ingest.errors import IndexFault
from prompts import words


def run_command(arguments: argparse.Namespace) -> int:
    """`run`: exit code 1 where a threshold of the gate fell."""
    golden_file, folder = Path(arguments.golden), Path(arguments.output)
    limits = thresholds(Path(arguments.gate)) if arguments.gate else None
    questions = golden.load(golden_file)
    view = _view(arguments.index, needed=not arguments.url)
    with progress_bar() as progress:
        ours, beside = _system(arguments), _beside(arguments, progress)
        parts = [runs.Part(ours, folder, {"beside": runs.BASELINE if beside else None})]
        if beside:
            built = {"built": beside.built} if isinstance(beside, PlainLlamaIndex) else {}
            parts.append(runs.Part(beside, folder / runs.BASELINE, built))
        runs.carry_out(golden_file, questions, parts, view, progress)
    return _finish(runs.load(folder), limits)


def _system(arguments: argparse.Namespace) -> System:
    """A running server, or the product in this process. Raises EvalError where both are asked for."""
    if arguments.url and arguments.llm:
        raise EvalError(words("eval", "report.llm_url"))
    if arguments.url:
        return Served(arguments.url)
    chosen = settings.chosen(arguments)
    if arguments.llm:
        chosen = replace(chosen, llm=settings.load(arguments.llm).llm)
    return OurAssistant(Path(arguments.index or default_index()), chosen)


def _beside(
    arguments: argparse.Namespace, progress: Callable[[str, int, int], None]
) -> PlainLlamaIndex | OurAssistant | None:
    """What takes turns with it: plain LlamaIndex, or the product without a language model; None where none is asked."""
    if arguments.baseline:
        return PlainLlamaIndex(Path(arguments.baseline), progress)
    if not arguments.llm:
        return None
    chosen = replace(settings.chosen(arguments), llm=settings.LanguageModel())
    return OurAssistant(Path(arguments.index or default_index()), chosen, words("eval", "report.no_llm"))


def _view(index: str | None, needed: bool) -> IndexView | None:
    """The index, or None where there is none by default and nothing needs it."""
    try:
        return IndexView(Path(index or default_index()))
    except IndexFault:
        if needed or index:
            raise
        return None


def _finish(run: Run, limits: dict[str, dict[str, float]] | None) -> int:
    """Write the results, print the figures, hold them against the gate. Raises EvalError where nothing worked."""
    errors = [r.case.actual.error for r in run.scores.results if r.case.actual.status == "error"]
    if len(errors) == len(run.scores.results):
        raise EvalError(words("eval", "report.all_failed", error=errors[0]))
    publish(run)
    _print_run(run)
    told = fallen(run, limits) if limits else []
    for sentence in told:
        print(f"Gate: {sentence}", file=sys.stderr)
    if limits and not told:
        print("Gate: every threshold is kept.", file=sys.stderr)
    print(f"Report: {run.folder / REPORT_FILE}", file=sys.stderr)
    return 1 if told else 0


def _print_run(run: Run) -> None:
    for sentence in [*verdict(run), *model_sentences(run)]:
        print(sentence)
    if shut := len(run.scores.results) - len(run.scores.open):
        print(words("eval", "report.sealed", n=shut, askings=run.facts.get("sealed_askings", 0)))
    systems = [run] if run.baseline is None else [run, run.baseline]
    rows = [summary_lines(one) for one in systems]
    _print_table(
        ("Figure", *(one.name for one in systems)),
        [[lines[0][0], *(line[1] for line in lines)] for lines in zip(*rows, strict=True)],
    )


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def score_command(arguments: argparse.Namespace) -> int:
    """`score`: the saved answers, without the system that gave them."""
    limits = thresholds(Path(arguments.gate)) if arguments.gate else None
    return _finish(runs.load(Path(arguments.run), Path(arguments.golden) if arguments.golden else None), limits)


def check_command(arguments: argparse.Namespace) -> int:
    """`check`: exit code 1 where there is a fault; remarks alone are no fault."""
    view = _view(arguments.index, needed=False)
    questions, faults = check(Path(arguments.file), view)
    for fault in faults:
        print(f"{'Fault' if fault.grave else 'Remark'}. {fault}")
    grave = sum(fault.grave for fault in faults)
    against = f"against index {view.fingerprint}" if view else "for its form only, as there is no index here"
    print(
        f"{len(questions)} questions checked {against}: {grave} faults, {len(faults) - grave} remarks.", file=sys.stderr
    )
    return 1 if grave else 0


def promises_command(arguments: argparse.Namespace) -> int:
    """`promises`: what is found of golden promises, as one JSON object; what was missed and what is wrong on stderr."""
    from eval import promises as judging

    rows, fields = judging.rows_found(
        judging.opened(Path(arguments.index or default_index())), judging.read(Path(arguments.file))
    )
    for fault, lines in (("Missed", rows.missed), ("Not in the file", rows.wrong), ("Not as written", fields.wrong)):
        for line in lines:
            print(f"{fault}. {line}", file=sys.stderr)
    print(
        json.dumps(
            {
                "promises": rows.expected,
                "recall": rows.recall,
                "precision": rows.precision,
                "fields": fields.expected,
                "fields_right": fields.recall,
            }
        )
    )
    return 0


def compare_command(arguments: argparse.Namespace) -> int:
    """`compare`."""
    first, second = runs.load(Path(arguments.first)), runs.load(Path(arguments.second))
    comparison = comparing.compare(first, second, arguments.allow_different)
    for sentence in comparing.sentences(comparison):
        print(sentence)
    main = [d for d in comparison.differences if d.metric.name in HEADLINE and d.test.difference]
    if main:
        _print_table(comparing.COLUMNS, comparing.rows(main))
    for name, pairs in (("Lost", comparison.lost), ("Gained", comparison.gained)):
        for a, b in pairs:
            print(f"{name}: {a.case.expected.id} {a.case.expected.question}")
            print(f"    first:  {drawing.one_line(a)}\n    second: {drawing.one_line(b)}")
    for name, ours, theirs in comparison.settings:
        print(f"Differs: {name}: {ours} | {theirs}")
    if arguments.output:
        comparing.write(comparison, Path(arguments.output))
        print(f"Report: {Path(arguments.output) / 'compare.html'}", file=sys.stderr)
    return 0


def calibrate_command(arguments: argparse.Namespace) -> int:
    """`calibrate`."""
    from eval.threshold import calibrate as calibrating

    if arguments.weight <= 0:
        raise EvalError("--weight must be more than 0.")
    files = [Path(file) for file in arguments.golden]
    index = Path(arguments.index or default_index())
    with progress_bar() as progress:
        scored = threshold.scores(files, OurAssistant(index, settings.chosen(arguments)), progress)
    calibration = calibrating.calibrate(scored, arguments.weight)
    for sentence in calibrating.sentences(calibration):
        print(sentence)
    print(calibrating.histogram(calibration))
    told = threshold.provenance(files, IndexView(index).fingerprint, calibration)
    if arguments.output:
        calibrating.write_report(calibration, Path(arguments.output) / "calibrate.html", told)
    if arguments.write:
        calibrating.write_setting(Path(arguments.write), calibration, told)
        print(f"Set [answers] threshold in {arguments.write}.", file=sys.stderr)
    return 0


def external_command(arguments: argparse.Namespace) -> int:
    """`external`: answers and figures go into the folder, the figures on stdout too."""
    from eval.threshold import external

    with progress_bar() as progress:
        found = external.run(Path(arguments.file), arguments.name, settings.chosen(arguments), progress)
    figures = external.save(Path(arguments.output), arguments.name, found)
    if arguments.json:
        print(json.dumps(figures))
    else:
        _print_table(("Figure", "Value"), [[name, "-" if v is None else str(v)] for name, v in figures.items()])
    return 0


def perturb_command(arguments: argparse.Namespace) -> int:
    """`perturb`: two question files, one of them set aside."""
    from eval.questions import perturb

    questions = [question for file in arguments.golden for question in golden.load(Path(file))]
    view = IndexView(Path(arguments.index or default_index()))
    made = perturb.perturbed(questions, view, arguments.each, arguments.seed)
    _print_table(("File", "twins", *perturb.KINDS), perturb.write(Path(arguments.output), made))
    return 0


def draft_command(arguments: argparse.Namespace) -> int:
    """`draft`."""
    found = drafting.drafts(Path(arguments.feedback), _view(arguments.index, needed=False))
    drafting.write(found, Path(arguments.output))
    print(
        f"{len(found.rows)} draft questions in {arguments.output}; {found.without_question} lines carry no question "
        "because the visitor did not agree to keep it.", file=sys.stderr,
    )  # fmt: skip
    return 0


def show_command(arguments: argparse.Namespace) -> int:
    """`show`: the figures of a run, or all that is known of one question."""
    run = runs.load(Path(arguments.run))
    if arguments.id is None:
        _print_run(run)
        for result in run.scores.open:
            if not result.finding.right:
                print(f"{result.case.expected.id}: {result.finding.title}. {result.finding.sentence}")
        return 0
    chosen = next((r for r in run.scores.open if r.case.expected.id == arguments.id), None)
    if chosen is None:
        raise RunError(
            f"The run has no open question {arguments.id!r}: `eval show {run.folder}` lists those that failed."
        )
    for line in drawing.question_lines(chosen):
        print(line)
    return 0


def bench_command(arguments: argparse.Namespace) -> int:
    """`bench`: takes an hour or more with the largest sizes."""
    import tempfile

    from eval.bench import measure, report

    documents, output = Path(arguments.documents), Path(arguments.output)
    if not documents.is_dir():
        raise EvalError(f"{documents} is not a folder of documents.")
    sizes = arguments.sizes or measure.SIZES
    with tempfile.TemporaryDirectory(prefix="bench-") as work, progress_bar() as progress:
        chosen = settings.chosen(arguments)
        measure.measure(documents, Path(work), chosen, sizes, progress, lambda bench: report.write(bench, output))
    print(f"Report: {output / report.PAGE}", file=sys.stderr)
    return 0


def train_command(arguments: argparse.Namespace) -> int:
    """`train`: prints the hash of each file of weights. What was made replaces nothing until it is copied."""
    from eval.train.fit import fit  # torch, which no other command needs

    questions, papers, others = (
        [Path(name) for name in names] for names in (arguments.questions, arguments.papers, arguments.public)
    )
    missing = [str(path) for path in (*questions, *papers, *others) if not path.exists()]
    if missing:
        raise EvalError(f"There is no such file or folder: {', '.join(missing)}.")
    with progress_bar() as progress:
        made = fit(questions, papers, others, Path(arguments.output), arguments.seed, progress)
    for name, digest in made.items():
        print(f"{name}  {digest}")
    return 0
