"""What is left of removed documents is found, and what other documents say too is not taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import settings
from ingest.encoder import model
from ingest.index.erasure import left_of
from ingest.prepare import Prepared, Task, prepare

SECRET = "The whistle-blower at Thornfield School asked for a heron to be painted on the gate."


def prepared(folder: Path, name: str, text: str) -> Prepared:
    path = folder / name
    path.write_text(text)
    where = model.locate(settings.load().model)
    return prepare(Task(path, name, name, {}, where.path, where.max_tokens))[0]


@pytest.fixture
def gone(tmp_path: Path) -> Prepared:
    return prepared(tmp_path, "gone.md", f"# Minutes of Elmshire Council\n\n{SECRET}\n")


def test_words_of_what_was_removed_are_found_in_any_file(tmp_path: Path, gone: Prepared) -> None:
    file = tmp_path / "versions" / "one" / "vectors.bin"
    file.parent.mkdir(parents=True)
    file.write_bytes(bytes(9_000) + SECRET[30:60].encode() + bytes(9_000))
    assert left_of([gone], [], tmp_path / "versions", set()) == [file]
    assert left_of([gone], [], tmp_path / "versions", {"one"}) == []  # a segment taken over as it was


def test_words_that_a_kept_document_has_in_its_heading_are_no_trace(tmp_path: Path, gone: Prepared) -> None:
    kept = prepared(tmp_path, "kept.md", f"# {SECRET}\n\nNothing else was said.\n")
    file = tmp_path / "versions" / "one" / "pages.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text(SECRET)
    assert left_of([gone], [kept], tmp_path / "versions", set()) == []
