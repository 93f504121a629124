"""Three hundred damaged documents of every kind: each is read truly or refused in one sentence.

More of them: `FUZZ_FILES=3000 python -m pytest tests/ingest/test_fuzz.py -s`; `FUZZ_FIRST` moves on to others, and
`FUZZ_SEEDS` names a folder of more documents to damage.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from ingest.intake import sandbox
from ingest.intake.discover import TYPES
from tests.conftest import SAMPLE
from tests.ingest import office
from tests.ingest.fuzzing import Mutant, Told, read_mutant
from tests.ingest.making import Pdf

FILES = int(os.environ.get("FUZZ_FILES", "300"))
FIRST = int(os.environ.get("FUZZ_FIRST", "0"))
SEEDS = os.environ.get("FUZZ_SEEDS", "")
SECONDS, MEMORY_MB = 60, 2000  # of one file


def seeds(folder: Path) -> dict[str, list[Path]]:
    """Documents to be damaged by the reader they go to; a small PDF among them, where most damage is felt."""
    sheet = Pdf(running=["Elmshire Council", "Page #"]).heading("A letter of Elmshire")
    for number in range(6):
        sheet.paragraph(f"Paragraph {number} says that families waited.", "They waited for long-", "term help.")
    (folder / "small.pdf").write_bytes(sheet.bullet("one of two", "and more").page().line("End.").data())
    for name, data in office_files().items():
        (folder / name).write_bytes(data)
    found = defaultdict(list)
    for root in (folder, SAMPLE, *([Path(SEEDS)] if SEEDS else [])):
        for path in sorted(root.iterdir()):
            if path.suffix.lower() in TYPES and path.name != "README.md":
                found[TYPES[path.suffix.lower()]].append(path)
    return found


def office_files() -> dict[str, bytes]:
    """A small file of each further format, with a table, a list and a heading where it has such."""

    def fill(slide: Any) -> None:
        slide.shapes.title.text = "Elmshire SEND board"
        slide.placeholders[1].text_frame.text = "Families waited for long-term help."
        table = slide.shapes.add_table(2, 2, 914400, 3_000_000, 4_000_000, 900_000).table
        table.cell(0, 0).text, table.cell(1, 0).text = "Term", "Autumn"

    rows = [
        ["Elmshire plan"],
        [],
        ["Ref", "Action", "Owner"],
        ["1", "Train all schools", "Council"],
        ["2", "Hire", 0.5],
    ]
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("Action", "Owner"))
    body = f"""<text:h text:outline-level="1">Elmshire plan</text:h>
    {"<text:p>Families <text:span>waited</text:span> for long-term help in the spring of 2025.</text:p>" * 20}
    <text:list><text:list-item><text:p>one of two</text:p></text:list-item></text:list>
    <table:table><table:table-row>{cells}</table:table-row><table:table-row>{cells}</table:table-row></table:table>"""
    rich = (
        rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 Arial;}}{\b Elmshire plan\par}Families {\super 2} waited at caf\'e9.\par"
    )
    mail = b"From: a@b.example\r\nSubject: Elmshire\r\nContent-Type: multipart/mixed;boundary=x\r\n\r\n"
    return {
        "small.pptx": office.slides(fill, fill),
        "small.xlsx": office.workbook(rows),
        "small.odt": office.odt(body),
        "small.rtf": rich + rb"\trowd\intbl Action\cell Owner\cell\row\pard{\listtext\'b7\tab}one of two\par}",
        "small.csv": b'Ref,Action,Owner\r\n1,"Train, all",Council\r\n2,Hire,Trust\r\n',
        "small.eml": mail + b"--x\r\nContent-Type: text/html\r\n\r\n<p>Families waited.</p>\r\n--x--\r\n",
    }


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
    for outcome in sandbox.run(read_mutant, mutants, [m.name for m in mutants], 2, SECONDS, MEMORY_MB):
        mutant = mutants[outcome.index]
        result = outcome.result or Told("refused", SECONDS, 0, (str(outcome.error),))
        told[mutant.media].append(result)
        faults += [f"{mutant.seed.name} {mutant.number}: {fault}" for fault in result.faults]
    sys.stdout.write(f"\n{table(told)}\n")
    assert faults == []
    assert sum(map(len, told.values())) == FILES
    assert all(any(r.outcome == "read" for r in rows) for rows in told.values())
