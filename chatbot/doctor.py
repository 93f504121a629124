"""Whether everything here is whole and ready: one finding a part, in a sentence each."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from chatbot.conversation import Assistant
from chatbot.languages import identify
from chatbot.library import Library
from chatbot.question import kinds
from chatbot.reader import model as reader
from ingest.encoder import model, tuning
from ingest.errors import SendError
from ingest.index import store
from ingest.settings import Settings
from prompts import words

GOOD, REMARK, FAULT = "good", "remark", "fault"
PACKAGE = "send-chatbot"
PINNED = re.compile(r"([\w.-]+)==([\w.]+)$")
NAME = re.compile(r"[\w.-]+")
BESIDE = 200_000_000  # bytes that an ingest needs besides the version that it writes
STATIC = Path(__file__).parent / "page" / "static"
OLDEST = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of one part; a remark stops nothing, a fault has to be mended."""

    part: str
    state: str
    sentence: str


def examine(index: Path, settings: Settings) -> list[Check]:
    """All findings. Never raises for what is wrong here: that is a finding."""
    looks: tuple[Callable[[Path, Settings], Check], ...] = (
        _python, _packages, _weights, _index, _languages, _disk, _ocr, _browser,
    )  # fmt: skip
    return [look(index, settings) for look in looks]


def _check(part: str, state: str, key: str = "", **values: object) -> Check:
    return Check(part, state, words("doctor", f"{part}.{key or state}", **values))


def _python(index: Path, settings: Settings) -> Check:
    python = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        return _check("python", FAULT, python=python)
    return _check("python", GOOD, python=python, version=_version(PACKAGE) or "(not installed as a package)")


def _packages(index: Path, settings: Settings) -> Check:
    """Of what the package says it needs, what is missing and what has another version than is pinned."""
    try:
        wanted = [line for line in importlib.metadata.requires(PACKAGE) or [] if "extra ==" not in line]
    except importlib.metadata.PackageNotFoundError:
        return _check("packages", FAULT, names=PACKAGE)
    missing, other = [], []
    for line in wanted:
        name = NAME.match(line)[0]  # type: ignore[index]
        pinned, installed = PINNED.match(line), _version(name)
        if installed is None:
            missing.append(name)
        elif pinned and installed.split("+")[0] != pinned[2]:
            other.append(f"{name} {installed} for {pinned[2]}")
    if missing:
        return _check("packages", FAULT, names=", ".join(missing))
    if other:
        return _check("packages", REMARK, names=", ".join(other))
    return _check("packages", GOOD, count=len(wanted))


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _weights(index: Path, settings: Settings) -> Check:
    """Every file of weights against the hash of its card."""
    try:
        encoder = model.locate(settings.model).sha256
        read = [tuning.read(folder).sha256 for folder in (kinds.WEIGHTS, reader.WEIGHTS)]
    except SendError as error:
        return _check("weights", FAULT, error=error)
    return _check("weights", GOOD, encoder=encoder[:12], kinds=read[0][:12], reader=read[1][:12])


def _index(index: Path, settings: Settings) -> Check:
    """Whether the index opens as it does to answer; `ingest check` proves it whole."""
    try:
        made = Assistant(index, settings).library.manifest
    except SendError as error:
        return _check("index", FAULT, error=error)
    if not made.passages:
        return _check("index", REMARK, "empty", index=index)
    values = {name: getattr(made, name) for name in ("fingerprint", "documents", "passages", "made")}
    return _check("index", GOOD, **values)


def _languages(index: Path, settings: Settings) -> Check:
    """Whether questions in other languages are answered: set, installed, and in the index."""
    if not settings.model.other_languages:
        return _check("languages", GOOD, "off")
    try:
        identify.require()
        held = Library(index, settings).languages
    except SendError as error:
        return _check("languages", FAULT, error=error)
    return _check("languages", REMARK if held is None else GOOD, count=len(identify.languages()))


def _disk(index: Path, settings: Settings) -> Check:
    place = next(folder for folder in (index.absolute(), *index.absolute().parents) if folder.exists())
    try:
        folder = store.current(index)
        own = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    except (SendError, OSError):
        own = 0
    free, needed = shutil.disk_usage(place).free, own + BESIDE
    state = GOOD if free >= needed else REMARK
    return _check("disk", state, free=free // 1_000_000, needed=needed // 1_000_000)


def _ocr(index: Path, settings: Settings) -> Check:
    path = shutil.which("tesseract")
    return _check("ocr", GOOD, path=path) if path else _check("ocr", REMARK)


def _browser(index: Path, settings: Settings) -> Check:
    gradio = find_spec("gradio")
    front = Path(gradio.origin or "").parent / "templates" / "frontend" / "index.html" if gradio else Path("gradio")
    parts = (front, *(STATIC / name for name in ("page.css", "page.js", "icon.svg")))
    missing = [path.name for path in parts if not path.is_file()]
    return _check("browser", FAULT, names=", ".join(missing)) if missing else _check("browser", GOOD)
