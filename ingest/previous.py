"""The version in use, as far as a new one can be made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ingest import store
from ingest.errors import IndexFault
from ingest.passages import CUTTER
from ingest.prepare import Prepared
from ingest.records import Passage
from ingest.settings import Settings


@dataclass(frozen=True)
class Previous:
    """Documents by name, the facts supplied for each, and vectors by passage and context.

    `stale` says that the passages were cut by an earlier version of the program.
    """

    documents: dict[str, Prepared] = field(default_factory=dict)
    supplied: dict[str, dict[str, Any]] = field(default_factory=dict)
    vectors: dict[str, np.ndarray] = field(default_factory=dict)
    stale: bool = False

    def unchanged(self, name: str, sha256: str, supplied: dict[str, dict[str, Any]]) -> bool:
        """Whether a file needs no reading: same bytes, same supplied facts, cut as we cut today."""
        same = [n for n, d in self.documents.items() if d.sha256 == sha256 and file_of(n) == name]
        known = all(self.supplied[n] == supplied_for(n, supplied) for n in same)
        return bool(same) and known and not self.stale


def vector_key(passage: Passage) -> str:
    """What a vector was made of: the passage in its place, and the context embedded with it."""
    return f"{passage.id}\x00{passage.context}"


def file_of(document: str) -> str:
    """The file a document came from: a file of services holds several."""
    return re.sub(r"(?<=\.json)#.*", "", document, flags=re.IGNORECASE)


def supplied_for(document: str, supplied: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The facts supplied for a document, or for the file that holds it; empty where none."""
    return supplied.get(document, supplied.get(file_of(document), {}))


def load(index: Path, model_sha256: str, settings: Settings, trust_vectors: bool = True) -> Previous:
    """What can be reused of the version in use; empty where there is none.

    Raises IndexFault where it was made with another model: mixing two would make every distance wrong.
    """
    if not (index / store.CURRENT).exists():
        return Previous()
    folder = store.current(index)
    manifest = store.read_manifest(folder)
    prefixes = (settings.model.query_prefix, settings.model.text_prefix)
    if manifest.model_sha256 != model_sha256 or manifest.prefixes != prefixes:
        raise IndexFault(
            f"The index in {index} was made with the model {manifest.model}: use that model, "
            "or make a new index with `python -m ingest add FOLDER --index NEW_FOLDER`."
        )
    rows = store.Rows(folder, vectors=trust_vectors)
    passages = [rows.passage(i) for i in range(len(rows))]
    documents, supplied = {}, {}
    for number in range(len(rows.documents)):
        stored = rows.stored(number)
        own = tuple(passages[stored.first : stored.first + stored.count])
        name = stored.facts.document
        documents[name] = Prepared(stored.facts, stored.sha256, stored.media, stored.pages, own, stored.warnings)
        supplied[name] = stored.supplied
    vectors = {vector_key(p): rows.vectors[i] for i, p in enumerate(passages)} if trust_vectors else {}
    return Previous(documents, supplied, vectors, manifest.cutter != CUTTER)
