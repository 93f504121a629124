"""An index damaged in every file in turn: found by `check`, told at the start, never answered from wrongly, repaired.

`python -m pytest tests/ingest/test_damage.py -s` prints the table of what was found where.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from chatbot.serialise import as_json, plain_text
from ingest import pipeline
from ingest.__main__ import main
from ingest.errors import IndexFault, QuoteError, SendError
from ingest.index import store
from ingest.index.integrity import damaged_originals, fault_anywhere
from ingest.intake import sandbox
from ingest.settings import Settings
from tests.ingest.conftest import HashEmbedder

PAPERS = {
    "minutes.md": "# Scrutiny minutes of Westmarch Council\n\nIt was confirmed that 40 families were waiting "
    "for therapy.\n\nA Member asked about short breaks in Westmarch.\n",
    "letter.txt": "A letter about Westmarch.\n\nSpeech therapy took 21 weeks in Westmarch.\n\nShort breaks are few.\n",
}
QUESTION = "How many families were waiting for therapy in Westmarch?"
DAMAGES = ("truncated", "emptied", "flipped", "deleted")
NEAR_START = 210  # where the vector store keeps the first vector
CHROMA = "chroma/"


@dataclass(frozen=True)
class Case:
    """One file of a copy of the index and what was done to it."""

    index: Path
    file: str
    damage: str
    name: str = "the index"


@dataclass(frozen=True)
class Seen:
    """What was told of a damaged index, by `check` and by `chatbot ask`; and the answer, where one was given."""

    check: str
    start: str
    answer: str


def damage(path: Path, how: str) -> None:
    """Do to a file what disks, tools and people do."""
    data = path.read_bytes()
    if how == "deleted":
        path.unlink()
    elif how in ("flipped", "bitten"):
        at = len(data) // 2 if how == "flipped" else min(NEAR_START, len(data) - 1)
        path.write_bytes(data[:at] + bytes([data[at] ^ 68]) + data[at + 1 :])
    else:
        path.write_bytes(b"" if how == "emptied" else data[: len(data) // 2])


def look_at(case: Case) -> Seen:
    """Check a damaged index and ask it; in a child, since damaged vector files can end the process."""
    from chatbot.conversation import Assistant

    try:
        folder = store.current(case.index)
        check = fault_anywhere(folder, folder.name, Settings())
        check = check or "".join(f"original of {name}" for name, _ in damaged_originals(case.index, store.Rows(folder)))
    except IndexFault as error:
        check = str(error)
    try:
        embedder = HashEmbedder(Settings().model)
        row = as_json(Assistant(case.index, Settings(), embedder).answer(QUESTION))
        del row["seconds"]
        return Seen(check, "", json.dumps(row, sort_keys=True))
    except SendError as error:
        return Seen(check, str(error), "")


@pytest.fixture
def index(tmp_path: Path, quick: Settings, embedded: list[str]) -> Path:
    """A small index."""
    papers = tmp_path / "papers"
    papers.mkdir()
    for name, text in PAPERS.items():
        (papers / name).write_text(text)
    pipeline.add([papers], tmp_path / "ix", quick)
    return tmp_path / "ix"


def files_of(index: Path) -> list[str]:
    """Every file of an index but the writer's lock, which holds nothing."""
    paths = sorted(p for p in index.rglob("*") if p.is_file() and p.name != "writer.lock")
    return [path.relative_to(index).as_posix() for path in paths]


def cases(index: Path, folder: Path) -> Iterator[Case]:
    """Copies of the index, each with one file damaged in one way."""
    files = files_of(index)
    answered = [file for file in files if file.startswith("originals/")]
    for number, file in enumerate(f for f in files if f not in answered[1:]):  # no answer reads them: one will do
        for how in (*DAMAGES, "bitten") if CHROMA in file else DAMAGES:
            if (index / file).stat().st_size == 0 and how != "deleted":
                continue
            copy = Path(shutil.copytree(index, folder / f"{number}-{how}"))
            damage(copy / file, how)
            yield Case(copy, file, how)


def short(file: str) -> str:
    """A file's name without what differs from index to index."""
    parts = file.split("/")
    if parts[0] == "originals":
        return "originals/..."
    return "/".join(p for p in parts[3:] or parts[2:] if len(p) != 36) if parts[0] == "versions" else file


@pytest.mark.slow
def test_damage_to_any_file_is_found_and_never_answered_from(index: Path, tmp_path: Path) -> None:
    whole = Case(Path(shutil.copytree(index, tmp_path / "whole")), "", "none")
    tried = [whole, *cases(index, tmp_path / "damaged")]
    seen: dict[Case, Seen] = {}
    for outcome in sandbox.run(look_at, tried, [c.name for c in tried], 1, 120, 16_000):
        seen[tried[outcome.index]] = outcome.result or Seen(str(outcome.error), str(outcome.error), "")
    good = seen.pop(whole)
    assert (good.check, good.start) == ("", "") and "40 families" in good.answer
    lines = [f"{'file':<38}{'damage':<11}{'check':<7}{'start':<7}"]
    lines += [
        f"{short(case.file):<38}{case.damage:<11}{'found' if told.check else '-':<7}"
        f"{'told' if told.start else 'same' if told.answer == good.answer else 'OTHER':<7}"
        for case, told in seen.items()
    ]
    sys.stdout.write("\n" + "\n".join(lines) + f"\n{len(seen)} cases\n")
    assert [(short(c.file), c.damage) for c, told in seen.items() if not told.check] == []
    assert [
        (short(c.file), c.damage) for c, told in seen.items() if not told.start and told.answer != good.answer
    ] == []
    untold = [c for c, told in seen.items() if not told.start and not c.file.startswith("originals/")]
    assert untold == []
    for told in seen.values():
        for sentence in filter(None, (told.check, told.start)):
            assert "\n" not in sentence and "Traceback" not in sentence
    assert len(seen) > 60


@pytest.mark.parametrize("how", ["flipped"] if not os.environ.get("ALL_DAMAGE") else DAMAGES)
def test_repair_needs_no_original(
    index: Path, quick: Settings, how: str, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file after another of the same index: each time it is whole again, or the papers have to be added again."""
    kept = Path(shutil.copytree(index, index.parent / "kept"))
    before = facts_of(index)
    told = {}
    for file in [f for f in files_of(index) if not f.startswith("originals/")]:
        shutil.rmtree(index)
        shutil.copytree(kept, index)
        shutil.rmtree(index / "originals")
        if not (index / file).stat().st_size:
            continue
        damage(index / file, how)
        embedded.clear()
        try:
            pipeline.rebuild(index, quick)
            assert facts_of(index) == before and embedded
            told[short(file)] = "rebuilt"
        except IndexFault as fault:
            assert str(fault).endswith("`python -m ingest add FOLDER --index NEW_FOLDER`.")
            told[short(file)] = "add again"
    assert {file for file, what in told.items() if what == "add again"} == set(store.PAPERS)
    assert {"CURRENT", "manifest.json", "columns.npz", "chroma/chroma.sqlite3", "words.npz"} <= set(told)


def test_an_index_without_documents_can_be_repaired(index: Path, quick: Settings) -> None:
    pipeline.remove(list(PAPERS), index, quick)
    damage(store.current(index) / "manifest.json", "emptied")
    pipeline.rebuild(index, quick)
    assert facts_of(index) == []


def facts_of(index: Path) -> list[object]:
    """All that an index says: its documents and its passages."""
    folder = store.current(index)
    rows = store.Rows(folder)
    assert store.read_manifest(folder).fingerprint == folder.name.partition("-")[0]
    return [*(rows.stored(n) for n in range(len(rows.documents))), *(rows.passage(n) for n in range(len(rows)))]


def test_check_tells_and_repairs_what_damage_leaves(
    index: Path, embedded: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command: the vector store gone, then an original, which only its file can replace."""

    def prove(folder: Path, name: str, settings: Settings, look: object = None) -> None:
        if fault := fault_anywhere(folder, name, settings):
            raise IndexFault(fault)

    monkeypatch.setattr("ingest.index.version.prove", prove)
    next(store.current(index).rglob("chroma.sqlite3")).unlink()
    assert main(["check", "--index", str(index)]) == 1
    assert capsys.readouterr().err.endswith("run `python -m ingest check --repair`.\n")
    assert main(["check", "--repair", "--index", str(index)]) == 0
    assert main(["check", "--index", str(index)]) == 0
    capsys.readouterr()
    original = next((index / "originals").iterdir())
    damage(original, "flipped")
    for arguments in (["check"], ["check", "--repair"]):
        assert main([*arguments, "--index", str(index)]) == 1
        assert "The kept original of" in capsys.readouterr().err
    pipeline.add([index.parent / "papers"], index, Settings())
    assert main(["check", "--index", str(index)]) == 0


def test_a_page_that_is_open_gives_no_wrong_quote_when_its_papers_change(index: Path) -> None:
    """Damage under a running page: a changed word is refused, since each quote is read again from its page."""
    from chatbot.conversation import Assistant

    folder = store.Rows(store.current(index)).segments[0]
    for file in ("pages.jsonl", "passages.jsonl"):
        assistant = Assistant(index, Settings(), HashEmbedder(Settings().model))
        whole = (folder / file).read_bytes()
        with open(folder / file, "r+b") as opened:  # in place, as a disk does it
            opened.seek(whole.index(b"40 families"))
            opened.write(b"90")
        with pytest.raises(QuoteError, match="not on its page"):
            assistant.answer(QUESTION)
        (folder / file).write_bytes(whole)
        again = Assistant(index, Settings(), HashEmbedder(Settings().model))
        assert "40 families" in plain_text(again.answer(QUESTION))
