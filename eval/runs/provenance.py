"""What made a result: code, prompts, settings, index, questions, machine. Saved beside every run."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import prompts

ROOT = Path(prompts.__file__).parent.parent
ANSWERING = ("ingest", "chatbot", "prompts")
VERSION = re.compile(r"^#\s*version:\s*(\S+)", re.MULTILINE)


def file_sha256(path: Path) -> str:
    """The sha256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def source_hash() -> str:
    """Twelve characters that change with any code or words that an answer is made of, committed or not."""
    digest = hashlib.sha256()
    for package in ANSWERING:
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix in (".py", ".toml") and path.is_file() and "sample" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\x00" + path.read_bytes())
    return digest.hexdigest()[:12]


def prompt_versions() -> dict[str, str]:
    """The version that each file of words states in its first lines; "unknown" where it states none."""
    found = {}
    for path in sorted(prompts.FOLDER.glob("*.*")):
        if path.suffix != ".py" and path.is_file():
            head = path.read_text(encoding="utf-8", errors="replace")[:500]
            found[path.name] = match[1] if (match := VERSION.search(head)) else "unknown"
    return found


def code() -> dict[str, Any]:
    """The installed version, the commit and whether files differ from it (None outside a repository)."""
    try:
        version = metadata.version("send-chatbot")
    except metadata.PackageNotFoundError:
        version = None
    commit = _git("rev-parse", "HEAD")
    changed = bool(_git("status", "--porcelain", "--untracked-files=no")) if commit else None
    return {"version": version, "commit": commit or None, "changed": changed, "source": source_hash()}


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def machine() -> dict[str, Any]:
    """The machine, without its name; `cores` are those this process may use, `load` how busy it was just now."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "system": f"{platform.system()} {platform.release()}",
        "processor": _processor(),
        "cores": cores,
        "memory_gb": _memory(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        return next(line.split(":", 1)[1].strip() for line in info.splitlines() if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _memory() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (ValueError, OSError, AttributeError):
        return None


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
