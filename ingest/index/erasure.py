"""Looks for what is left of removed documents in the files of an index: a removal is proved, not assumed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Set
from dataclasses import asdict
from pathlib import Path

from ingest.prepare import Prepared

SAMPLE = 16  # characters that are looked for...
STEP = 8  # ...from every so many on, so that any 24 characters in a row hold a sample
MOST_SAMPLES = 400  # of a removal, taken evenly
CHUNK = 1 << 24


def left_of(removed: Iterable[Prepared], kept: Iterable[Prepared], versions: Path, shared: Set[str]) -> list[Path]:
    """Files below `versions` that hold words of the removed documents which no kept document has; empty is good.

    Segments named in `shared` are passed over: they were written before, of other documents, by processes that held
    no others.
    """
    samples = sorted({
        p.text[start : start + SAMPLE]
        for d in removed for p in d.passages for start in range(0, max(1, len(p.text) - SAMPLE), STEP)
    })  # fmt: skip
    chosen = samples[:: max(1, len(samples) // MOST_SAMPLES)]
    files = [p for p in sorted(versions.rglob("*")) if p.is_file() and not shared & set(p.relative_to(versions).parts)]
    found = {path: _held(path, chosen) for path in files}
    said = _said(set().union(*found.values()), kept)
    return [path for path, held in found.items() if held - said]


def _said(samples: Set[str], documents: Iterable[Prepared]) -> set[str]:
    """Those of the samples that stand in some document."""
    left = set(samples)
    for text in (text for document in documents for text in _all_words(document)):
        if not left:
            break
        left = {sample for sample in left if sample not in text}
    return set(samples) - left


def _all_words(document: Prepared) -> Iterator[str]:
    """Everything of a document that the stores hold: not its passages only, for headings and titles repeat too."""
    yield json.dumps(asdict(document.facts), ensure_ascii=False, default=str)
    yield from (page.text for page in document.pages)
    for passage in document.passages:
        yield from (passage.text, passage.context, passage.section)


def _held(path: Path, samples: list[str]) -> set[str]:
    """Those of the samples that stand in the file, read piece by piece."""
    overlap, found = b"", set()
    with open(path, "rb") as file:
        while piece := file.read(CHUNK):
            found |= {sample for sample in samples if sample.encode() in overlap + piece}
            overlap = piece[-4 * SAMPLE :]
    return found
