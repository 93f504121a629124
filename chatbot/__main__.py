"""The command `python -m chatbot`: serve the chat page, answer in the terminal, look after itself."""

from __future__ import annotations

import argparse
import sys

from ingest.cli import add_settings_options, default_index, run


def parser() -> argparse.ArgumentParser:
    """The command line, every option with its help."""
    top = argparse.ArgumentParser(
        prog="python -m chatbot", description="Answers about SEND papers in the papers' own words."
    )
    top.add_argument("--debug", action="store_true", help="show the technical trace of an error")
    actions = top.add_subparsers(dest="command", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--index", default=default_index(), help="the index folder (default: SEND_INDEX, else ./index)")
    add_settings_options(shared)
    shared.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    ask = actions.add_parser("ask", parents=[shared], help="answer one question, or a file of them")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--area", default=None, help="search the papers of this area only")
    ask.add_argument(
        "--history", action="append", default=[], help="an earlier question, oldest first (repeat for more)"
    )
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")
    ask.add_argument(
        "--explain", action="store_true", help="show how the question was understood and each passage's scores"
    )
    ask.add_argument("--batch", metavar="QUESTIONS.jsonl", help="answer one JSON question a line")
    ask.add_argument("--output", metavar="ANSWERS.jsonl", help="where the answers of --batch go")
    areas = actions.add_parser("areas", parents=[shared], help="the table of areas: what was found when, what is next")
    areas.add_argument("--format", choices=("json", "csv"), default="json", help="one JSON object a line, or CSV")
    serve = actions.add_parser("serve", parents=[shared], help="open the chat page")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on")
    serve.add_argument("--port", type=int, default=7860, help="port to listen on")
    doctor = actions.add_parser("doctor", parents=[shared], help="tell whether everything here is whole and ready")
    doctor.add_argument("--json", action="store_true", help="one JSON object a finding")
    promises = actions.add_parser("promises", parents=[shared], help="what papers say must or will be done, as data")
    promises.add_argument("--area", default=None, help="of this area only")
    promises.add_argument(
        "--format", choices=("json", "csv"), default="json", help="one JSON object a line, or a table"
    )
    themes = actions.add_parser("themes", parents=[shared], help="how many reports name which theme, as data")
    themes.add_argument("--area", default=None, help="of this area only")
    themes.add_argument("--format", choices=("json", "csv"), default="json", help="one JSON object a line, or a table")
    password = actions.add_parser("password", help="make a line for access.users of the settings, for a login")
    password.add_argument("name", metavar="NAME", help="the user's name; the password is asked for, or read from stdin")
    password.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return top


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    top = parser()
    arguments = top.parse_args(argv)
    if arguments.command == "ask" and bool(arguments.batch) == bool(arguments.question):
        top.error("ask wants either a QUESTION or --batch FILE.")
    if arguments.command == "ask" and bool(arguments.batch) != bool(arguments.output):
        top.error("--batch and --output go together.")
    from chatbot import commands

    return run(lambda: getattr(commands, arguments.command)(arguments), debug=arguments.debug)


if __name__ == "__main__":
    sys.exit(main())
