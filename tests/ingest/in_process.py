"""Writing and proving versions in the process of the tests: a child each time costs seconds; test_pipeline has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.errors import IndexFault
from ingest.index import build, version
from ingest.settings import Settings


def prove(folder: Path, name: str, settings: Settings, look: Callable[..., str], *about: object) -> None:
    """What `version.prove` does, without its child."""
    if fault := look(folder, name, settings, *about):
        raise IndexFault(fault)


def write_and_prove_here(patch: pytest.MonkeyPatch) -> None:
    """Let `publish` start no child of its own until the patch is undone."""
    patch.setattr(build, "prove", prove)
    patch.setattr(build, "fill_vectors", version._fill)
    patch.setattr(pipeline, "import_ahead", lambda: None)
