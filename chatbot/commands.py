"""The commands of `python -m chatbot`."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from chatbot.serialise import as_json, plain_text
from ingest import settings
from ingest.cli import as_line, progress_bar, shown
from ingest.errors import SettingsError
from prompts import words


def ask(arguments: argparse.Namespace) -> int:
    """`ask`: one answer in the terminal, or a batch with the model loaded once."""
    from chatbot.conversation import Assistant

    questions = _questions(Path(arguments.batch)) if arguments.batch else []
    assistant = Assistant(Path(arguments.index), settings.chosen(arguments))
    if arguments.batch:
        return _batch(assistant, questions, Path(arguments.output))
    answer = assistant.answer(arguments.question, arguments.area, arguments.history)
    if arguments.explain:
        from chatbot.answer.explain import explain

        explain(answer)
    elif arguments.json:
        print(as_line(as_json(answer)))
    else:
        if answer.question.resolved != answer.question.text:
            print(f"Understood as: {shown(answer.question.resolved)}\n", file=sys.stderr)
        print(shown(plain_text(answer)))
        print(f"\nIndex {answer.index}.", file=sys.stderr)
    return 0


def _questions(path: Path) -> list[dict[str, Any]]:
    """The questions of a batch file. Raises SettingsError naming the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The questions file {path} cannot be read: check its path and that it is UTF-8 text."
        ) from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row["question"], str):
                raise TypeError
            row["area"] = _area(row.get("area"), f"{path}, line {number}")
            row["history"] = _history(row.get("history"), f"{path}, line {number}")
        except (ValueError, KeyError, TypeError) as error:
            raise SettingsError(
                f"{path}, line {number}: a question is a JSON object with at least a text `question`."
            ) from error
        found.append(row)
    return found


def _area(value: Any, where: str) -> str | None:
    """The area of a question, or several as one text; None for none. Raises SettingsError where it is no text."""
    names = value if isinstance(value, list) else [value] if value is not None else []
    if not all(isinstance(name, str) for name in names):
        raise SettingsError(f"{where}: `area` is the name of an area, a list of names, or null.")
    return " and ".join(" ".join(name.split()) for name in names) or None


def _history(value: Any, where: str) -> list[str]:
    """The earlier questions, oldest first. Raises SettingsError where it is no list of texts."""
    if value is not None and not (isinstance(value, list) and all(isinstance(turn, str) for turn in value)):
        raise SettingsError(f"{where}: `history` is a list of earlier questions, oldest first.")
    return value or []


def _batch(assistant: Any, questions: list[dict[str, Any]], output: Path) -> int:
    """Answer all questions, one JSON object a line, in their order."""
    with progress_bar() as progress, open(output, "w", encoding="utf-8") as file:
        for row in questions:
            answer = assistant.answer(row["question"], row["area"], row["history"])
            answer = replace(answer, id=row.get("id"))
            file.write(as_line(as_json(answer)) + "\n")
            progress("Answering", 1, len(questions))
    print(f"{len(questions)} answers written to {output}.", file=sys.stderr)
    return 0


def areas(arguments: argparse.Namespace) -> int:
    """`areas`: the table of areas, one JSON object or one line of CSV an area."""
    from chatbot.export import sheet
    from chatbot.library import Library
    from chatbot.national.areas import COLUMNS
    from chatbot.national.areas import areas as rows_of

    rows = [row.as_json() for row in rows_of(Library(Path(arguments.index), settings.chosen(arguments)))]
    if arguments.format == "csv":
        data = sheet.written("csv", COLUMNS, [list(row.values()) for row in rows], "")
        sys.stdout.write(data.decode("utf-8-sig"))
    else:
        for row in rows:
            print(as_line(row))
    return 0


def serve(arguments: argparse.Namespace) -> int:
    """`serve`: the chat page."""
    from chatbot.page import serve_page

    return serve_page(Path(arguments.index), settings.chosen(arguments), arguments.host, arguments.port)


def doctor(arguments: argparse.Namespace) -> int:
    """`doctor`: exit code 1 where something has to be mended."""
    from chatbot.doctor import FAULT, examine

    found = examine(Path(arguments.index), settings.chosen(arguments))
    for check in found:
        if arguments.json:
            print(as_line(asdict(check)))
        else:
            print(f"{words('doctor', f'state.{check.state}'):<6} {shown(check.sentence)}")
    return int(any(check.state == FAULT for check in found))


def promises(arguments: argparse.Namespace) -> int:
    """`promises`: the promises of one area or of all, with what later papers say near them."""
    from chatbot.export import tracker
    from chatbot.library import Library
    from chatbot.national import promises as found

    library = Library(Path(arguments.index), settings.chosen(arguments))
    if arguments.area is not None and arguments.area not in library.areas:
        raise SettingsError(f"No paper here is about {arguments.area}: there are {', '.join(library.areas) or 'none'}.")
    own = [p for area in library.areas if arguments.area in (None, area) for p in found.of_area(library, area)]
    if arguments.format == "csv":
        sys.stdout.write(tracker.as_sheet(own, "csv").decode("utf-8-sig"))
        return 0
    for row in tracker.rows(own):
        print(as_line(row))
    return 0


def themes(arguments: argparse.Namespace) -> int:
    """`themes`: how many reports name each theme with which sign, and in JSON the quotes behind it."""
    from chatbot.export import sheet
    from chatbot.library import Library
    from chatbot.national import themes as found

    library = Library(Path(arguments.index), settings.chosen(arguments))
    if arguments.area is not None and arguments.area not in library.areas:
        raise SettingsError(f"No paper here is about {arguments.area}: there are {', '.join(library.areas) or 'none'}.")
    told = found.rows(found.chosen(library, area=arguments.area or ""))
    if arguments.format == "csv":
        table = [row.as_json() for row in told]
        data = sheet.written("csv", list(table[0]), [list(row.values()) for row in table], "")
        sys.stdout.write(data.decode("utf-8-sig"))
        return 0
    for row in told:
        print(as_line(row.as_json() | {"quotes": row.quotes()}))
    return 0


def password(arguments: argparse.Namespace) -> int:
    """`password`: a user's line for the settings; the password itself is shown and kept nowhere."""
    from chatbot.page.access.login import line

    if sys.stdin.isatty():
        given = getpass.getpass("Password: ")
        if getpass.getpass("The same again: ") != given:
            raise SettingsError("The two passwords differ: nothing was made.")
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    print(line(arguments.name, given))
    print(
        "Put this line between quotation marks into users, or operators, of [access] in the settings.", file=sys.stderr
    )
    return 0
