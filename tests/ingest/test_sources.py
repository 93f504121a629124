"""Facts supplied beside the documents."""

from pathlib import Path

import pytest

from ingest.errors import SettingsError
from ingest.intake import sources
from ingest.records import DocumentFacts, SourceFile


def load(tmp_path: Path, text: str) -> dict[str, dict[str, object]]:
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    return sources.load(tmp_path / "sources.toml")


def test_supplied_facts_override_and_a_date_says_so(tmp_path: Path) -> None:
    found = load(
        tmp_path, '[[document]]\nfile = "a.pdf"\nareas = ["Elmshire"]\ndate = 2025-03-27\nurl = "https://e.org/a"\n'
    )
    facts = sources.apply(
        DocumentFacts("a.pdf", "A", "minutes", ("Wrong",), date="2020", date_basis="inferred"), found["a.pdf"]
    )
    assert (facts.areas, facts.date, facts.date_basis, facts.url) == (
        ("Elmshire",), "2025-03-27", "supplied", "https://e.org/a",
    )  # fmt: skip
    assert facts.title == "A"


def test_nothing_supplied_changes_nothing() -> None:
    facts = DocumentFacts("a.pdf", "A", "minutes")
    assert sources.apply(facts, {}) is facts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[document]]\nurl = 'x'\n", "no `file`"),
        ("[[document]]\nfile = 'a'\ncolour = 'red'\n", "no key 'colour'"),
        ("[[document]]\nfile = 'a'\nkind = 'novel'\n", "no kind 'novel'"),
        ("[[document]]\nfile = 'a'\ndate = 'last week'\n", "date must be like"),
        ("[[document]]\nfile = 'a'\nareas = 'Bury'\n", "areas must be a list"),
        ("[[document]]\nfile = 'a'\ntitle = 7\n", "title must be text"),
        ("[document]\nfile = 'a'\n", "double brackets"),
        ("[[documents]]\nfile = 'a'\n", "'documents' is none"),
        ("['a.pdf']\narea = 'Bury'\n", "'a.pdf' is none"),
        ("not toml at all [", "not valid TOML"),
        ("document = ['a.pdf']\n", "double brackets"),
        ("[[document]]\nfile = 'a'\ndate = '2025-02-31'\n", "date must be like"),
        ("[[document]]\nfile = 'a'\n[[document]]\nfile = './a'\n", "a has two entries"),
    ],
)
def test_a_wrong_file_is_told_in_one_sentence(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        load(tmp_path, text)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be opened"):
        sources.load(tmp_path / "none.toml")


PLACES = {
    "a.md": "papers/a.md",
    "n/b.md": "papers/n/b.md",
    "s/b.md": "papers/s/b.md",
    "c.json": "p/c.json",
    "k.pdf": "p/k.pdf",
    "Cafe\u0301.md": "p/Cafe\u0301.md",
}
FILES = [SourceFile(Path("x"), name, "", 1, place) for name, place in PLACES.items()]


@pytest.mark.parametrize(
    ("entry", "given", "told"),
    [
        ("a.md", "a.md", ""),
        ("papers/a.md", "a.md", ""),
        ("n/b.md", "n/b.md", ""),
        ("c.json#7", "c.json#7", ""),
        ("k.pdf#page-3", "k.pdf#page-3", ""),
        ("b.md", "", "n/b.md or s/b.md: give the folder"),
        ("a.pdf", "", "there is a.md"),
        ("A.MD", "", "there is a.md"),
        ("z99.md", "", "no such file: check"),
        ("old.md", "", ""),
        ("changed.md", "", "add the file again"),
        ("photo.png", "", ""),
        ("was.md", "", "its paper is a.md now"),
        (r".\papers\a.md", "a.md", ""),
        (" a.md ", "a.md", ""),
        ("Caf\u00e9.md", "Cafe\u0301.md", ""),
    ],
)
def test_every_entry_finds_its_file_or_is_told(tmp_path: Path, entry: str, given: str, told: str) -> None:
    facts = {"url": "https://e.org"}
    applied = {"old.md": facts, "changed.md": {}}
    supplied = load(tmp_path, f"\ufeff[[document]]\nfile = '{entry}'\nurl = 'https://e.org'\n")
    found, messages = sources.assign(supplied, FILES, {"a.md": "was.md"}, applied, ["photo.png"])
    assert found == ({given: facts} if given else {})
    assert [name for name, _ in messages] == ([entry] if told else [])
    assert all(told in message for _, message in messages)


def test_two_entries_for_one_file_are_put_together() -> None:
    supplied = {"a.md": {"date": "2024", "url": "x"}, "papers/a.md": {"date": "2025"}}
    assert sources.assign(supplied, FILES, {}, {}, ()) == ({"a.md": {"date": "2025", "url": "x"}}, [])


def test_each_folder_speaks_of_its_own_papers(tmp_path: Path) -> None:
    for year, folder in enumerate(("north", "south"), 2024):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "b.md").write_text("x")
        load(tmp_path / folder, f"[[document]]\nfile = 'b.md'\ndate = '{year}'\n[[document]]\nfile = 'gone.md'\n")
    assert sources.beside(tmp_path / "north") == {"north/b.md": {"date": "2024"}, "gone.md": {}}
    assert sources.beside(tmp_path / "south") == {"south/b.md": {"date": "2025"}, "gone.md": {}}


def test_an_entry_of_a_part_that_its_file_lacks_is_told() -> None:
    given = {name: {"date": "2024"} for name in ("c.json#7", "c.json#8", "k.pdf#page-3", "k.pdf", "failed.pdf#page-2")}
    told = sources.without_paper(given, ["c.json#7", "k.pdf", "k.pdf#page-4"])
    assert [name for name, _ in told] == ["c.json#8", "k.pdf#page-3"]


def test_supplied_areas_go_under_their_usual_names() -> None:
    facts = DocumentFacts("a.pdf", "A", "minutes")
    supplied = {"areas": ["City of York Council", "York", "Elmstow Borough"]}
    assert sources.apply(facts, supplied).areas == ("York", "Elmstow")
