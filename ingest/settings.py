"""Everything an operator can set, in one file of sections; unknown keys are refused.

The file is TOML; its path comes from `--settings` or the variable SEND_SETTINGS. Without one the defaults hold.
"""

from __future__ import annotations

import argparse
import os
import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ingest import server
from ingest.errors import SettingsError


@dataclass(frozen=True)
class Model:
    """The embedding model. An empty `folder` means the packaged MiniLM, whose weights are checked by hash.

    `query_prefix` and `text_prefix` are put before questions and passages, as some models want.
    """

    folder: str = ""
    query_prefix: str = ""
    text_prefix: str = ""


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

    threshold: float = 0.7


@dataclass(frozen=True)
class Page:
    """The chat page. Nothing a visitor types is kept unless `store_feedback` is on and the visitor agrees.

    `operator` and `contact` say who runs the page and where a wrong answer is reported. `feedback_file` is where
    feedback goes ("" means feedback.jsonl in the index folder). `election_period` turns "What should I ask?" off.
    `at_once` answers are made at a time and `waiting` visitors may wait, each up to `patience` seconds.
    `mcp` offers the tools to programs that speak the Model Context Protocol; it needs the extra of that name.
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
class Settings:
    """All sections with their effective values."""

    model: Model = field(default_factory=Model)
    limits: Limits = field(default_factory=Limits)
    store: Store = field(default_factory=Store)
    answers: Answers = field(default_factory=Answers)
    page: Page = field(default_factory=Page)
    llm: LanguageModel = field(default_factory=LanguageModel)

    def as_dict(self) -> dict[str, Any]:
        """The effective values, for saving beside results."""
        return asdict(self)


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
    for key, value in values.items():
        if key not in known:
            raise SettingsError(f"{path}: there is no key {key!r} in [{name}]; known are {', '.join(known)}.")
        wanted = type(getattr(default, key))
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise SettingsError(f"{path}: {name}.{key} must be {wanted.__name__}, not {value!r}.")
    return cls(**values)
