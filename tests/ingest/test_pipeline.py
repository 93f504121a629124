"""Whole runs: what is added, kept, embedded anew, removed without a trace, and who may write."""

import subprocess
import sys
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


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "minutes.md").write_text(MINUTES.format(families=40))
    (folder / "letter.txt").write_text(f"A letter about Elmshire.\n\nIt speaks of a {SECRET} once and never again.\n")
    return folder


def statuses(result: pipeline.Result) -> dict[str, str]:
    return {row.document: row.status for row in result.rows}


def listed(index: Path) -> dict[str, store.StoredDocument]:
    rows = store.Rows(store.current(index))
    return {d.facts.document: d for d in (rows.stored(i) for i in range(len(rows.documents)))}


def test_a_second_add_reads_and_embeds_nothing(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pipeline.add([papers], tmp_path / "ix", quick)
    assert statuses(first) == {"letter.txt": "added", "minutes.md": "added"}
    count = len(embedded)
    assert count == sum(row.passages for row in first.rows) == sum(row.embedded for row in first.rows)
    monkeypatch.setattr(
        pipeline.sandbox, "run", lambda work, tasks, *rest: iter(()) if not tasks else pytest.fail("read")
    )
    second = pipeline.add([papers], tmp_path / "ix", quick)
    assert statuses(second) == {"letter.txt": "unchanged", "minutes.md": "unchanged"}
    assert len(embedded) == count
    assert second.fingerprint == first.fingerprint


def test_one_changed_word_embeds_only_its_passage(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]
) -> None:
    pipeline.add([papers], tmp_path / "ix", quick)
    embedded.clear()
    (papers / "minutes.md").write_text(MINUTES.format(families=41))
    result = pipeline.add([papers], tmp_path / "ix", quick)
    assert statuses(result)["minutes.md"] == "updated"
    assert len(embedded) == 1 and "41 families" in embedded[0]


def test_a_supplied_url_embeds_nothing(papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]) -> None:
    pipeline.add([papers], tmp_path / "ix", quick)
    embedded.clear()
    (papers / "sources.toml").write_text('[[document]]\nfile = "minutes.md"\nurl = "https://example.org/m"\n')
    result = pipeline.add([papers], tmp_path / "ix", quick)
    assert statuses(result) == {"letter.txt": "unchanged", "minutes.md": "updated"}
    assert listed(tmp_path / "ix")["minutes.md"].facts.url == "https://example.org/m"
    assert embedded == []


def test_remove_leaves_no_trace(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # In this process Chroma's files at times kept words that it had held in memory and freed.
    monkeypatch.setattr("ingest.index.build.fill_vectors", version.fill_vectors)
    monkeypatch.setattr("ingest.index.build.prove", version.prove)
    index = tmp_path / "ix"
    pipeline.add([papers], index, quick)
    (papers / "letter.txt").write_text(f"A letter about Elmshire.\n\nIt speaks of a {SECRET} twice now.\n")
    pipeline.add([papers], index, quick)  # so that an earlier version and an earlier original lie there too
    assert _holding(index, SECRET)
    pipeline.remove(["letter.txt"], index, quick)
    assert _holding(index, SECRET) == []
    assert _holding(index, "letter.txt") == []
    assert list(listed(index)) == ["minutes.md"]


def _holding(index: Path, words: str) -> list[str]:
    """The files of an index that hold these words, as text or in any encoding a database may use."""
    forms = [words.encode(), words.encode("utf-16-le"), words.upper().encode()]
    files = [path for path in index.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


def test_removing_what_is_not_there_removes_nothing(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]
) -> None:
    pipeline.add([papers], tmp_path / "ix", quick)
    with pytest.raises(IndexFault, match="no document 'other.txt'"):
        pipeline.remove(["letter.txt", "other.txt"], tmp_path / "ix", quick)
    assert len(listed(tmp_path / "ix")) == 2


def test_the_last_document_can_go(papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]) -> None:
    pipeline.add([papers], tmp_path / "ix", quick)
    pipeline.remove(["letter.txt", "minutes.md"], tmp_path / "ix", quick)
    assert listed(tmp_path / "ix") == {}
    assert statuses(pipeline.add([papers], tmp_path / "ix", quick))["letter.txt"] == "added"


def test_the_same_paper_in_another_file_is_told(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]
) -> None:
    (papers / "copy.md").write_text(MINUTES.format(families=40) + "\n\n")
    rows = {row.document: row for row in pipeline.add([papers], tmp_path / "ix", quick).rows}
    assert rows["minutes.md"].status == "skipped"
    assert rows["minutes.md"].reason == "The same paper as copy.md, only the file differs."


def test_two_papers_of_one_name_are_both_kept(tmp_path: Path, quick: Settings, embedded: list[str]) -> None:
    for number, folder in enumerate(("north", "south", "east")):
        (tmp_path / folder / folder).mkdir(parents=True)
        (tmp_path / folder / folder / "minutes.md").write_text(MINUTES.format(families=number))
        pipeline.add([tmp_path / folder], tmp_path / "ix", quick)
    assert set(listed(tmp_path / "ix")) == {"minutes.md", "south/minutes.md", "east/minutes.md"}


@pytest.mark.parametrize("again", ["", "\n\n"])  # the same bytes, and other bytes with the same words
def test_a_renamed_paper_goes_on_under_its_new_name(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str], again: str
) -> None:
    pipeline.add([papers], tmp_path / "ix", quick)
    (papers / "minutes.md").unlink()
    (papers / "scrutiny.md").write_text(MINUTES.format(families=40) + again)
    rows = {row.document: row for row in pipeline.add([papers], tmp_path / "ix", quick).rows}
    assert rows["scrutiny.md"].status == "updated" and "minutes.md" in rows["scrutiny.md"].reason
    assert set(listed(tmp_path / "ix")) == {"letter.txt", "scrutiny.md"}
    assert statuses(pipeline.add([papers], tmp_path / "ix", quick))["scrutiny.md"] == "unchanged"


@pytest.mark.parametrize("name", ["a.md", "z.md"])
def test_another_paper_can_take_the_name_of_a_renamed_one(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str], name: str
) -> None:
    pipeline.add([papers], tmp_path / "ix", quick)
    (papers / "minutes.md").rename(papers / name)
    (papers / "minutes.md").write_text(MINUTES.format(families=77))
    pipeline.add([papers], tmp_path / "ix", quick)
    found = listed(tmp_path / "ix")
    assert set(found) == {"letter.txt", "minutes.md", name}
    assert "77 families" in found["minutes.md"].pages[0].text and "40 families" in found[name].pages[0].text


def test_an_entry_without_a_file_is_told(papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]) -> None:
    (papers / "sources.toml").write_text('[[document]]\nfile = "minutes.pdf"\ndate = "2024-02-01"\n')
    result = pipeline.add([papers], tmp_path / "ix", quick)
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


def test_what_an_earlier_version_cut_is_cut_anew(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.index.build.CUTTER", "0")
    pipeline.add([papers], tmp_path / "ix", quick)
    monkeypatch.setattr("ingest.index.build.CUTTER", passages.CUTTER)
    embedded.clear()
    result = pipeline.add([papers / "minutes.md"], tmp_path / "ix", quick)
    assert statuses(result) == {"letter.txt": "updated", "minutes.md": "updated"}
    assert embedded == []  # nothing of them came out differently
    assert store.read_manifest(store.current(tmp_path / "ix")).cutter == passages.CUTTER


def test_an_index_of_another_model_is_embedded_anew(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]
) -> None:
    pipeline.add([papers], tmp_path / "ix", quick)
    before = len(embedded)
    other = Settings(model=Model(query_prefix="query: "), limits=quick.limits)
    pipeline.add([papers / "minutes.md"], tmp_path / "ix", other)
    assert len(embedded) == 2 * before
    assert store.read_manifest(store.current(tmp_path / "ix")).prefixes == ("query: ", "")


def test_an_index_of_another_precision_is_refused(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]
) -> None:
    exact = pipeline.add([papers], tmp_path / "ix", quick)
    half = Settings(model=Model(half_precision=True), limits=quick.limits)
    with pytest.raises(IndexFault, match="half_precision = false"):
        pipeline.add([papers], tmp_path / "ix", half)
    assert pipeline.add([papers], tmp_path / "half", half).fingerprint != exact.fingerprint
    assert pipeline.add([papers], tmp_path / "half", half).fingerprint  # with the same setting it goes on


def test_the_second_writer_is_told_who_holds_the_lock(papers: Path, tmp_path: Path, quick: Settings) -> None:
    code = (
        "import sys, time; from pathlib import Path; from ingest.index.version import writer_lock\n"
        "with writer_lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "ix")], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None and holder.stdout.readline()
        with pytest.raises(IndexLockedError, match=f"being written by process {holder.pid} since"):
            pipeline.add([papers], tmp_path / "ix", quick)
    finally:
        holder.kill()
        holder.wait()
    with version.writer_lock(tmp_path / "ix"):
        pass  # a killed writer holds nothing


def test_what_a_killed_run_left_is_swept_away(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]
) -> None:
    index = tmp_path / "ix"
    pipeline.add([papers], index, quick)
    (index / "versions" / "half.tmp").mkdir()
    (index / "originals" / "half.part").write_text(SECRET)
    pipeline.add([papers], index, quick)
    assert not list(index.rglob("half*"))


def test_a_failing_document_keeps_its_earlier_passages(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]
) -> None:
    pipeline.add([papers], tmp_path / "ix", quick)
    (papers / "minutes.md").write_bytes(b"\x00\x01\x02 no text")
    result = pipeline.add([papers], tmp_path / "ix", quick)
    assert statuses(result)["minutes.md"] == "failed" and result.failed
    assert listed(tmp_path / "ix")["minutes.md"].count > 0


def test_repair_makes_a_damaged_index_whole(papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]) -> None:
    index = tmp_path / "ix"
    pipeline.add([papers], index, quick)
    folder = store.current(index)
    next(folder.rglob("words.npz")).unlink()
    assert "is missing" in version.fault_of(folder, folder.name, quick)
    pipeline.rebuild(index, quick)
    folder = store.current(index)
    assert version.fault_of(folder, folder.name, quick) == ""


def test_a_proof_finds_a_changed_vector(papers: Path, tmp_path: Path, quick: Settings, embedded: list[str]) -> None:
    pipeline.add([papers], tmp_path / "ix", quick)
    folder = store.current(tmp_path / "ix")
    file = next(folder.rglob("data_level0.bin"))
    data = bytearray(file.read_bytes())
    data[-1] ^= 0xFF
    file.write_bytes(bytes(data))
    assert "is not as it was written" in version.fault_of(folder, folder.name, quick)


def test_what_has_not_changed_is_not_written_again_and_reads_as_if_it_were(
    papers: Path, tmp_path: Path, quick: Settings, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a segment for each document: others come, change and go, and its files stay the same files."""
    monkeypatch.setattr(build, "SEGMENT", 2)
    index = tmp_path / "ix"
    (papers / "other.txt").write_text("Another letter about Elmshire.\n\nIt is about short breaks.\n")
    pipeline.add([papers], index, quick)
    kept = files_of(index, "letter.txt")
    assert len(kept) > 8  # rows, words and vectors
    (papers / "more.txt").write_text("One more letter about Elmshire.\n\nIt is about transport to school.\n")
    (papers / "minutes.md").write_text(MINUTES.format(families=41))
    pipeline.add([papers], index, quick)
    assert files_of(index, "letter.txt") == kept
    pipeline.remove(["other.txt"], index, quick)
    assert files_of(index, "letter.txt") == kept and not _holding(index, "short breaks")
    (papers / "other.txt").unlink()
    pipeline.add([papers], tmp_path / "new", quick)
    assert contents(index) == contents(tmp_path / "new")
    assert version.fault_of(store.current(index), "", quick) == ""


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
