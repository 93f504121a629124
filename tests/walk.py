"""The walk of a question through the files of chatbot/: which it enters, in what order, and how often it comes back.

`python -m tests.walk QUESTION --index DIR` prints it. A stay begins where a function of another file is called, a step
where the orchestrator calls one; a return is one in a file that was left before. The nouns (records.py) are left out:
they are what is carried, not a place. The first answer warms what is kept between questions, the second is counted.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from tests.conftest import ROOT

ROOM = str(ROOT / "chatbot")
NOUNS, ORCHESTRATOR = "records.py", "conversation.py"


@dataclass
class Walk:
    """The files entered, in order: by any call (`stays`), and by a call of the orchestrator (`steps`)."""

    stays: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)


@contextmanager
def watched(found: Walk) -> Iterator[None]:
    """Note each file of chatbot/ that is entered meanwhile, in every thread."""

    def note(frame: FrameType, event: str, _: Any) -> None:
        name = frame.f_code.co_filename
        if event != "call" or not name.startswith(ROOM) or name.endswith(NOUNS):
            return
        file = Path(name).relative_to(ROOM).as_posix()
        if found.stays[-1:] != [file]:
            found.stays.append(file)
        caller = frame.f_back.f_code.co_filename if frame.f_back else ""
        if caller.endswith(ORCHESTRATOR) and file != ORCHESTRATOR and found.steps[-1:] != [file]:
            found.steps.append(file)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def walk(answer: Callable[[], object]) -> Walk:
    """The walk of the second of two answers."""
    answer()
    found = Walk()
    with watched(found):
        answer()
    return found


def returns(files: list[str]) -> int:
    """How many are in a file that was left before."""
    return len(files) - len(set(files))


def main() -> None:
    """Print the walk of a question."""
    parser = argparse.ArgumentParser(description="The walk of a question through the files of chatbot/.")
    parser.add_argument("question")
    parser.add_argument("--index", type=Path, default=ROOT / "index")
    asked = parser.parse_args()
    from chatbot.conversation import Assistant
    from ingest.settings import Settings

    assistant = Assistant(asked.index, Settings())
    found = walk(lambda: assistant.answer(asked.question))
    for name, files in (("stays", found.stays), ("steps", found.steps)):
        sys.stdout.write("".join(f"{number:>3} {file}\n" for number, file in enumerate(files, 1)))
        sys.stdout.write(f"{len(files)} {name} in {len(set(files))} files, {returns(files)} returns.\n")


if __name__ == "__main__":
    main()
