"""What is learned from: questions with the sentences that answer them, and public question sets."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import EvalError
from eval.questions import golden
from eval.records import GoldenQuestion, stem
from eval.scoring.matching import IN_PASSAGE, QUOTE_OF_EVIDENCE
from eval.text import coverage, word_list
from ingest.encoder import model
from ingest.intake.discover import discover
from ingest.prepare import Task, prepare

LARGEST_MB = 100
TEST_ONLY = ("clapnq", "mtrag", "or_sharc")  # public sets that judge and are never learned from
MOST_SENTENCES = 8  # of a public passage, around its answer


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage to learn from: its paper (file stem), areas, line of context and sentences."""

    document: str
    areas: tuple[str, ...]
    context: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The passage as the encoder sees it."""
        return f"{self.context}\n{' '.join(self.sentences)}"


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the pieces of its papers, and of the right ones the sentences that answer (empty: none does).

    `before` is the question that it follows, empty where none.
    """

    asked: str
    before: str
    pool: tuple[int, ...]
    right: dict[int, frozenset[int]]

    @property
    def text(self) -> str:
        """The question as the models see it."""
        return f"{self.before} {self.asked}".strip()


@dataclass(frozen=True, slots=True)
class Public:
    """A question of a public set with passages; each passage is its sentences and which of them answer."""

    text: str
    right: tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]
    wrong: tuple[tuple[str, ...], ...]


def pieces(folders: Sequence[Path]) -> list[Piece]:
    """All passages of the papers in some folders. Papers that cannot be read are a fault."""
    folder = model.packaged_folder()
    found = []
    for file in discover(list(folders), LARGEST_MB).files:
        task = Task(file.path, file.name, file.sha256, {}, folder, 256)
        for made in prepare(task):
            for p in made.passages:
                sentences = tuple(p.text[a:b] for a, b in p.sentences) or (p.text,)
                found.append(Piece(stem(p.document), made.facts.areas, p.context, sentences))
    return found


def examples(files: Sequence[Path], known: Sequence[Piece]) -> list[Example]:
    """The questions of golden files as examples, one that can be answered only where its evidence was found.

    Its pool are the papers of its area and those that the evidence of the area's questions names. Raises EvalError for
    sealed questions.
    """
    found = []
    asked = [q for file in files for q in golden.load(file)]
    of_area: dict[str, set[str]] = {}
    for question in asked:
        of_area.setdefault(question.area or "", set()).update(e.stem for e in question.gold)
    for question in asked:
        if question.sealed:
            raise EvalError(f"{question.id} is sealed: a question that judges must not be learned from.")
        pool = _pool(question, of_area[question.area or ""], known)
        right = _right(question, pool, known)
        if pool and (right or not question.answerable):
            found.append(Example(question.question, question.history[-1] if question.history else "", pool, right))
    return found


def _pool(question: GoldenQuestion, named: set[str], known: Sequence[Piece]) -> tuple[int, ...]:
    """The passages of its papers, in order; `named` are those of its area that some question's evidence names."""
    own = {e.stem for e in question.gold}
    if not question.area:
        areas = {area for p in known if p.document in own for area in p.areas}
        return tuple(n for n, p in enumerate(known) if p.document in own or areas & set(p.areas))
    return tuple(n for n, p in enumerate(known) if question.area in p.areas or p.document in named)


def _right(question: GoldenQuestion, pool: Iterable[int], known: Sequence[Piece]) -> dict[int, frozenset[int]]:
    """The sentences that hold half of some evidence or are four fifths made of it, by piece."""
    by_document: dict[str, list[str]] = {}
    for evidence in question.gold:
        by_document.setdefault(evidence.stem, []).append(evidence.words)
    right = {}
    for n in pool:
        wanted = by_document.get(known[n].document, ())
        hits = frozenset(k for k, s in enumerate(known[n].sentences) if any(_holds(words, s) for words in wanted))
        if hits:
            right[n] = hits
    return right


def _holds(evidence: str, sentence: str) -> bool:
    if coverage(evidence, sentence) >= QUOTE_OF_EVIDENCE:
        return True
    return len(word_list(sentence)) > 3 and coverage(sentence, evidence) >= IN_PASSAGE


def public(files: Sequence[Path]) -> list[Public]:
    """The questions of public sets (gzipped JSON lines), each wording once. Raises EvalError for a set that judges."""
    found, seen = [], set()
    for file in files:
        if file.name.split(".")[0] in TEST_ONLY:
            raise EvalError(f"{file.name} is a test set: it must not be learned from.")
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                key = " ".join(word_list(row["q"]))
                right = tuple(_window(p["sents"], p["labels"]) for p in row["pos"][:1] if row["answerable"])
                wrong = tuple(_window(p["sents"], [0] * len(p["sents"]))[0] for p in row["neg"])
                if key not in seen and (right or wrong):
                    seen.add(key)
                    found.append(Public(row["q"], right, wrong))
    return found


def _window(sentences: Sequence[str], labels: Sequence[int]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """At most so many sentences of a long passage, around the first that answers, and which of them do."""
    first = next((n for n, label in enumerate(labels) if label), 0)
    start = max(0, min(first - 3, len(sentences) - MOST_SENTENCES))
    kept = range(start, min(len(sentences), start + MOST_SENTENCES))
    return tuple(sentences[n] for n in kept), tuple(n - start for n in kept if labels[n])
