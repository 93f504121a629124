"""The command `python -m ingest`: add, list, remove, check, show."""

from __future__ import annotations

import argparse
import sys

from ingest.cli import add_settings_options, default_index, run


def parser() -> argparse.ArgumentParser:
    """The command line, every option with its help."""
    top = argparse.ArgumentParser(
        prog="python -m ingest", description="Bring documents into the index and look after it."
    )
    top.add_argument("--debug", action="store_true", help="show the technical trace of an error")
    actions = top.add_subparsers(dest="command", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--index", default=default_index(), help="the index folder (default: SEND_INDEX, else ./index)")
    add_settings_options(shared)
    shared.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    add = actions.add_parser("add", parents=[shared], help="bring files or folders into the index")
    add.add_argument("paths", nargs="+", metavar="PATH")
    add.add_argument("--sources", help="a file of supplied facts (default: sources.toml beside the documents)")
    add.add_argument("--json", action="store_true", help="print the table as JSON")
    listing = actions.add_parser("list", parents=[shared], help="the documents in the index")
    listing.add_argument("--json", action="store_true", help="one JSON object a document")
    remove = actions.add_parser("remove", parents=[shared], help="take documents out, text and vectors alike")
    remove.add_argument("documents", nargs="+", metavar="DOCUMENT")
    check = actions.add_parser("check", parents=[shared], help="prove that the index is whole")
    check.add_argument("--repair", action="store_true", help="rebuild what is damaged from the stored passages")
    show = actions.add_parser("show", parents=[shared], help="the passages of one document as they were cut")
    show.add_argument("document", metavar="DOCUMENT")
    show.add_argument("--json", action="store_true", help="one JSON object a passage")
    return top


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    arguments = parser().parse_args(argv)

    def action() -> int:
        from ingest import commands

        return int(getattr(commands, f"{arguments.command}_documents")(arguments))

    return run(action, debug=arguments.debug)


if __name__ == "__main__":
    sys.exit(main())
