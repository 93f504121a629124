"""The commands of `python -m ingest`: data on stdout, progress and messages on stderr."""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest import settings
from ingest.cli import as_line, progress_bar, shown
from ingest.errors import IndexFault
from ingest.facts import doubt
from ingest.index import store
from ingest.records import Fact, collapse, pages_in_words
from ingest.registry import kinds


def add_documents(arguments: argparse.Namespace) -> int:
    """`add`: exit code 1 where any document failed."""
    from ingest import pipeline

    options = settings.chosen(arguments)
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
        result = pipeline.remove(arguments.documents, Path(arguments.index), settings.chosen(arguments), progress)
    _print_result(result, False)
    return 0


def _print_result(result: Any, as_json: bool) -> None:
    from ingest import pipeline

    if as_json:
        print(as_line(pipeline.rows_as_json(result)))
        return
    print(f"{'Status':<10}{'Passages':>9}{'New':>6}  Document")
    for row in result.rows:
        new = str(row.embedded) if row.status in ("added", "updated") else ""
        print(f"{row.status:<10}{row.passages or '':>9}{new:>6}  {shown(row.document)}")
        for line in _wrapped(row.reason, indent=27):
            print(line)
    print(_summary(result.rows))
    print(f"Index {result.fingerprint or 'not made'}.", file=sys.stderr)


def _wrapped(text: str, indent: int) -> list[str]:
    """Lines that fit the terminal, never broken inside a word."""
    width = max(60, shutil.get_terminal_size().columns)
    margin = " " * indent
    return textwrap.wrap(
        shown(text),
        width,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _summary(rows: Sequence[Any]) -> str:
    """How many documents went which way."""
    counts = Counter(row.status for row in rows)
    told = ", ".join(f"{count} {status}" for status, count in counts.items()) or "no documents found"
    return f"{told}. Passages: {sum(r.passages for r in rows)}, of them new: {sum(r.embedded for r in rows)}."


def document_row(document: store.StoredDocument) -> dict[str, Any]:
    """A document as `list --json` prints it."""
    facts = asdict(document.facts)
    return {
        "document": facts.pop("document"),
        "title": facts.pop("title"),
        "kind": facts.pop("kind"),
        "areas": list(facts.pop("areas")),
        **{key: value for key, value in facts.items() if key != "stated"},
        "stated": [_stated(fact, document) for fact in document.facts.stated],
        "pages": len(document.pages),
        "passages": document.count,
        "sha256": document.sha256,
        "publisher_basis": doubt.publisher_basis(document.facts.url, document.supplied),
    }


def _stated(fact: Fact, document: store.StoredDocument) -> dict[str, Any]:
    """A fact with the words it was read from and the page they begin on (null where the format has no pages)."""
    words = " ".join(document.pages[s.page].text[s.start : s.end] for s in fact.spans)
    page = document.pages[fact.spans[0].page].number if fact.spans else None
    return {"name": fact.name, "value": fact.value, "page": page, "words": collapse(words)}


def list_documents(arguments: argparse.Namespace) -> int:
    """`list`."""
    rows = store.opened(Path(arguments.index), lambda folder: store.Rows(folder))
    stored = [rows.stored(n) for n in range(len(rows.documents))]
    rivals = doubt.rivals([document.facts for document in stored])
    made = rows.manifest.made
    documents = [
        document_row(d) | {"rivals": list(rivals.get(d.facts.document, ())), "ahead": doubt.ahead(d.facts, made)}
        for d in stored
    ]
    if arguments.json:
        for row in documents:
            print(as_line(row))
        return 0
    for row in documents:
        print(shown(row["document"]))
        for line in _wrapped(" · ".join(_facts(row)), indent=4):
            print(line)
    return 0


def _facts(row: dict[str, Any]) -> list[str]:
    """What a person wants to see of a document at a glance."""
    inspection = row["inspection"] or {}
    dated = f"{row['date']} ({row['date_basis']})" if row["date"] else "date not stated"
    return [
        ", ".join(row["areas"]) or "no area",
        row["kind"].replace("_", " "),
        dated,
        *([inspection["outcome"].replace("_", " ")] if inspection.get("outcome") else []),
        *([f"{row['pages']} pages"] if row["pages"] > 1 else []),
        f"{row['passages']} passages",
        *([f"{pages_in_words(row['scanned_pages']).lower()} read by OCR"] if row["scanned_pages"] else []),
        *([f"{pages_in_words(row['unread_pages']).lower()} not read: pictures"] if row["unread_pages"] else []),
        *([f"publisher {row['publisher_basis']}"] if kinds.kind(row["kind"]).full else []),
        *([f"the same inspection as {', '.join(row['rivals'])}"] if row["rivals"] else []),
        *(["of a time after it came here"] if row["ahead"] else []),
    ]


def check_documents(arguments: argparse.Namespace) -> int:
    """`check`: proves the index; with `--repair` rebuilds it from its passages where it is damaged."""
    from ingest import pipeline
    from ingest.index.integrity import fault_anywhere
    from ingest.index.version import prove

    index, options = Path(arguments.index), settings.chosen(arguments)
    try:
        folder = store.current(index)
        prove(folder, folder.name, options, fault_anywhere)
        _prove_model(index, folder, options)
    except IndexFault:
        if not arguments.repair:
            raise
        with progress_bar() as progress:
            result = pipeline.rebuild(index, options, progress)
        if result.rows:
            _print_result(result, False)
        print(f"The index has been rebuilt from its own papers: index {result.fingerprint}.")
        return 0
    _check_originals(index, folder, arguments.repair)
    manifest = store.read_manifest(folder)
    print(
        f"The index is whole: {manifest.documents} documents, {manifest.pages} pages, {manifest.passages} passages, "
        f"model {manifest.model}, index {manifest.fingerprint}."
    )
    return 0


def _prove_model(index: Path, folder: Path, options: settings.Settings) -> None:
    """Raises IndexFault where the index was made with another model than questions are read with."""
    from ingest.encoder.model import locate

    manifest = store.read_manifest(folder)
    if manifest.passages and manifest.model_sha256 != locate(options.model).sha256:
        raise IndexFault(
            f"The index in {index} was made with the model {manifest.model}, which is no longer in use: "
            "run `python -m ingest check --repair`."
        )


def _check_originals(index: Path, folder: Path, repair: bool) -> None:
    """Raise IndexFault where the kept original of a document is damaged; the next `add` of its file keeps it anew."""
    from ingest.index.integrity import damaged_originals

    damaged = damaged_originals(index, store.Rows(folder))
    if repair:
        for _, path in damaged:
            path.unlink(missing_ok=True)
    if damaged:
        raise IndexFault(
            f"The kept original of {damaged[0][0]} is damaged or missing ({len(damaged)} in all): answers stay right, "
            "but its pages cannot be shown: add the file again after `python -m ingest check --repair`."
        )


def show_documents(arguments: argparse.Namespace) -> int:
    """`show`: the passages of one document, for a person checking how it was cut."""
    rows = store.opened(Path(arguments.index), lambda folder: store.Rows(folder))
    number = next((i for i, d in enumerate(rows.documents) if d["facts"]["document"] == arguments.document), None)
    if number is None:
        raise IndexFault(
            f"The index has no document {arguments.document!r}: `python -m ingest list` shows what it has."
        )
    document = rows.stored(number)
    passages = [rows.passage(i) for i in range(document.first, document.first + document.count)]
    if arguments.json:
        for passage in passages:
            print(as_line(store.passage_row(passage)))
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
