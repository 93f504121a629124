"""What is new in the index: which papers came, changed or went with each run, newest first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from chatbot.library import Library
from chatbot.records import About

COLUMNS = ("when", "what", "title", "kind", "area", "date", "document")  # of the entries as a file


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper in one run: when (ISO, UTC), what happened (added, changed or removed), and its kind.

    `about` is None for a removed paper: nothing but its kind is kept. `id` is the same as long as the entry is kept.
    """

    at: str
    what: str
    kind: str
    id: str
    about: About | None = None

    def as_row(self) -> list[str | None]:
        """The values of COLUMNS; None where nothing is known."""
        if self.about is None:
            return [self.at, self.what, None, self.kind, None, None, None]
        facts = self.about.facts
        return [self.at, self.what, facts.title, self.kind, ", ".join(facts.areas), facts.date, facts.document]


def entries(library: Library) -> tuple[Entry, ...]:
    """All that is known, newest first; empty for an index without papers and for one made before runs were kept."""
    found: list[Entry] = []
    for run in reversed(library.manifest.runs):
        for what, names in (("added", run.added), ("changed", run.changed)):
            found += [_of_paper(run.at, what, library.by_name[name]) for name in names]
        found += [
            Entry(run.at, "removed", kind, _id(run.at, "removed", str(n))) for n, kind in enumerate(run.removed, 1)
        ]
    return tuple(found)


def unrecorded(library: Library) -> int:
    """How many papers were there before runs were kept."""
    return len(library.by_name.keys() - {name for run in library.manifest.runs for name in run.added})


def _of_paper(at: str, what: str, about: About) -> Entry:
    return Entry(at, what, about.facts.kind, _id(at, what, about.facts.document), about)


def _id(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, "\n".join(parts)).urn
