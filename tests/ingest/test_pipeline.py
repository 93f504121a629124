"""Whole runs: what is added, kept, embedded anew, removed without a trace, and who may write."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from ingest import passages, pipeline
from ingest.errors import IndexFault, IndexLockedError
from ingest.index import build, store, version
from ingest.index.nearest import Nearest
from ingest.index.words import WordIndex
from ingest.settings import Model, Settings

MINUTES = """# Scrutiny minutes of Elmshire Council

The Chair welcomed members. A Member asked about waits.

It was confirmed that {families} families were waiting for therapy.

RESOLVED that the report be noted.
"""
SECRET = "quixotic periwinkle"


@dataclass
class Run:
    """Papers that are brought into an index, with a quick stand-in for the model that notes what it embeds."""

    papers: Path
    index: Path
    settings: Settings
    embedded: list[str]

    def add(self, name: str = "") -> pipeline.Result:
        return pipeline.add([self.papers / name], self.index, self.settings)

    def remove(self, names: list[str]) -> None:
        pipeline.remove(names, self.index, self.settings)


@pytest.fixture
def run(tmp_path: Path, quick: Settings, embedded: list[str]) -> Run:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "minutes.md").write_text(MINUTES.format(families=40))
    (folder / "letter.txt").write_text(f"A letter about Elmshire.\n\nIt speaks of a {SECRET} once and never again.\n")
    return Run(folder, tmp_path / "ix", quick, embedded)


def statuses(result: pipeline.Result) -> dict[str, str]:
    return {row.document: row.status for row in result.rows}


def listed(index: Path) -> dict[str, store.StoredDocument]:
    rows = store.Rows(store.current(index))
    return {d.facts.document: d for d in (rows.stored(i) for i in range(len(rows.documents)))}


def test_a_second_add_reads_and_embeds_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run.add()
    assert statuses(first) == {"letter.txt": "added", "minutes.md": "added"}
    count = len(run.embedded)
    assert count == sum(row.passages for row in first.rows) == sum(row.embedded for row in first.rows)
    monkeypatch.setattr(
        pipeline.sandbox, "run", lambda work, tasks, *rest: iter(()) if not tasks else pytest.fail("read")
    )
    second = run.add()
    assert statuses(second) == {"letter.txt": "unchanged", "minutes.md": "unchanged"}
    assert len(run.embedded) == count
    assert second.fingerprint == first.fingerprint


def test_one_changed_word_embeds_only_its_passage(run: Run) -> None:
    run.add()
    run.embedded.clear()
    (run.papers / "minutes.md").write_text(MINUTES.format(families=41))
    result = run.add()
    assert statuses(result)["minutes.md"] == "updated"
    assert len(run.embedded) == 1 and "41 families" in run.embedded[0]


def test_a_supplied_url_embeds_nothing(run: Run) -> None:
    run.add()
    run.embedded.clear()
    (run.papers / "sources.toml").write_text('[[document]]\nfile = "minutes.md"\nurl = "https://example.org/m"\n')
    result = run.add()
    assert statuses(result) == {"letter.txt": "unchanged", "minutes.md": "updated"}
    assert listed(run.index)["minutes.md"].facts.url == "https://example.org/m"
    assert run.embedded == []


def test_remove_leaves_no_trace(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    # In this process Chroma's files at times kept words that it had held in memory and freed.
    monkeypatch.setattr("ingest.index.build.fill_vectors", version.fill_vectors)
    monkeypatch.setattr("ingest.index.build.prove", version.prove)
    run.add()
    (run.papers / "letter.txt").write_text(f"A letter about Elmshire.\n\nIt speaks of a {SECRET} twice now.\n")
    run.add()  # so that an earlier version and an earlier original lie there too
    assert _holding(run.index, SECRET)
    run.remove(["letter.txt"])
    assert _holding(run.index, SECRET) == []
    assert _holding(run.index, "letter.txt") == []
    assert list(listed(run.index)) == ["minutes.md"]


def _holding(index: Path, words: str) -> list[str]:
    """The files of an index that hold these words, as text or in any encoding a database may use."""
    forms = [words.encode(), words.encode("utf-16-le"), words.upper().encode()]
    files = [path for path in index.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


def test_removing_what_is_not_there_removes_nothing(run: Run) -> None:
    run.add()
    with pytest.raises(IndexFault, match="no document 'other.txt'"):
        run.remove(["letter.txt", "other.txt"])
    assert len(listed(run.index)) == 2


def test_the_last_document_can_go(run: Run) -> None:
    run.add()
    run.remove(["letter.txt", "minutes.md"])
    assert listed(run.index) == {}
    assert statuses(run.add())["letter.txt"] == "added"


def test_the_same_paper_in_another_file_is_told(run: Run) -> None:
    (run.papers / "copy.md").write_text(MINUTES.format(families=40) + "\n\n")
    rows = {row.document: row for row in run.add().rows}
    assert rows["minutes.md"].status == "skipped"
    assert rows["minutes.md"].reason == "The same paper as copy.md, only the file differs."


def test_two_papers_of_one_name_are_both_kept(tmp_path: Path, quick: Settings, embedded: list[str]) -> None:
    for number, folder in enumerate(("north", "south", "east")):
        (tmp_path / folder / folder).mkdir(parents=True)
        (tmp_path / folder / folder / "minutes.md").write_text(MINUTES.format(families=number))
        pipeline.add([tmp_path / folder], tmp_path / "ix", quick)
    assert set(listed(tmp_path / "ix")) == {"minutes.md", "south/minutes.md", "east/minutes.md"}


@pytest.mark.parametrize("again", ["", "\n\n"])  # the same bytes, and other bytes with the same words
def test_a_renamed_paper_goes_on_under_its_new_name(run: Run, again: str) -> None:
    run.add()
    (run.papers / "minutes.md").unlink()
    (run.papers / "scrutiny.md").write_text(MINUTES.format(families=40) + again)
    rows = {row.document: row for row in run.add().rows}
    assert rows["scrutiny.md"].status == "updated" and "minutes.md" in rows["scrutiny.md"].reason
    assert set(listed(run.index)) == {"letter.txt", "scrutiny.md"}
    assert statuses(run.add())["scrutiny.md"] == "unchanged"


@pytest.mark.parametrize("name", ["a.md", "z.md"])
def test_another_paper_can_take_the_name_of_a_renamed_one(run: Run, name: str) -> None:
    run.add()
    (run.papers / "minutes.md").rename(run.papers / name)
    (run.papers / "minutes.md").write_text(MINUTES.format(families=77))
    run.add()
    found = listed(run.index)
    assert set(found) == {"letter.txt", "minutes.md", name}
    assert "77 families" in found["minutes.md"].pages[0].text and "40 families" in found[name].pages[0].text


def test_an_entry_without_a_file_is_told(run: Run) -> None:
    (run.papers / "sources.toml").write_text('[[document]]\nfile = "minutes.pdf"\ndate = "2024-02-01"\n')
    result = run.add()
    row = next(row for row in result.rows if row.document == "minutes.pdf")
    assert row.status == "skipped" and "there is minutes.md" in row.reason and not result.failed


def test_a_service_gone_from_its_file_goes_from_the_index(tmp_path: Path, quick: Settings, embedded: list[str]) -> None:
    def services(*numbers: int) -> str:
        records = (
            f'{{"id": "{n}", "name": "Service {n}", "description": "Helps {n} families.", "url": ""}}' for n in numbers
        )
        return f"[{','.join(records)}]"

    file = tmp_path / "services.json"
    file.write_text(services(1, 2, 3))
    pipeline.add([file], tmp_path / "ix", quick)
    file.write_text(services(1, 3))
    pipeline.add([file], tmp_path / "ix", quick)
    assert list(listed(tmp_path / "ix")) == ["services.json#1", "services.json#3"]
    (tmp_path / "sources.toml").write_text('[[document]]\nfile = "services.json#2"\nurl = "https://e.org/2"\n')
    assert statuses(pipeline.add([file], tmp_path / "ix", quick)) == {
        "services.json#1": "unchanged", "services.json#2": "skipped", "services.json#3": "unchanged",
    }  # fmt: skip


def test_what_an_earlier_version_cut_is_cut_anew(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.index.build.CUTTER", "0")
    run.add()
    monkeypatch.setattr("ingest.index.build.CUTTER", passages.CUTTER)
    run.embedded.clear()
    result = run.add("minutes.md")
    assert statuses(result) == {"letter.txt": "updated", "minutes.md": "updated"}
    assert run.embedded == []  # nothing of them came out differently
    assert store.read_manifest(store.current(run.index)).cutter == passages.CUTTER


def test_an_index_of_another_model_is_embedded_anew(run: Run) -> None:
    run.add()
    before = len(run.embedded)
    other = Settings(model=Model(query_prefix="query: "), limits=run.settings.limits)
    pipeline.add([run.papers / "minutes.md"], run.index, other)
    assert len(run.embedded) == 2 * before
    assert store.read_manifest(store.current(run.index)).prefixes == ("query: ", "")


def test_an_index_of_another_precision_is_refused(run: Run, tmp_path: Path) -> None:
    exact = run.add()
    half = Settings(model=Model(half_precision=True), limits=run.settings.limits)
    with pytest.raises(IndexFault, match="half_precision = false"):
        pipeline.add([run.papers], run.index, half)
    assert pipeline.add([run.papers], tmp_path / "half", half).fingerprint != exact.fingerprint
    assert pipeline.add([run.papers], tmp_path / "half", half).fingerprint  # with the same setting it goes on


def test_the_second_writer_is_told_who_holds_the_lock(run: Run) -> None:
    code = (
        "import sys, time; from pathlib import Path; from ingest.index.version import writer_lock\n"
        "with writer_lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(run.index)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None and holder.stdout.readline()
        with pytest.raises(IndexLockedError, match=f"being written by process {holder.pid} since"):
            run.add()
    finally:
        holder.kill()
        holder.wait()
    with version.writer_lock(run.index):
        pass  # a killed writer holds nothing


def test_what_a_killed_run_left_is_swept_away(run: Run) -> None:
    run.add()
    (run.index / "versions" / "half.tmp").mkdir()
    (run.index / "originals" / "half.part").write_text(SECRET)
    run.add()
    assert not list(run.index.rglob("half*"))


def test_a_failing_document_keeps_its_earlier_passages(run: Run) -> None:
    run.add()
    (run.papers / "minutes.md").write_bytes(b"\x00\x01\x02 no text")
    result = run.add()
    assert statuses(result)["minutes.md"] == "failed" and result.failed
    assert listed(run.index)["minutes.md"].count > 0


def test_repair_makes_a_damaged_index_whole(run: Run) -> None:
    run.add()
    folder = store.current(run.index)
    next(folder.rglob("words.npz")).unlink()
    assert "is missing" in version.fault_of(folder, folder.name, run.settings)
    pipeline.rebuild(run.index, run.settings)
    folder = store.current(run.index)
    assert version.fault_of(folder, folder.name, run.settings) == ""


def test_a_proof_finds_a_changed_vector(run: Run) -> None:
    run.add()
    folder = store.current(run.index)
    file = next(folder.rglob("data_level0.bin"))
    data = bytearray(file.read_bytes())
    data[-1] ^= 0xFF
    file.write_bytes(bytes(data))
    assert "is not as it was written" in version.fault_of(folder, folder.name, run.settings)


def test_what_has_not_changed_is_not_written_again_and_reads_as_if_it_were(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With a segment for each document: others come, change and go, and its files stay the same files."""
    monkeypatch.setattr(build, "SEGMENT", 2)
    (run.papers / "other.txt").write_text("Another letter about Elmshire.\n\nIt is about short breaks.\n")
    run.add()
    kept = files_of(run.index, "letter.txt")
    assert len(kept) > 8  # rows, words and vectors
    (run.papers / "more.txt").write_text("One more letter about Elmshire.\n\nIt is about transport to school.\n")
    (run.papers / "minutes.md").write_text(MINUTES.format(families=41))
    run.add()
    assert files_of(run.index, "letter.txt") == kept
    run.remove(["other.txt"])
    assert files_of(run.index, "letter.txt") == kept and not _holding(run.index, "short breaks")
    (run.papers / "other.txt").unlink()
    pipeline.add([run.papers], tmp_path / "new", run.settings)
    assert contents(run.index) == contents(tmp_path / "new")
    assert version.fault_of(store.current(run.index), "", run.settings) == ""


def files_of(index: Path, document: str) -> dict[str, tuple[int, int]]:
    """The files of the segment that a document is in, with what tells whether they are the same."""
    rows = store.Rows(store.current(index))
    number = next(n for n, row in enumerate(rows.documents) if row["facts"]["document"] == document)
    folder = rows.folder / rows.segment_of(number)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def contents(index: Path) -> list[object]:
    """All that answers are made of."""
    rows = store.Rows(store.current(index))
    vectors = Nearest(rows, "").vectors_of(np.arange(len(rows)))
    bag = WordIndex(rows.segments, rows.order)
    scores = [bag.scores([stem], [1.0]).tolist() for stem in sorted(bag.vocabulary())]
    passages = [rows.passage(n) for n in range(len(rows))]
    return [rows.manifest.fingerprint, passages, rows.ids.tolist(), rows.parts.tolist(), vectors.tolist(), scores]
