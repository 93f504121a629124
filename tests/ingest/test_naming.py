"""Names of papers in an index: kept, renamed, told apart."""

from pathlib import Path

import pytest

from ingest.index.naming import settle
from ingest.prepare import Prepared
from ingest.records import DocumentFacts, SourceFile


def file(place: str, sha256: str) -> SourceFile:
    name = place.rpartition("/")[2]
    return SourceFile(Path(place), name, sha256, 1, place)


def index(**places: tuple[str, str]) -> dict[str, Prepared]:
    """Documents by name (with "__" for a full stop and "_at_" for a slash), each with its place and hash."""
    names = {name: name.replace("_at_", "/").replace("__", ".") for name in places}
    return {
        names[key]: Prepared(DocumentFacts(names[key], "", "other"), sha256, "text", (), (), (), place)
        for key, (place, sha256) in places.items()
    }


@pytest.mark.parametrize(
    ("place", "sha256", "old", "name", "was"),
    [
        ("papers/a.txt", "1", {}, "a.txt", None),
        ("papers/a.txt", "2", {"a__txt": ("papers/a.txt", "1")}, "a.txt", None),  # changed
        ("new/a.txt", "2", {"a__txt": ("old/a.txt", "1")}, "a.txt", None),  # fetched anew
        ("papers/b.txt", "1", {"a__txt": ("papers/a.txt", "1")}, "b.txt", "a.txt"),  # renamed
        ("papers/south/a.txt", "2", {"a__txt": ("papers/north/a.txt", "1")}, "south/a.txt", None),  # another paper
        ("papers/south/a.txt", "1", {"a__txt": ("papers/north/a.txt", "1")}, "a.txt", None),  # moved
        ("north/a.txt", "2", {"a__txt": ("papers/north/a.txt", "1")}, "a.txt", None),  # another folder was given
        ("papers/north/a.txt", "2", {"a__txt": ("north/a.txt", "1")}, "a.txt", None),
        ("papers/a.txt", "2", {"a__txt": ("", "1")}, "a.txt", None),  # of an index that knows no places
        (
            "papers/east/a.txt",
            "3",
            {"north_at_a__txt": ("papers/north/a.txt", "1"), "south_at_a__txt": ("papers/south/a.txt", "2")},
            "a.txt",
            None,
        ),
    ],
)
def test_one_file(place: str, sha256: str, old: dict[str, tuple[str, str]], name: str, was: str | None) -> None:
    settled = settle([file(place, sha256)], (), index(**old))
    assert [f.name for f in settled.files] == [name]
    assert settled.renamed == ({name: was} if was else {})


def test_a_name_that_a_renamed_paper_left_is_free() -> None:
    files = [file("papers/b.txt", "1"), file("papers/a.txt", "2")]
    for order in (files, files[::-1]):
        names = {f.sha256: f.name for f in settle(order, (), index(a__txt=("papers/a.txt", "1"))).files}
        assert names == {"1": "b.txt", "2": "a.txt"}


def test_a_copy_under_another_name_renames_nothing() -> None:
    one, other = file("papers/a.txt", "1"), file("papers/b.txt", "1")
    settled = settle([one], [other], index(b__txt=("papers/b.txt", "1")))
    assert [f.name for f in settled.files] == ["b.txt"] and settled.renamed == {}
