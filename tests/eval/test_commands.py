"""The commands as an evaluator types them: exit codes, one sentence on stderr, data on stdout."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from eval.__main__ import main
from tests.conftest import ROOT, SAMPLE
from tests.eval.building import Scripted
from tests.eval.test_runs import GOOD, ROWS, run

EXAMPLE = ROOT / "eval" / "golden" / "example.csv"


@pytest.fixture
def server() -> Iterator[str]:
    """A server that answers the three questions as the contract has it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps(GOOD[asked["id"]]).encode() if self.path == "/api/answer" else b""
            self.send_response(200 if body else 404)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Stay quiet."""

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """The three questions as a file."""
    path = tmp_path / "golden.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


@pytest.mark.slow
def test_from_a_spreadsheet_of_ten_questions_to_a_report(tmp_path: Path, sample_index: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    with open(EXAMPLE, encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save(tmp_path / "mine.xlsx")
    assert main(["check", str(tmp_path / "mine.xlsx"), "--index", str(sample_index)]) == 0
    common = ["run", "--golden", str(tmp_path / "mine.xlsx"), "--index", str(sample_index)]
    assert main([*common, "--output", str(tmp_path / "run"), "--baseline", str(SAMPLE)]) == 0
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert page.count("<details") == 10 and "plain LlamaIndex (outlined)" in page
    ours, plain = (json.loads((tmp_path / "run" / f / "metrics.json").read_text()) for f in ("", "baseline"))
    assert ours["questions"] == plain["questions"] == 10
    assert not ours["failed"] and not plain["failed"]
    assert plain["metrics"]["refused_when_not"]["value"] == 0
    assert ours["metrics"]["quote_exactness"]["n"] > 0 and "quote_exactness" not in plain["metrics"]


def test_a_running_server_is_put_the_same_questions(tmp_path: Path, questions: Path, server: str) -> None:
    assert main(["run", "--golden", str(questions), "--output", str(tmp_path / "run"), "--url", server]) == 0
    assert json.loads((tmp_path / "run" / "run.json").read_text())["system"] == f"server at {server}"


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "file:///etc/passwd"])
def test_a_server_that_is_none(tmp_path: Path, questions: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--golden", str(questions), "--output", str(tmp_path / "run"), "--url", url]) == 1
    assert url in capsys.readouterr().err


def test_score_show_and_compare_work_on_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(run(tmp_path, Scripted(GOOD)).folder)
    gate = str(ROOT / "eval" / "gate.toml")
    assert main(["score", folder]) == 0
    assert main(["score", folder, "--gate", gate]) == 1
    assert "quote_exactness) could not be measured" in capsys.readouterr().err
    assert main(["show", folder]) == main(["show", folder, "q1"]) == 0
    assert "52 weeks" in capsys.readouterr().out
    assert main(["compare", folder, folder, "--output", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "compare.html").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "nowhere"], ["score", "nowhere"], ["compare", "nowhere", "nowhere"], ["check", "nowhere.csv"],
        ["draft", "nowhere.jsonl", "--output", "x.xlsx"], ["run", "--golden", "nowhere.csv", "--output", "x"],
        ["run", "--golden", str(EXAMPLE), "--output", "x", "--index", "nowhere"],
        ["calibrate", "--golden", str(EXAMPLE), "--weight", "0"],
    ],
)  # fmt: skip
def test_failures_are_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    told = capsys.readouterr().err.strip()
    assert told.endswith((".", "first.")) and "Traceback" not in told and len(told.splitlines()) == 1
    with pytest.raises(Exception, match="."):
        main(["--debug", *arguments])


def test_wrong_usage_is_exit_code_2() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["run"])
    assert stopped.value.code == 2


def test_every_command_is_documented() -> None:
    text = (ROOT / "eval" / "README.md").read_text(encoding="utf-8")
    for command in ("run", "score", "check", "compare", "calibrate", "external", "perturb", "draft", "show"):
        assert f"eval {command}" in text
