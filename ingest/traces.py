"""Looks for what is left of removed documents in the files of an index: a removal is proved, not assumed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from ingest.prepare import Prepared

SAMPLE = 16  # characters that are looked for...
STEP = 8  # ...from every so many on, so that any 24 characters in a row hold a sample
MOST_SAMPLES = 400  # of a removal, taken evenly
CHUNK = 1 << 24


def left_of(removed: Iterable[Prepared], kept: Iterable[Prepared], versions: Path) -> list[Path]:
    """Files below `versions` that hold words of the removed documents which no kept document has; empty is good."""
    texts = [text for d in kept for text in _all_words(d)]
    samples = sorted({
        p.text[start : start + SAMPLE]
        for d in removed for p in d.passages for start in range(0, max(1, len(p.text) - SAMPLE), STEP)
    })  # fmt: skip
    chosen = samples[:: max(1, len(samples) // MOST_SAMPLES)]
    needles = [s.encode() for s in chosen if not any(s in text for text in texts)]
    files = [path for path in sorted(versions.rglob("*")) if path.is_file()]
    return [path for path in files if needles and _holds(path, needles)]


def _all_words(document: Prepared) -> Iterator[str]:
    """Everything of a document that the stores hold: not its passages only, for headings and titles repeat too."""
    yield json.dumps(asdict(document.facts), ensure_ascii=False, default=str)
    yield from (page.text for page in document.pages)
    for passage in document.passages:
        yield from (passage.text, passage.context, passage.section)


def _holds(path: Path, needles: list[bytes]) -> bool:
    """Whether any of the needles stands in the file, read piece by piece."""
    overlap = b""
    with open(path, "rb") as file:
        while piece := file.read(CHUNK):
            if any(needle in overlap + piece for needle in needles):
                return True
            overlap = piece[-4 * SAMPLE :]
    return False
