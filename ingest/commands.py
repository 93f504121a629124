"""The commands of `python -m ingest`: data on stdout, progress and messages on stderr."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest import settings, store
from ingest.errors import IndexFault
from ingest.shell import progress_bar

STATUS_STYLE = {"failed": "bold red", "skipped": "yellow", "added": "green", "updated": "green"}


def add_documents(arguments: argparse.Namespace) -> int:
    """`add`: exit code 1 where any document failed."""
    from ingest import pipeline

    options = settings.load(arguments.settings)
    with progress_bar() as progress:
        result = pipeline.add(
            [Path(p) for p in arguments.paths],
            Path(arguments.index),
            options,
            Path(arguments.sources) if arguments.sources else None,
            progress,
        )
    _print_result(result, arguments.json)
    return 1 if result.failed else 0


def remove_documents(arguments: argparse.Namespace) -> int:
    """`remove`."""
    from ingest import pipeline

    with progress_bar() as progress:
        result = pipeline.remove(
            arguments.documents, Path(arguments.index), settings.load(arguments.settings), progress
        )
    _print_result(result, False)
    return 0


def _print_result(result: Any, as_json: bool) -> None:
    from ingest import pipeline

    if as_json:
        print(json.dumps(pipeline.rows_as_json(result), ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=None, show_edge=False)
    for column in ("Document", "Status", "Passages", "New", "Remarks"):
        table.add_column(column, justify="right" if column in ("Passages", "New") else "left", overflow="fold")
    for row in result.rows:
        style = STATUS_STYLE.get(row.status, "")
        count = str(row.passages) if row.passages else ""
        new = str(row.embedded) if row.status in ("added", "updated") else ""
        table.add_row(row.document, f"[{style}]{row.status}[/]" if style else row.status, count, new, row.reason)
    Console().print(table)
    print(f"Index {result.fingerprint or 'not made'}.", file=sys.stderr)


def document_row(document: store.StoredDocument) -> dict[str, Any]:
    """A document as `list --json` prints it."""
    facts = asdict(document.facts)
    return {
        "document": facts.pop("document"),
        "title": facts.pop("title"),
        "kind": facts.pop("kind"),
        "areas": list(facts.pop("areas")),
        **facts,
        "pages": len(document.pages),
        "passages": document.count,
        "sha256": document.sha256,
    }


def list_documents(arguments: argparse.Namespace) -> int:
    """`list`."""
    rows = store.Rows(store.current(Path(arguments.index)), vectors=False)
    documents = [document_row(rows.stored(n)) for n in range(len(rows.documents))]
    if arguments.json:
        for row in documents:
            print(json.dumps(row, ensure_ascii=False))
        return 0
    from rich.console import Console
    from rich.table import Table

    table = Table(show_edge=False)
    for column in ("Document", "Kind", "Area", "Date", "Basis", "Outcome", "Pages", "Passages"):
        table.add_column(column, overflow="fold")
    for row in documents:
        outcome = (row["inspection"] or {}).get("outcome") or ""
        table.add_row(
            row["document"],
            row["kind"],
            ", ".join(row["areas"]),
            row["date"] or "",
            row["date_basis"],
            outcome.replace("_", " "),
            str(row["pages"]),
            str(row["passages"]),
        )
    Console().print(table)
    return 0


def check_documents(arguments: argparse.Namespace) -> int:
    """`check`: proves the index; with `--repair` rebuilds it from its passages where it is damaged."""
    from ingest import pipeline
    from ingest.version import prove

    index, options = Path(arguments.index), settings.load(arguments.settings)
    try:
        folder = store.current(index)
        prove(folder, folder.name, options)
    except IndexFault:
        if not arguments.repair:
            raise
        with progress_bar() as progress:
            result = pipeline.rebuild(index, options, progress)
        print(f"The index was damaged and has been rebuilt from its passages: index {result.fingerprint}.")
        return 0
    manifest = store.read_manifest(folder)
    print(
        f"The index is whole: {manifest.documents} documents, {manifest.pages} pages, {manifest.passages} passages, "
        f"model {manifest.model}, index {manifest.fingerprint}."
    )
    return 0


def show_documents(arguments: argparse.Namespace) -> int:
    """`show`: the passages of one document, for a person checking how it was cut."""
    rows = store.Rows(store.current(Path(arguments.index)), vectors=False)
    number = next((i for i, d in enumerate(rows.documents) if d["facts"]["document"] == arguments.document), None)
    if number is None:
        raise IndexFault(
            f"The index has no document {arguments.document!r}: `python -m ingest list` shows what it has."
        )
    document = rows.stored(number)
    passages = [rows.passage(i) for i in range(document.first, document.first + document.count)]
    if arguments.json:
        for passage in passages:
            print(json.dumps(store.passage_row(passage), ensure_ascii=False))
        return 0
    from rich.console import Console
    from rich.text import Text

    console = Console()
    section = None
    for passage in passages:
        if passage.section != section:
            section = passage.section
            console.print(Text(f"\n{section or '(before the first heading)'}", style="bold underline"))
        pages = "p." + "-".join(map(str, passage.pages)) if passage.pages else ""
        marks = [
            pages,
            f"para {passage.number}" if passage.number else "",
            passage.kind,
            passage.speaker,
            passage.polarity if passage.polarity != "neutral" else "",
        ]
        console.print(Text(f"  [{passage.ordinal}] " + ", ".join(m for m in marks if m), style="dim"))
        if passage.lead_in:
            console.print(Text(f"      ({passage.lead_in})", style="italic"))
        console.print(Text(f"      {passage.text}"))
    return 0
