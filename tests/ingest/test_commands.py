"""The commands as a person meets them: what they print, where, and how they end."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.index import store
from tests.conftest import ROOT

KEYS = {
    "document", "title", "kind", "areas", "publisher", "date", "date_basis", "published", "inspection", "pages",
    "passages", "sha256", "licence", "url",
}  # fmt: skip


@pytest.fixture
def own_index(sample_index: Path, tmp_path: Path) -> Path:
    """A copy of the sample index that a test may change."""
    return Path(shutil.copytree(sample_index, tmp_path / "ix"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_list_gives_what_the_contract_promises(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "list", "--json", "--index", str(sample_index))
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and err == ""
    assert all(set(row) >= KEYS for row in rows)
    kinds = {row["kind"] for row in rows}
    assert kinds == {
        "inspection_report", "inspection_letter", "revisit_letter", "minutes", "peer_review", "action_plan",
        "local_offer",
    }  # fmt: skip
    assert all(row["areas"] for row in rows)
    assert {row["date_basis"] for row in rows} == {"stated", "supplied"}
    report = next(row for row in rows if row["document"] == "westmarch-area-send-report-2024.pdf")
    assert report["inspection"] == {
        "framework": "2023", "start": "2024-06-10", "end": "2024-06-14", "previous": "2016-11-14/2016-11-18",
        "outcome": "inconsistent", "next_full_inspection": "within approximately three years",
    }  # fmt: skip


def test_list_for_people_fits_their_terminal(
    sample_index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = run(capsys, "list", "--index", str(sample_index))
    lines = out.splitlines()
    assert "westmarch-peer-review-2022.docx" in lines
    assert "    Westmarch · peer review · 2022-11-24 (stated) · 63 passages" in lines
    assert all(len(line) <= 80 for line in lines if line.startswith(" "))


def test_show_prints_passages_with_their_places(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "show", "westmarch-peer-review-2022.docx", "--index", str(sample_index))
    assert "para 16" in out and "peer_team" in out
    _, out, _ = run(capsys, "show", "--json", "westmarch-area-send-report-2024.pdf", "--index", str(sample_index))
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["ordinal"] for row in rows] == list(range(len(rows)))
    assert all(row["pages"] for row in rows)


def test_check_says_what_is_whole(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "--index", str(sample_index))
    assert code == 0 and out.startswith("The index is whole: 16 documents")


def test_check_finds_damage_and_repairs_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], embedded: list[str]
) -> None:
    index = tmp_path / "ix"
    (tmp_path / "good.txt").write_text("Good minutes of Elmshire Council.\n")
    run(capsys, "add", str(tmp_path / "good.txt"), "--index", str(index))
    for file in store.current(index).rglob("*.sqlite3"):
        file.write_bytes(b"not a database")
    code, out, err = run(capsys, "check", "--index", str(index))
    assert (code, out) == (1, "") and err.count("\n") == 1 and "--repair" in err
    code, out, _ = run(capsys, "check", "--repair", "--index", str(index))
    assert code == 0 and "has been rebuilt" in out
    assert run(capsys, "check", "--index", str(index))[0] == 0


def test_remove_and_add_again(own_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "westmarch-cabinet-minutes-2025.txt"
    code, out, _ = run(capsys, "remove", name, "--index", str(own_index))
    assert code == 0 and "removed" in out
    code, out, _ = run(capsys, "add", str(ROOT / "ingest/sample/documents"), "--json", "--index", str(own_index))
    rows = {row["document"]: row for row in json.loads(out)["documents"]}
    assert code == 0 and rows.pop(name)["status"] == "added"
    assert {row["status"] for row in rows.values()} == {"unchanged"}


def test_adding_prints_a_table_and_fails_where_a_document_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], embedded: list[str]
) -> None:
    (tmp_path / "good.txt").write_text("Good minutes of Elmshire Council.\n")
    (tmp_path / "empty.pdf").write_bytes(b"")
    code, out, err = run(capsys, "add", str(tmp_path), "--index", str(tmp_path / "ix"))
    assert code == 1
    assert out.splitlines()[0] == "Status     Passages   New  Document"
    assert "added             1     1  good.txt" in out and "The file is empty" in out
    assert "1 failed, 1 added. Passages: 1, of them new: 1." in out
    assert "Index" in err and "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("list", "--index", "/nowhere/at/all"), 1, "There is no index in"),
        (("show", "x.pdf", "--index", "{index}"), 1, "The index has no document 'x.pdf'"),
        (("remove", "x.pdf", "--index", "{index}"), 1, "The index has no document 'x.pdf'"),
        (("list", "--settings", "/nowhere.toml", "--index", "{index}"), 0, ""),
        (("add", "x", "--settings", "/nowhere.toml"), 1, "The settings file /nowhere.toml does not exist."),
        (("add", "x", "--sources", "/nowhere.toml"), 1, "The file of sources /nowhere.toml cannot be opened"),
    ],
)
def test_failures_are_one_sentence(
    arguments: tuple[str, ...], code: int, told: str, own_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    got, _, err = run(capsys, *(a.format(index=own_index) for a in arguments))
    assert got == code
    assert told in err and err.count("\n") <= 1


@pytest.mark.parametrize("arguments", [(), ("fly",), ("add",), ("list", "--colour")])
def test_wrong_usage_is_two(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    assert stop.value.code == 2


def test_missing_packages_are_one_sentence_that_names_make_setup(tmp_path: Path) -> None:
    """The command with a Python that has only its own library."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    result = subprocess.run(
        [sys.executable, "-S", "-m", "ingest", "list", "--index", str(tmp_path)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr == "The package numpy is missing: run `make setup` once, then `.venv/bin/python -m ...`.\n"
