"""What a run does to the documents of an index, while it is collected: taken in, renamed, told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.facts import doubt
from ingest.index.build import keep_original
from ingest.index.reuse import file_of
from ingest.prepare import Prepared, Task


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table at the end: what happened to a document.

    `status` is added, updated, unchanged, removed, skipped or failed; `embedded` how many of its passages
    were new to the model.
    """

    document: str
    status: str
    reason: str = ""
    passages: int = 0
    embedded: int = 0


@dataclass
class Change:
    """The documents of the new version while they are collected, and what is to be told about them."""

    documents: dict[str, Prepared]
    index: Path
    found: set[str]  # names of the files of this run
    renamed: dict[str, str]  # names that papers go on with to those they had
    rows: list[Row] = field(default_factory=list)
    made: bool = False
    _names: dict[str, str] = field(default_factory=dict)  # of documents by their words
    _expected: dict[int, list[str]] = field(default_factory=dict)  # not looked at, by number of passages

    def expect(self, names: set[str]) -> None:
        """Know the words of all documents but those that are about to be read anew: these may have others then."""
        for name, document in self.documents.items():
            if file_of(name) not in names:
                self._expected.setdefault(len(document.ids), []).append(name)

    def tell_unchanged(self, sha256: str) -> None:
        """Rows for the documents of a file that nothing has happened to."""
        same = [(n, d) for n, d in self.documents.items() if d.sha256 == sha256]
        self.rows += [Row(name, "unchanged", passages=len(document.ids)) for name, document in same]

    def take_in(self, task: Task, read: list[Prepared]) -> None:
        """Put a newly read file among the others; the same paper under another name is told and left out."""
        was = self.renamed.get(task.name)
        names = {document.facts.document for document in read}
        old = [n for n, d in self.documents.items() if file_of(n) == was and d.sha256 == task.sha256]
        for gone in {*old, *(n for n in self.documents if file_of(n) == task.name)} - names:
            del self.documents[gone]
            self.made = True
        for document in read:
            name, digest = document.facts.document, _digest(document)
            self._look_at(len(document.ids))
            twin = self._names.get(digest, name)
            if twin != name and twin in self.documents:
                if not self._is_renamed(twin, name):
                    self.rows.append(Row(name, "skipped", f"The same paper as {twin}, only the file differs."))
                    self.made = self.documents.pop(name, None) is not None or self.made
                    continue
                del self.documents[twin]
                was = file_of(twin)
            reason = f"It was {was} before: the same paper under a new name." if was else ""
            self.rows.append(Row(name, "updated" if was or name in self.documents else "added", reason))
            self.documents[name], self._names[digest], self.made = document, name, True
            keep_original(task.path, task.sha256, self.index)

    def _look_at(self, passages: int) -> None:
        """Know the words of the expected documents with so many passages: no others can be the same."""
        for name in self._expected.pop(passages, ()):
            if name in self.documents:
                self._names.setdefault(_digest(self.documents[name]), name)

    def _is_renamed(self, twin: str, name: str) -> bool:
        """Whether a paper of the same words goes on under a new name: its own file is not given, the new is like it."""
        old, new = Path(file_of(twin)), Path(file_of(name))
        return file_of(twin) not in self.found and old.suffix.lower() == new.suffix.lower()

    def finished_rows(self, embedded: dict[str, int]) -> list[Row]:
        """The rows with the counts and the rivals that are known only now."""
        rivals = doubt.rivals([d.facts for d in self.documents.values()])
        return [
            self._counted(row, embedded, rivals.get(row.document, ())) if row.status in ("added", "updated") else row
            for row in self.rows
        ]

    def _counted(self, row: Row, embedded: dict[str, int], rivals: Sequence[str]) -> Row:
        document = self.documents[row.document]
        doubts = [f"It and {', '.join(rivals)} both say that they report on this inspection."] if rivals else []
        if doubt.ahead(document.facts, datetime.now(UTC).date().isoformat()):
            doubts.append("It says that it reports on an inspection that is yet to come.")
        reason = "; ".join(filter(None, [row.reason, *document.warnings, *doubts]))
        return replace(row, reason=reason, passages=len(document.ids), embedded=embedded[row.document])


def _digest(document: Prepared) -> str:
    return hashlib.sha256("\x00".join(p.text for p in document.passages).encode()).hexdigest()
