"""What runs did to the papers of an index: told after them, forgotten with a paper that goes, kept over a repair."""

from __future__ import annotations

from pathlib import Path

from ingest import pipeline
from ingest.index import store
from ingest.index.history import gone_on
from ingest.index.manifest import Run
from ingest.prepare import Prepared
from ingest.records import DocumentFacts, Passage
from ingest.settings import Settings

FIRST = Run("2026-01-01T00:00:00+00:00", added=("a.txt", "b.txt"))


def papers(**files: str) -> dict[str, Prepared]:
    """Papers by name, each a file with that hash and a passage of the hash's first letter."""
    made = {}
    for name, sha256 in files.items():
        passage = Passage("id", f"{name}.txt", 0, sha256[0], (), (), "paragraph", (), (), "")
        facts = DocumentFacts(f"{name}.txt", "", "minutes")
        made[facts.document] = Prepared(facts, sha256, "text", (), (passage,), ())
    return made


def after(old: dict[str, Prepared], new: dict[str, Prepared]) -> list[tuple[tuple[str, ...], ...]]:
    """Added, changed and removed of each run."""
    return [(run.added, run.changed, run.removed) for run in gone_on((FIRST,), old, new, "2026-02-02T00:00:00+00:00")]


def test_what_came_changed_and_went() -> None:
    told = after(papers(a="x1", b="y1"), papers(a="z1", c="w1"))
    assert told == [(("a.txt",), (), ()), (("c.txt",), ("a.txt",), ("minutes",))]


def test_what_is_read_anew_is_not_new_and_a_run_that_did_nothing_is_not_kept() -> None:
    assert after(papers(a="x1", b="y1"), papers(a="x1", b="y1")) == [(("a.txt", "b.txt"), (), ())]


def test_a_renamed_paper_goes_on() -> None:
    old = papers(a="x1", b="y1")
    assert after(old, papers(a="x1", c="y1")) == [(("a.txt", "c.txt"), (), ())]  # the same file
    assert after(old, papers(a="x1", c="y2")) == [(("a.txt", "c.txt"), (), ())]  # the same words
    assert after(old, papers(a="x1", b="z1", c="y1")) == [(("a.txt", "c.txt"), (), ()), (("b.txt",), (), ())]


def test_runs_are_kept_with_the_index(tmp_path: Path, quick: Settings, embedded: list[str]) -> None:
    folder, index = tmp_path / "papers", tmp_path / "ix"
    folder.mkdir()
    for name in ("letter", "minutes"):
        (folder / f"{name}.txt").write_text(f"The {name} of Elmshire.\n\nFamilies waited for therapy.\n")
    pipeline.add([folder], index, quick)
    (folder / "minutes.txt").write_text("The minutes of Elmshire.\n\nFamilies no longer wait for therapy.\n")
    pipeline.add([folder], index, quick)
    pipeline.remove(["letter.txt"], index, quick)
    pipeline.rebuild(index, quick)
    runs = store.read_manifest(store.current(index)).runs
    assert [(r.added, r.changed, len(r.removed)) for r in runs] == [
        (("minutes.txt",), (), 0), ((), ("minutes.txt",), 0), ((), (), 1),
    ]  # fmt: skip
    assert [r.at for r in runs] == sorted(r.at for r in runs)
