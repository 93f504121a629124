"""Which licences may be among the packages, and that a package of another one stops CI."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from tests.operate.scripts import ci_script


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    return ci_script("licences")


@pytest.mark.parametrize(
    ("told", "fine"),
    [
        ("MIT", True), ("BSD-3-Clause AND 0BSD AND Zlib AND CC0-1.0", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("ISC License (ISCL)", True), ("GPL-3.0-only OR MIT", True), ("Apache-2.0 WITH LLVM-exception", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True), ("GPL-3.0-or-later", False),
        ("MIT AND GPL-2.0", False),
        ("AGPL-3.0", False), ("MIT License; GNU General Public License v3 (GPLv3)", False),
        ("Proprietary", False), ("", False),
    ],
)  # fmt: skip
def test_what_may_be_among_the_packages(licences: ModuleType, told: str, fine: bool) -> None:
    assert licences.allowed(told) is fine


def test_every_package_that_is_here_is_allowed_or_explained(licences: ModuleType) -> None:
    assert licences.main() == 0


def test_another_licence_stops_it(
    licences: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(licences, "licence", lambda name: "AGPL-3.0" if name == "numpy" else None)
    assert licences.main() == 1
    assert "NOT ALLOWED  numpy: AGPL-3.0" in capsys.readouterr().out
    monkeypatch.setattr(licences, "licence", lambda name: None)
    assert licences.main() == 1  # nothing looked at is nothing found
