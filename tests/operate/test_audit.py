"""What the audit of packages says and when it fails, on reports as pip-audit writes them. No network."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.operate.scripts import ci_script

TODAY = date(2026, 11, 22)
HOLE = {"id": "GHSA-x", "aliases": ["CVE-2026-45829"], "fix_versions": [], "description": "..."}
OTHER = {"id": "PYSEC-1", "aliases": [], "fix_versions": ["2.0"], "description": "..."}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    return ci_script("audit")


def report(*packages: tuple[str, list[dict[str, Any]] | None]) -> str:
    rows = [
        {"name": name, "skip_reason": "not found"} if found is None else {"name": name, "version": "1", "vulns": found}
        for name, found in packages
    ]
    return json.dumps({"dependencies": rows, "fixes": []})


def judged(audit: ModuleType, text: str, today: date = TODAY) -> tuple[str, int]:
    lines, code = audit.verdict(audit.findings(text), audit.exceptions(ROOT / ".ci" / "audit.toml"), today)
    return "\n".join(lines), code


def test_a_finding_without_a_reason_fails(audit: ModuleType) -> None:
    said, code = judged(audit, report(("fastapi", [OTHER]), ("chromadb", [HOLE])))
    assert code == 1 and "NOT KNOWN  fastapi 1: PYSEC-1. Mended in 2.0." in said
    assert "known      chromadb 1: CVE-2026-45829, GHSA-x. It is in Chroma's Python server" in said


def test_explained_findings_and_none_pass(audit: ModuleType) -> None:
    assert judged(audit, report(("Chromadb", [HOLE])))[1] == 0
    said, code = judged(audit, report(("fastapi", [])))
    assert code == 0 and "can go from audit.toml" in said


def test_a_reason_holds_for_its_package_and_until_its_date(audit: ModuleType) -> None:
    assert judged(audit, report(("other", [HOLE])))[1] == 1
    assert judged(audit, report(("chromadb", [HOLE])), date(2030, 1, 1))[1] == 1


@pytest.mark.parametrize("text", ["", "not json", "{}", "[]", report(), report(("a", None), ("b", None), ("c", []))])
def test_no_advisories_is_not_the_same_as_no_findings(audit: ModuleType, text: str) -> None:
    with pytest.raises(audit.UnreachableError):
        audit.findings(text)


def test_it_is_said_and_goes_on_where_nobody_can_be_asked(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "asked", lambda tool: "")
    assert audit.main() == 0 and "NOT DONE" in capsys.readouterr().out


@pytest.mark.parametrize("lacks", ["reason", "until", "ids"])
def test_an_exception_without_its_reason_is_refused(audit: ModuleType, tmp_path: Path, lacks: str) -> None:
    lines = {"package": '"a"', "ids": '["b"]', "reason": '"c"', "until": "2027-01-01"}
    text = "[[exception]]\n" + "\n".join(f"{key} = {value}" for key, value in lines.items() if key != lacks)
    (tmp_path / "audit.toml").write_text(text, encoding="utf-8")
    with pytest.raises((KeyError, ValueError)):
        audit.exceptions(tmp_path / "audit.toml")
