"""What scoring needs of an index, kept in the run folder, so that it can be repeated where the index is not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from eval.errors import RunError
from eval.records import Corpus, CorpusDocument, stem
from ingest.index import store
from ingest.records import Passage
from ingest.settings import Settings

NAME = "corpus.json"


class IndexView:
    """The documents and pages of the index version in use."""

    def __init__(self, index: Path) -> None:
        """Open it. Raises IndexFault."""
        folder = store.current(index)
        self.manifest = store.read_manifest(folder)
        self.rows = store.Rows(folder)
        self.facts = [store.facts_from(row["facts"]) for row in self.rows.documents]
        self.numbers: dict[str, list[int]] = {}
        for number, facts in enumerate(self.facts):
            self.numbers.setdefault(stem(facts.document), []).append(number)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the version."""
        return self.manifest.fingerprint

    @property
    def areas(self) -> frozenset[str]:
        """Areas that have papers."""
        return frozenset(area for facts in self.facts for area in facts.areas)

    def passage(self, id_: str) -> Passage | None:
        """A passage by its id, None where this version has it not."""
        rows = np.flatnonzero(self.rows.ids == id_)
        return self.rows.passage(int(rows[0])) if len(rows) else None

    def pages(self, document: str) -> dict[int | None, str]:
        """Canonical page texts by page number; those without a number are joined. Empty where not in the index."""
        found: dict[int | None, str] = {}
        for number in self.numbers.get(stem(document), ()):
            for page in self.rows.pages(number):
                found[page.number] = f"{found[page.number]}\n{page.text}" if page.number in found else page.text
        return found


def take(view: IndexView, answers: Iterable[dict[str, Any]]) -> Corpus:
    """All documents of the index, and of cited pages their text with that of the page after."""
    documents = {stem(f.document): CorpusDocument(f.document, f.title, f.kind, f.areas, f.date) for f in view.facts}
    cited: dict[str, set[int | None]] = {}
    for answer in answers:
        for citation in answer.get("citations") or ():
            page = citation.get("page")
            cited.setdefault(stem(citation.get("document")), set()).update({page} if page is None else {page, page + 1})
    pages = {
        (document, number): text
        for document, wanted in cited.items()
        for number, text in view.pages(document).items()
        if number in wanted
    }
    return Corpus(documents, pages)


def save(folder: Path, corpus: Corpus) -> None:
    """Write it beside the answers."""
    data = {
        "documents": [
            {"document": d.document, "title": d.title, "kind": d.kind, "areas": list(d.areas), "date": d.date}
            for d in corpus.documents.values()
        ],
        "pages": [{"document": name, "page": page, "text": text} for (name, page), text in corpus.pages.items()],
    }
    (folder / NAME).write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def load(folder: Path) -> Corpus:
    """Read it back; empty where the run has none. Raises RunError where it is damaged."""
    path = folder / NAME
    if not path.exists():
        return Corpus()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        documents = [
            CorpusDocument(d["document"], d["title"], d["kind"], tuple(d["areas"]), d["date"])
            for d in data["documents"]
        ]
        pages = {(p["document"], p["page"]): p["text"] for p in data["pages"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(f"{path} is damaged: run the questions again.") from error
    return Corpus({stem(d.document): d for d in documents}, pages)


def settings_as_json(settings: Settings) -> dict[str, Any]:
    """Effective settings with anything that looks like a secret left out."""
    return {
        section: {key: "(set)" if value and _secret(key) else value for key, value in values.items()}
        for section, values in settings.as_dict().items()
    }


def _secret(key: str) -> bool:
    return any(word in key for word in ("key", "token", "password", "secret"))
