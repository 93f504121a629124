"""A hundred and fifty damaged documents of every kind: each is read truly or refused in one sentence.

More of them: `FUZZ_FILES=3000 python -m pytest tests/ingest/test_fuzz.py -s`; `FUZZ_FIRST` moves on to others, and
`FUZZ_SEEDS` names a folder of more documents to damage.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from ingest import pool
from ingest.discover import TYPES
from tests.conftest import SAMPLE
from tests.ingest.fuzzing import Mutant, Told, read_mutant
from tests.ingest.making import Pdf

FILES = int(os.environ.get("FUZZ_FILES", "150"))
FIRST = int(os.environ.get("FUZZ_FIRST", "0"))
SEEDS = os.environ.get("FUZZ_SEEDS", "")
SECONDS, MEMORY_MB = 60, 2000  # of one file


def seeds(folder: Path) -> dict[str, list[Path]]:
    """Documents to be damaged by the reader they go to; a small PDF among them, where most damage is felt."""
    sheet = Pdf(running=["Elmshire Council", "Page #"]).heading("A letter of Elmshire")
    for number in range(6):
        sheet.paragraph(f"Paragraph {number} says that families waited.", "They waited for long-", "term help.")
    (folder / "small.pdf").write_bytes(sheet.bullet("one of two", "and more").page().line("End.").data())
    found = defaultdict(list)
    for root in (folder, SAMPLE, *([Path(SEEDS)] if SEEDS else [])):
        for path in sorted(root.iterdir()):
            if path.suffix.lower() in TYPES and path.name != "README.md":
                found[TYPES[path.suffix.lower()]].append(path)
    return found


def chosen(folder: Path) -> list[Mutant]:
    """The mutants of this run, the readers in turn and the documents of each in turn."""
    by_media = list(seeds(folder).values())
    turns = [(n, by_media[n % len(by_media)], n // len(by_media)) for n in range(FIRST, FIRST + FILES)]
    return [Mutant(paths[turn % len(paths)], n) for n, paths, turn in turns]


def table(told: dict[str, list[Told]]) -> str:
    """What became of the mutants, a line for each reader."""
    lines = [f"{'reader':<10}{'files':>7}{'read':>7}{'refused':>9}{'slowest s':>11}{'peak MB':>9}{'faults':>8}"]
    for media, rows in told.items():
        counts = [sum(r.outcome == outcome for r in rows) for outcome in ("read", "refused")]
        slowest, peak = max(r.seconds for r in rows), max(r.peak_mb for r in rows)
        lines.append(
            f"{media:<10}{len(rows):>7}{counts[0]:>7}{counts[1]:>9}{slowest:>11.1f}{peak:>9}"
            f"{sum(bool(r.faults) for r in rows):>8}"
        )
    return "\n".join(lines)


@pytest.mark.slow
def test_damaged_documents_are_read_truly_or_refused(tmp_path: Path) -> None:
    mutants = chosen(tmp_path)
    told: dict[str, list[Told]] = defaultdict(list)
    faults = []
    for outcome in pool.run(read_mutant, mutants, [m.name for m in mutants], 2, SECONDS, MEMORY_MB):
        mutant = mutants[outcome.index]
        result = outcome.result or Told("refused", SECONDS, 0, (str(outcome.error),))
        told[mutant.media].append(result)
        faults += [f"{mutant.seed.name} {mutant.number}: {fault}" for fault in result.faults]
    sys.stdout.write(f"\n{table(told)}\n")
    assert faults == []
    assert sum(map(len, told.values())) == FILES
    assert all(any(r.outcome == "read" for r in rows) for rows in told.values())
