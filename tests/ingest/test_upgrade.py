"""An index as version 0.1 wrote it: told in one sentence and left alone, made anew on request, nothing lost.

The rows are those that 0.1 wrote of the minutes below. Of its vectors, words and Chroma nothing is read.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chatbot.library import Library
from ingest import pipeline
from ingest.errors import IndexFault
from ingest.index import store
from ingest.settings import Settings

MINUTES = (
    "Minutes of Elmshire Council, 4 March 2024.\n\nIt was confirmed that 40 families were waiting for therapy.\n\n"
    "RESOLVED that officers will write to every family by 1 May 2024.\n"
)
SHA256 = "4de3336afc2062c5c9a4cd5cac47a00bd81c9e946c537d69fe6bd21071909f3f"
NAME = "ac6fcda26730-20261127193729815460"
TITLE = "Minutes of Elmshire Council, 4 March 2024."
FACTS = {
    "document": "minutes.txt", "title": TITLE, "kind": "other", "areas": ["Elmshire"], "publisher": "Elmshire Council",
    "date": "2024-03-04", "date_basis": "stated", "published": None, "inspection": None, "meeting": None,
    "committee": None, "licence": None, "url": None,
}  # fmt: skip
DOCUMENT = {"facts": FACTS, "sha256": SHA256, "media": "text", "first": 0, "count": 3, "warnings": [], "supplied": {}}
PAGE = "\n".join(line for line in MINUTES.split("\n") if line)
MANIFEST = {
    "format": 1, "fingerprint": NAME[:12], "model": "all-MiniLM-L6-v2", "dimension": 384, "prefixes": ["", ""],
    "model_sha256": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db", "cutter": "8", "documents": 1,
    "pages": 1, "passages": 3, "made": "2026-11-22T06:00:00+00:00", "files": {}, "half_precision": False,
}  # fmt: skip


def passage(ordinal: int, id_: str, text: str, part: str = "") -> dict[str, Any]:
    start = PAGE.index(text)
    return {
        "id": id_, "document": "minutes.txt", "ordinal": ordinal, "text": text,
        "spans": [[0, start, start + len(text)]], "pages": [], "kind": "paragraph", "headings": [],
        "sentences": [[0, len(text)]], "context": f"Elmshire document 2024. {TITLE[:-1]}", "lead_in": "",
        "number": None, "polarity": "neutral", "speaker": "document", "part": part, "block": ordinal, "group": None,
    }  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "ix" / "versions" / NAME
    (folder / "chroma").mkdir(parents=True)
    (folder / "words").mkdir()
    rows = {
        "documents.jsonl": [DOCUMENT],
        "pages.jsonl": [{"document": "minutes.txt", "pages": [[None, PAGE, None]]}],
        "passages.jsonl": [
            passage(0, "ceb838eed6d9d0a1", TITLE),
            passage(1, "d2e3bcb5492472b0", "It was confirmed that 40 families were waiting for therapy."),
            passage(
                2, "2e82fc0e7251c98b", "RESOLVED that officers will write to every family by 1 May 2024.", "decision"
            ),
        ],
    }
    for name, lines in rows.items():
        (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
    for name in ("vectors.npy", "columns.npz", "words/vocab.index.json", "chroma/chroma.sqlite3"):
        (folder / name).write_bytes(b"nobody reads this")
    (folder / "manifest.json").write_text(json.dumps(MANIFEST))
    (tmp_path / "ix" / "CURRENT").write_text(NAME)
    originals = tmp_path / "ix" / "originals"
    originals.mkdir()
    (originals / SHA256).write_text(MINUTES)
    return tmp_path / "ix"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "minutes.txt").write_text(MINUTES)
    return folder


def fingerprint(index: Path) -> str:
    return store.read_manifest(store.current(index)).fingerprint


@pytest.mark.parametrize(
    "work",
    [
        lambda index, papers: Library(index, Settings()),
        lambda index, papers: pipeline.add([papers], index, Settings()),
        lambda index, papers: pipeline.remove(["minutes.txt"], index, Settings()),
    ],
)
def test_it_is_told_and_left_alone(work: Callable[[Path, Path], object], index: Path, papers: Path) -> None:
    held = {path: path.read_bytes() for path in sorted(index.rglob("*")) if path.is_file()}
    with pytest.raises(IndexFault, match=r"^The index was made by an earlier version .* \(format 1, .* --repair`, .*$"):
        work(index, papers)
    assert {path: path.read_bytes() for path in sorted(index.rglob("*")) if path in held} == held


def test_it_is_read_anew_from_its_originals(
    index: Path, papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]
) -> None:
    """What it is made into is what today's version makes of the same papers, and today's facts are in it."""
    result = pipeline.rebuild(index, quick)
    assert [(row.document, row.status, row.passages) for row in result.rows] == [("minutes.txt", "updated", 3)]
    pipeline.add([papers], tmp_path / "fresh", quick)
    assert fingerprint(index) == fingerprint(tmp_path / "fresh")
    assert store.Rows(store.current(index)).commits.any()  # 0.1 did not know who undertook what
    assert [row.status for row in pipeline.add([papers], index, quick).rows] == ["unchanged"]


@pytest.mark.parametrize("original", ["gone", "damaged"])
def test_without_its_originals_it_goes_on_as_it_was_cut(
    original: str, index: Path, quick: Settings, embedded: list[str]
) -> None:
    if original == "gone":
        shutil.rmtree(index / "originals")
    else:
        (index / "originals" / SHA256).write_text(MINUTES.replace("40", "41"))
    assert pipeline.rebuild(index, quick).rows == ()
    rows = store.Rows(store.current(index))
    assert [rows.passage(n).text for n in range(len(rows))] == PAGE.split("\n")
    assert rows.stored(0).facts.date == "2024-03-04" and len(embedded) == 3
