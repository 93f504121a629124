"""Facts supplied beside the documents."""

from pathlib import Path

import pytest

from ingest import sources
from ingest.errors import SettingsError
from ingest.records import DocumentFacts


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
        ("not toml at all [", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_told_in_one_sentence(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        load(tmp_path, text)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be opened"):
        sources.load(tmp_path / "none.toml")
