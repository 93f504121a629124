"""An index version written and read back."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import IndexFault
from ingest.index import manifest, store, words
from ingest.records import DocumentFacts, Inspection, Page, Passage, Span

FACTS = DocumentFacts(
    "a.pdf", "A", "inspection_report", ("Elmshire",), date="2024-12-06", date_basis="stated",
    inspection=Inspection("2023", "2024-12-02", "2024-12-06", None, "positive", "within five years"),
)  # fmt: skip
PASSAGE = Passage(
    "id1", "a.pdf", 0, "Waits are long.", (Span(0, 0, 15),), (1,), "paragraph", ("Strengths",), ((0, 15),), "Elmshire",
    number="4a", polarity="strength", speaker="inspectors", part="effective", group=2,
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    document = store.StoredDocument(
        FACTS, "f" * 64, "pdf", (Page(1, "Waits are long.", "i"),), 0, 1, ("w",), {"url": "u"}
    )
    version = tmp_path / "versions" / "v1"
    (version / "v1.1").mkdir(parents=True)
    store.write(version / "v1.1", [document], [PASSAGE])
    finish(version, 1)
    (tmp_path / "CURRENT").write_text("v1")
    return version


def finish(version: Path, count: int) -> None:
    hashes = manifest.file_hashes(version, {})
    manifest.finish(
        version, manifest.Manifest(manifest.FORMAT, "f", "m", "h", ("", ""), "1", count, count, count, "now", hashes)
    )


def test_what_was_written_is_read(folder: Path) -> None:
    rows = store.Rows(folder)
    stored = rows.stored(0)
    assert (len(rows), rows.passage(0), stored.facts, stored.supplied) == (1, PASSAGE, FACTS, {"url": "u"})
    assert rows.pages(0) == (Page(1, "Waits are long.", "i"),)
    assert str(rows.ids[0]) == "id1" and str(rows.parts[0]) == "effective"


def test_current_tells_what_to_run(tmp_path: Path, folder: Path) -> None:
    assert store.current(tmp_path) == folder
    with pytest.raises(IndexFault, match="python -m ingest add"):
        store.current(tmp_path / "elsewhere")
    (tmp_path / "outside").mkdir()
    for name in ("../../etc", "../outside", ""):
        (tmp_path / "CURRENT").write_text(name)
        with pytest.raises(IndexFault, match="damaged"):
            store.current(tmp_path)


@pytest.mark.parametrize("name", ["columns.npz", "documents.jsonl", "passages.jsonl"])
def test_a_damaged_file_is_told(folder: Path, name: str) -> None:
    (folder / "v1.1" / name).write_bytes(b"\x00\x01")
    with pytest.raises(IndexFault, match="--repair"):
        store.Rows(folder).passage(0)


def test_a_manifest_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")
    with pytest.raises(IndexFault, match="manifest cannot be read"):
        store.read_manifest(folder)


def test_the_fingerprint_changes_with_any_fact(folder: Path) -> None:
    stored = store.Rows(folder).stored(0)
    about, ids = [(stored.facts, stored.sha256)], [PASSAGE.id]
    one = store.fingerprint(about, ids, "m", "1")
    assert one == store.fingerprint(about, ids, "m", "1") and len(one) == 12
    assert one != store.fingerprint(about, ids, "m", "2")
    assert one != store.fingerprint(about, [], "m", "1")


def test_an_empty_index_can_be_written_and_read(tmp_path: Path) -> None:
    finish(tmp_path, 0)
    rows = store.Rows(tmp_path)
    assert (len(rows), rows.documents, rows.segments, len(rows.ids)) == (0, [], [], 0)


def test_segments_are_read_as_one_by_the_names_of_their_documents(tmp_path: Path) -> None:
    """However papers are spread over segments, the rows are the same."""
    made = {name: replace(PASSAGE, id=f"id-{name}", document=name, text=f"Of {name}.") for name in ("a", "b", "c")}
    documents = {
        name: store.StoredDocument(replace(FACTS, document=name), "f" * 64, "pdf", (Page(1, f"Of {name}.", ""),), 0, 1)
        for name in made
    }
    for number, names in enumerate((["b"], ["a", "c"])):
        segment = tmp_path / f"v.{number}"
        segment.mkdir()
        stored = [replace(documents[name], first=n) for n, name in enumerate(names)]
        store.write(segment, stored, [made[name] for name in names])
        words.build(segment, [f"therapy {name * 3}" for name in names])
    finish(tmp_path, 3)
    rows = store.Rows(tmp_path)
    assert [rows.passage(n) for n in range(3)] == list(made.values()) and rows.ids.tolist() == ["id-a", "id-b", "id-c"]
    assert [(d["facts"]["document"], d["first"]) for d in rows.documents] == [("a", 0), ("b", 1), ("c", 2)]
    assert [rows.pages(n)[0].text for n in range(3)] == ["Of a.", "Of b.", "Of c."]
    assert [rows.segment_of(n) for n in range(3)] == ["v.1", "v.0", "v.1"]
    bag = words.WordIndex(rows.segments, rows.order)
    assert [score > 0 for score in bag.scores(["ccc"], [1.0])] == [False, False, True]
    assert bag.document_frequency(words.stem("therapy")) == 3
