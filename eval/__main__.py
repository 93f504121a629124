"""The command `python -m eval`: run, score, check, compare, calibrate, external, perturb, draft, show, bench."""

from __future__ import annotations

import argparse
import sys

from eval import commands
from eval.runs.systems import WHOLE
from ingest.cli import add_settings_options, default_index, run


def parser() -> argparse.ArgumentParser:
    """The command line, every option with its help."""
    top = argparse.ArgumentParser(prog="python -m eval", description="Put golden questions and judge the answers.")
    top.add_argument("--debug", action="store_true", help="show the technical trace of an error")
    actions = top.add_subparsers(dest="command", required=True)
    debug = argparse.ArgumentParser(add_help=False)
    debug.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    index = argparse.ArgumentParser(add_help=False, parents=[debug])
    index.add_argument("--index", default=None, help=f"the index folder (default: SEND_INDEX, else {default_index()})")
    settings = argparse.ArgumentParser(add_help=False, parents=[index])
    add_settings_options(settings)
    _answering(actions, settings)
    _other_sets(actions, debug, index)
    _reading(actions, debug, index)
    return top


def _answering(actions: argparse._SubParsersAction, settings: argparse.ArgumentParser) -> None:
    """The commands that put questions."""
    one = actions.add_parser("run", parents=[settings], help="answer a golden set, score it, write the report")
    one.add_argument("--golden", required=True, metavar="FILE", help="the questions: JSONL, CSV or XLSX")
    one.add_argument(
        "--output", required=True, metavar="DIR", help="the folder of the run; a stopped run goes on in it"
    )
    one.add_argument("--url", help="put the questions to a running server instead of this program")
    one.add_argument("--gate", metavar="FILE", help="thresholds to keep: exit code 1 and the names of what fell")
    beside = one.add_mutually_exclusive_group()
    beside.add_argument(
        "--baseline", metavar="DOCUMENTS", help="run plain LlamaIndex over this folder of documents beside it"
    )
    beside.add_argument(
        "--llm", metavar="FILE", help="ask the language model of this settings file, and run without it beside that"
    )
    calibrate = actions.add_parser("calibrate", parents=[settings], help="choose the refusal threshold")
    calibrate.add_argument("--golden", required=True, nargs="+", metavar="FILE", help="one or more question files")
    calibrate.add_argument("--write", metavar="SETTINGS.toml", help="set [answers] threshold in this settings file")
    calibrate.add_argument("--output", metavar="DIR", help="write the plots as a page into this folder")
    calibrate.add_argument(
        "--weight", type=float, default=1.0, help="how many wrong refusals one wrong answer is worth (default 1)"
    )


def _other_sets(
    actions: argparse._SubParsersAction, debug: argparse.ArgumentParser, index: argparse.ArgumentParser
) -> None:
    """The commands that bring questions of their own."""
    external = actions.add_parser(
        "external", parents=[debug], help="answer a public question set from its own passages"
    )
    add_settings_options(external)
    external.add_argument("name", choices=sorted(WHOLE), metavar="NAME", help=f"which set: {', '.join(sorted(WHOLE))}")
    external.add_argument("file", metavar="FILE", help="its questions (.jsonl.gz)")
    external.add_argument("--output", required=True, metavar="DIR", help="where the answers and figures go")
    external.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    perturb = actions.add_parser("perturb", parents=[index], help="make near questions that the papers do not answer")
    perturb.add_argument("golden", nargs="+", metavar="FILE", help="question files to make them from")
    perturb.add_argument("--output", required=True, metavar="DIR", help="where the two new question files go")
    perturb.add_argument("--each", type=int, default=40, metavar="N", help="questions of each kind (default 40)")
    perturb.add_argument("--seed", type=int, default=1, metavar="N", help="another seed makes others (default 1)")


def _reading(
    actions: argparse._SubParsersAction, debug: argparse.ArgumentParser, index: argparse.ArgumentParser
) -> None:
    """The commands that work on files."""
    score = actions.add_parser("score", parents=[debug], help="score the saved answers of a run again")
    score.add_argument("run", metavar="RUN")
    score.add_argument("--golden", metavar="FILE", help="score against this version of the questions")
    score.add_argument("--gate", metavar="FILE", help="thresholds to keep")
    check = actions.add_parser("check", parents=[index], help="tell every fault of a question file")
    check.add_argument("file", metavar="FILE")
    promises = actions.add_parser("promises", parents=[index], help="what is found of golden promises, and how truly")
    promises.add_argument("file", metavar="FILE", help="golden rows of promises (JSONL)")
    compare = actions.add_parser("compare", parents=[debug], help="two runs side by side")
    compare.add_argument("first", metavar="RUN_A")
    compare.add_argument("second", metavar="RUN_B")
    compare.add_argument("--output", metavar="DIR", help="write compare.html and compare.json into this folder")
    compare.add_argument("--allow-different", action="store_true", help="compare only the questions that both have")
    draft = actions.add_parser("draft", parents=[index], help="feedback to draft questions for a person to finish")
    draft.add_argument("feedback", metavar="FEEDBACK.jsonl")
    draft.add_argument("--output", required=True, metavar="FILE", help="the table to write: .xlsx, .csv or .jsonl")
    bench = actions.add_parser("bench", parents=[debug], help="measure what ingest and questions cost at several sizes")
    add_settings_options(bench)
    bench.add_argument("--documents", required=True, metavar="FOLDER", help="the documents to measure with")
    bench.add_argument("--output", required=True, metavar="DIR", help="where the page, the plot and the figures go")
    bench.add_argument("--sizes", nargs="+", type=int, metavar="N", help="passages (default: 500 4000 40000 200000)")
    train = actions.add_parser("train", parents=[debug], help="fit the encoder, the reader and the kinds of question")
    train.add_argument("--questions", required=True, nargs="+", metavar="FILE", help="golden files to learn from")
    train.add_argument("--papers", required=True, nargs="+", metavar="DIR", help="the papers those questions are about")
    train.add_argument(
        "--public", nargs="*", default=[], metavar="FILE", help="public question sets (.jsonl.gz) beside"
    )
    train.add_argument("--output", required=True, metavar="DIR", help="where the weights and their cards go")
    train.add_argument("--seed", type=int, default=1, metavar="N", help="another seed gives other weights (default 1)")
    show = actions.add_parser("show", parents=[debug], help="a run, or one question of it, in the terminal")
    show.add_argument("run", metavar="RUN")
    show.add_argument("id", nargs="?", metavar="ID")


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    arguments = parser().parse_args(argv)
    action = getattr(commands, f"{arguments.command}_command")
    return run(lambda: action(arguments), debug=arguments.debug)


if __name__ == "__main__":
    sys.exit(main())
