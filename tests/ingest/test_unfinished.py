"""An `add` that was stopped or killed goes on: nothing read or embedded is done again, nothing stale is used."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest import passages, pipeline
from ingest.index import build, store
from ingest.index.nearest import Nearest
from ingest.index.unfinished import FOLDER
from ingest.intake import sandbox
from ingest.settings import Model, Settings
from tests.ingest.conftest import HashEmbedder
from tests.ingest.killing import forked

PAPERS = 12
BLOCK = 8  # passages; each paper has three
WHEREVER = 10**9


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for n in range(PAPERS):
        (folder / f"minutes-{n}.txt").write_text(text(n))
    return folder


def text(n: int) -> str:
    return f"Minutes {n} of Elmshire Council.\n\n" + "".join(
        f"It was said that {n} families waited {weeks} weeks for help.\n\n" for weeks in (3, 5)
    )


class Run:
    """Reads in this process, embeds by hash, counts both, and ends itself by `stop` after so many of each."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.read: list[str] = []
        self.stop: Callable[[], Any] = lambda: pytest.fail("it was to be stopped")
        self.files = self.blocks = WHEREVER
        run = self

        class Embedder(HashEmbedder):
            def embed_texts(self, texts: Sequence[str], progress: Callable[[int], None] = lambda n: None) -> np.ndarray:
                if run.blocks == 0:
                    run.stop()
                run.blocks -= 1
                return super().embed_texts(texts, progress)

        def work(prepare: Callable[[Any], Any], tasks: Sequence[Any], *rest: object) -> Iterator[sandbox.Outcome]:
            for number, task in enumerate(tasks):
                if self.files == 0:
                    self.stop()
                self.files -= 1
                self.read.append(task.name)
                yield sandbox.Outcome(number, prepare(task))

        patch.setattr(sandbox, "run", work)
        patch.setattr("ingest.encoder.embedder.SentenceTransformerEmbedder", Embedder)
        patch.setattr(build, "BLOCK", BLOCK)

    def stopped(self, papers: Path, index: Path, files: int = WHEREVER, blocks: int = WHEREVER) -> None:
        """An `add` that a person stops there."""

        def interrupt() -> None:
            raise KeyboardInterrupt

        self.stop, self.files, self.blocks = interrupt, files, blocks
        with pytest.raises(KeyboardInterrupt):
            pipeline.add([papers], index, Settings())
        self.files = self.blocks = WHEREVER


@pytest.fixture
def run(embedded: list[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    return Run(monkeypatch)


def state(index: Path) -> tuple[str, bytes]:
    """The fingerprint of an index, and its vectors in order."""
    rows = store.Rows(store.current(index))
    return rows.manifest.fingerprint, Nearest(rows, "").vectors_of(np.arange(len(rows))).tobytes()


@pytest.mark.parametrize(("files", "blocks"), [(5, WHEREVER), (WHEREVER, 0), (WHEREVER, 2)])
def test_stopped_it_goes_on(
    files: int, blocks: int, papers: Path, tmp_path: Path, run: Run, embedded: list[str]
) -> None:
    pipeline.add([papers], tmp_path / "undisturbed", Settings())
    run.read.clear()
    embedded.clear()
    index, told = tmp_path / "ix", dict[str, tuple[int, int]]()
    run.stopped(papers, index, files, blocks)
    assert len(run.read) == min(files, PAPERS) and len(embedded) == (BLOCK * blocks if files == WHEREVER else 0)
    result = pipeline.add([papers], index, Settings(), None, lambda stage, n, of: told.setdefault(stage, (n, of)))
    assert sorted(run.read) == sorted(f"minutes-{n}.txt" for n in range(PAPERS))  # each once
    assert len(embedded) == len(set(embedded)) == 3 * PAPERS
    assert {(row.status, row.embedded) for row in result.rows} == {("added", 3)}
    assert told["Resumed"] == (min(files, PAPERS), PAPERS)
    assert told["Embedding"] == (BLOCK * blocks if files == WHEREVER else 0, 3 * PAPERS)
    assert state(index) == state(tmp_path / "undisturbed")
    assert not (index / FOLDER).exists()


@pytest.mark.parametrize(("files", "blocks"), [(7, WHEREVER), (WHEREVER, 3)])
def test_killed_it_goes_on(
    files: int, blocks: int, papers: Path, tmp_path: Path, run: Run, embedded: list[str]
) -> None:
    """The process is ended by the system while it reads, or while it embeds."""
    index = tmp_path / "ix"
    run.stop, run.files, run.blocks = lambda: os.kill(os.getpid(), signal.SIGKILL), files, blocks
    assert forked(lambda: str(pipeline.add([papers], index, Settings()))) == "killed"
    run.files = run.blocks = WHEREVER
    assert not pipeline.add([papers], index, Settings()).failed
    assert len(run.read) == max(0, PAPERS - files)
    assert len(embedded) == 3 * PAPERS - (BLOCK * blocks if files == WHEREVER else 0)
    pipeline.add([papers], tmp_path / "undisturbed", Settings())
    assert state(index) == state(tmp_path / "undisturbed")


def test_what_has_changed_since_is_read_again(papers: Path, tmp_path: Path, run: Run) -> None:
    """The bytes of one paper, what is supplied for another; and one that is no longer given is in no index."""
    index = tmp_path / "ix"
    run.stopped(papers, index, files=PAPERS - 1)
    run.read.clear()
    (papers / "minutes-0.txt").write_text(text(90))
    (papers / "minutes-10.txt").unlink()
    (papers / "sources.toml").write_text('[[document]]\nfile = "minutes-2.txt"\ndate = "2024-03-02"\n')
    pipeline.add([papers], index, Settings())
    assert set(run.read) == {"minutes-0.txt", "minutes-2.txt", "minutes-9.txt"}  # the last had not been reached
    rows = store.Rows(store.current(index))
    held = {d.facts.document: d for d in map(rows.stored, range(len(rows.documents)))}
    assert "90 families" in held["minutes-0.txt"].pages[0].text and held["minutes-2.txt"].facts.date == "2024-03-02"
    assert len(held) == PAPERS - 1 and not (index / FOLDER).exists()


def test_what_another_version_or_model_made_is_not_used(
    papers: Path, tmp_path: Path, run: Run, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "ix"
    run.stopped(papers, index, blocks=3)
    run.read.clear()
    embedded.clear()
    pipeline.add([papers], index, Settings(model=Model(text_prefix="passage: ")))
    assert len(run.read) == PAPERS and len(embedded) == 3 * PAPERS
    index = tmp_path / "other"
    run.stopped(papers, index, blocks=3)
    monkeypatch.setattr("ingest.index.unfinished.CUTTER", f"{passages.CUTTER}+")
    run.read.clear()
    pipeline.add([papers], index, Settings())
    assert len(run.read) == PAPERS


def test_what_is_damaged_is_made_again(papers: Path, tmp_path: Path, run: Run, embedded: list[str]) -> None:
    index = tmp_path / "ix"
    run.stopped(papers, index, blocks=2)
    kept = sorted(index.rglob("passages.jsonl"))
    kept[0].write_bytes(kept[0].read_bytes()[:-9])
    kept[1].write_text(kept[1].read_text().replace("families", "fairies"))
    vectors = sorted((index / FOLDER).rglob("*.npz"))[-1]
    vectors.write_bytes(vectors.read_bytes()[:100])
    run.read.clear()
    assert not pipeline.add([papers], index, Settings()).failed
    assert len(run.read) == 2
    pipeline.add([papers], tmp_path / "undisturbed", Settings())
    assert state(index) == state(tmp_path / "undisturbed")


def test_a_removal_leaves_nothing_of_it(papers: Path, tmp_path: Path, run: Run) -> None:
    index = tmp_path / "ix"
    pipeline.add([papers], index, Settings())
    (papers / "minutes-3.txt").write_text(text(77))
    run.stopped(papers, index, blocks=0)
    assert any(b"77 families" in path.read_bytes() for path in (index / FOLDER).rglob("*.jsonl"))
    pipeline.remove(["minutes-3.txt"], index, Settings())
    assert not any(b"77 families" in path.read_bytes() for path in index.rglob("*") if path.is_file())
