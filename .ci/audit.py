"""Ask the package index what is known against the pinned versions; every finding wants a mending or a reason.

Runs pip-audit in an environment of its own, so that its packages never touch the product's. Ends with 1 where a finding
has no reason in audit.toml, and with 0 where there is none or where no advisories can be reached, which is said.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
TOOL = "pip-audit==2.10.1"
SECONDS = 200  # for each of three steps
FEWEST = 0.5  # below this share of packages looked up, nothing was learnt


class UnreachableError(Exception):
    """No advisories could be had; the message says why."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A published weakness of a pinned package, under all its names."""

    package: str
    version: str
    names: frozenset[str]
    fixed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding we live with: why, and until when it stands without being looked at again."""

    package: str
    names: frozenset[str]
    reason: str
    until: date

    def covers(self, finding: Finding, today: date) -> bool:
        """Whether this explains the finding today."""
        return self.package == finding.package and bool(self.names & finding.names) and today <= self.until


def exceptions(path: Path) -> list[Reason]:
    """The explained exceptions. Raises KeyError, TypeError or ValueError where one lacks its reason or date."""
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("exception", [])
    found = [Reason(r["package"].lower(), frozenset(r["ids"]), r["reason"].strip(), r["until"]) for r in rows]
    if not all(e.names and e.reason and isinstance(e.until, date) for e in found):
        raise ValueError(f"{path.name}: every exception wants ids, a reason and a date.")
    return found


def findings(report: str) -> list[Finding]:
    """What a report of pip-audit holds. Raises UnreachableError where it looked up too little to mean anything."""
    try:
        packages = json.loads(report)["dependencies"]
        looked_up = [p for p in packages if "vulns" in p]
        found = [
            Finding(
                p["name"].lower(), p["version"], frozenset([v["id"], *v.get("aliases", [])]), tuple(v["fix_versions"])
            )
            for p in looked_up
            for v in p["vulns"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise UnreachableError(f"pip-audit gave no report ({type(error).__name__})") from error
    if len(looked_up) < FEWEST * len(packages) or not packages:
        raise UnreachableError(f"only {len(looked_up)} of {len(packages)} packages could be looked up")
    return found


def verdict(found: Sequence[Finding], known: Sequence[Reason], today: date) -> tuple[list[str], int]:
    """What to say, and the exit code."""
    lines, code = [], 0
    for finding in found:
        reason = next((e.reason for e in known if e.covers(finding, today)), "")
        name = f"{finding.package} {finding.version}: {', '.join(sorted(finding.names))}"
        fixed = f" Mended in {', '.join(finding.fixed)}." if finding.fixed else " No mended release is known."
        lines.append(f"known      {name}. {reason}" if reason else f"NOT KNOWN  {name}.{fixed}")
        code = code if reason else 1
    for exception in known:
        if not any(exception.names & f.names and exception.package == f.package for f in found):
            lines.append(
                f"no longer  {exception.package}: {', '.join(sorted(exception.names))} can go from audit.toml."
            )
    return lines, code


def asked(tool: Path) -> str:
    """The report on constraints.txt. Raises UnreachableError."""
    wanted = ["-r", str(ROOT / "constraints.txt"), "--no-deps", "--disable-pip", "--progress-spinner", "off"]
    python = tool / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(tool)], check=True, timeout=SECONDS, capture_output=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", TOOL]
        subprocess.run(install, check=True, timeout=SECONDS, capture_output=True)
        command = [str(python), "-m", "pip_audit", *wanted, "--timeout", "15", "--format", "json"]
        return subprocess.run(command, timeout=SECONDS, capture_output=True, text=True).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise UnreachableError(f"pip-audit could not be run ({type(error).__name__})") from error


def main() -> int:
    """The audit; 0 also where nobody can be asked."""
    known = exceptions(HERE / "audit.toml")
    try:
        found = findings(asked(ROOT / "build" / "audit"))
    except UnreachableError as error:
        print(f"Audit of packages: NOT DONE, {error}. Run it where a package index with advisories can be reached.")
        return 0
    lines, code = verdict(found, known, date.today())
    print("\n".join([f"Audit of packages: {len(found)} published weaknesses of pinned versions.", *lines]))
    return code


if __name__ == "__main__":
    sys.exit(main())
