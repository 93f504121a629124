"""Everything an operator can set, in one file of sections; unknown keys are refused.

The file is TOML; its path comes from `--settings` or the variable SEND_SETTINGS. Without one the defaults hold. What
each key is for and when to change it stands in docs/settings.md; docs/settings.example.toml holds them all.
"""

from __future__ import annotations

import argparse
import os
import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ingest.errors import SettingsError
from ingest.index import server


@dataclass(frozen=True)
class Model:
    """The embedding model. An empty `folder` means the packaged MiniLM, whose weights are checked by hash.

    `query_prefix` and `text_prefix` are put before questions and passages, as some models want. `half_precision` embeds
    passages with numbers of 16 bits: quicker on processors made for them, but not the same on every machine.
    `other_languages` finds passages for questions in other languages too; it needs the extra `languages`, and an
    index takes or drops what it needs for that at the next `ingest add`.
    """

    folder: str = ""
    query_prefix: str = ""
    text_prefix: str = ""
    half_precision: bool = False
    other_languages: bool = False


@dataclass(frozen=True)
class Limits:
    """How much a document may cost before it is refused: `file_mb` of size, `seconds` and `memory_mb` of reading."""

    file_mb: int = 100
    seconds: int = 120
    memory_mb: int = 2000
    workers: int = 2


@dataclass(frozen=True)
class Store:
    """Where vectors live: beside the index (default) or in a Chroma server at `chroma_url`; see docs/scaling.md."""

    chroma_url: str = ""


@dataclass(frozen=True)
class Answers:
    """How sure an answer must be: the gate's `threshold`, as `python -m eval calibrate` found it."""

    threshold: float = 0.25


@dataclass(frozen=True)
class Page:
    """The chat page. Nothing a visitor types is kept unless `store_feedback` is on and the visitor agrees.

    `operator` and `contact` say who runs the page and where a wrong answer is reported. `feedback_file` is where
    feedback goes ("" means feedback.jsonl in the index folder). `election_period` turns "What should I ask?" off.
    `at_once` answers are made at a time and `waiting` visitors may wait, each up to `patience` seconds.
    `mcp` offers the tools to programs that speak the Model Context Protocol; it needs the extra of that name.
    `metrics` offers counts of work at /metrics, to whoever can reach the page.
    """

    title: str = "SEND papers: ask and check"
    operator: str = ""
    contact: str = ""
    store_feedback: bool = False
    feedback_file: str = ""
    election_period: bool = False
    at_once: int = 2
    waiting: int = 50
    patience: int = 60
    mcp: bool = False
    metrics: bool = False


@dataclass(frozen=True)
class LanguageModel:
    """An optional language model for summaries. `provider` is none, ollama, openai-like or gguf.

    `model` is its name, for gguf the path of the file; `url` the server's address, which must be on this machine
    unless `allow_remote` is true; `key_variable` the environment variable that holds the server's key. A summary takes
    at most `timeout` seconds, `retries` new tries among them; `context` tokens hold question, quotes and a reply of at
    most `reply` tokens. Below the share `min_survival` of claims that pass the check there is no summary. `rewrite`
    lets it complete a follow-up where our rules cannot.
    """

    provider: str = "none"
    model: str = ""
    url: str = ""
    key_variable: str = ""
    allow_remote: bool = False
    timeout: int = 30
    retries: int = 1
    context: int = 4096
    reply: int = 700
    min_survival: float = 0.5
    rewrite: bool = True


@dataclass(frozen=True)
class Access:
    """Who may ask, and how much. `users` are lines of `python -m chatbot password`; none means no login.

    A visitor's network address may ask `questions_per_minute` (0: no limit; this machine itself is never limited).
    `operators` are such lines too: they may bring papers in through the page; with none nobody can.
    `proxies` are the addresses or networks whose X-Forwarded-For is believed. `hosts` are the names the page is
    reached by, besides addresses and names without a dot. `behind_tls` says that a proxy in front speaks TLS.
    """

    questions_per_minute: int = 120
    proxies: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    behind_tls: bool = False


@dataclass(frozen=True)
class Log:
    """What the page writes to stderr: `format` text or json, from `level` error, warning or info on.

    At info there is a line for every request: route, status and time, never a question or an address.
    """

    format: str = "text"
    level: str = "warning"


@dataclass(frozen=True)
class Settings:
    """All sections with their effective values."""

    model: Model = field(default_factory=Model)
    limits: Limits = field(default_factory=Limits)
    store: Store = field(default_factory=Store)
    answers: Answers = field(default_factory=Answers)
    page: Page = field(default_factory=Page)
    llm: LanguageModel = field(default_factory=LanguageModel)
    access: Access = field(default_factory=Access)
    log: Log = field(default_factory=Log)

    def as_dict(self) -> dict[str, Any]:
        """The effective values, for saving beside results; of users and operators only how many there are."""
        values = asdict(self)
        values["access"] |= {"users": len(self.access.users), "operators": len(self.access.operators)}
        return values


# The least and the most of every number, and the choices where a text has only some. Those of [llm] are checked where
# a model is chosen, in chatbot/llm/model/endpoint.py.
RANGES: dict[str, tuple[float, float]] = {
    "limits.file_mb": (1, 2000),
    "limits.seconds": (1, 3600),
    "limits.memory_mb": (200, 64_000),
    "limits.workers": (1, 64),
    "answers.threshold": (0, 1),
    "page.at_once": (1, 64),
    "page.waiting": (0, 1000),
    "page.patience": (1, 600),
    "access.questions_per_minute": (0, 100_000),
}
CHOICES: dict[str, tuple[str, ...]] = {"log.format": ("text", "json"), "log.level": ("error", "warning", "info")}
NAMES = {int: "a whole number", float: "a number", str: "text", bool: "true or false", tuple: "a list of texts"}


def chosen(arguments: argparse.Namespace) -> Settings:
    """The settings of a command: its file, and over it what the command line says. Raises SettingsError."""
    settings = load(arguments.settings)
    url = arguments.chroma_url or settings.store.chroma_url
    if url:
        server.address(url)
    return replace(settings, store=replace(settings.store, chroma_url=url))


def load(path: str | None = None) -> Settings:
    """Settings from a TOML file, or the defaults. Raises SettingsError naming the key that is wrong."""
    path = path or os.environ.get("SEND_SETTINGS") or None
    if path is None:
        return Settings()
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"The settings file {path} does not exist.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"The settings file {path} cannot be read: {error}.") from error
    sections = {f.name: f for f in fields(Settings)}
    for name in data:
        if name not in sections:
            raise SettingsError(f"{path}: there is no section [{name}]; known are {', '.join(sections)}.")
    return Settings(
        **{name: _section(type(getattr(Settings(), name)), values, name, path) for name, values in data.items()}
    )


def _section(cls: type, values: Any, name: str, path: str) -> Any:
    """One section, its keys and their types checked."""
    if not isinstance(values, dict):
        raise SettingsError(f"{path}: [{name}] must be a section with keys.")
    known = {f.name: f for f in fields(cls)}
    default = cls()
    read = {}
    for key, value in values.items():
        if key not in known:
            raise SettingsError(f"{path}: there is no key {key!r} in [{name}]; known are {', '.join(known)}.")
        read[key] = _value(f"{name}.{key}", value, type(getattr(default, key)), path)
    return cls(**read)


def _value(key: str, given: Any, wanted: type[Any], path: str) -> Any:
    """One value in its type and range. A whole number will do for a number. Raises SettingsError."""
    value = given
    if wanted is tuple and isinstance(given, list) and all(isinstance(v, str) for v in given):
        value = tuple(given)
    elif wanted is float and type(given) is int:
        value = float(given)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        got = "" if wanted is tuple else f", not {value!r}"  # a list may hold secrets
        raise SettingsError(f"{path}: {key} must be {NAMES[wanted]}{got}.")
    if key in RANGES and not RANGES[key][0] <= value <= RANGES[key][1]:
        raise SettingsError(f"{path}: {key} must be from {RANGES[key][0]} to {RANGES[key][1]}, not {value!r}.")
    if key in CHOICES and value not in CHOICES[key]:
        raise SettingsError(f"{path}: {key} must be one of {', '.join(CHOICES[key])}, not {value!r}.")
    return value
