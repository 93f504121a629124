"""What the page writes to stderr: as text or one JSON object a line, and never what a visitor typed.

Lines of other libraries lose their values, because these may hold a question: only the sentence of their code is
kept. Of an error its kind and the places in the code are told, not its message.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import traceback
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.settings import Log

OURS = logging.getLogger("send-chatbot")
LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}
FRAMES = 12
# The parts of addresses that say which route it was; every other part may say what somebody read or typed.
PARTS = frozenset(
    "own documents passages page pages file compare enquiry promises help plain take-away feedback health ready api"
    " answer gradio_api queue join data call v2 run info heartbeat startup-events app_id config assets static js fonts"
    " img metrics theme.css themes mcp search upload undo".split()
)


def start(log: Log) -> None:
    """Send every line of this process to stderr in the form the settings want."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Json() if log.format == "json" else _Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(LEVELS[log.level], logging.WARNING))
    OURS.setLevel(LEVELS[log.level])
    logging.captureWarnings(True)
    warnings.simplefilter("ignore", DeprecationWarning)


def event(name: str, level: int = logging.INFO, **facts: Any) -> None:
    """One line about something that happened; `facts` must hold nothing of a visitor."""
    OURS.log(level, name, extra={"facts": facts})


def failed(error: BaseException, where: str) -> str:
    """Note an error that should not be; the id that the visitor is told too."""
    id_ = secrets.token_hex(4)
    event("error", logging.ERROR, id=id_, where=where, **_kind(error))
    return id_


def route(path: str) -> str:
    """An address without what is particular to one visit: "/documents/*/passages/*"."""
    return "/".join(part if not part or part in PARTS else "*" for part in re.split("/", path))


def _kind(error: BaseException) -> dict[str, Any]:
    """What kind of error it was and where in the code, without its message."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    at = [f"{'/'.join(Path(f.filename).parts[-2:])}:{f.lineno} {f.name}" for f in frames]
    return {"error": type(error).__name__, "at": at}


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    """A record as plain values; of other libraries' lines only the sentence that stands in their code."""
    own = record.name == OURS.name
    facts: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "event": str(record.msg) if own else "library",
    }
    if own:
        return {**facts, **getattr(record, "facts", {})}
    facts["library"] = record.name
    if record.args and isinstance(record.msg, str) and record.name != "py.warnings":
        facts["says"] = record.msg
    if record.exc_info and record.exc_info[1]:
        facts.update(_kind(record.exc_info[1]))
    elif not record.args:
        facts["at"] = [f"{'/'.join(Path(record.pathname).parts[-2:])}:{record.lineno} {record.funcName}"]
    return facts


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_facts(record), ensure_ascii=False)


class _Text(logging.Formatter):
    """The same for eyes: time, level, event, then name=value."""

    def format(self, record: logging.LogRecord) -> str:
        facts = _facts(record)
        first = f"{facts.pop('time')[11:19]} {facts.pop('level'):7} {facts.pop('event')}"
        return " ".join([first, *[f"{name}={value}" for name, value in facts.items()]])
