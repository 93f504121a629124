"""What all commands share: quiet libraries, errors in one sentence, progress on stderr."""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Before any library is imported: no telemetry, no network, no chatter.
QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "ORT_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_VERBOSITY": "error",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TQDM_DISABLE": "1",
}
# Where libraries keep things of their own accord; none of it is needed after a command has ended.
CACHES = ("GRADIO_TEMP_DIR", "LLAMA_INDEX_CACHE_DIR", "MPLCONFIGDIR", "TORCHINDUCTOR_CACHE_DIR")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # categories: control, format and half signs, ends of lines
PREFIX = "send-chatbot-"
OURS = frozenset({"ingest", "chatbot", "prompts", "eval"})


def hush() -> None:
    """Set the variables that keep libraries quiet and at home."""
    for key, value in QUIET.items():
        os.environ[key] = value


@contextmanager
def own_temp() -> Iterator[None]:
    """Keep libraries out of the home folder and of shared names in /tmp: one private folder, gone afterwards."""
    before = dict(os.environ)
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        os.environ.update(dict.fromkeys(CACHES, folder))
        try:
            yield
        finally:  # or something loaded later would make the folder again
            for key in CACHES:
                os.environ.pop(key, None)
            os.environ.update({key: value for key, value in before.items() if key in CACHES})


def _sweep(place: Path) -> None:
    """Throw away what commands of ours left that were killed: their folders are named after their processes."""
    for folder in place.glob(f"{PREFIX}*-*"):
        number = folder.name.removeprefix(PREFIX).split("-")[0]
        if number.isdecimal() and not _lives(int(number)) and folder.owner() == Path.home().owner():
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


@contextmanager
def importing() -> Iterator[None]:
    """For imports of large libraries: what they make stays, so Python need not look through it for garbage.

    It would, again and again, while they are imported, at every later collection and at the end: a fifth of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def default_index() -> str:
    """The index folder where none is named."""
    return os.environ.get("SEND_INDEX") or "./index"


def add_settings_options(parser: argparse.ArgumentParser) -> None:
    """The options that every command which needs settings has; `ingest.settings.chosen` reads them."""
    parser.add_argument(
        "--settings", default=None, help="a settings file (default: SEND_SETTINGS, else built-in values)"
    )
    parser.add_argument(
        "--chroma-url", default="", metavar="URL", help="keep vectors in this Chroma server, not beside the index"
    )


def run(action: Callable[[], int], debug: bool = False) -> int:
    """Run a command; an error people can act on becomes one sentence on stderr and exit code 1.

    `action` must import what it needs itself: a package that is missing is told too.
    """
    hush()
    try:
        with own_temp():
            return action()
    except KeyboardInterrupt:
        print("Stopped. Nothing that was there before is lost.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 1
    except Exception as error:
        if debug:
            raise
        print(shown(told(error)), file=sys.stderr)
        return 1


def shown(text: str) -> str:
    """The text as a terminal may print it: what steers it, turns its direction or is no character is written out."""
    return "".join(
        sign if sign in "\n\t" or unicodedata.category(sign) not in UNSEEN else sign.encode("unicode_escape").decode()
        for sign in text
    )


def as_line(row: Any) -> str:
    """A row as JSON on one line, whatever takes what for the end of a line; no sign of it steers a terminal."""
    told = json.dumps(row, ensure_ascii=False)
    return "".join(json.dumps(sign)[1:-1] if unicodedata.category(sign) in UNSEEN else sign for sign in told)


def told(error: Exception) -> str:
    """One sentence about an error: what happened and what to do."""
    if isinstance(error, ModuleNotFoundError) and (error.name or "").split(".")[0] not in OURS:
        if error.name == "tomllib":
            return "send-chatbot needs Python 3.11 or newer: run `make setup`, then `.venv/bin/python -m ...`."
        return f"The package {error.name} is missing: run `make setup` once, then `.venv/bin/python -m ...`."
    from ingest.errors import SendError
    from prompts import PromptError

    if isinstance(error, (SendError, PromptError)):
        return str(error)
    if isinstance(error, MemoryError):
        return (
            "There is not enough memory: close other programs, or give the machine or container more; nothing is lost."
        )
    return (
        f"Something went wrong that should not ({type(error).__name__}: {error}). Run again with --debug and report it."
    )


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress display on stderr, one line a stage; gives the function that stages report to.

    A total of 0 is one that is not known.
    Nothing is shown before the first report, so that an error at the start stands alone.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    display = Progress(*columns, console=Console(stderr=True))
    tasks: dict[str, TaskID] = {}

    def report(stage: str, done: int, total: int) -> None:
        display.start()
        if stage not in tasks:
            tasks[stage] = display.add_task(stage, total=total or None)
        display.advance(tasks[stage], done)

    try:
        yield report
    finally:
        if tasks:
            display.stop()
