"""Which files are read, and what is told of the others."""

import os
import sys
from pathlib import Path

import pytest

from ingest.intake.discover import discover


def reasons(paths: list[Path], max_mb: int = 1) -> dict[str, tuple[str, bool]]:
    return {r.name: (r.reason, r.failed) for r in discover(paths, max_mb).refused}


def test_folders_are_walked_and_the_rest_is_told(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "a.md").write_text("# A")
    (tmp_path / "b.txt").write_text("B")
    (tmp_path / "photo.png").write_bytes(b"x")
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    (tmp_path / ".hidden.txt").write_text("x")
    (tmp_path / "sources.toml").write_text("")
    (tmp_path / "~$lock.docx").write_bytes(b"x")
    assert [file.name for file in discover([tmp_path], 1).files] == ["b.txt", "a.md"]
    told = reasons([tmp_path])
    assert "not read" in told["photo.png"][0] and not told["photo.png"][1]
    assert set(told) == {"photo.png", "Thumbs.db", ".hidden.txt", "~$lock.docx"}


def test_the_same_bytes_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("same")
    (tmp_path / "b.txt").write_text("same")
    assert [file.name for file in discover([tmp_path], 1).files] == ["a.txt"]
    assert reasons([tmp_path])["b.txt"] == ("The same file as a.txt, read once.", False)


def test_a_file_named_twice_is_no_news(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("same")
    found = discover([tmp_path, tmp_path / "a.txt"], 1)
    assert (len(found.files), found.refused) == (1, ())


def test_two_files_of_one_name_keep_their_folders(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "minutes.txt").write_text(folder)
    assert [file.name for file in discover([tmp_path], 1).files] == ["one/minutes.txt", "two/minutes.txt"]
    (tmp_path / "minutes.txt").write_text("three")
    assert {file.name for file in discover([tmp_path], 1).files} == {
        "minutes.txt",
        "one/minutes.txt",
        "two/minutes.txt",
    }


def test_two_folders_of_one_way_are_told_apart(tmp_path: Path) -> None:
    for folder in ("north/papers", "south/papers", "old", "new"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "minutes.txt").write_text(folder)
    found = discover([tmp_path / "old", tmp_path / "new"], 1)
    assert [file.name for file in found.files] == ["old/minutes.txt", "new/minutes.txt"]
    found = discover([tmp_path / "north" / "papers", tmp_path / "south" / "papers"], 1)
    assert found.files == () and all(refused.failed for refused in found.refused)


def test_facts_in_a_deeper_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "sources.toml").write_text("")
    assert "only from the folder" in reasons([tmp_path])["deep/sources.toml"][0]


def test_empty_too_large_and_missing_files_fail(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "large.txt").write_bytes(b"x" * 1_000_001)
    told = reasons([tmp_path, tmp_path / "nowhere"])
    assert told["empty.pdf"] == ("The file is empty: fetch it again.", True)
    assert "larger than 1 MB" in told["large.txt"][0]
    assert told[str(tmp_path / "nowhere")][1]


LINKS = {  # name of a link or pipe: where it leads (None: a pipe), and what is told; empty where nothing needs to be
    "inside.md": ("a.md", ""),
    "there-and-back.md": ("../other/back.md", ""),
    "to-the-other-folder-given.md": ("../given/b.md", ""),
    "out.md": ("../other/secret.md", "out of the folder"),
    "folder": ("../other", "to a folder"),
    "up": ("..", "to a folder"),
    "loop.md": ("loop.md", "to nothing"),
    "lost.md": ("gone.md", "to nothing"),
    "pipe.md": (None, "pipe or device"),
    ".#a.md": ("someone@host.77", "to nothing"),  # an editor's lock
}


@pytest.mark.parametrize("name", LINKS)
def test_no_link_leads_to_what_was_not_given(name: str, tmp_path: Path) -> None:
    for paper in ("papers/a.md", "given/b.md", "other/secret.md"):
        (tmp_path / paper).parent.mkdir()
        (tmp_path / paper).write_text(paper)
    (tmp_path / "other" / "back.md").symlink_to(tmp_path / "papers" / "a.md")
    target, told = LINKS[name]
    path = tmp_path / "papers" / name
    path.symlink_to(target) if target else os.mkfifo(path)
    found = discover([tmp_path / "papers", tmp_path / "given"], 1)
    assert [file.name for file in found.files] == ["a.md", "b.md"]
    assert [refused.name for refused in found.refused] == ([name] if told else [])
    assert all(told in refused.reason and refused.failed != name.startswith(".") for refused in found.refused)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS makes no such names")
def test_a_name_of_bytes_that_are_no_characters_is_told(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/report-\xff.txt", "w") as file:
        file.write("words")
    found = discover([tmp_path], 10)
    assert not found.files and found.refused[0].failed
    assert found.refused[0].name == "report-\\udcff.txt" and "another name" in found.refused[0].reason
