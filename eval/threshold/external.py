"""Public question sets, answered from their own passages by what answers here: candidates, reader, selection, quotes.

A set is gzipped JSON lines, one question each: {"q", "pos": [passage], "neg": [passage], "answerable"}, where a passage
is {"sents": [sentence], "labels": [0 or 1 a sentence: whether it answers]}.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatbot.answer.quotes import cite
from chatbot.answer.select import select
from chatbot.library import Library
from chatbot.reader.model import ReaderModel
from chatbot.reader.read import Reader
from chatbot.records import Question
from chatbot.search.candidates import candidates
from eval.errors import EvalError
from eval.runs.systems import WHOLE
from eval.tables import write_rows
from eval.threshold.tradeoff import ANSWERED, area_under_curve, refused_at
from ingest.encoder.question_embedder import for_questions
from ingest.index.build import publish
from ingest.index.reuse import Previous
from ingest.prepare import Prepared
from ingest.records import DocumentFacts, Page, Passage, Span, collapse
from ingest.settings import Settings

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set: its own passages by name, and of the right ones the sentences that answer."""

    text: str
    answerable: bool
    passages: tuple[str, ...]
    right: dict[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question: the gate's score, whether it was answered, whether a sentence that answers was quoted.

    `rank` is the place of the first right passage among the candidates, from 1; None where none is among them.
    """

    asked: Asked
    score: float
    answered: bool
    cited: bool
    rank: int | None
    quotes: tuple[str, ...]


def load(path: Path) -> tuple[list[Asked], dict[str, tuple[str, ...]]]:
    """The questions of a set and the sentences of its passages by name. Raises EvalError where it is no set."""
    asked, texts = [], {}
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            for row in map(json.loads, lines):
                right, names = {}, []
                for passage in (*row["pos"], *row["neg"]):
                    sentences = tuple(collapse(s) for s in passage["sents"])
                    names.append(name := _name(sentences))
                    texts[name] = sentences
                    if any(passage["labels"]):
                        right[name] = frozenset(n for n, label in enumerate(passage["labels"]) if label)
                asked.append(Asked(row["q"], row["answerable"], tuple(dict.fromkeys(names)), right))
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise EvalError(f"{path} is not a public question set as eval/README.md describes them: {error!r}.") from error
    if not asked:
        raise EvalError(f"{path} holds no question.")
    return asked, texts


def _name(sentences: Sequence[str]) -> str:
    return f"{hashlib.sha256(' '.join(sentences).encode()).hexdigest()[:16]}.txt"


def run(path: Path, name: str, settings: Settings, progress: Progress) -> list[Outcome]:
    """The questions of a file answered from its passages, over an index that is gone afterwards. Raises EvalError."""
    asked, texts = load(path)
    with tempfile.TemporaryDirectory(prefix="send-chatbot-", ignore_cleanup_errors=True) as folder:
        build(texts, Path(folder) / "index", settings, progress)
        return answer(asked, WHOLE[name], Library(Path(folder) / "index", settings), settings, progress)


def build(texts: dict[str, tuple[str, ...]], index: Path, settings: Settings, progress: Progress) -> None:
    """An index of the passages, one paper each, its sentences as the set cuts them."""
    papers = {name: _paper(name, sentences) for name, sentences in texts.items()}
    publish(papers, {}, Previous(), index, settings, progress)


def _paper(name: str, sentences: Sequence[str]) -> Prepared:
    text = " ".join(sentences)
    bounds: list[tuple[int, int]] = []
    for sentence in sentences:
        start = bounds[-1][1] + 1 if bounds else 0
        bounds.append((start, start + len(sentence)))
    id_ = name.removesuffix(".txt")
    passage = Passage(id_, name, 0, text, (Span(0, 0, len(text)),), (), "paragraph", (), tuple(bounds), "")
    return Prepared(DocumentFacts(name, "", "other"), id_, "text", (Page(None, text),), (passage,), ())


def answer(
    asked: Sequence[Asked], whole: bool, library: Library, settings: Settings, progress: Progress
) -> list[Outcome]:
    """Every question put to the passages of the set, or to its own only; in order."""
    embedder, reader = for_questions(settings.model), Reader(ReaderModel(), settings.answers.threshold)
    found = []
    for one in asked:
        documents = library.documents if whole else [library.by_name[name] for name in one.passages]
        question = Question(one.text, one.text, "finding", standalone=one.text)
        hits = candidates(question, documents, embedder.embed_query(one.text), library)
        reading = reader.read(question, hits)
        picks = select(question, reading, library) if reading.answers else []
        right = one.right
        cited = any(right.get(p.hit.passage.document, frozenset()) & set(range(p.first, p.last + 1)) for p in picks)
        rank = next((n for n, hit in enumerate(hits, 1) if hit.passage.document in right), None)
        quotes = tuple(cite(pick, n, library).quote for n, pick in enumerate(picks, 1))
        found.append(Outcome(one, round(1 - reading.none, 4), bool(picks), cited, rank, quotes))
        progress("Questions", 1, len(asked))
    return found


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures of the contract; None where a set has no question that they are about.

    `answered` and `evidence_cited` are shares of the answerable questions, `refused` of the others, all at the
    threshold of the settings; `refused_at_90_answered` is at the threshold that answers nine in ten. `right_first` and
    `right_in_5` tell how often a right passage is the first candidate, or among five.
    """
    to_answer, to_refuse = ([o for o in outcomes if o.asked.answerable is kind] for kind in (True, False))
    scores = [o.score for o in to_answer], [o.score for o in to_refuse]
    return {
        "questions": len(outcomes),
        "answerable": len(to_answer),
        "answered": _share([o.answered for o in to_answer]),
        "evidence_cited": _share([o.cited for o in to_answer]),
        "refused": _share([not o.answered for o in to_refuse]),
        "refused_at_90_answered": refused_at(ANSWERED, *scores),
        "auc": area_under_curve(*scores),
        "right_first": _share([o.rank == 1 for o in to_answer]),
        "right_in_5": _share([o.rank is not None and o.rank <= 5 for o in to_answer]),
    }


def _share(found: Sequence[bool]) -> float | None:
    return round(sum(found) / len(found), 4) if found else None


def save(folder: Path, name: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Write the figures and a row a question, for looking into; the figures. Raises EvalError where that fails."""
    told = {"set": name, **figures(outcomes)}
    rows = [
        {
            "question": o.asked.text, "answerable": o.asked.answerable, "score": o.score, "answered": o.answered,
            "cited": o.cited, "rank": o.rank, "quotes": list(o.quotes),
        }
        for o in outcomes
    ]  # fmt: skip
    write_rows(folder / "answers.jsonl", tuple(rows[0]), rows)
    (folder / "figures.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return told
